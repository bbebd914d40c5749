"""What an award asks of the towns, as plain values for page and letter."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from calls.models import ReferenceFigure
from core import clock
from projects import reckoning

EDITIONS = [
    (date(2025, 4, 1), "April 2025"),
    (date(2024, 5, 17), "Mai 2024"),
    (date(2019, 6, 13), "13. Juni 2019"),
]


@dataclass(frozen=True)
class Duty:
    """A duty of the towns: what, until when (None: always), and where it is written."""

    text: str
    until: date | None
    source: str


def figure(code: str, day: date) -> int:
    """Return a figure of the law that counts days, months, years or percent; raise ReferenceFigure.DoesNotExist."""
    return int(ReferenceFigure.objects.at(code, day).value)


def side_provisions(day: date) -> str:
    """Return the name of the side provisions with the edition in force on a day (circulars of BMF)."""
    edition = next(text for since, text in EDITIONS if day >= since)
    return (
        "Allgemeine Nebenbestimmungen für Zuwendungen zur Projektförderung an Gebietskörperschaften und "
        f"Zusammenschlüsse von Gebietskörperschaften (ANBest-Gk), Stand {edition}"
    )


def last_day_of_use(payout: date) -> date:
    """Return the last day to use money that was paid out on a day (six weeks, ANBest-Gk 8.5)."""
    return payout + timedelta(days=figure("use_within", payout))


def end_of_remedy(notified: date) -> date:
    """Return the last day of the remedy period after notification."""
    return reckoning.end_of_remedy(notified, figure("remedy", notified))


def statement_due(end: date, fulfilled: date | None = None) -> date:
    """Return until when the statement is due: a year after the purpose was fulfilled or the period ended."""
    return reckoning.statement_due(end, fulfilled, figure("final_statement_gk", end))


def day_of(award: Any) -> date:
    """Return the day whose law an award follows: the day it was issued, before that the present one."""
    moment = award.issued_at or clock.now()
    return moment.astimezone(clock.BERLIN).date()  # type: ignore[no-any-return]


def duties(award: Any) -> list[Duty]:
    """Return the side provisions of an award as duties, those with a date first."""
    day = day_of(award)
    weeks, overrun = figure("use_within", day) // 7, figure("position_overrun", day)
    found = [
        Duty(
            "Legen Sie den Verwendungsnachweis vor: Ihren Nachweis, wofür das Geld ausgegeben wurde.",
            statement_due(award.end),
            "ANBest-Gk Nr. 6.1",
        ),
        Duty(
            "Geben Sie das Geld nur für den bewilligten Zweck und in diesem Zeitraum aus.",
            award.end,
            "ANBest-Gk Nr. 1",
        ),
        Duty(
            f"Verwenden Sie jede Auszahlung innerhalb von {weeks} Wochen für fällige Zahlungen.",
            None,
            "ANBest-Gk Nr. 1.3 und 8.5",
        ),
        Duty(
            f"Halten Sie die Gesamtsumme ein. Eine Position darf um {overrun} % steigen, "
            "wenn Sie es an anderer Stelle einsparen.",
            None,
            "ANBest-Gk Nr. 1.2",
        ),
        Duty(
            "Melden Sie uns sofort, wenn Sie weitere Mittel bekommen, "
            "sich der Zweck ändert oder Sie ihn nicht erreichen.",
            None,
            "ANBest-Gk Nr. 5",
        ),
        Duty(
            "Lassen Sie den Verwendungsnachweis vorher von Ihrem Rechnungsprüfungsamt prüfen, wenn Sie eines haben.",
            None,
            "ANBest-Gk Nr. 7.2",
        ),
    ]
    return [*found, *_retention(day)]


def _retention(day: date) -> list[Duty]:
    """Return the duty to keep receipts, where the edition in force on the day has it (ANBest-Gk 6.6, since 2024)."""
    try:
        years = figure("retention_gk", day)
    except ReferenceFigure.DoesNotExist:
        return []
    return [
        Duty(
            f"Bewahren Sie alle Belege {years} Jahre nach dem Verwendungsnachweis auf.",
            None,
            "ANBest-Gk Nr. 6.6",
        )
    ]
