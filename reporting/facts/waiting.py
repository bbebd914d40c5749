"""What the people of the towns wait for: the thing, its next step, and who takes it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from alliances.enums import ApplicationState, PartnerState
from alliances.models import Alliance, Application, Partner
from calls.enums import ProgrammeRole
from calls.models import ProgrammeMember
from core import clock, wording
from core.access import anchors_for
from projects.enums import MilestoneState, PaymentState, StatementState
from projects.models import Milestone, PaymentRequest, Project, Statement
from reporting.facts.person import Person
from review.enums import CaseState
from towns.models import Town

MOST_WAITING = 20
DECIDED = [CaseState.AWARDED, CaseState.REJECTED]
OFFICE, OFFICER, CASHIER = ProgrammeRole.OFFICE, ProgrammeRole.OFFICER, ProgrammeRole.CASHIER


@dataclass(frozen=True)
class Wait:
    """One thing that others have to move: what it is called, what comes next and who does it, its page."""

    title: str
    next_step: str
    url: str


class Staff:
    """The people of the programmes by name, asked once."""

    def __init__(self) -> None:
        self._names: dict[tuple[int, str], list[str]] = {}
        members = ProgrammeMember.objects.filter(role__in=[OFFICE, OFFICER, CASHIER], user__is_active=True)
        for member in members.select_related("user").order_by("pk"):
            self._names.setdefault((member.programme_id, member.role), []).append(member.user.name)

    def who(self, call: Any, role: ProgrammeRole) -> str:
        """Return name and role of who acts for a call: Frau Muster, Geschäftsstelle."""
        names = self._names.get((call.programme_id, role), [])[:2]
        return ", ".join([" oder ".join(names), str(role.label)] if names else [str(role.label)])


def waiting_for_others(person: Person) -> list[Wait]:
    """Return what a person of a town waits for, at most MOST_WAITING of each kind."""
    if not person.may("town", "view"):
        return []
    staff = Staff()
    return [
        *_invited_towns(person),
        *_signatures(person),
        *_applications(person, staff),
        *_milestones(person, staff),
        *_payments(person, staff),
        *_statements(person, staff),
    ]


def _invited_towns(person: Person) -> Iterator[Wait]:
    """Towns of one's alliances that have not answered."""
    alliances = anchors_for(person.user, "lead_alliance", Alliance)
    found = Partner.objects.filter(
        alliance__in=alliances.values("pk"), state=PartnerState.INVITED, respond_by__gte=clock.today()
    )
    for partner in found.select_related("alliance", "town")[:MOST_WAITING]:
        yield Wait(
            f"{partner.alliance}: Einladung an {partner.town}",
            f"Es antwortet {partner.town}, Antwort {wording.deadline(partner.respond_by)}.",
            partner.alliance.get_absolute_url(),
        )


def _signatures(person: Person) -> Iterator[Wait]:
    """Signatures of other towns."""
    for draft in person.drafts:
        for town, names in draft.unsigned:
            if town.pk not in person.signs_for:
                who = (
                    " oder ".join(names) or "eine zeichnungsberechtigte Person, die noch benannt werden muss"
                )
                yield Wait(
                    f"{draft.application}: Zeichnung von {town}",
                    f"Es zeichnet {who}.",
                    draft.application.get_absolute_url(),
                )


def _applications(person: Person, staff: Staff) -> Iterator[Wait]:
    """Submitted applications without a decision; towns see one word for all that happens in between."""
    found = Application.objects.visible_to(person.user).filter(
        state__in=[ApplicationState.SUBMITTED, ApplicationState.ACCEPTED_FOR_REVIEW],
    )
    found = found.exclude(cases__state__in=DECIDED)
    for application in found.select_related("call")[:MOST_WAITING]:
        call = application.call
        planned = call.decision_planned
        when = f" Die Entscheidung ist für den {wording.day(planned)} geplant." if planned else ""
        begun = clock.now() >= call.closes_at
        step = (
            f"In Prüfung bei {staff.who(call, OFFICE)}."
            if begun
            else (f"Die Prüfung beginnt nach der Bewerbungsfrist am {wording.moment(call.closes_at)}.")
        )
        yield Wait(application.heading(), step + when, application.get_absolute_url())


def _milestones(person: Person, staff: Staff) -> Iterator[Wait]:
    """Reported milestones of one's own towns."""
    found = Milestone.objects.filter(
        project__in=_projects(person),
        town__in=Town.objects.of(person.user).values("pk"),
        state=MilestoneState.REPORTED,
    )
    for milestone in found.select_related("project__call")[:MOST_WAITING]:
        yield Wait(
            f"{milestone.project}: Meilenstein {milestone.code} ist gemeldet",
            f"Es liest {staff.who(milestone.project.call, OFFICE)}.",
            milestone.get_absolute_url(),
        )


def _payments(person: Person, staff: Staff) -> Iterator[Wait]:
    """Payment requests on their way."""
    steps = {
        PaymentState.SUBMITTED: ("In Prüfung bei", OFFICER),
        PaymentState.CHECKED: ("Geprüft. Es ordnet an:", CASHIER),
        PaymentState.ORDERED: ("Angeordnet. Es zahlt aus:", CASHIER),
    }
    found = PaymentRequest.objects.filter(project__in=_projects(person), state__in=list(steps))
    for request in found.select_related("project__call")[:MOST_WAITING]:
        step, role = steps[PaymentState(request.state)]
        yield Wait(
            str(request), f"{step} {staff.who(request.project.call, role)}.", request.get_absolute_url()
        )


def _statements(person: Person, staff: Staff) -> Iterator[Wait]:
    """Statements in audit."""
    states = [StatementState.SUBMITTED, StatementState.IN_AUDIT]
    found = Statement.objects.filter(project__in=_projects(person), state__in=states)
    for statement in found.select_related("project__call")[:MOST_WAITING]:
        who = staff.who(statement.project.call, OFFICER)
        yield Wait(statement.heading(), f"In Prüfung bei {who}.", statement.get_absolute_url())


def _projects(person: Person) -> Any:
    """Return the ids of the projects that a person of a town sees, for SQL."""
    return anchors_for(person.user, "view", Project).values("pk")
