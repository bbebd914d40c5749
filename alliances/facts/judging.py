"""An application before the rules of its call: the facts that criteria judge, and what they find now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse

from alliances.enums import FundingSource
from alliances.facts.content import plain
from alliances.facts.plan import ZERO
from calls.criteria import ApplicationFacts, Finding, Outcome
from calls.facts import findings, grant_reckoning
from core.money import Reckoning
from towns.facts import facts_of
from towns.models import Town

PAGES = {
    "finanzierungsplan": "application-plan",
    "zeitraum": "application-basics",
    "unterlagen": "application-documents",
}


@dataclass(frozen=True)
class LinkedFinding:
    """A finding with the address of the page that mends it."""

    title: str
    outcome: Outcome
    reason: str
    source: str
    url: str


def criteria_facts(values: dict[str, Any]) -> ApplicationFacts:
    """Return what criteria judge, from a content, live or frozen (dates and amounts as text).

    Working time of own people is the planned expenditure under staff positions; where more is declared as
    contribution, that counts: nobody is paid for it. The standing of the towns is that of today's register.
    """
    frozen = plain(values)
    keys = [town["ags"] for town in frozen["towns"]]
    towns = {town.ags: town for town in Town.objects.filter(ags__in=keys).select_related("association")}
    grant = frozen["requested_grant"]
    brought = {
        source: _sum(f for f in frozen["funding"] if f["source"] == source) for source in FundingSource.values
    }
    given = [tuple(document["purpose"].split(":")) for document in frozen["documents"]]
    return ApplicationFacts(
        towns=tuple(facts_of(towns[key] for key in keys)),
        start=_date(frozen["start"]),
        end=_date(frozen["end"]),
        expenditure=_sum(frozen["budget"]),
        requested_grant=None if grant is None else Decimal(grant),
        own_staff=max(
            _sum(line for line in frozen["budget"] if line["staff"]), brought[FundingSource.OWN_STAFF]
        ),
        third_party=brought[FundingSource.THIRD_PARTY],
        own_funds=brought[FundingSource.OWN_FUNDS],
        documents=frozenset(purpose[0] for purpose in given if len(purpose) == 1),
        documents_per_town=frozenset((purpose[0], purpose[1]) for purpose in given if len(purpose) == 2),
    )


def _sum(rows: Iterable[dict[str, Any]]) -> Decimal:
    """Return the sum of the amounts of frozen rows in EUR."""
    return sum((Decimal(row["amount"]) for row in rows), ZERO)


def _date(text: str | None) -> date | None:
    """Read a frozen day."""
    return date.fromisoformat(text) if text else None


def live_facts(application: Any) -> ApplicationFacts:
    """Return what criteria judge of the present content."""
    return criteria_facts(application.content())


def live_findings(application: Any) -> list[Finding]:
    """Return what the criteria of the call find in the present content."""
    return findings(application.call, live_facts(application))


def reckoned_grant(application: Any) -> Reckoning:
    """Return how the highest possible grant is reckoned from the present content."""
    return grant_reckoning(application.call, live_facts(application))


def alliance_findings(alliance: Any) -> list[Finding]:
    """Return what the criteria of the alliance's call find before there is an application: the towns only."""
    partners = alliance.partners.accepted().select_related("town__association").order_by("-is_lead", "pk")
    stated = ApplicationFacts(towns=tuple(facts_of(partner.town for partner in partners)))
    return [f for f in findings(alliance.call, stated) if f.section == "kommunen"] if alliance.call else []


def linked(application: Any, found: Iterable[Finding]) -> list[LinkedFinding]:
    """Return findings with the address of the page that mends each."""
    return [
        LinkedFinding(
            f.title, f.outcome, f.reason, f.source, "" if f.outcome == Outcome.MET else _page(application, f)
        )
        for f in found
    ]


def _page(application: Any, finding: Finding) -> str:
    """Return the page of the section that a finding names."""
    name = PAGES.get(finding.section)
    return reverse(name, args=[application.number]) if name else application.alliance.get_absolute_url()


def not_met(found: Iterable[Finding]) -> list[Finding]:
    """Return the findings that are not met."""
    return [finding for finding in found if finding.outcome == Outcome.NOT_MET]
