"""How a grant for a share of the expenditure (Anteilfinanzierung) is split, drawn and reduced."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

CENT = Decimal("0.01")
ZERO = Decimal("0.00")


def pro_rata(grant: Decimal, part: Decimal, whole: Decimal) -> Decimal:
    """Return the grant's part for `part` of the planned expenditure `whole`, rounded down to the cent.

    ANBest-Gk 1.3.1: the grant is drawn in proportion to the town's own and others' money. The proportion is that of
    the award, which may lie below the call's highest rate.
    """
    return (grant * part / whole).quantize(CENT, rounding=ROUND_DOWN)


def tranches(grant: Decimal, planned: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """Split a grant over fiscal years in proportion to their planned expenditure; the sum is exact.

    `planned` is year -> expenditure in EUR (not negative, not all zero: ValueError). Whole cents by largest remainder;
    of equal remainders the earlier year gets the cent.
    """
    total = sum(planned.values(), ZERO)
    if total <= 0 or min(planned.values()) < 0:
        raise ValueError("A grant is split over planned expenditure.")
    cents, weights = int(grant.scaleb(2)), {year: int(planned[year].scaleb(2)) for year in sorted(planned)}
    whole = sum(weights.values())
    shares = {year: cents * weight // whole for year, weight in weights.items()}
    by_remainder = sorted(weights, key=lambda year: (-(cents * weights[year] % whole), year))
    for year in by_remainder[: cents - sum(shares.values())]:
        shares[year] += 1
    return {year: Decimal(share).scaleb(-2) for year, share in shares.items()}


@dataclass(frozen=True)
class FinalGrant:
    """The final grant of an Anteilfinanzierung and what it is reckoned from, in EUR (ANBest-Gk 2.1, 2.2).

    `actual` is the recognised expenditure, `extra_funds` new money of third parties above the plan, `limit` (500 EUR)
    the change up to which nothing is reduced.
    """

    grant: Decimal
    planned: Decimal
    actual: Decimal
    extra_funds: Decimal
    limit: Decimal

    @property
    def within_limit(self) -> bool:
        """Say whether neither expenditure nor other money changed by more than the limit."""
        return abs(self.actual - self.planned) <= self.limit and self.extra_funds <= self.limit

    @property
    def amount(self) -> Decimal:
        """Return the final grant: reduced in proportion beyond the limit, never raised; rounded down to the cent."""
        if self.within_limit:
            return self.grant
        return min(self.grant, pro_rata(self.grant, max(ZERO, self.actual - self.extra_funds), self.planned))
