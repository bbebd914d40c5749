"""What the pages of the review stage show, gathered with a constant number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse

from calls.models import Call
from core.guards import Reason
from core.money import euro
from core.wording import day
from review.enums import AssessmentState, BiasSource, CaseState, Proposal
from review.models import Assessment, Bias, BoardMember, Case, DecisionItem, DecisionRound
from review.ranking import two_places
from review.services.decision import obstacles, ranking, reason_of
from review.services.jury import exclusions

BEFORE_THE_BOARD = (CaseState.RECEIVED, CaseState.IN_CHECK, CaseState.ELIGIBLE, CaseState.INELIGIBLE_PROPOSED)
GROUPS = {
    "Zur Befangenheit erklären": (AssessmentState.ASSIGNED,),
    "Bewerten": (AssessmentState.REOPENED, AssessmentState.DRAFTED, AssessmentState.ACCEPTED),
    "Abgegeben": (AssessmentState.SUBMITTED,),
    "Nicht übernommen oder nicht gewertet": (AssessmentState.DECLINED, AssessmentState.SET_ASIDE),
}
READ = {state for title in ("Bewerten", "Abgegeben") for state in GROUPS[title]}


def juror_groups(user: Any) -> list[dict[str, Any]]:
    """Return a juror's own assessments as groups of a task list; nothing in it depends on other jurors."""
    own = (
        Assessment.objects.own(user).exclude(case__state__in=BEFORE_THE_BOARD).order_by("due", "case__number")
    )
    found = list(own.select_related("case__call").prefetch_related("scores", "case__call__scoring_criteria"))
    groups = []
    for title, states in GROUPS.items():
        rows = [_juror_row(assessment) for assessment in found if assessment.state in states]
        if rows:
            groups.append({"title": title, "rows": rows})
    return groups


def _juror_row(assessment: Assessment) -> dict[str, Any]:
    """Return the row of an assessment: title, towns and own progress."""
    parts = [assessment.case.towns_text()]
    url = ""
    if assessment.state == AssessmentState.ASSIGNED:
        url = reverse("assessment-declare", args=[assessment.case.number])
    elif assessment.state in READ:
        url = assessment.get_absolute_url()
        parts.append(progress_text(assessment))
    if url and assessment.due and assessment.state != AssessmentState.SUBMITTED:
        parts.append(f"abgeben bis {day(assessment.due)}")
    return {
        "title": assessment.heading(),
        "line": " · ".join(parts),
        "url": url,
        "status": assessment.state_label(),
        "tone": assessment.state_tone(),
    }


def progress_text(assessment: Assessment) -> str:
    """Return how far the juror is: "2 von 6 Kriterien" (prefetch scores and the call's criteria)."""
    total = len(assessment.case.call.scoring_criteria.all())
    return f"{total - len(assessment.unanswered())} von {total} Kriterien"


def own_facts(assessment: Assessment) -> list[tuple[str, str]]:
    """Return the facts of the header of a juror's page."""
    case = assessment.case
    return [
        ("Ihre Bewertung", progress_text(assessment)),
        ("Abgeben bis", f"{day(assessment.due)}, 24 Uhr" if assessment.due else "keine Frist"),
        ("Beantragt", euro(case.requested_grant)),
        ("Kommunen", case.towns_text()),
    ]


def own_exclusions(user: Any) -> list[Bias]:
    """Return why a juror is out of calls, once for each call."""
    biases = Bias.objects.filter(member__user=user, source=BiasSource.REGISTER).select_related("case__call")
    return list({bias.case.call_id: bias for bias in biases.order_by("pk")}.values())


@dataclass(frozen=True)
class Seat:
    """A member of the board on the page of the jury: what each case is for them, how many they have, why none."""

    member: BoardMember
    cells: tuple[str, ...]
    load: int
    excluded: str


def jury_cases(call: Call) -> list[Case]:
    """Return the cases of a call that are with the board or can go there."""
    return list(
        call.cases.exclude(state__in=BEFORE_THE_BOARD[:2]).exclude(state=CaseState.INELIGIBLE_PROPOSED)
    )


def seats(call: Call, cases: Iterable[Case]) -> list[Seat]:
    """Return the members of the call's board with what each case is for them (four queries)."""
    members = list(members_of(call))
    excluded = exclusions(call, members)
    words = {
        (bias.case_id, bias.member_id): f"befangen, {bias.get_source_display()}"
        for bias in Bias.objects.filter(case__call=call)
    }
    assigned: dict[int, int] = {}
    for assessment in Assessment.objects.filter(case__call=call):
        words.setdefault((assessment.case_id, assessment.member_id), assessment.state_label())
        counts = assessment.state not in (AssessmentState.DECLINED, AssessmentState.SET_ASIDE)
        assigned[assessment.member_id] = assigned.get(assessment.member_id, 0) + counts
    listed = list(cases)
    return [
        Seat(
            member,
            tuple(words.get((case.pk, member.pk), "nicht zugewiesen") for case in listed),
            assigned.get(member.pk, 0),
            excluded.get(member.pk, ""),
        )
        for member in members
    ]


