"""Writes the report of a call as a PDF file: the same tables in short."""

from collections.abc import Iterable
from decimal import Decimal

from core.money import MINUS, plain_euro
from core.pdf import Paper
from core.wording import day, day_short, moment
from reporting.reports.call_report import SOURCE, CallReport

CONTENT_TYPE = "application/pdf"
ZERO = Decimal("0.00")


def write_pdf(report: CallReport) -> bytes:
    """Return the file."""
    paper = Paper(
        title=report.title,
        created=report.made_at,
        subject=report.programme,
        reference=report.call_number,
        footer=f"Stand {day(report.day)}, erzeugt {moment(report.made_at)}",
        landscape=True,
    )
    paper.heading(report.title)
    paper.facts(
        [
            ("Förderprogramm", report.programme),
            ("Filter", report.filters()),
            ("Stichtag", day(report.day)),
            ("Quelle", SOURCE),
            ("Beträge", "in EUR"),
        ]
    )
    _applications(paper, report)
    _projects(paper, report)
    _payments(paper, report)
    _milestones(paper, report)
    return paper.render()


def _applications(paper: Paper, report: CallReport) -> None:
    """Write the applications."""
    paper.heading("Anträge", level=2)
    if not report.applications:
        paper.text("Zu diesem Aufruf ist kein Antrag eingegangen.")
        return
    rows = report.applications
    paper.table(
        ["Nummer", "Titel", "Federführende Kommune", "Kommunen", "Stand", "Beantragt", "Bewilligt"],
        [
            [
                r.number, r.title, r.lead, r.town_count, r.state, _amount(r.requested),
                "" if r.granted is None else _amount(r.granted),
            ]
            for r in rows
        ],
        numeric={3, 5, 6},
        total=["Summe", "", "", "", "", _sum(r.requested for r in rows), _sum(r.granted or ZERO for r in rows)],
        caption="Eingereichte Anträge, Beträge in EUR",
    )  # fmt: skip


def _projects(paper: Paper, report: CallReport) -> None:
    """Write the projects."""
    paper.heading("Vorhaben", level=2)
    if not report.projects:
        paper.text("Zu diesem Aufruf gibt es noch kein Vorhaben.")
        return
    rows = report.projects
    paper.table(
        ["Nummer", "Titel", "Zuwendungsempfängerin", "Ende", "Stand", "Zuwendung", "Ausgezahlt", "Noch offen"],
        [
            [
                r.number, r.title, r.recipient, day_short(r.end), r.state, _amount(r.granted), _amount(r.paid),
                _amount(r.granted - r.paid),
            ]
            for r in rows
        ],
        numeric={5, 6, 7},
        total=[
            "Summe", "", "", "", "", _sum(r.granted for r in rows), _sum(r.paid for r in rows),
            _sum(r.granted - r.paid for r in rows),
        ],
        caption="Vorhaben, Beträge in EUR",
    )  # fmt: skip


def _payments(paper: Paper, report: CallReport) -> None:
    """Write the payments by fiscal year, for all projects together."""
    if not report.projects:
        return
    paper.heading("Zahlungen nach Jahr", level=2)
    sums = [sum((row.by_year[index] for row in report.payments), ZERO) for index in range(len(report.years))]
    paper.table(
        ["Haushaltsjahr", "Ausgezahlt"],
        [[str(year), _amount(amount)] for year, amount in zip(report.years, sums, strict=True)],
        numeric={1},
        total=["Summe", _sum(sums)],
        caption="Auszahlungen aller Vorhaben nach den Buchungen, Beträge in EUR",
    )


def _milestones(paper: Paper, report: CallReport) -> None:
    """Write the milestones that are overdue, and how many there are of each state."""
    if not report.milestones:
        return
    paper.heading("Meilensteine", level=2)
    states = dict.fromkeys(row.state for row in report.milestones)
    counts = {state: sum(row.state == state for row in report.milestones) for state in states}
    paper.table(
        ["Stand", "Zahl"],
        [[state, count] for state, count in counts.items()],
        numeric={1},
        total=["Summe", len(report.milestones)],
        caption="Meilensteine nach Stand",
    )
    overdue = [row for row in report.milestones if row.overdue]
    if overdue:
        paper.table(
            ["Vorhaben", "Kennung", "Meilenstein", "Kommune", "Fällig am"],
            [[r.number, r.code, r.title, r.town, day_short(r.due)] for r in overdue],
            caption="Überfällige Meilensteine",
        )


def _amount(amount: Decimal) -> str:
    """Return an amount without its unit, with a true minus."""
    return plain_euro(amount).replace("-", MINUS)


def _sum(amounts: Iterable[Decimal]) -> str:
    """Return the sum of amounts as text."""
    return _amount(sum(amounts, ZERO))
