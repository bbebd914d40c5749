"""The financing plan: overview, one town as a grid, one position on one page (K14)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from alliances import facts, services
from alliances.forms import PositionForm, TownPlanForm
from alliances.models import Application
from alliances.views.application import application_of
from alliances.views.saving import show_or_save
from towns.models import Town


@require_GET
def plan(request: HttpRequest, number: str) -> HttpResponse:
    """Show the sums of all towns, how the highest grant is reckoned, and each year."""
    found = application_of(request, number)
    sums = facts.town_sums(found)
    total = facts.total(sums)
    context = {
        "record": found,
        "sums": sums,
        "total": total,
        "balance": facts.balance(found, total),
        "reckoning": facts.reckoned_grant(found),
        "years": facts.year_sums(found),
        "locked": facts.locked(found, request.user),
        "form": None,
    }
    return render(request, "alliances/application_plan.html", context)


def _town(found: Application, ags: str) -> Town:
    """Return a town that joined; 404 else."""
    return get_object_or_404(
        Town.objects.filter(partnerships__in=found.alliance.partners.accepted()), ags=ags
    )


@require_http_methods(["GET", "POST"])
def town_plan(request: HttpRequest, number: str, ags: str) -> HttpResponse:
    """Show and save all positions and years of one town."""
    found = application_of(request, number)
    town = _town(found, ags)
    form = TownPlanForm(request.POST or None, application=found, town=town)
    sums = next(one for one in facts.town_sums(found) if one.town.pk == town.pk)
    return show_or_save(
        request,
        "alliances/application_town_plan.html",
        form,
        lambda: services.save_town_plan(
            found, town, cells=form.cells(), funding=form.brought(), by=request.user
        ),
        lambda _: reverse("application-town-plan", args=[number, ags]) + "#summen",
        {"record": found, "town": town, "sums": sums, "locked": facts.locked(found, request.user)},
    )


@require_http_methods(["GET", "POST"])
def position(request: HttpRequest, number: str, ags: str, code: str) -> HttpResponse:
    """Show and save one position of one town: the second way into the grid."""
    found = application_of(request, number)
    town = _town(found, ags)
    positions = list(found.call.positions.all())
    one = get_object_or_404(found.call.positions, code=code)
    following = next(iter(positions[positions.index(one) + 1 :]), None)
    form = PositionForm(request.POST or None, application=found, town=town, position=one)
    table = reverse("application-town-plan", args=[number, ags])
    return show_or_save(
        request,
        "alliances/application_position.html",
        form,
        lambda: services.save_town_plan(
            found, town, cells=form.cells(), funding={}, by=request.user, notes=form.notes()
        ),
        lambda _: reverse("application-position", args=[number, ags, following.code]) if following else table,
        {
            "record": found,
            "town": town,
            "position": one,
            "following": following,
            "locked": facts.locked(found, request.user),
        },
    )
