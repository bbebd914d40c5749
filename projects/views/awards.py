"""The page of an award (K21, G11)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from core import wording
from core.money import euro, percent
from projects.models import Award, Project


@require_GET
def award(request: HttpRequest, number: str) -> HttpResponse:
    """Show the decision, the letter, the reckoning, the duties and the remedy."""
    awards = Award.objects.visible_to(request.user).select_related(
        "call__programme", "recipient", "alliance", "case"
    )
    found = get_object_or_404(awards.prefetch_related("tranches"), number=number)
    context = {
        "record": found,
        "letter": found.letter(),
        "project": Project.objects.visible_to(request.user).filter(award=found).first(),
        "facts": [
            ("Zuwendungsempfängerin", found.recipient.name),
            ("Zuwendung", euro(found.amount)),
            ("Anteil an den Ausgaben", percent(found.share())),
            ("Zeitraum", f"{wording.day(found.start)} bis {wording.day(found.end)}"),
            (
                "Rechtsbehelf bis",
                wording.day(found.remedy_until) if found.remedy_until else "noch nicht zugegangen",
            ),
        ],
    }
    return render(request, "projects/award.html", context)
