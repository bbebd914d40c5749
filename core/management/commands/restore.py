"""`manage.py restore FILE.tar`: brings a backup back, after verifying every hash."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import archive


class Command(BaseCommand):
    """Replace database and documents by a backup; Quartett must be stopped."""

    help = "Spielt eine Sicherung ein. Halten Sie Quartett vorher an."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and the word that lets it replace what is there."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="vorhandene Daten ersetzen")

    def handle(self, *, file: Path, replace: bool, **options: Any) -> None:
        """Verify first; touch nothing unless all is well."""
        Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)
        try:
            with TemporaryDirectory(dir=settings.DATA_DIR) as work:
                manifest = archive.read(file, Path(work))
                archive.refuse_unfit(manifest)
                if not replace and (archive.filled_tables() or archive.stored_files()):
                    raise CommandError("Hier sind schon Daten. Ersetzen Sie sie mit --replace.")
                archive.bring_back(Path(work))
        except archive.ArchiveError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Eingespielt: Stand vom {manifest['at']}. Führen Sie nun „manage.py migrate“ aus.")
