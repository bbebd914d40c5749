"""Pages of towns: search, one town, the own town."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from core.middleware import public
from towns.facts import facts_of
from towns.forms import search_from
from towns.models import MunicipalAssociation, Town, TownMember

PER_PAGE = 50


@public
@require_GET
def town_list(request: HttpRequest) -> HttpResponse:
    """Find a town by any part of its name, by postcode or key."""
    towns = Town.objects.visible_to(request.user)
    search = search_from(request.GET)
    page = Paginator(search.found(towns), PER_PAGE).get_page(request.GET.get("page"))
    count = page.paginator.count
    context = {
        "search": search,
        "page_obj": page,
        "count_text": search.count_text(count),
        "similar": [] if count else search.similar(towns),
        "source": MunicipalAssociation.objects.newest_source(),
    }
    return render(request, "towns/town_list.html", context, status=422 if search.errors else 200)


@public
@require_GET
def town(request: HttpRequest, ags: str) -> HttpResponse:
    """Show what the register says about a town, with dates and sources."""
    found = get_object_or_404(Town.objects.visible_to(request.user).select_related("association"), ags=ags)
    members = Town.objects.filter(association=found.association_id).present().with_population()
    context = {
        "record": found,
        "facts": header_facts(found),
        "figures": found.figures.order_by("-name", "-date"),  # population before area
        "association": found.association,
        "members": list(members.order_by("search_name", "ags")),
    }
    return render(request, "towns/town.html", context)


@require_GET
def my_town(request: HttpRequest) -> HttpResponse:
    """Show the towns that a person acts for, with people and the facts that are used everywhere."""
    people = TownMember.objects.filter(until=None).select_related("user").order_by("role", "user__name", "pk")
    towns = (
        Town.objects.of(request.user)
        .select_related("association")
        .prefetch_related(Prefetch("members", people))
    )
    found = list(towns)
    return render(request, "towns/my_town.html", {"towns": list(zip(found, facts_of(found), strict=True))})


def header_facts(found: Town) -> list[tuple[str, Any]]:
    """Return label and value of what stands under the name of a town."""
    rows = [
        ("Amtlicher Name", found.official_name),
        ("Art", found.kind_name()),
        ("Kreis", found.district),
        ("Land", found.get_land_display()),
        ("Gemeindeschlüssel", found.ags),
        ("Postleitzahl des Sitzes", found.postcode),
    ]
    return [(label, value) for label, value in rows if value]