def members_of(call: Call) -> Any:
    """Return the present members of the board of a call's programme."""
    members = BoardMember.objects.filter(board__programme=call.programme_id, until=None)
    return members.select_related("user", "office_town")


@dataclass(frozen=True)
class Line:
    """A row of the ranking as the page shows it; `last_award`: the funding line comes after it."""

    case: Case
    rank: int | None
    mean: Decimal | None
    lowest: Decimal | None
    highest: Decimal | None
    assessments: int
    amount: Decimal
    running_total: Decimal
    proposal: str
    reason: str
    last_award: bool = False


def preview(call: Call) -> list[Line]:
    """Return the ranking as it would be frozen now."""
    cases = {case.number: case for case in call.cases.all()}
    rows = ranking(call)
    awarded = sum((row.amount for row in rows if row.funded), Decimal("0.00"))
    free = call.budget_total() - awarded
    funded = [row.key for row in rows if row.funded]
    return [
        Line(
            cases[row.key],
            row.rank,
            two_places(row.mean),
            two_places(row.lowest),
            two_places(row.highest),
            row.assessments,
            row.amount,
            row.running_total,
            str(Proposal.AWARD.label if row.funded else Proposal.RESERVE.label),
            reason_of(row, awarded, free),
            last_award=bool(funded) and row.key == funded[-1],
        )
        for row in rows
    ]


def frozen(decision_round: DecisionRound) -> list[Line]:
    """Return the ranking that a round froze, with the proposals as they stand."""
    items = list(decision_round.items.select_related("case"))
    last = max((item.rank for item in items if item.rank and item.proposal == Proposal.AWARD), default=None)
    at_line = [item.pk for item in items if item.rank == last]
    return [_frozen_line(item, bool(last) and item.pk == at_line[-1]) for item in items]


def _frozen_line(item: DecisionItem, last_award: bool) -> Line:
    """Return the row of a frozen item."""
    return Line(
        item.case,
        item.rank,
        item.score,
        item.lowest,
        item.highest,
        item.assessments,
        item.amount,
        item.running_total,
        item.get_proposal_display(),
        item.reason,
        last_award,
    )


@dataclass(frozen=True)
class RankingPage:
    """The page of the ranking: frozen in a round, or as it would be now, or what still stands against it."""

    round: DecisionRound | None
    obstacles: list[Reason]
    lines: list[Line]
    budget: Decimal
    awarded: Decimal

    @property
    def free(self) -> Decimal:
        """Return what is left of the budget above the funding line (EUR)."""
        return self.budget - self.awarded


def ranking_page(call: Call) -> RankingPage:
    """Return what the page of the ranking shows; while anything is outstanding no order is shown at all."""
    found = call.decision_rounds.first()
    missing = [] if found else obstacles(call)
    lines = frozen(found) if found else [] if missing else preview(call)
    awards = [line.amount for line in lines if line.proposal == Proposal.AWARD.label]
    return RankingPage(found, missing, lines, call.budget_total(), sum(awards, Decimal("0.00")))


def decision_groups(decision_round: DecisionRound) -> list[dict[str, Any]]:
    """Return the three lists of a round: title with number, and items with their cases."""
    items = list(decision_round.items.select_related("case"))
    groups = []
    for proposal in Proposal:
        rows = [item for item in items if item.proposal == proposal]
        groups.append({"title": f"{proposal.label} ({len(rows)})", "items": rows, "code": proposal.value})
    return groups


@dataclass(frozen=True)
class OwnPoints:
    """A juror's own points for one criterion: None and not answered, or None and answered (cannot be judged)."""

    position: int
    title: str
    weight: int
    answered: bool
    points: int | None
    reason: str

    def points_text(self) -> str:
        """Return the points in words."""
        if not self.answered:
            return "offen"
        return "kann ich nicht beurteilen" if self.points is None else str(self.points)


def own_points(assessment: Assessment) -> list[OwnPoints]:
    """Return a juror's points in the order of the call's criteria (prefetch scores and criteria)."""
    given = {score.criterion_id: score for score in assessment.scores.all()}
    return [
        OwnPoints(
            position,
            criterion.title,
            criterion.weight,
            criterion.pk in given,
            given[criterion.pk].points if criterion.pk in given else None,
            given[criterion.pk].reason if criterion.pk in given else "",
        )
        for position, criterion in enumerate(assessment.case.call.scoring_criteria.all(), start=1)
    ]
