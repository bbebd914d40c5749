"""The figures of the law, shipped as `figures.csv`: dated rows with their source. No Django.

A row that ends and has no follower (the base rate after 30.06.2026) is not known: nobody may carry it forward.
Where the beginning of a rule does not matter here, `valid_from` is the year of the first call, 2019.
"""

import csv
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Final

FIGURES_FILE: Final = Path(__file__).with_name("figures.csv")


@dataclass(frozen=True, slots=True)
class LawFigure:
    """One dated figure of the law; `valid_to` is the last day, None until further notice."""

    code: str
    title: str
    value: Decimal
    unit: str
    valid_from: date
    valid_to: date | None
    source: str


def read_figures() -> tuple[LawFigure, ...]:
    """Read the shipped table; raise ValueError if two rows of one code overlap."""
    with FIGURES_FILE.open(encoding="utf-8", newline="") as file:
        figures = tuple(_figure(row) for row in csv.DictReader(file, delimiter=";"))
    ordered = sorted(figures, key=lambda figure: (figure.code, figure.valid_from))
    for earlier, later in pairwise(ordered):
        if earlier.code == later.code and (earlier.valid_to is None or earlier.valid_to >= later.valid_from):
            raise ValueError(
                f"{later.code}: the rows from {earlier.valid_from} and {later.valid_from} overlap."
            )
    return figures


def _figure(row: dict[str, str]) -> LawFigure:
    return LawFigure(
        code=row["code"],
        title=row["title"],
        value=Decimal(row["value"]),
        unit=row["unit"],
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        source=row["source"],
    )
