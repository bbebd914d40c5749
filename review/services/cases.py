"""From the closed call to the board: opening cases, freezing findings, ruling on them, handing over to the jurors."""

from collections.abc import Iterable
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from alliances.enums import ApplicationState
from alliances.facts import criteria_facts
from alliances.models import Application
from calls.enums import CallState
from calls.facts import findings
from calls.models import Call, Programme
from core import access, clock, door
from core.documents import hand_over
from core.guards import Reason
from core.models import Document, Event
from review import mails
from review.models import Case, Finding, Ruling

NOTHING = Decimal("0.00")


def open_cases(call: Call, event: Event) -> None:
    """Open a case for each submitted application (effect of `Call.close`); the last submission counts."""
    submitted = call.applications.filter(state=ApplicationState.SUBMITTED).order_by("number")
    for application in submitted.select_related("call", "alliance"):
        _open_case(application)


def _open_case(application: Application) -> Case:
    """Return the new case of an application: on the frozen submission, with its documents."""
    submission = application.submissions.order_by("-count")[0]
    case = Case.objects.create(
        number=application.number,
        call=application.call,
        application=application,
        submission=submission,
        title=application.title,
        requested_grant=application.requested_grant or NOTHING,
        snapshot=submission.content,
        received_at=submission.at,
    )
    door.record_birth(case, by=None, label="Vorgang angelegt")
    for document in Document.objects.of(submission):
        hand_over(document, case)
    access.sync(case)
    door.perform(application, "accept_for_review", by=None)
    return case


def freeze_findings(case: Case, event: Event) -> None:
    """Judge the frozen submission and keep each finding with the facts judged (effect of `Case.start_check`)."""
    facts = criteria_facts(case.snapshot)
    judged = _plain(asdict(facts))
    Finding.objects.bulk_create(
        Finding(
            case=case,
            code=found.code,
            title=found.title,
            source=found.source,
            outcome=found.outcome.value,
            reason=found.reason,
            facts=judged,
            position=position,
        )
        for position, found in enumerate(findings(case.call, facts), start=1)
    )


def _plain(value: Any) -> Any:
    """Return facts as JSON can hold them: sets become sorted lists."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(_plain(part) for part in value)
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value


def record_ruling(case: Case, event: Event) -> None:
    """Keep a person's decision on a finding (effect of `Case.rule`); raises `Refused` if somebody decided it before."""
    given = case.act.data  # type: ignore[union-attr]
    finding = case.findings.select_related("ruling__by").get(pk=given["finding"].pk)
    earlier = finding.ruling_or_none()
    if earlier is not None:
        raise door.Refused([_already_ruled(finding, earlier)], "state")
    if finding.outcome == "met":
        raise door.Refused(
            [Reason(f"„{finding.title}“ ist erfüllt. Hier ist nichts zu entscheiden.")], "validation"
        )
    act = {"by_id": event.by_id, "at": event.at}
    Ruling.objects.create(finding=finding, fulfilled=given["fulfilled"], reason=given["note"], **act)


def _already_ruled(finding: Finding, ruling: Ruling) -> Reason:
    """Say who decided the finding before, when, and how."""
    outcome = "gilt als erfüllt" if ruling.fulfilled else "gilt als nicht erfüllt"
    return Reason(
        f"{ruling.by.name} hat am {ruling.at.astimezone(clock.BERLIN):%d.%m.%Y um %H:%M} Uhr "
        f"über „{finding.title}“ entschieden: {outcome}. Ihre Entscheidung wurde nicht gespeichert."
    )


def ask_jurors(case: Case, event: Event) -> None:
    """Let the assigned jurors declare themselves, ask them to, and note that the review has begun (`send_to_jury`)."""
    access.sync(case)
    if case.call.state == CallState.CLOSED:
        door.perform(case.call, "begin_review", by=None)
    awaited = list(case.assessments.outstanding().select_related("member__user"))
    due = min((assessment.due for assessment in awaited if assessment.due), default=None)
    mails.bias_asked(case.call, [assessment.member.user for assessment in awaited], due)


def cases_of(programme: Programme) -> Iterable[Case]:
    """Return the cases whose rights follow the people of a programme (dependants of `calls.Programme`)."""
    return Case.objects.filter(call__programme=programme).select_related("call__programme")
