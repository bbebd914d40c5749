"""The figures of an application: period, years, and the sums of its financing plan."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from alliances.enums import FundingSource
from core.money import euro

ZERO = Decimal("0.00")


def expenditure(application: Any) -> Decimal:
    """Return the planned expenditure of all towns and years in EUR."""
    return application.budget_lines.aggregate(sum=Sum("amount"))["sum"] or ZERO


def funding_by_source(application: Any) -> dict[str, Decimal]:
    """Return what the towns bring, by source, in EUR."""
    rows = application.funding_lines.order_by("source").values("source").annotate(sum=Sum("amount"))
    return {row["source"]: row["sum"] for row in rows}


def period(application: Any) -> tuple[date, date]:
    """Return the first and last day of the project, where still empty those that the call allows."""
    call = application.call
    return application.start or call.earliest_start, application.end or call.latest_end


def years(application: Any) -> list[int]:
    """Return the fiscal years of the plan: those of the period, and those with amounts from an earlier period."""
    start, end = period(application)
    planned = set(application.budget_lines.values_list("fiscal_year", flat=True))
    return sorted(planned | set(range(start.year, end.year + 1)))


def year_problem(application: Any, year: int) -> str:
    """Return the sentence why an amount cannot stand in a year, or an empty text."""
    start, end = period(application)
    if year < start.year:
        return f"Das Jahr {year} liegt vor dem ersten Tag des Vorhabens ({start:%d.%m.%Y})."
    if year > end.year:
        return f"Das Jahr {year} liegt nach dem letzten Tag des Vorhabens ({end:%d.%m.%Y})."
    return ""


def period_problem(start: date | None, end: date | None) -> str:
    """Return the sentence for an end before the start, or an empty text."""
    if start is None or end is None or end >= start:
        return ""
    return (
        f"Das Ende ({end:%d.%m.%Y}) liegt vor dem Beginn ({start:%d.%m.%Y}). "
        f"Geben Sie ein Ende ab dem {start:%d.%m.%Y} ein."
    )


@dataclass
class TownSums:
    """What one town plans, in EUR: its expenditure and what it brings, by source."""

    town: Any
    expenditure: Decimal = ZERO
    staff: Decimal = ZERO
    funding: dict[str, Decimal] = field(default_factory=dict)

    @property
    def own_funds(self) -> Decimal:
        """Return own money."""
        return self.funding.get(FundingSource.OWN_FUNDS, ZERO)

    @property
    def own_staff(self) -> Decimal:
        """Return own working time."""
        return self.funding.get(FundingSource.OWN_STAFF, ZERO)

    @property
    def third_party(self) -> Decimal:
        """Return money of third parties."""
        return self.funding.get(FundingSource.THIRD_PARTY, ZERO)

    @property
    def open(self) -> Decimal:
        """Return what the grant has to cover: expenditure without what the town brings."""
        return self.expenditure - sum(self.funding.values(), ZERO)


def town_sums(application: Any) -> list[TownSums]:
    """Return the sums of each town that joined, the lead first (three queries)."""
    partners = (
        application.alliance.partners.accepted().select_related("town").order_by("-is_lead", "town__name")
    )
    found = {partner.town_id: TownSums(partner.town) for partner in partners}
    lines = application.budget_lines.order_by().values("town", "position__staff").annotate(sum=Sum("amount"))
    for row in lines:
        if row["town"] in found:
            found[row["town"]].expenditure += row["sum"]
            found[row["town"]].staff += row["sum"] if row["position__staff"] else ZERO
    for town_id, source, amount in application.funding_lines.values_list("town", "source", "amount"):
        if town_id in found:
            found[town_id].funding[source] = amount
    return list(found.values())


def total(sums: list[TownSums]) -> TownSums:
    """Return the sums of all towns together."""
    funding: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    for one in sums:
        for source, amount in one.funding.items():
            funding[source] += amount
    expenditure = sum((one.expenditure for one in sums), ZERO)
    return TownSums(None, expenditure, sum((one.staff for one in sums), ZERO), dict(funding))


def year_sums(application: Any) -> list[tuple[int, Decimal, Decimal | None]]:
    """Return (fiscal year, planned expenditure, money of the call in that year or None) in EUR."""
    planned = dict(application.budget_lines.order_by().values_list("fiscal_year").annotate(sum=Sum("amount")))
    budgets = dict(application.call.budgets.values_list("fiscal_year", "amount"))
    return [(year, planned.get(year, ZERO), budgets.get(year)) for year in years(application)]


def balance(application: Any, sums: TownSums) -> str:
    """Return in words whether grant and contributions cover the expenditure."""
    if application.requested_grant is None:
        return "Die beantragte Zuwendung fehlt noch."
    rest = sums.open - application.requested_grant
    if rest == 0:
        return "Die Finanzierung geht auf."
    if rest > 0:
        return (
            f"Es fehlen {euro(rest)}: Die Ausgaben sind höher als Zuwendung, Eigenanteil und Mittel Dritter."
        )
    return f"Es sind {euro(-rest)} zu viel: Zuwendung, Eigenanteil und Mittel Dritter sind höher als die Ausgaben."
