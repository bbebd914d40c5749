"""`manage.py demo`: build the demo world into an empty database; run twice it changes nothing."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from demo.people import sign_ins
from demo.world import NotEmpty, build


class Command(BaseCommand):
    """Builds the demo world and prints its sign-ins."""

    help = "Builds the demo world into an empty database and prints its sign-ins."

    def handle(self, *args: Any, **options: Any) -> None:
        """Build, or say that it stands already."""
        if settings.PRODUCTION:
            raise CommandError(
                "Die Beispielwelt gibt es nur außerhalb des Betriebs (PRODUCTION ist gesetzt)."
            )
        try:
            built = build(self.stdout.write)
        except NotEmpty:
            raise CommandError(
                "Die Datenbank ist nicht leer. Die Beispielwelt entsteht nur in einer leeren Datenbank."
            ) from None
        self.stdout.write(
            "Beispielwelt gebaut." if built else "Die Beispielwelt steht schon. Nichts geändert."
        )
        self.stdout.write(sign_ins())
