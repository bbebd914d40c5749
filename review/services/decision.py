"""The ranking, the decision round that freezes it, changes of its proposals, and the release."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from calls.enums import CallState
from calls.models import Call
from core import access, clock, door
from core.guards import Reason
from core.models import Event
from core.money import euro
from core.wording import number
from review import mails
from review.enums import CaseState, Proposal, RoundState
from review.models import Assessment, Case, DecisionItem, DecisionRound
from review.ranking import Entry, Row, rank, two_places
from review.services.refusal import write_refusal

NOT_YET = (CaseState.RECEIVED, CaseState.IN_CHECK, CaseState.ELIGIBLE)
STEPS = {Proposal.AWARD: "recommend", Proposal.RESERVE: "hold_in_reserve", Proposal.REJECT: "not_recommend"}
ZERO = Decimal("0.00")


def obstacles(call: Call) -> list[Reason]:
    """Return what stands against a ranking: cases before the board, outstanding assessments, cases without one."""
    cases = list(call.cases.select_related("call"))
    if not cases:
        return [Reason("Zu diesem Aufruf gibt es keinen Vorgang.")]
    found = [
        Reason(f"Vorgang {case.number} ist im Stand „{case.state_label()}“.", case.get_absolute_url())
        for case in cases
        if case.state in NOT_YET
    ]
    assessments = Assessment.objects.filter(case__call=call)
    open_, counting = assessments.outstanding().count(), assessments.counting()
    if open_:
        verb = "fehlt" if open_ == 1 else "fehlen"
        found.append(
            Reason(f"{open_} von {open_ + counting.count()} Bewertungen {verb}.", cases[0].jury_url())
        )
    judged = set(counting.values_list("case_id", flat=True))
    awaited = set(assessments.outstanding().values_list("case_id", flat=True))
    found += [
        Reason(
            f"Zu Vorgang {case.number} zählt keine Bewertung. Weisen Sie ein Mitglied zu.", case.jury_url()
        )
        for case in cases
        if case.state == CaseState.IN_JURY and case.pk not in judged | awaited
    ]
    return found


def ranking(call: Call) -> list[Row]:
    """Return the ranking of the cases at the board by their counting assessments, with the funding line of the call."""
    cases = call.cases.filter(state=CaseState.IN_JURY)
    counting = Assessment.objects.filter(case__in=cases).counting().select_related("case__call")
    counting = counting.prefetch_related("scores__criterion", "case__call__scoring_criteria")
    scores: dict[int, list[Any]] = {}
    for assessment in counting:
        scores.setdefault(assessment.case_id, []).append(assessment.exact_score())
    entries = [Entry(c.number, c.requested_grant, tuple(scores[c.pk])) for c in cases if c.pk in scores]
    return rank(entries, call.budget_total())


def prepare_round(call: Call, *, by: Any, token: UUID | None = None) -> DecisionRound:
    """Return the decision round of a call: the frozen ranking with a proposal for each case.

    Takes the system steps recommend and hold_in_reserve on the ranked cases; the ineligible ones are proposed for
    refusal with the reasons of their findings. A repeat of the token returns the first round. Raises `Refused`.
    """
    earlier = door.earlier_outcome(token, DecisionRound)
    if earlier is not None:
        found: DecisionRound = earlier
        return found
    states = frozenset({CallState.CLOSED, CallState.IN_REVIEW})
    with door.editing(call, "prepare_decision", by=by, states=states) as fresh:
        reasons = obstacles(fresh)
        if fresh.decision_rounds.exists():
            reasons = [Reason("Zu diesem Aufruf ist schon eine Runde vorbereitet.")]
        if reasons:
            raise door.Refused(reasons)
        decision_round = DecisionRound.objects.create(call=fresh, prepared_by=by, prepared_at=clock.now())
        door.record_birth(decision_round, by=by, label="Rangliste festgestellt", token=token)
        cases = {case.number: case for case in fresh.cases.all()}
        _freeze_ranked(decision_round, cases, ranking(fresh))
        _freeze_ineligible(decision_round, cases.values())
    return decision_round


def _freeze_ranked(decision_round: DecisionRound, cases: dict[str, Case], rows: list[Row]) -> None:
    """Write the ranked rows with their proposals, and take the fitting step of each case."""
    awarded = sum((row.amount for row in rows if row.funded), ZERO)
    free = decision_round.call.budget_total() - awarded
    for row in rows:
        proposal = Proposal.AWARD if row.funded else Proposal.RESERVE
        DecisionItem.objects.create(
            round=decision_round,
            case=cases[row.key],
            rank=row.rank,
            score=two_places(row.mean),
            lowest=two_places(row.lowest),
            highest=two_places(row.highest),
            assessments=row.assessments,
            proposal=proposal,
            amount=row.amount,
            running_total=row.running_total,
            reason=reason_of(row, awarded, free),
        )
        door.perform(cases[row.key], STEPS[proposal], by=None)


def reason_of(row: Row, awarded: Decimal, free: Decimal) -> str:
    """Return why a row is proposed as it is: rank, mean, and how the money lies (EUR)."""
    place = f"Rang {row.rank} mit {number(two_places(row.mean))} von 100 Punkten."
    if row.funded:
        return f"{place} Der Betrag passt in den Haushalt des Aufrufs."
    return (
        f"{place} Der Antrag liegt unter der Bewilligungsgrenze: {euro(awarded)} sind für bessere Ränge vorgesehen, "
        f"{euro(free)} sind frei. Die Reihenfolge wird eingehalten."
    )


def _freeze_ineligible(decision_round: DecisionRound, cases: Iterable[Case]) -> None:
    """Write the ineligible cases as proposed refusals with the reasons of their findings."""
    for case in cases:
        if case.state == CaseState.INELIGIBLE_PROPOSED:
            reasons = [f"„{f.title}“ ist nicht erfüllt: {f.final_reason()}" for f in case.findings_not_met()]
            DecisionItem.objects.create(
                round=decision_round,
                case=case,
                proposal=Proposal.REJECT,
                amount=case.requested_grant,
                running_total=ZERO,
                reason=" ".join(reasons)[:4000],
            )


def change_proposal(
    item: DecisionItem, proposal: str, reason: str, *, by: Any, token: UUID | None = None
) -> DecisionItem:
    """Change what a prepared round proposes for a case, with a reason; takes the fitting step of the case.

    Whoever prepares or releases may do it, until the release. A repeat of the token changes nothing. Raises `Refused`.
    """
    with transaction.atomic():
        decision_round = door.lock(item.round)
        fresh = DecisionItem.objects.select_related("case__call").get(pk=item.pk)
        if token and Event.objects.filter(token=token).exists():
            return fresh
        _check_change(decision_round, fresh, proposal, reason, by)
        if proposal != fresh.proposal:
            door.perform(fresh.case, STEPS[Proposal(proposal)], by=None)
        fresh.proposal, fresh.reason = proposal, reason.strip()
        fresh.save(update_fields=["proposal", "reason"])
        label = f"Vorschlag zu {fresh.case.number}: {fresh.get_proposal_display()}"
        door.note(decision_round, label, by=by, step="change_proposal", text=fresh.reason, token=token)
    return fresh


def may_change_proposals(user: Any, decision_round: DecisionRound) -> bool:
    """Say whether a person holds the right to change proposals: whoever prepares or releases."""
    return bool(access.rights_on(user, decision_round.call) & {"prepare_decision", "release_decision"})


def _check_change(
    decision_round: DecisionRound, item: DecisionItem, proposal: str, reason: str, by: Any
) -> None:
    """Raise `Refused` unless the person may change the proposal to this one now."""
    if not may_change_proposals(by, decision_round):
        raise door.Refused([Reason("Diese Änderung ist nicht für Sie freigegeben.")], "right")
    if decision_round.state != RoundState.PREPARED:
        raise door.Refused(
            [Reason("Die Runde ist schon freigegeben. Vorschläge ändern sich nicht mehr.")], "state"
        )
    if item.case.state == CaseState.INELIGIBLE_PROPOSED:
        raise door.Refused(
            [Reason("Der Vorgang ist nicht förderfähig. Über ihn hat der Beirat nicht beraten.")]
        )
    if proposal not in Proposal.values or not reason.strip():
        raise door.Refused([Reason("Wählen Sie einen Vorschlag und begründen Sie ihn.")], "validation")


def decide_cases(decision_round: DecisionRound, event: Event) -> None:
    """Make all decisions of a round at once, tell the towns, and close the call (effect of `DecisionRound.release`)."""
    place = 0
    for item in decision_round.items.select_related(
        "case__call__programme", "case__application__alliance", "case__submission"
    ):
        if item.proposal == Proposal.AWARD:
            door.perform(item.case, "award", by=None)
        elif item.proposal == Proposal.REJECT:
            door.perform(item.case, "reject", by=None)
            write_refusal(item)
            mails.refused(item.case)
        else:
            place += 1
            mails.held_in_reserve(item.case, place)
    door.perform(decision_round.call, "decide", by=None)
