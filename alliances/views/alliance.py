"""Pages of an alliance: list, founding, its page, invitations, beginning an application."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods

from alliances import facts, services
from alliances.forms import FoundForm, InviteForm, StartForm
from alliances.models import Alliance, Application, Partner
from alliances.views.saving import show_or_save
from core import access
from core.views import show_step
from core.wording import day
from towns.models import Town


@require_GET
def alliance_list(request: HttpRequest) -> HttpResponse:
    """Show one's alliances with their applications, and the invitations that wait (K6)."""
    alliances = (
        Alliance.objects.visible_to(request.user)
        .select_related("call")
        .prefetch_related("applications__call")
    )
    invitations = Partner.objects.invitations_to(request.user).select_related("alliance", "town")
    context = {
        "alliances": alliances,
        "invitations": invitations,
        "may_found": access.anchors_for(request.user, "found", Town).exists(),
    }
    return render(request, "alliances/alliance_list.html", context)


@require_http_methods(["GET", "POST"])
def alliance_found(request: HttpRequest) -> HttpResponse:
    """Found an alliance with the own town as lead (K7); for those who coordinate a town."""
    if not access.anchors_for(request.user, "found", Town).exists():
        raise Http404
    form = FoundForm(request.POST or None, user=request.user, initial={"call": request.GET.get("aufruf")})
    return show_or_save(
        request,
        "alliances/alliance_found.html",
        form,
        lambda: services.found_alliance(by=request.user, **form.cleaned_data),
        Alliance.get_absolute_url,
        {},
        "Der Verbund ist gegründet. Laden Sie jetzt Kommunen ein.",
    )


@require_GET
def alliance(request: HttpRequest, number: str) -> HttpResponse:
    """Show an alliance: who is next, towns, rules of the call, applications (K8)."""
    found = get_object_or_404(Alliance.objects.visible_to(request.user), number=number)
    applications = list(found.applications.all())
    living = found.applications.alive().first()
    judged: list[Any] = facts.alliance_findings(found)
    if living:
        judged = facts.linked(living, facts.live_findings(living.only_read()))
    rights = access.rights_on(request.user, found)
    context = {
        "record": found,
        "facts": _header(found),
        "matrix": facts.town_matrix(found, living),
        "columns": ["Kommune", "Beitritt", "Finanzierungsplan", "Zeichnung"],
        "partners": found.partners.select_related("town"),
        "applications": applications,
        "findings": judged,
        "may_invite": "lead_alliance" in rights,
        "may_start": "write" in rights and living is None,
    }
    return render(request, "alliances/alliance.html", context)


def _header(found: Alliance) -> list[tuple[str, Any]]:
    """Return what stands under the title."""
    states = [partner.state for partner in found.partners.living()]
    joined, invited = states.count("accepted"), states.count("invited")
    rows = [
        ("Kommunen", f"{joined} beigetreten, {invited} eingeladen"),
        ("Federführende Kommune", found.lead.town),
        ("Projektaufruf", found.call.heading() if found.call else "noch keiner"),
    ]
    return [*rows, ("Frist", found.call.closes_text())] if found.call else rows


@require_http_methods(["GET", "POST"])
def alliance_invite(request: HttpRequest, number: str) -> HttpResponse:
    """Invite a town (K9)."""
    found = get_object_or_404(Alliance.objects.visible_to(request.user), number=number)
    form = InviteForm(request.POST or None)
    return show_or_save(
        request,
        "alliances/alliance_invite.html",
        form,
        lambda: services.invite(
            found,
            form.cleaned_data["town"],
            respond_by=form.cleaned_data["respond_by"],
            by=request.user,
            token=form.cleaned_data["token"],
        ),
        lambda partner: found.get_absolute_url(),
        {
            "record": found,
            "partners": found.partners.select_related("town"),
            "may_invite": access.holds(request.user, "lead_alliance", found),
        },
        "Die Einladung ist verschickt.",
    )


@require_GET
def partner(request: HttpRequest, number: str, ags: str) -> HttpResponse:
    """Show the invitation of a town: which alliance, who invites, until when (Ö13)."""
    found = _partner(request, number, ags)
    rows = [
        ("Kommune", found.town.name),
        ("Es lädt ein", found.alliance.lead.town.name),
        ("Antwort bis", day(found.respond_by)),
    ]
    call = found.alliance.call
    context = {
        "record": found,
        "facts": [*rows, ("Projektaufruf", call.heading())] if call else rows,
        "sees_alliance": access.holds(request.user, "view", found.alliance),
    }
    return render(request, "alliances/partner.html", context)


@require_http_methods(["GET", "POST"])
def partner_step(request: HttpRequest, number: str, ags: str, step: str) -> HttpResponse:
    """Take a step of a town's newest invitation: a town that said no may be invited again."""
    return show_step(request, _partner(request, number, ags), step)


def _partner(request: HttpRequest, number: str, ags: str) -> Partner:
    """Return the newest invitation of a town into an alliance, if the person may see it."""
    visible = Partner.objects.visible_to(request.user).newest()
    found: Partner = get_object_or_404(visible, alliance__number=number, town__ags=ags)
    return found


@require_http_methods(["GET", "POST"])
def application_start(request: HttpRequest, number: str) -> HttpResponse:
    """Begin an application of the alliance; for those who write it."""
    found = get_object_or_404(Alliance.objects.visible_to(request.user), number=number)
    if not access.holds(request.user, "write", found):
        raise Http404
    form = StartForm(request.POST or None, alliance=found)
    return show_or_save(
        request,
        "alliances/application_start.html",
        form,
        lambda: services.start_application(found, by=request.user, **form.cleaned_data),
        Application.get_absolute_url,
        {"record": found},
        "Der Antrag ist begonnen.",
    )
