"""What a call says about an application and about itself: findings, the highest grant with its reckoning, its phase."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from calls.criteria import ApplicationFacts, CapAndRate, Criterion, Finding, WantedDocument, build
from calls.enums import CallState
from core import clock
from core.money import Reckoning, ReckoningLine

# What a criterion takes from the call itself; other parameters stand in the call's row.
FROM_THE_CALL: dict[str, Callable[[Any], dict[str, Any]]] = {
    "minimum_towns": lambda call: {"minimum": call.min_towns},
    "cap_and_rate": lambda call: {"cap": call.cap, "rate": call.rate},
    "period": lambda call: {
        "earliest_start": call.earliest_start,
        "latest_end": call.latest_end,
        "min_months": call.min_months,
    },
    "documents": lambda call: {
        "wanted": tuple(WantedDocument(d.code, d.title, d.per_town) for d in call.required_documents.all())
    },
}


def criteria(call: Any) -> list[Criterion]:
    """Return the criteria that a call applies, in its order, with the call's own values (at most two queries)."""
    found = []
    for row in call.criteria.all():
        own = FROM_THE_CALL.get(row.code)
        found.append(build(row.code, {**row.parameters, **(own(call) if own else {})}))
    return found


def findings(call: Any, facts: ApplicationFacts) -> list[Finding]:
    """Judge the facts of an application by each criterion of the call."""
    return [criterion.check(facts) for criterion in criteria(call)]


def grant_reckoning(call: Any, facts: ApplicationFacts) -> Reckoning:
    """Return how the highest possible grant is reckoned; the last line is the result (EUR)."""
    rule = CapAndRate(cap=call.cap, rate=call.rate)
    lines = [ReckoningLine(limit.text, limit.amount) for limit in rule.limits(facts)]
    return (*lines, ReckoningLine("Es zählt der kleinste Betrag", rule.possible(facts), result=True))


def phase(call: Any) -> str:
    """Return where a call stands for the public: by its times, never by whether the daily job ran.

    draft, announced, open, closed, in_review, decided, completed or cancelled.
    """
    if call.state != CallState.PUBLISHED:
        return str(call.state)
    now = clock.now()
    if now < call.opens_at:
        return "announced"
    return "open" if now < call.closes_at else "closed"


def budget_by_year(programme: Any) -> list[tuple[int, Decimal]]:
    """Return the budget of all calls of a programme by fiscal year in EUR, without cancelled calls (prefetched)."""
    years: dict[int, Decimal] = {}
    for call in programme.calls.all():
        if call.state != CallState.CANCELLED:
            for row in call.budgets.all():
                years[row.fiscal_year] = years.get(row.fiscal_year, Decimal("0.00")) + row.amount
    return sorted(years.items())
