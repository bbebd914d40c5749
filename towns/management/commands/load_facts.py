"""`manage.py load_facts`: loads the table of real towns that is shipped with the product."""

from typing import Any

from django.core.management.base import BaseCommand

from core.wording import number
from towns.services import load_facts


class Command(BaseCommand):
    """Load the shipped towns; what the official register knows better stays."""

    help = "Lädt die mitgelieferten Kommunen mit ihren Kennzahlen."

    def handle(self, **options: Any) -> None:
        """Load and count."""
        result = load_facts()
        if result.changed:
            self.stdout.write(
                f"{number(result.municipalities)} Kommunen, davon neu: {number(result.new)}. "
                f"Kennzahlen: {number(result.figures)}."
            )
        else:
            self.stdout.write(f"{number(result.municipalities)} Kommunen sind schon da. Nichts geändert.")
