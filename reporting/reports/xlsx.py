"""Writes the report of a call as an Excel file: real numbers and dates, totals as formulas, text that stays text."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from core.wording import moment
from reporting.reports.call_report import SOURCE, CallReport

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EURO, DAY, SHARE, WHOLE = "#,##0.00", "DD.MM.YYYY", '0.00" %"', "#,##0"
BOLD = Font(bold=True)
EVERY = 100
Tell = Callable[[int], None]


@dataclass(frozen=True)
class Formula:
    """A formula of ours; every other text is written as text, whatever it begins with."""

    text: str


@dataclass(frozen=True)
class Column:
    """Label, width in characters, number format, and whether the last row sums it."""

    label: str
    width: int = 14
    format: str = ""
    total: bool = False


def euros(label: str) -> Column:
    """Return a column of amounts that is summed."""
    return Column(label, 18, EURO, total=True)


APPLICATIONS = [
    Column("Nummer"),
    Column("Titel", 40),
    Column("Federführende Kommune", 26),
    Column("Kommunen", 50),
    Column("Zahl der Kommunen", 12, WHOLE),
    Column("Eingang", 12, DAY),
    Column("Stand", 24),
    euros("Geplante Ausgaben (EUR)"),
    euros("Beantragt (EUR)"),
    euros("Bewilligt (EUR)"),
]
PROJECTS = [
    Column("Nummer"),
    Column("Titel", 40),
    Column("Zuwendungsempfängerin", 26),
    Column("Beginn", 12, DAY),
    Column("Ende", 12, DAY),
    Column("Stand", 20),
    Column("Bescheid vom", 13, DAY),
    Column("Förderanteil", 12, SHARE),
    euros("Zuwendungsfähige Ausgaben (EUR)"),
    euros("Zuwendung (EUR)"),
    euros("Ausgezahlt (EUR)"),
    euros("Noch offen (EUR)"),
]
MILESTONES = [
    Column("Vorhaben"),
    Column("Kennung", 10),
    Column("Meilenstein", 40),
    Column("Kommune", 26),
    Column("Fällig am", 12, DAY),
    Column("Stand", 24),
    Column("Gemeldet am", 12, DAY),
    Column("Überfällig", 12),
]


def write_xlsx(report: CallReport, tell: Tell = lambda done: None) -> bytes:
    """Return the file; `tell` hears every EVERY rows how many are written."""
    book = Workbook(write_only=True)
    book.properties.creator = "Quartett"
    book.properties.title = report.title
    _cover(book, report)
    counter = _Counter(tell)
    _sheet(book, "Anträge", APPLICATIONS, counter.of(_application_cells(report)))
    _sheet(book, "Vorhaben", PROJECTS, counter.of(_project_cells(report)))
    _sheet(book, "Zahlungen nach Jahr", payment_columns(report), counter.of(_payment_cells(report)))
    _sheet(book, "Meilensteine", MILESTONES, counter.of(_milestone_cells(report)))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


class _Counter:
    """Counts rows over all sheets and tells now and then."""

    def __init__(self, tell: Tell) -> None:
        self.tell = tell
        self.done = 0

    def of(self, rows: Iterable[Sequence[Any]]) -> Iterable[Sequence[Any]]:
        """Pass rows on, counting them."""
        for row in rows:
            yield row
            self.done += 1
            if self.done % EVERY == 0:
                self.tell(self.done)


def _cover(book: Workbook, report: CallReport) -> None:
    """Write what the report covers, as of when, from where."""
    sheet = book.create_sheet("Deckblatt")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 20, 80
    sheet.append([_cell(sheet, report.title, bold=True)])
    sheet.append([])
    for label, value in cover_facts(report):
        cell = _cell(sheet, value, DAY if isinstance(value, date) else "")
        cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
        sheet.append([_cell(sheet, label, bold=True), cell])


def cover_facts(report: CallReport) -> list[tuple[str, Any]]:
    """Return the lines of the cover: label and value."""
    return [
        ("Förderprogramm", report.programme),
        ("Filter", report.filters()),
        ("Stichtag", report.day),
        ("Erzeugt", moment(report.made_at)),
        ("Quelle", SOURCE),
        (
            "Beträge",
            "in EUR, Zahlungen nach den Buchungen, Anträge in der eingereichten Fassung",
        ),
        ("Zeilen", report.row_count()),
    ]


def payment_columns(report: CallReport) -> list[Column]:
    """Return the columns of the payments: a column for each fiscal year, then their sum."""
    return [
        Column("Vorhaben"),
        Column("Zuwendungsempfängerin", 26),
        *[euros(str(year)) for year in report.years],
        euros("Summe"),
    ]


def _application_cells(report: CallReport) -> Iterable[Sequence[Any]]:
    """Yield the cells of the applications."""
    for r in report.applications:
        yield [
            r.number, r.title, r.lead, r.towns, r.town_count, r.received, r.state, r.expenditure, r.requested,
            r.granted,
        ]  # fmt: skip


def _project_cells(report: CallReport) -> Iterable[Sequence[Any]]:
    """Yield the cells of the projects; what is open is reckoned in the row."""
    for line, r in enumerate(report.projects, start=2):
        yield [
            r.number, r.title, r.recipient, r.start, r.end, r.state, r.issued, r.rate,
            r.expenditure, r.granted, r.paid, Formula(f"=J{line}-K{line}"),
        ]  # fmt: skip


def _payment_cells(report: CallReport) -> Iterable[Sequence[Any]]:
    """Yield the cells of the payments; the sum over the years is reckoned in the row."""
    last = get_column_letter(2 + len(report.years))
    for line, r in enumerate(report.payments, start=2):
        total = Formula(f"=SUM(C{line}:{last}{line})") if report.years else Decimal("0.00")
        yield [r.number, r.recipient, *r.by_year, total]


def _milestone_cells(report: CallReport) -> Iterable[Sequence[Any]]:
    """Yield the cells of the milestones."""
    for r in report.milestones:
        overdue = "ja" if r.overdue else "nein"
        yield [r.number, r.code, r.title, r.town, r.due, r.state, r.reported, overdue]


def _sheet(book: Workbook, title: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> None:
    """Write one sheet: frozen head, rows, totals as formulas, a filter over the rows."""
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for index, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = column.width
    sheet.append([_cell(sheet, column.label, bold=True) for column in columns])
    last = 1
    for row in rows:
        sheet.append([_cell(sheet, value, column.format) for value, column in zip(row, columns, strict=True)])
        last += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{last}"
    if any(column.total for column in columns):
        sheet.append(_totals(sheet, columns, last))


def _totals(sheet: Any, columns: Sequence[Column], last: int) -> list[Any]:
    """Return the row of totals: formulas over the rows above, 0.00 where there are none."""
    cells = [_cell(sheet, "Summe", bold=True)]
    for index, column in enumerate(columns[1:], start=2):
        letter = get_column_letter(index)
        value = Formula(f"=SUM({letter}2:{letter}{last})") if last > 1 else Decimal("0.00")
        cells.append(_cell(sheet, value if column.total else None, column.format, bold=True))
    return cells


def _cell(sheet: Any, value: Any, number_format: str = "", bold: bool = False) -> Any:
    """Return a cell: text without control characters and never a formula, amounts and days as numbers."""
    if isinstance(value, Formula):
        cell = WriteOnlyCell(sheet, value.text)
    elif isinstance(value, str):
        cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value))
        cell.data_type = "s"
    else:
        cell = WriteOnlyCell(sheet, value)
    if number_format and not isinstance(value, str):
        cell.number_format = number_format
    if bold:
        cell.font = BOLD
    return cell
