"""What waits for the people of the towns: invitations, applications, awards, milestones, money, statements."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Count, F, Prefetch, Q
from django.urls import reverse

from alliances.enums import ApplicationState, PartnerState
from alliances.models import Alliance, Partner
from calls.enums import CallState
from core import clock
from core.access import anchors_for
from projects.enums import AwardState, MilestoneState, PaymentState, ProjectState, StatementState
from projects.models import Award, Milestone, PaymentRequest, Project, Statement
from reporting.facts.drafts import Draft
from reporting.facts.duty import Duty, plural, step_page
from reporting.facts.person import Person
from towns.models import Town

MILESTONE_AHEAD = timedelta(days=30)
UNREPORTED = [MilestoneState.PLANNED, MilestoneState.RETURNED]
LIVING = [PartnerState.INVITED, PartnerState.ACCEPTED]
GONE = [ApplicationState.WITHDRAWN, ApplicationState.EXPIRED]


def invitations(person: Person) -> Iterator[Duty]:
    """Answer an invitation (coordination of the invited town)."""
    towns = anchors_for(person.user, "answer_invitation", Town)
    found = Partner.objects.filter(
        state=PartnerState.INVITED, town__in=towns.values("pk"), respond_by__gte=clock.today()
    )
    for partner in found.select_related("alliance", "town"):
        yield Duty(
            "Einladung beantworten",
            f"{partner.town} ist eingeladen: „{partner.alliance.title}“",
            str(partner.alliance),
            partner.get_absolute_url(),
            partner.respond_by,
        )


def more_partners(person: Person) -> Iterator[Duty]:
    """Invite towns until the call's least number is reached (coordination of the lead)."""
    leads = anchors_for(person.user, "lead_alliance", Alliance)
    count = Count("partners", filter=Q(partners__state__in=LIVING))
    found = Alliance.objects.filter(pk__in=leads.values("pk"), call__closes_at__gt=clock.now()).annotate(
        count=count
    )
    short = found.filter(count__lt=F("call__min_towns")).exclude(call__state=CallState.CANCELLED)
    for alliance in short.select_related("call"):
        call: Any = alliance.call
        yield Duty(
            "Kommunen einladen",
            f"Der Aufruf verlangt mindestens {plural(call.min_towns, 'Kommune', 'Kommunen')}, "
            f"Ihr Verbund hat {plural(alliance.count, 'Kommune', 'Kommunen')}",
            str(alliance),
            reverse("alliance-invite", args=[alliance.number]),
            call.closes_at,
        )


def unbegun_applications(person: Person) -> Iterator[Duty]:
    """Begin the application of an alliance (coordination of the lead)."""
    leads = anchors_for(person.user, "lead_alliance", Alliance)
    living = Count("applications", filter=~Q(applications__state__in=GONE))
    found = Alliance.objects.filter(pk__in=leads.values("pk"), call__state=CallState.PUBLISHED)
    found = found.filter(call__opens_at__lte=clock.now(), call__closes_at__gt=clock.now()).annotate(
        living=living
    )
    for alliance in found.filter(living=0).select_related("call"):
        call: Any = alliance.call
        yield Duty(
            "Antrag beginnen",
            f"„{alliance.title}“ hat noch keinen Antrag",
            str(alliance),
            reverse("application-start", args=[alliance.number]),
            call.closes_at,
        )


def applications(person: Person) -> Iterator[Duty]:
    """Fill, sign or submit an application in progress."""
    for draft in person.drafts:
        if draft.gaps:
            yield from _fill(draft)
        elif draft.unsigned:
            yield from _sign(draft, person)
        else:
            yield from _submit(draft)


def _fill(draft: Draft) -> Iterator[Duty]:
    """Fill what is still empty (whoever writes)."""
    application = draft.application
    if "write" in draft.rights:
        missing = plural(len(draft.gaps), "Angabe fehlt", "Angaben fehlen")
        yield Duty(
            "Antrag ausfüllen",
            f"Noch {missing}: {draft.gaps[0].rstrip('.')}{' und mehr' if len(draft.gaps) > 1 else ''}",
            str(application),
            application.get_absolute_url(),
            application.call.closes_at,
        )


