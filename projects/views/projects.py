"""Projects and milestones (G12, K22, K24)."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from core import wording
from core.access import rights_on
from core.money import euro
from projects.forms import ProjectFilterForm
from projects.models import Award, Milestone, PaymentRequest, Project, Statement

PAGE = 25


@require_GET
def project_list(request: HttpRequest) -> HttpResponse:
    """List the projects that the person sees, with their money."""
    seen = Project.objects.visible_to(request.user)
    form = ProjectFilterForm(request.GET or None, projects=seen)
    rows = form.apply(seen).with_money().select_related("award__recipient", "call").order_by("-number")  # type: ignore[attr-defined]
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "projects/project_list.html", {"page": page, "form": form})


@require_GET
def project(request: HttpRequest, number: str) -> HttpResponse:
    """Show a project: money, next duties, sections, steps."""
    projects = Project.objects.visible_to(request.user).with_money()
    found = get_object_or_404(projects.select_related("award__recipient", "call"), number=number)
    payments = PaymentRequest.objects.visible_to(request.user).filter(project=found)
    context = {
        "record": found,
        "bar": found.money(),
        "rights": rights_on(request.user, found),
        "payments": payments.select_related("project").order_by("-count"),
        "statements": Statement.objects.visible_to(request.user).filter(project=found),
        "award": Award.objects.visible_to(request.user).filter(pk=found.award_id).first(),
        "payout": found.last_payout(),
        "facts": [
            ("Zuwendungsempfängerin", found.award.recipient.name),
            ("Zuwendung", euro(found.award.amount)),
            ("Zeitraum", f"{wording.day(found.start)} bis {wording.day(found.end)}"),
            ("Projektaufruf", found.call.title),
        ],
    }
    return render(request, "projects/project.html", context)


@require_GET
def milestones(request: HttpRequest, number: str) -> HttpResponse:
    """List the milestones of a project."""
    found = get_object_or_404(Project.objects.visible_to(request.user), number=number)
    rows = found.milestones.select_related("town", "project")
    return render(request, "projects/milestones.html", {"record": found, "milestones": rows})


@require_GET
def milestone(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Show a milestone: town, date, evidence, result, answer."""
    rows = Milestone.objects.visible_to(request.user).select_related("town", "project__award")
    found = get_object_or_404(rows, project__number=number, code=code)
    context = {
        "record": found,
        "facts": [
            ("Zuständig", found.town.name),
            ("Fällig", wording.deadline(found.due)),
            ("Nachweis", found.evidence),
        ],
    }
    return render(request, "projects/milestone.html", context)
