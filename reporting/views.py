"""Pages of this stage: start, tasks, search, reports, gallery. They only read; a report is made by a job."""

from django.core.paginator import Paginator
from django.db.models import Prefetch, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from alliances.models import Partner
from calls.models import Call, Programme
from core.forms import TokenForm
from core.middleware import public
from reporting.facts import agenda
from reporting.forms import SearchForm
from reporting.querysets import model_projects, report_jobs, reportable_calls, search
from reporting.services import start_call_report

PER_PAGE = 20


@public
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What this is, and the open calls (Ö1)."""
    calls = Call.objects.open().annotate(total=Sum("budgets__amount")).order_by("closes_at")
    return render(request, "reporting/home.html", {"calls": calls})


@require_GET
def tasks(request: HttpRequest) -> HttpResponse:
    """What waits for the person (K1)."""
    return render(
        request, "reporting/tasks.html", {"agenda": agenda(request.user), "search_form": SearchForm()}
    )


@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """Find by number or town what the person may see."""
    form = SearchForm(request.GET or None)
    typed = form.cleaned_data["q"] if form.is_valid() else ""
    found = search(request.user, typed)
    return render(request, "reporting/search.html", {"form": form, "typed": typed, "found": found})


@require_GET
def report_list(request: HttpRequest) -> HttpResponse:
    """Calls on which the person may report, and the person's earlier runs (G17)."""
    calls = list(reportable_calls(request.user))
    if not calls and not Programme.objects.visible_to(request.user).exists():
        raise Http404
    page = Paginator(report_jobs(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "reporting/report_list.html", {"calls": calls, "page_obj": page})


@require_http_methods(["GET", "POST"])
def report_new(request: HttpRequest, number: str) -> HttpResponse:
    """Say what the report of a call holds (GET), start it and go to the page of its run (POST)."""
    call = get_object_or_404(reportable_calls(request.user), number=number)
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect(start_call_report(call, by=request.user, token=form.cleaned_data["token"]))
    status = 422 if form.is_bound else 200
    return render(request, "reporting/report_new.html", {"call": call, "form": form}, status=status)


@public
@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """The awarded projects (Ö8)."""
    joined = Partner.objects.accepted().select_related("town")
    projects = (
        model_projects()
        .select_related("award")
        .prefetch_related(Prefetch("alliance__partners", joined, to_attr="joined"))
    )
    page = Paginator(projects, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "reporting/gallery.html", {"page_obj": page})
