"""The score of one juror, and the mean of several: exact fractions, rounded for showing only."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction


def weighted_score(points: Iterable[tuple[int, int]], max_points: int) -> Fraction:
    """Return S = 100 · Σ w·x/max / Σ w in points of 100, exactly.

    `points` are pairs of weight (percent) and points (0 to `max_points`), one for each criterion. The division by the
    sum of the weights keeps the scale where they do not make 100. Raises ValueError without criteria.
    """
    pairs = list(points)
    weights = sum(weight for weight, _ in pairs)
    if not weights or max_points < 1:
        raise ValueError("A score needs at least one weighted criterion and a highest number of points.")
    return Fraction(100 * sum(weight * x for weight, x in pairs), weights * max_points)


def mean(scores: Sequence[Fraction]) -> Fraction:
    """Return the mean of the jurors' scores, exactly; raises ValueError without scores."""
    if not scores:
        raise ValueError("A mean needs at least one score.")
    return sum(scores, Fraction(0)) / len(scores)


def two_places(score: Fraction) -> Decimal:
    """Return a score as shown and stored: two decimals, half up. Never order by it: 66,666… and 66,67 are not equal."""
    cents = (Decimal(score.numerator * 100) / Decimal(score.denominator)).quantize(
        Decimal(1), rounding=ROUND_HALF_UP
    )
    return cents.scaleb(-2)
