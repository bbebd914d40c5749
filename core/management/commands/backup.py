"""`manage.py backup FILE.tar`: database and documents in one file, with hashes."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import archive


class Command(BaseCommand):
    """Write a backup; Quartett may go on running."""

    help = "Sichert Datenbank und Unterlagen in eine Datei."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file to write."""
        parser.add_argument("file", type=Path, help="zum Beispiel sicherung.tar")

    def handle(self, *, file: Path, **options: Any) -> None:
        """Refuse to overwrite."""
        if file.exists():
            raise CommandError(f"{file} gibt es schon. Nennen Sie einen anderen Namen.")
        if not file.absolute().parent.is_dir():
            raise CommandError(f"Den Ordner {file.absolute().parent} gibt es nicht.")
        try:
            with TemporaryDirectory(dir=settings.DATA_DIR) as work:
                manifest = archive.write(file, Path(work))
        except archive.ArchiveError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Gesichert: Datenbank und {len(manifest['sha256']) - 1} Unterlagen in {file}")
