"""Reads the spreadsheet of a funding report, as it was written and as LibreOffice recalculates it."""

import subprocess
import tempfile
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

COLUMNS = {
    "requested": ("Anträge", "Beantragt"),
    "awarded": ("Vorhaben", "Zuwendung (EUR)"),
    "paid 2027": ("Zahlungen nach Jahr", "2027"),
}


def recalculated(content: bytes) -> dict[str, Decimal]:
    """Return the totals that LibreOffice reckons from the formulas."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "bericht.xlsx"
        source.write_bytes(content)
        out = Path(folder) / "neu"
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{folder}/profil", "--headless", "--convert-to", "xlsx",
             "--outdir", str(out), str(source)],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        book = load_workbook(out / "bericht.xlsx", data_only=True)
        return {name: _total(book[sheet], column) for name, (sheet, column) in COLUMNS.items()}


def figures_of(content: bytes) -> dict[str, Decimal]:
    """Return the sums of the columns' own cells (not of the formulas)."""
    book = load_workbook(BytesIO(content))
    found = {}
    for name, (sheet, column) in COLUMNS.items():
        cells = _cells(book[sheet], column)
        found[name] = sum(
            (Decimal(str(c.value)) for c in cells if isinstance(c.value, int | float)), Decimal()
        )
    return found


def _total(sheet: Any, column: str) -> Decimal:
    """Return the last number of a column: the total's row."""
    numbers = [c.value for c in _cells(sheet, column) if isinstance(c.value, int | float)]
    return Decimal(str(numbers[-1])).quantize(Decimal("0.01"))


def _cells(sheet: Any, column: str) -> list[Any]:
    """Return the cells below a column's head."""
    for row in sheet.iter_rows():
        for cell in row:
            if str(cell.value or "").startswith(column):
                return [sheet.cell(r, cell.column) for r in range(cell.row + 1, sheet.max_row + 1)]
    raise KeyError(f"{sheet.title}: no column {column}")
