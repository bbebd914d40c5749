"""The ranking and its funding line: walk down the ranks while the money lasts, then stop."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from review.ranking.score import mean

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Entry:
    """What is ranked: a key (the case number), the amount asked for in EUR, the counting scores."""

    key: str
    amount: Decimal
    scores: tuple[Fraction, ...]


@dataclass(frozen=True)
class Row:
    """One row of the ranking. `running_total` is the sum of all amounts down to this row; `funded`: above the line."""

    key: str
    rank: int
    mean: Fraction
    lowest: Fraction
    highest: Fraction
    assessments: int
    amount: Decimal
    running_total: Decimal
    funded: bool


def rank(entries: Iterable[Entry], budget: Decimal) -> list[Row]:
    """Return the ranking of entries, best mean first; equal means share a rank (1, 2, 2, 4).

    Funding line, rule "stop": amounts are added in rank order; the first that does not fit into `budget` (EUR) and all
    after it are not funded. Entries that share a rank are judged together, so that no number decides between equals.
    Raises ValueError for an entry without scores.
    """
    ordered = sorted(
        ((mean(entry.scores), entry) for entry in entries), key=lambda pair: (-pair[0], pair[1].key)
    )
    rows: list[Row] = []
    total, open_line = ZERO, True
    for average, group in groupby(ordered, key=lambda pair: pair[0]):
        equals = [entry for _, entry in group]
        open_line = open_line and total + sum((e.amount for e in equals), ZERO) <= budget
        place = len(rows) + 1
        for entry in equals:
            total += entry.amount
            rows.append(_row(entry, place, average, total, open_line))
    return rows


def _row(entry: Entry, place: int, average: Fraction, total: Decimal, funded: bool) -> Row:
    """Return the row of an entry."""
    return Row(
        key=entry.key,
        rank=place,
        mean=average,
        lowest=min(entry.scores),
        highest=max(entry.scores),
        assessments=len(entry.scores),
        amount=entry.amount,
        running_total=total,
        funded=funded,
    )
