"""Assigning jurors, their biases, and their scores."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from calls.enums import CallState
from calls.models import Call
from core import access, clock, door
from core.guards import Reason
from core.models import Event
from review import mails
from review.enums import BiasSource, CaseState
from review.models import Assessment, Bias, BoardMember, Case, Score

ASSIGNABLE = (CaseState.ELIGIBLE, CaseState.IN_JURY)


@dataclass
class Assignment:
    """What an assignment led to: how many assessments are new, and why a member (by key) is out of the call."""

    created: int = 0
    excluded: dict[int, str] = field(default_factory=dict)

    def text(self) -> str:
        """Return the outcome in one line."""
        made = "1 Bewertung zugewiesen" if self.created == 1 else f"{self.created} Bewertungen zugewiesen"
        out = len(self.excluded)
        return (
            made
            if not out
            else f"{made}, {out} {'Mitglied wirkt' if out == 1 else 'Mitglieder wirken'} nicht mit"
        )


def assign_jurors(
    call: Call,
    *,
    by: Any,
    cases: Sequence[Case],
    members: Sequence[BoardMember],
    due: date,
    token: UUID | None = None,
) -> Assignment:
    """Assign each member to each case; who holds an office in a town of any application of the call gets none.

    Rule R4a (jury.md section 2, docs/decisions/0009): such a member is out of the whole call, which is kept as a bias
    for each case. What is assigned already stays; a repeat changes nothing. Raises `Refused` without the right, in
    another state of the call, or for a case that cannot be assigned.
    """
    states = frozenset({CallState.CLOSED, CallState.IN_REVIEW})
    with door.editing(call, "assign_jurors", by=by, states=states) as fresh:
        _check_assignment(cases, members, due)
        result = Assignment(excluded=exclusions(fresh, members))
        free = [member for member in members if member.pk not in result.excluded]
        _record_biases(cases, members, result.excluded)
        for case in cases:
            new = _assign(case, free, by=by, due=due, token=None if result.created else token)
            result.created += len(new)
            access.sync(case)
            if new and case.state == CaseState.IN_JURY:
                mails.bias_asked(fresh, [assessment.member.user for assessment in new], due)
    return result


def _check_assignment(cases: Sequence[Case], members: Sequence[BoardMember], due: date) -> None:
    """Raise `Refused` with everything that stands against an assignment."""
    reasons = [
        f"Vorgang {case.number} ist im Stand „{case.state_label()}“. Zuweisen lässt sich ein förderfähiger Vorgang."
        for case in cases
        if case.state not in ASSIGNABLE
    ]
    if not cases:
        reasons.append("Noch kein Vorgang ist förderfähig. Schließen Sie zuerst eine formale Prüfung ab.")
    if not members:
        reasons.append("Wählen Sie mindestens ein Mitglied des Beirats.")
    if due < clock.today():
        reasons.append(f"Der {due:%d.%m.%Y} ist vorbei. Wählen Sie einen Tag ab heute.")
    if reasons:
        raise door.Refused([Reason(reason) for reason in reasons])


def exclusions(call: Call, members: Sequence[BoardMember]) -> dict[int, str]:
    """Return member key -> why the member is out of the call: a town whose office they hold applies in it."""
    applied: dict[str, tuple[str, str]] = {}
    for number, snapshot in call.cases.order_by("-number").values_list("number", "snapshot"):
        applied.update({town["ags"]: (town["name"], number) for town in snapshot["towns"]})
    found = {}
    for member in members:
        ags = member.office_town.ags if member.office_town else ""
        if ags in applied:
            town, number = applied[ags]
            found[member.pk] = (
                f"{member.user.name} ist {member.office or 'im Amt'} von {town}. "
                f"{town} bewirbt sich in diesem Aufruf (Antrag {number})."
            )
    return found


def _record_biases(cases: Sequence[Case], members: Sequence[BoardMember], excluded: dict[int, str]) -> None:
    """Keep why members are out, once for each case."""
    Bias.objects.bulk_create(
        (
            Bias(
                case=case,
                member=member,
                source=BiasSource.REGISTER,
                reason=excluded[member.pk],
                at=clock.now(),
            )
            for case in cases
            for member in members
            if member.pk in excluded
        ),
        ignore_conflicts=True,
    )


def _assign(
    case: Case, members: Sequence[BoardMember], *, by: Any, due: date, token: UUID | None
) -> list[Assessment]:
    """Return the new assessments of a case: of those members who have none and declared no bias."""
    taken = Q(assessments__case=case) | Q(biases__case=case)
    known = set(BoardMember.objects.filter(taken).values_list("pk", flat=True))
    new: list[Assessment] = []
    for member in members:
        if member.pk not in known:
            assessment = Assessment.objects.create(case=case, member=member, due=due)
            label = f"{member.user.name} zugewiesen"
            door.record_birth(assessment, by=by, label=label, token=None if new else token)
            new.append(assessment)
    return new


def follow_assessment(assessment: Assessment, event: Event) -> None:
    """Let the juror's rights on the case follow the assessment (effect of every step that opens or closes it)."""
    access.sync(assessment.case)


def record_bias(assessment: Assessment, event: Event) -> None:
    """Keep a declared bias with its reason, and close the case for the juror (effect of `Assessment.decline`)."""
    reason = str(assessment.act.data["note"])  # type: ignore[union-attr]
    Bias.objects.get_or_create(
        case=assessment.case,
        member=assessment.member,
        defaults={"source": BiasSource.DECLARED, "reason": reason, "at": event.at},
    )
    access.sync(assessment.case)


def record_score(assessment: Assessment, event: Event) -> None:
    """Keep points and reason for one criterion (effect of `Assessment.draft`); None: cannot be judged, never zero.

    Raises `Refused` for a criterion of another call, points outside the scale, or a missing reason.
    """
    given = assessment.act.data  # type: ignore[union-attr]
    criterion, points, reason = given["criterion"], given["points"], str(given.get("reason", "")).strip()
    highest = assessment.case.call.max_points
    if criterion.call_id != assessment.case.call_id or (points is not None and not 0 <= points <= highest):
        raise door.Refused(
            [Reason(f"Möglich sind 0 bis {highest} Punkte je Kriterium dieses Aufrufs.")], "validation"
        )
    missing = reason_missing(points, reason, highest)
    if missing:
        raise door.Refused([Reason(missing)], "validation")
    Score.objects.update_or_create(
        assessment=assessment, criterion=criterion, defaults={"points": points, "reason": reason}
    )


def reason_missing(points: int | None, reason: str, highest: int) -> str:
    """Return the sentence that asks for a reason, or an empty text: needed at 0, the highest, and "cannot judge"."""
    if reason.strip() or (points is not None and 0 < points < highest):
        return ""
    if points is None:
        return "Begründen Sie in mindestens einem Satz, warum Sie das nicht beurteilen können."
    return f"Begründen Sie die {points} Punkte in mindestens einem Satz."
