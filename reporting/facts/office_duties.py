"""What waits for office, officers and cash desk: cases, the decision, awards, milestones, payments, statements."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, F, Q

from calls.enums import CallState
from calls.models import Call
from core import clock
from core.access import anchors_for
from core.money import euro
from projects.enums import AwardState, MilestoneState, PaymentState, StatementState
from projects.models import Award, Milestone, PaymentRequest, Project, Statement
from reporting.facts.duty import CASH_DESK, OFFICE, Duty, plural, sentence, step_page
from reporting.facts.person import Person
from review.enums import AssessmentState, CaseState, Outcome, RoundState
from review.models import Case, DecisionRound

AWAITED = [
    AssessmentState.ASSIGNED,
    AssessmentState.ACCEPTED,
    AssessmentState.DRAFTED,
    AssessmentState.REOPENED,
]
BEFORE_THE_JURY = [CaseState.RECEIVED, CaseState.IN_CHECK, CaseState.ELIGIBLE]


def checks(person: Person) -> Iterator[Duty]:
    """Begin the formal check of a case whose call has closed."""
    found = _cases(person, "check").filter(state=CaseState.RECEIVED, call__closes_at__lte=clock.now())
    for case in found:
        line = f"„{case.title}“ ist eingegangen"
        yield _case_duty("Vorgang formal prüfen", line, case, step_page(case, "start_check"))


def rulings(person: Person) -> Iterator[Duty]:
    """Decide findings that ask for a person, then finish the check."""
    open_findings = Count("findings", filter=Q(findings__outcome=Outcome.CASE_BY_CASE, findings__ruling=None))
    for case in _cases(person, "rule").filter(state=CaseState.IN_CHECK).annotate(open_findings=open_findings):
        if case.open_findings:
            count = plural(case.open_findings, "Voraussetzung braucht", "Voraussetzungen brauchen")
            line = f"{sentence(count)} Ihre Entscheidung"
            yield _case_duty("Einzelfall entscheiden", line, case, case.check_url())
        else:
            line = "Alle Voraussetzungen sind beurteilt"
            yield _case_duty("Formale Prüfung abschließen", line, case, case.get_absolute_url())


def assignments(person: Person) -> Iterator[Duty]:
    """Assign jurors to eligible cases that nobody reads yet, one task for each call."""
    calls = anchors_for(person.user, "assign_jurors", Call)
    lonely = Count("cases", filter=Q(cases__state=CaseState.ELIGIBLE, cases__assessments=None), distinct=True)
    for call in calls.annotate(lonely=lonely).filter(lonely__gt=0):
        yield Duty(
            "Beiratsmitglieder zuweisen",
            f"Ohne Beiratsmitglied: {_number(call.lonely, 'ein Vorgang', 'Vorgänge')}",
            str(call),
            Case(call=call).jury_url(),
            role=OFFICE,
        )


def handovers_to_jury(person: Person) -> Iterator[Duty]:
    """Send an eligible case with jurors to the board."""
    found = _cases(person, "check").filter(state=CaseState.ELIGIBLE, assessments__isnull=False).distinct()
    for case in found:
        line = f"„{case.title}“ ist förderfähig, Mitglieder sind zugewiesen"
        yield _case_duty("Dem Beirat vorlegen", line, case, step_page(case, "send_to_jury"))


def rounds_to_prepare(person: Person) -> Iterator[Duty]:
    """Prepare the decision round when all assessments are there."""
    calls = anchors_for(person.user, "prepare_decision", Call).filter(
        state__in=[CallState.CLOSED, CallState.IN_REVIEW]
    )
    in_jury = Q(cases__state=CaseState.IN_JURY)
    counted = calls.annotate(
        waiting=Count("cases", filter=Q(cases__state__in=BEFORE_THE_JURY), distinct=True),
        scored=Count("cases", filter=in_jury, distinct=True),
        judged=Count(
            "cases", filter=in_jury & Q(cases__assessments__state=AssessmentState.SUBMITTED), distinct=True
        ),
        awaited=Count("cases__assessments", filter=Q(cases__assessments__state__in=AWAITED), distinct=True),
    )
    ready = counted.filter(scored__gt=0, waiting=0, awaited=0, judged=F("scored"))
    for call in ready.filter(decision_rounds=None):
        yield Duty(
            "Entscheidungsrunde vorbereiten",
            f"Alle Bewertungen zu {_number(call.scored, 'einem Vorgang', 'Vorgängen')} liegen vor",
            str(call),
            DecisionRound(call=call).get_absolute_url(),
            call.decision_planned,
            OFFICE,
        )


def _number(count: int, one: str, many: str) -> str:
    """Return a count of cases with its noun: einem Vorgang, 3 Vorgängen."""
    return one if count == 1 else f"{count} {many}"


def rounds_to_release(person: Person) -> Iterator[Duty]:
    """Release a round that another person prepared."""
    calls = anchors_for(person.user, "release_decision", Call)
    found = DecisionRound.objects.filter(call__in=calls.values("pk"), state=RoundState.PREPARED)
    for decision_round in found.exclude(prepared_by=person.user).select_related("call", "prepared_by"):
        yield Duty(
            "Entscheidungen freigeben",
            f"Vorbereitet von {decision_round.prepared_by.name}",
            str(decision_round.call),
            step_page(decision_round, "release"),
            decision_round.call.decision_planned,
            OFFICE,
        )


def awards_to_issue(person: Person) -> Iterator[Duty]:
    """Issue an award that was drafted."""
    cases = anchors_for(person.user, "issue_award", Case)
    for award in Award.objects.filter(state=AwardState.DRAFTED, case__in=cases.values("pk")):
        line = f"„{award.title}“ ist bewilligt, {euro(award.amount)}"
        yield Duty("Bescheid erlassen", line, str(award), award.get_absolute_url(), role=OFFICE)


def milestones_to_note(person: Person) -> Iterator[Duty]:
    """Note a reported milestone, or return it."""
    found = Milestone.objects.filter(
        project__in=_projects(person, "note_milestone"), state=MilestoneState.REPORTED
    )
    for milestone in found.select_related("project", "town"):
        yield Duty(
            f"Meilenstein {milestone.code} zur Kenntnis nehmen",
            f"„{milestone.title}“, gemeldet von {milestone.town}",
            str(milestone.project),
            milestone.get_absolute_url(),
            role=OFFICE,
        )


def payments_to_check(person: Person) -> Iterator[Duty]:
    """Check a payment request that another person made."""
    for request in _requests(person, "check_payment", PaymentState.SUBMITTED).exclude(
        requested_by=person.user
    ):
        line = f"{euro(request.amount)} angefordert"
        yield Duty("Zahlungsanforderung prüfen", line, str(request), request.get_absolute_url(), role=OFFICE)


def payments_to_order(person: Person) -> Iterator[Duty]:
    """Order a payment that another person checked."""
    found = _requests(person, "order_payment", PaymentState.CHECKED).exclude(checked_by=person.user)
    for request in found.select_related("project", "checked_by"):
        line = f"{euro(request.amount)}, geprüft von {request.checked_by.name}"
        yield Duty("Auszahlung anordnen", line, str(request), request.get_absolute_url(), role=CASH_DESK)


def payments_to_book(person: Person) -> Iterator[Duty]:
    """Book a payment that was ordered, with its value date."""
    for request in _requests(person, "order_payment", PaymentState.ORDERED):
        line = f"{euro(request.amount)} angeordnet"
        yield Duty("Auszahlung buchen", line, str(request), request.get_absolute_url(), role=CASH_DESK)


def statements_to_audit(person: Person) -> Iterator[Duty]:
    """Begin or finish the audit of a statement."""
    waiting = [StatementState.SUBMITTED, StatementState.IN_AUDIT]
    found = Statement.objects.filter(project__in=_projects(person, "audit_statement"), state__in=waiting)
    for statement in found.select_related("project"):
        begun = statement.state == StatementState.IN_AUDIT
        yield Duty(
            "Prüfung des Verwendungsnachweises abschließen" if begun else "Verwendungsnachweis prüfen",
            f"„{statement.project.title}“, Nachweis für {statement.year}",
            str(statement.project),
            statement.get_absolute_url(),
            role=OFFICE,
        )


def _cases(person: Person, right: str) -> Any:
    """Return the cases on which a person holds a right."""
    return Case.objects.filter(pk__in=anchors_for(person.user, right, Case).values("pk"))


def _projects(person: Person, right: str) -> Any:
    """Return the ids of the projects on which a person holds a right, for SQL."""
    return anchors_for(person.user, right, Project).values("pk")


def _requests(person: Person, right: str, state: str) -> Any:
    """Return the payment requests in a state, of projects on which a person holds a right."""
    found = PaymentRequest.objects.filter(project__in=_projects(person, right), state=state)
    return found.select_related("project").order_by("submitted_at", "pk")


def _case_duty(title: str, line: str, case: Case, url: str) -> Duty:
    """Return a duty about a case; the decision's planned day is not the person's deadline, so there is none."""
    return Duty(title, line, f"Vorgang {case.number}", url, role=OFFICE)
