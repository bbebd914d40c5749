"""Awards: drafted by the released round, issued with letter and project, final."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

from core import documents, door
from core.access import sync
from projects.models import Award, AwardTranche, Milestone, PlanLine, Project
from projects.models.award import LETTER
from projects.reckoning import tranches
from projects.services.letter import award_letter
from review.enums import Proposal
from towns.models import Town


def draft_awards(decision_round: Any, event: Any) -> None:
    """Draft an award for each case that the released round grants (effect of the release)."""
    items = decision_round.items.filter(proposal=Proposal.AWARD).select_related(
        "case__call", "case__application"
    )
    for item in items:
        _draft(item.case, item.amount, event)


def _draft(case: Any, amount: Decimal, event: Any) -> Award:
    """Draft the award of one case from its frozen application."""
    plan = case.snapshot
    lead = next(town for town in plan["towns"] if town["lead"])
    by_year: dict[int, Decimal] = defaultdict(Decimal)
    own_staff = Decimal("0.00")
    for line in plan["budget"]:
        by_year[int(line["year"])] += Decimal(line["amount"])
        own_staff += Decimal(line["amount"]) if line["staff"] else Decimal("0.00")
    award = Award.objects.create(
        number=case.number,
        case=case,
        call=case.call,
        alliance_id=case.application.alliance_id,
        recipient=Town.objects.get(ags=lead["ags"]),
        title=case.title,
        amount=amount,
        expenditure=sum(by_year.values(), Decimal("0.00")),
        own_staff=own_staff,
        rate=case.call.rate,
        start=date.fromisoformat(str(plan["start"])),
        end=date.fromisoformat(str(plan["end"])),
        plan=plan,
    )
    for year, part in tranches(amount, by_year).items():
        AwardTranche.objects.create(award=award, fiscal_year=year, amount=part)
    door.record_birth(award, by=event.by, label="Zuwendungsbescheid entworfen")
    return award


def write_letter(award: Award, event: Any) -> None:
    """Freeze the letter as facts and PDF (effect of issuing)."""
    documents.store_made(
        award,
        award_letter(award),
        name=f"Zuwendungsbescheid-{award.number}.pdf",
        content_type="application/pdf",
        purpose=LETTER,
        title=f"Zuwendungsbescheid {award.number}",
        facts=award.letter_facts(),
        by=event.by,
    )


def found_project(award: Award, event: Any) -> None:
    """Found the project with its approved plan and milestones, and give its people their rights (effect of issuing)."""
    project = Project.objects.create(
        number=award.number,
        award=award,
        call=award.call,
        alliance=award.alliance,
        title=award.title,
        start=award.start,
        end=award.end,
    )
    door.record_birth(project, by=event.by, label="Modellvorhaben angelegt")
    for place, row in enumerate(award.plan_by_position(), start=1):
        PlanLine.objects.create(
            project=project, code=row["code"], title=row["title"], amount=row["amount"], position=place
        )
    towns = {
        town.ags: town for town in Town.objects.filter(ags__in=[m["town"] for m in award.plan["milestones"]])
    }
    for row in award.plan["milestones"]:
        milestone = Milestone.objects.create(
            project=project,
            code=row["code"],
            title=row["title"],
            town=towns[row["town"]],
            due=date.fromisoformat(str(row["due"])),
            evidence=row["evidence"],
        )
        door.record_birth(milestone, by=event.by, label="Meilenstein angelegt")
    sync(project)


def become_final(award: Award, event: Any) -> None:
    """Begin the project: money may be asked for (effect of waiving the remedy and of its end)."""
    door.perform(award.project, "begin", by=None, at=event.at)


def finalise_awards() -> int:
    """Make awards final whose remedy period is over; return how many (daily job)."""
    return sum(door.perform(award, "become_final", by=None).changed for award in Award.objects.remedy_over())
