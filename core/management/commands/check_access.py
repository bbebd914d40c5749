"""`manage.py check_access`: proves that the rows of rights and the memberships agree."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import access
from core.models import User


class Command(BaseCommand):
    """List every difference; with --repair make the rows equal to what the memberships say."""

    help = "Vergleicht die Rechte mit den Mitgliedschaften."

    def add_arguments(self, parser: CommandParser) -> None:
        """--repair writes the missing rows and deletes those too many."""
        parser.add_argument("--repair", action="store_true", help="Abweichungen beheben")

    def handle(self, *, repair: bool, **options: Any) -> None:
        """Exit code 1 if there are differences that were not repaired."""
        differences = access.differences()
        for anchor, missing, surplus in differences:
            self._tell(anchor, "fehlt", missing)
            self._tell(anchor, "ist zu viel", surplus)
            if repair:
                access.sync(anchor)
        if not differences:
            self.stdout.write("Rechte und Mitgliedschaften stimmen überein.")
        elif repair:
            self.stdout.write(f"Behoben: {len(differences)}.")
        else:
            raise CommandError(f"Abweichungen: {len(differences)}. Beheben: manage.py check_access --repair")

    def _tell(self, anchor: Any, what: str, rows: set[tuple[int, str]]) -> None:
        """Write one line for each row."""
        emails = dict(User.objects.filter(pk__in={user for user, _ in rows}).values_list("pk", "email"))
        for user, name in sorted(rows):
            self.stdout.write(f"{anchor._meta.verbose_name} {anchor.pk}: {emails[user]}: Recht {name} {what}")
