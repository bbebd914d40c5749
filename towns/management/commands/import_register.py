"""`manage.py import_register FILE`: reads the official register (GV100AD, text or ZIP)."""

from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import clock
from core.wording import day_short, number
from towns.register import Register, RegisterError, read_register_file
from towns.services import ImportResult, import_register


class Command(BaseCommand):
    """Read a file and bring the towns to its state, all or nothing."""

    help = "Liest das Gemeindeverzeichnis GV100AD des Statistischen Bundesamts ein (Text oder ZIP)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which file, when its people were counted, and whether whole Kreise may go."""
        parser.add_argument("file", type=Path, metavar="DATEI")
        parser.add_argument(
            "--population-date",
            type=past_day,
            metavar="JJJJ-MM-TT",
            help="Bevölkerungsstand, wenn er abweicht",
        )
        parser.add_argument("--accept-gone", action="store_true", help="auch wenn ganze Kreise fehlen")

    def handle(self, *, file: Path, population_date: date | None, accept_gone: bool, **options: Any) -> None:
        """Read, write, count; one sentence and exit code 1 if the file cannot be read."""
        try:
            register = read_register_file(file, population_date)
            result = import_register(register, source=source_line(register), accept_gone=accept_gone)
        except RegisterError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(summary(register, result))


def past_day(text: str) -> date:
    """Return a day written as 2024-12-31 that is not in the future."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"„{text}“ ist kein Tag. Schreiben Sie ihn so: 2024-12-31.") from None
    if found > clock.today():
        raise ArgumentTypeError(f"Der Tag {day_short(found)} liegt in der Zukunft.")
    return found


def source_line(register: Register) -> str:
    """Return the line that the publisher asks for wherever the figures are shown."""
    return (
        f"Statistisches Bundesamt (Destatis), GV-ISys, Gebietsstand {day_short(register.area_date)}, "
        f"Bevölkerung {day_short(register.population_date)}; eigene Bearbeitung"
    )


def summary(register: Register, result: ImportResult) -> str:
    """Return what the file holds and what it changed."""
    held = (
        f"Gebietsstand {day_short(register.area_date)}, Bevölkerung {day_short(register.population_date)}: "
        f"{number(result.municipalities)} Gemeinden, {number(result.associations)} Gemeindeverbände, "
        f"{number(result.population)} Einwohner."
    )
    if not result.changed:
        return f"{held}\nDie Datei ändert nichts: Dieser Stand ist schon eingelesen."
    return (
        f"{held}\nNeu: {number(result.new)}. Umbenannt: {number(result.renamed)}. Aufgelöst: {number(result.gone)}. "
        f"Kennzahlen: {number(result.figures)}. Geschriebene Zeilen: {number(result.written)}."
    )
