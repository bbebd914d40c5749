"""Days, moments, deadlines, sizes and numbers in the German of pages, mails and letters (no Django).

Amounts and percent are in `core.money`.
"""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from core import clock
from core.money import MINUS, NBSP

NONE = "keine Angabe"
MONTHS = [
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
]  # fmt: skip
WEEKDAYS = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"]
FORMATS = {
    "pdf": "PDF",
    "docx": "Word",
    "xlsx": "Excel",
    "csv": "CSV",
    "json": "JSON",
    "png": "PNG-Bild",
    "jpg": "JPEG-Bild",
    "jpeg": "JPEG-Bild",
    "ics": "Kalender",
    "zip": "ZIP",
    "xml": "XML",
    "geojson": "GeoJSON",
}


def berlin_day(value: date | datetime) -> date:
    """Return the day in Germany on which an instant falls; a day is returned as it is."""
    return value.astimezone(clock.BERLIN).date() if isinstance(value, datetime) else value


def day(value: date | datetime) -> str:
    """Return a day as written in a text: 15. Juni 2026."""
    found = berlin_day(value)
    return f"{found.day}. {MONTHS[found.month - 1]} {found.year}"


def day_short(value: date | datetime) -> str:
    """Return a day as written in a table: 15.06.2026."""
    return f"{berlin_day(value):%d.%m.%Y}"


def clock_time(value: datetime) -> str:
    """Return the wall clock in Germany: 16:42 Uhr."""
    return f"{value.astimezone(clock.BERLIN):%H:%M} Uhr"


def moment(value: datetime) -> str:
    """Return an instant: 15. Juni 2026, 16:42 Uhr."""
    return f"{day(value)}, {clock_time(value)}"


def deadline(value: date | datetime) -> str:
    """Return a deadline with the days left, or that it has passed.

    An instant is the first that is too late; midnight is written as 24 Uhr of the day before. A day
    alone lasts until its end.
    """
    if not isinstance(value, datetime):
        over, last, text = value < clock.today(), value, _weekday_and_day(value)
    else:
        over, (last, text) = value <= clock.now(), _last_moment(value)
    if over:
        return f"Frist abgelaufen am {text.split(', ', 1)[1] if text.startswith(tuple(WEEKDAYS)) else text}"
    return f"bis {text} ({days_left(last)})"


def _weekday_and_day(value: date) -> str:
    """Return the weekday and the day: Dienstag, 30. Juni 2026."""
    return f"{WEEKDAYS[value.weekday()]}, {day(value)}"


def _last_moment(value: datetime) -> tuple[date, str]:
    """Return the last day of a deadline and the text of its end."""
    local = value.astimezone(clock.BERLIN)
    if local.time() == time.min:
        last = local.date() - timedelta(days=1)
        return last, f"{day(last)}, 24 Uhr"
    return local.date(), f"{_weekday_and_day(local.date())}, {clock_time(value)}"


def days_left(last: date) -> str:
    """Return the plain count of days until a day that is not over: noch 15 Tage, noch 1 Tag, noch heute."""
    left = (last - clock.today()).days
    return "noch heute" if left <= 0 else "noch 1 Tag" if left == 1 else f"noch {left} Tage"


def number(value: int | Decimal) -> str:
    """Return a number with German separators and a true minus: 8.185, −1.234,5."""
    text = f"{value:,}".translate(str.maketrans(",.", ".,"))
    return text.replace("-", MINUS)


def filesize(size: int) -> str:
    """Return the size of a file (byte) in words: 0 Byte, 184 KB, 1,2 MB."""
    if size < 1024:
        return f"{size}{NBSP}Byte"
    if size < 1024 * 1024:
        return f"{round(size / 1024)}{NBSP}KB"
    return f"{size / 1024 / 1024:.1f}".replace(".", ",") + f"{NBSP}MB"


def file_format(name: str) -> str:
    """Return the format of a file by its ending: PDF, Word, Excel …"""
    ending = name.rpartition(".")[2].lower()
    return FORMATS.get(ending, ending.upper())
