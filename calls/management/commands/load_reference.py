"""`manage.py load_reference`: the figures of the law as dated rows; running it again changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand

from calls.services import load_reference


class Command(BaseCommand):
    """Load the shipped table."""

    help = "Lädt die Rechengrößen des Zuwendungsrechts (mit Datum und Quelle)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and say how many rows there are."""
        self.stdout.write(f"{load_reference()} Rechengrößen geladen.")
