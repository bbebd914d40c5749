"""`manage.py draw_workflows [--check]`: write the drawn pages of docs/, or say which of them are out of date."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.drawing import pages


class Command(BaseCommand):
    """Draws every machine and the table of rights."""

    help = "Draws every machine and the table of rights into docs/."

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer the check."""
        parser.add_argument(
            "--check", action="store_true", help="change nothing, fail if a page is out of date"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write or compare."""
        old = []
        for name, text in pages().items():
            path = settings.BASE_DIR / "docs" / name
            if path.exists() and path.read_text(encoding="utf-8") == text:
                continue
            old.append(name)
            if not options["check"]:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
        if old and options["check"]:
            raise CommandError(f"Out of date: {', '.join(old)}. Run manage.py draw_workflows.")
        self.stdout.write(f"{len(old)} pages {'differ' if options['check'] else 'written'}.")