def _sign(draft: Draft, person: Person) -> Iterator[Duty]:
    """Sign for one's town."""
    application = draft.application
    for town, _ in draft.unsigned:
        if "sign" in draft.rights and town.pk in person.signs_for:
            yield Duty(
                f"Für {town} zeichnen",
                "Der Antrag ist ausgefüllt, es fehlt Ihre Zeichnung",
                str(application),
                step_page(application, "sign"),
                application.call.closes_at,
            )


def _submit(draft: Draft) -> Iterator[Duty]:
    """Submit when every town has signed (coordination of the lead)."""
    application = draft.application
    if "submit" in draft.rights and application.call.opens_at <= clock.now():
        yield Duty(
            "Antrag verbindlich einreichen",
            "Alle Kommunen haben gezeichnet",
            str(application),
            step_page(application, "submit"),
            application.call.closes_at,
        )


def awards_to_receive(person: Person) -> Iterator[Duty]:
    """Confirm that the award arrived (coordination of the lead)."""
    alliances = anchors_for(person.user, "receive_award", Alliance)
    for award in Award.objects.filter(state=AwardState.ISSUED, alliance__in=alliances.values("pk")):
        yield Duty(
            "Empfang des Bescheids bestätigen",
            f"Der Zuwendungsbescheid für „{award.title}“ liegt bereit",
            str(award),
            award.get_absolute_url(),
        )


def own_milestones(person: Person) -> Any:
    """Return the milestones of running projects that the person's own towns still have to report."""
    projects = anchors_for(person.user, "report_milestone", Project).filter(state=ProjectState.RUNNING)
    own = Milestone.objects.filter(
        project__in=projects.values("pk"),
        town__in=Town.objects.of(person.user).values("pk"),
        state__in=UNREPORTED,
    )
    return own.select_related("project", "town").order_by("due", "pk")


def milestones(person: Person) -> Iterator[Duty]:
    """Report a milestone that was returned, is overdue or is due within 30 days (people of its town)."""
    near = Q(state=MilestoneState.RETURNED) | Q(due__lte=clock.today() + MILESTONE_AHEAD)
    for milestone in own_milestones(person).filter(near):
        returned = milestone.state == MilestoneState.RETURNED
        yield Duty(
            f"Meilenstein {milestone.code} melden",
            f"„{milestone.title}“ ({milestone.town}){', zurückgegeben' if returned else ''}",
            str(milestone.project),
            milestone.get_absolute_url(),
            milestone.due,
        )


def payment_requests(person: Person) -> Iterator[Duty]:
    """Finish a payment request, or answer a question about it (finance and coordination of the lead)."""
    projects = anchors_for(person.user, "request_payment", Project)
    found = PaymentRequest.objects.filter(
        project__in=projects.values("pk"), state__in=[PaymentState.DRAFT, PaymentState.QUERIED]
    )
    for request in found.select_related("project"):
        queried = request.state == PaymentState.QUERIED
        yield Duty(
            "Rückfrage zur Zahlung beantworten" if queried else "Zahlungsanforderung einreichen",
            "Solange ruht die Auszahlung" if queried else "Begonnen und noch nicht eingereicht",
            str(request),
            request.get_absolute_url(),
        )


def statements(person: Person) -> Iterator[Duty]:
    """Write the final statement of a completed project (finance and coordination of the lead)."""
    projects = anchors_for(person.user, "write_statement", Project).filter(state=ProjectState.COMPLETED)
    open_ones = Statement.objects.filter(state__in=[StatementState.DRAFT, StatementState.RETURNED]).order_by(
        "-year"
    )
    for project in projects.prefetch_related(Prefetch("statements", open_ones, to_attr="open_statements")):
        statement = next(iter(project.open_statements), None)
        returned = statement is not None and statement.state == StatementState.RETURNED
        yield Duty(
            "Verwendungsnachweis überarbeiten" if returned else "Verwendungsnachweis schreiben",
            "Die Sachbearbeitung hat ihn zurückgegeben"
            if returned
            else f"„{project.title}“ ist durchgeführt",
            str(project),
            statement.get_absolute_url() if statement else reverse("statement-new", args=[project.number]),
            statement.due if statement else None,
        )
