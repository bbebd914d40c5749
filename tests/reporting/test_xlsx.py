"""The Excel file: types, formulas, what must stay text, and the same totals in LibreOffice."""

import shutil
import subprocess
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from reporting.reports.call_report import CallReport
from reporting.reports.xlsx import EVERY, write_xlsx
from tests.reporting.reports_by_hand import empty_report, report


def opened(made: CallReport) -> Workbook:
    return load_workbook(BytesIO(write_xlsx(made)))


def recalculated(made: CallReport, folder: Path) -> Workbook:
    """Return the values that LibreOffice reckons."""
    source = folder / "bericht.xlsx"
    source.write_bytes(write_xlsx(made))
    (folder / "neu").mkdir()
    command = [
        str(shutil.which("soffice")), "--headless", f"-env:UserInstallation=file://{folder}/profile",
        "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "neu"), str(source),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return load_workbook(folder / "neu" / "bericht.xlsx", data_only=True)


def test_the_sheets_stand_in_order() -> None:
    names = ["Deckblatt", "Anträge", "Vorhaben", "Zahlungen nach Jahr", "Meilensteine"]
    assert opened(report()).sheetnames == names


def test_the_cover_says_what_and_when() -> None:
    sheet = opened(report())["Deckblatt"]
    facts = {row[0]: row[1] for row in sheet.iter_rows(min_row=3, max_col=2, values_only=True)}
    assert sheet["A1"].value == "Förderbericht zum Projektaufruf 2026-1"
    assert facts["Förderprogramm"] == "Kleinstadtakademie"
    assert facts["Filter"] == "Projektaufruf 2026-1 „Gemeinsam Neues erproben“, alle Länder, alle Stände"
    assert facts["Stichtag"].date() == date(2026, 11, 21)
    assert facts["Erzeugt"] == "21. November 2026, 14:03 Uhr"
    assert facts["Zeilen"] == 6


def test_amounts_and_days_are_numbers_and_totals_are_formulas() -> None:
    sheet = opened(report())["Anträge"]
    assert (sheet["I2"].value, sheet["I2"].data_type, sheet["I2"].number_format) == (400000, "n", "#,##0.00")
    assert (sheet["F2"].value.date(), sheet["F2"].number_format) == (date(2026, 6, 15), "DD.MM.YYYY")
    assert sheet["J3"].value is None
    assert [sheet[f"{c}4"].value for c in "AHIJ"] == ["Summe", "=SUM(H2:H3)", "=SUM(I2:I3)", "=SUM(J2:J3)"]
    assert sheet["I4"].number_format == "#,##0.00"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:J3")
    assert sheet.column_dimensions["B"].width == 40


def test_text_never_becomes_a_formula() -> None:
    sheet = opened(report())["Anträge"]
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("=1+1", "s")
    assert opened(report())["Vorhaben"]["B2"].data_type == "s"


def test_control_characters_are_left_out() -> None:
    assert opened(report())["Anträge"]["B3"].value == "Glocke und Ton"


def test_rows_of_money_are_reckoned_in_the_file() -> None:
    book = opened(report())
    assert book["Vorhaben"]["L2"].value == "=J2-K2"
    head = [cell.value for cell in book["Zahlungen nach Jahr"][1]]
    assert head == ["Vorhaben", "Zuwendungsempfängerin", "2027", "2028", "Summe"]
    assert book["Zahlungen nach Jahr"]["E2"].value == "=SUM(C2:D2)"
    assert book["Zahlungen nach Jahr"]["E3"].value == "=SUM(E2:E2)"


def test_an_empty_report_has_sums_of_zero_and_no_formulas() -> None:
    book = opened(empty_report())
    assert book["Anträge"]["I2"].value == 0
    assert book["Zahlungen nach Jahr"].max_column == 3
    assert [row[0] for row in book["Meilensteine"].iter_rows(values_only=True)] == ["Vorhaben"]


def test_it_tells_how_far_it_is() -> None:
    heard: list[int] = []
    write_xlsx(report(milestones=report().milestones * EVERY), heard.append)
    assert heard == [EVERY, 2 * EVERY]


@pytest.mark.libreoffice
def test_libreoffice_reckons_the_same_totals(tmp_path: Path) -> None:
    book = recalculated(report(), tmp_path)
    cents = Decimal("0.01")
    totals = {letter: Decimal(str(book["Anträge"][f"{letter}4"].value)).quantize(cents) for letter in "HIJ"}
    assert totals == {"H": Decimal("600000.05"), "I": Decimal("480000.05"), "J": Decimal("380000.10")}
    assert Decimal(str(book["Vorhaben"]["L3"].value)).quantize(cents) == Decimal("230000.10")
    assert book["Zahlungen nach Jahr"]["E3"].value == 150000
    assert book["Anträge"]["B2"].value == "=1+1"
