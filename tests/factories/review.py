"""Board, cases, assessments and decision rounds for tests; a state is reached by performing the steps with the cast.

The board has five members; Frau Befangen is mayor of a town that applies (Beispielstadt unless given).
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from calls.models import Call
from core import clock, door
from review import services
from review.enums import Group
from review.models import Assessment, Board, BoardMember, Case, DecisionRound
from tests.cast import person
from tests.factories.alliances import GRANT
from tests.factories.alliances import application as make_application
from tests.factories.calls import call as make_call
from tests.factories.calls import programme as make_programme
from tests.factories.towns import town as make_town

REVIEW = clock.berlin(2026, 7, 15, 10)
DUE = date(2026, 8, 31)
SMALL_GRANT = Decimal("300000.00")
JURORS = ("modell", "probe", "test", "versuch")
CHECKED = (
    "in_check",
    "eligible",
    "in_jury",
    "scored",
    "recommended",
    "reserve",
    "awarded",
    "ineligible_proposed",
)


def board(mayor_of: str = "99000001") -> Board:
    """Return the board: a chair from science, three more, and Frau Befangen, mayor of a town (by key)."""
    made = services.create_board(make_programme(), "Beirat der Kleinstadtakademie")
    if made.members.exists():
        return made
    services.add_board_member(made, person("modell"), Group.SCIENCE, chair=True)
    services.add_board_member(made, person("probe"), Group.ASSOCIATION)
    services.add_board_member(made, person("test"), Group.MINISTRY)
    services.add_board_member(made, person("versuch"), Group.SCIENCE)
    services.add_board_member(
        made, person("befangen"), Group.MAYOR, office_town=make_town(mayor_of), office="Bürgermeisterin"
    )
    return made


def members(*keys: str) -> list[BoardMember]:
    """Return members of the board, all five unless some are named."""
    found = list(board().members.select_related("user", "office_town"))
    wanted = {person(key).pk for key in keys}
    return [member for member in found if not keys or member.user_id in wanted]


def closed_call(
    applications: int = 1, *, grants: Sequence[Decimal] = (GRANT, GRANT), towns: int = 4, **overrides: Any
) -> Call:
    """Return a call that has closed with one or two submitted applications: their cases are received."""
    call = make_call("published", **overrides)
    for place in range(applications):
        make_application("submitted", call=call, second=place == 1, towns=towns, grant=grants[place])
    with clock.at(call.closes_at):
        return Call.objects.get(pk=door.perform(call, "close", by=None).record.pk)


def case(state: str = "received", *, towns: int = 4, grant: Decimal | None = None) -> Case:
    """Return a case of its own call; three `towns` make one criterion unmet, and the number of towns only."""
    short = 3 if state == "ineligible_proposed" else towns
    call = closed_call(1, towns=short, grants=(grant or (GRANT if short > 3 else SMALL_GRANT),))
    found = call.cases.get()
    with clock.at(REVIEW):
        advance(found, state)
    return Case.objects.select_related("call").get(pk=found.pk)


def advance(found: Case, state: str) -> None:
    """Take a received case as far as a state."""
    office = person("muster")
    if state in CHECKED:
        door.perform(found, "start_check", by=office)
    if state == "ineligible_proposed":
        door.perform(found, "propose_ineligible", by=office, data={"note": "Es sind nur drei Kommunen."})
    elif state in CHECKED[1:]:
        door.perform(found, "confirm_eligible", by=office)
    if state in CHECKED[2:-1]:
        to_the_board(found)
    if state in CHECKED[3:-1]:
        score_all(found)
    if state in CHECKED[4:-1]:
        services.prepare_round(found.call, by=office)
    if state == "awarded":
        release(found.call)


def to_the_board(found: Case, *keys: str) -> None:
    """Assign members to a case (all unless some are named), and send it to the board."""
    office = person("muster")
    services.assign_jurors(
        found.call, by=office, cases=[Case.objects.get(pk=found.pk)], members=members(*keys), due=DUE
    )
    door.perform(found, "send_to_jury", by=office)


def score_all(found: Case, points: int = 4) -> None:
    """Let every assigned juror accept, give the same points to each criterion, and submit."""
    for assessment in found.assessments.select_related("member__user"):
        score(assessment, points)


def score(assessment: Assessment, points: int = 4) -> None:
    """Let a juror accept, give the same points to each criterion, and submit."""
    juror = assessment.member.user
    door.perform(assessment, "accept", by=juror)
    for criterion in assessment.case.call.scoring_criteria.all():
        door.perform(assessment, "draft", by=juror, data=given(criterion, points))
    door.perform(assessment, "submit", by=juror, data={"comment": "Ein guter Antrag."})


def given(criterion: Any, points: int | None) -> dict[str, Any]:
    """Return the input of one criterion."""
    return {"criterion": criterion, "points": points, "reason": "Das steht so im Antrag."}


def assessment(
    state: str = "assigned", *, juror: str = "modell", of: Case | None = None, points: int = 4
) -> Assessment:
    """Return a juror's assessment of a case at the board, in a state."""
    found = (of or case("in_jury")).assessments.get(member__user=person(juror))
    by, office = person(juror), person("muster")
    with clock.at(REVIEW):
        if state == "declined":
            door.perform(found, "decline", by=by, data={"note": "Mein Bruder arbeitet dort."})
        elif state in ("accepted", "drafted"):
            door.perform(found, "accept", by=by)
        elif state in ("submitted", "reopened"):
            score(found, points)
        elif state == "set_aside":
            door.perform(found, "set_aside", by=office, data={"note": "Nachträglich befangen."})
        if state == "drafted":
            first = found.case.call.scoring_criteria.all()[0]
            door.perform(found, "draft", by=by, data=given(first, points))
        if state == "reopened":
            door.perform(found, "reopen", by=office, data={"note": "Ein Kriterium fehlte."})
    return Assessment.objects.select_related("case__call", "member__user").get(pk=found.pk)


def decision_round(
    state: str = "prepared",
    *,
    points: Sequence[int] = (4, 3),
    grants: Sequence[Decimal] = (GRANT, GRANT),
    **overrides: Any,
) -> DecisionRound:
    """Return a decision round over two cases whose jurors all gave `points`, prepared by the office or released."""
    call = closed_call(2, grants=grants, **overrides)
    with clock.at(REVIEW):
        for found, given_points in zip(call.cases.all(), points, strict=True):
            advance(found, "in_jury")
            score_all(found, given_points)
        made = services.prepare_round(Call.objects.get(pk=call.pk), by=person("muster"))
        if state == "released":
            release(call)
    return DecisionRound.objects.select_related("call").get(pk=made.pk)


def release(call: Call) -> None:
    """Let the granting authority release the round of a call."""
    door.perform(call.decision_rounds.get(), "release", by=person("exempel"))
