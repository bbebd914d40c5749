"""Statements (K27)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from core import door, wording
from core.access import holds, rights_on
from core.guards import Reason
from core.money import euro
from projects import services
from projects.forms import StatementForm
from projects.models import Project, Statement
from projects.querysets import StatementQuerySet


@require_http_methods(["GET", "POST"])
def statement_new(request: HttpRequest, number: str) -> HttpResponse:
    """Begin the statement of a project; for those who write it."""
    project = get_object_or_404(Project.objects.visible_to(request.user), number=number)
    if not holds(request.user, "write_statement", project):
        raise Http404
    form = StatementForm(request.POST or None, project=project)
    refused: list[Reason] = []
    if form.is_valid():
        token = form.cleaned_data["token"]
        try:
            return redirect(services.start_statement(project, form.values(), by=request.user, token=token))
        except door.Refused as error:
            refused = error.reasons
    context = {"project": project, "back": project, "label": "Verwendungsnachweis beginnen"}
    return _edit_page(request, form, refused, context)


@require_http_methods(["GET", "POST"])
def statement_edit(request: HttpRequest, number: str, year: int) -> HttpResponse:
    """Change a statement before it is handed in, or after it came back; for those who write it."""
    found = get_object_or_404(_statements(request), project__number=number, year=year)
    if not holds(request.user, "write_statement", found.project):
        raise Http404
    form = StatementForm(request.POST or None, project=found.project, statement=found)
    refused: list[Reason] = []
    if form.is_valid():
        try:
            return redirect(services.save_statement(found, form.values(), by=request.user))
        except door.Refused as error:
            refused = error.reasons
    context = {"project": found.project, "back": found, "label": "Verwendungsnachweis bearbeiten"}
    return _edit_page(request, form, refused, context)


def _edit_page(
    request: HttpRequest, form: StatementForm, refused: list[Reason], context: dict[str, object]
) -> HttpResponse:
    """Draw the form of a statement."""
    status = 409 if refused else 422 if form.errors else 200
    return render(request, "projects/edit.html", {**context, "form": form, "refused": refused}, status=status)


def _statements(request: HttpRequest) -> StatementQuerySet:
    """Return the statements that the person sees, with their project."""
    statements: StatementQuerySet = Statement.objects.visible_to(request.user)
    return statements.select_related("project__award")


@require_GET
def statement(request: HttpRequest, number: str, year: int) -> HttpResponse:
    """Show a statement: narrative, figures, income, reckoning of the final grant, milestones."""
    found = get_object_or_404(_statements(request), project__number=number, year=year)
    context = {
        "record": found,
        "may_write": found.may_be_written() and "write_statement" in rights_on(request.user, found.project),
        "lines": found.lines.select_related("plan_line"),
        "milestones": found.project.milestones.select_related("town", "project"),
        "facts": [
            ("Fällig", wording.deadline(found.due)),
            ("Ausgegeben", euro(found.spent_total())),
            ("Nicht anerkannt", euro(found.cut_total())),
        ],
    }
    return render(request, "projects/statement.html", context)
