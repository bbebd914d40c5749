"""Pages of calls: the public ones, the programme, the set-up."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from calls import facts, services
from calls.criteria.texts import word
from calls.enums import CallState
from calls.forms import (
    COPY,
    SECTIONS,
    CallCreateForm,
    RowsErrors,
    Section,
    rows_for,
    task_groups,
    write_section,
)
from calls.models import Call, Programme
from core import clock, door
from core.access import anchors_for, rights_on
from core.middleware import public
from core.wording import clock_time

LIST_GROUPS = (
    ("Jetzt offen", ("open",)),
    ("Angekündigt", ("announced",)),
    ("In Auswahl", ("closed", "in_review")),
    ("Entschieden", ("decided", "completed")),
    ("Abgebrochen", ("cancelled",)),
)


@public
@require_GET
def call_list(request: HttpRequest) -> HttpResponse:
    """Show every public call, the open ones first (Ö2)."""
    calls = list(Call.objects.public())
    groups = [
        (title, [call for call in calls if facts.phase(call) in phases]) for title, phases in LIST_GROUPS
    ]
    return render(request, "calls/call_list.html", {"groups": [group for group in groups if group[1]]})


@public
@require_GET
def call_page(request: HttpRequest, number: str) -> HttpResponse:
    """Show the public page of a call (Ö3); those who work on a draft see it as a preview."""
    call = get_object_or_404(
        Call.objects.readable_by(request.user).select_related("programme"), number=number
    )
    total = call.budget_total()
    context = {
        "call": call,
        "record": call,
        "phase": facts.phase(call),
        "criteria": facts.criteria(call),
        "scoring_columns": ("Kriterium", "Leitfrage", ("Gewicht", "number")),
        "scoring": [(row.title, row.question, f"{row.weight} %") for row in call.scoring_criteria.all()],
        "questions": call.questions.all(),
        "documents": call.required_documents.all(),
        "total": total,
        "expected": int(total // call.cap),
        "expected_word": word(int(total // call.cap)),
        "own_share": 100 - call.rate,
        "runs_it": "view" in rights_on(request.user, call),
    }
    return render(request, "calls/call.html", context)


@require_GET
def programme(request: HttpRequest) -> HttpResponse:
    """Show who prepares, who decides, the calls and the budget by year (G1)."""
    found = Programme.objects.visible_to(request.user).prefetch_related("members__user", "calls__budgets")
    if not found:
        raise Http404
    creatable = set(anchors_for(request.user, "create_call", Programme).values_list("pk", flat=True))
    context = {
        "programmes": [(record, record.pk in creatable, facts.budget_by_year(record)) for record in found],
    }
    return render(request, "calls/programme.html", context)


@require_http_methods(["GET", "POST"])
def call_create(request: HttpRequest) -> HttpResponse:
    """Begin a call from a pattern, as a copy, or empty."""
    programmes = anchors_for(request.user, "create_call", Programme)
    if not programmes:
        raise Http404
    latest = Call.objects.filter(programme__in=programmes).exclude(state=CallState.CANCELLED).first()
    form = CallCreateForm(request.POST or None, programmes=programmes, latest=latest)
    refused: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_create(request, form))
        except door.Refused as error:
            refused = error.reasons
    status = 409 if refused else 422 if form.is_bound else 200
    return render(request, "calls/call_create.html", {"form": form, "refused": refused}, status=status)


def _create(request: HttpRequest, form: CallCreateForm) -> Call:
    """Create the call that the form asks for."""
    values = form.cleaned_data
    wanted = {"by": request.user, "title": values["title"], "token": values["token"]}
    if values["start"] == COPY and form.latest:
        return services.copy_call(form.latest, **wanted)
    return services.create_call(values["programme"], pattern=values["start"], **wanted)


@require_GET
def call_setup(request: HttpRequest, number: str) -> HttpResponse:
    """Show the set-up of a call as a task list, with the steps of its life (G2)."""
    call = get_object_or_404(Call.objects.visible_to(request.user).select_related("programme"), number=number)
    record_facts = [
        ("Förderprogramm", call.programme.name),
        ("Es bereitet vor", call.programme.prepares),
        ("Es entscheidet", call.programme.decides),
        ("Bewerbungsfrist", call.closes_text()),
    ]
    context = {
        "record": call,
        "facts": record_facts,
        "groups": task_groups(call),
        "draft": call.state == CallState.DRAFT,
    }
    return render(request, "calls/call_setup.html", context)


@require_http_methods(["GET", "POST"])
def call_section(request: HttpRequest, number: str, section: str) -> HttpResponse:
    """Show one section of the set-up and save it (G2, G3)."""
    call = get_object_or_404(Call.objects.visible_to(request.user), number=number)
    if section not in SECTIONS:
        raise Http404
    chosen = SECTIONS[section]
    filled = _section_form(call, chosen, request.POST or None)
    refused: list[Any] = []
    if request.method == "POST" and filled.is_valid():
        try:
            _save(request, call, chosen, filled)
            messages.success(request, f"„{chosen.title}“ gespeichert um {clock_time(clock.now())}.")
            return redirect(_next_page(request, call, chosen))
        except door.Refused as error:
            refused = error.reasons
    context = {
        "record": call,
        "section": chosen,
        "filled": filled,
        "errors_of": RowsErrors(filled) if chosen.rows else filled,
        "refused": refused,
        "draft": call.state == CallState.DRAFT,
        "may_write": "set_up" in rights_on(request.user, call),
    }
    status = 409 if refused else 422 if filled.is_bound else 200
    template = "calls/call_rows.html" if chosen.rows else "calls/call_section.html"
    return render(request, template, context, status=status)


def _section_form(call: Call, section: Section, data: Any) -> Any:
    """Return the form or the rows of a section."""
    if section.rows:
        return rows_for(section.rows, call, section.related, data)
    return section.form(data, call=call)


def _save(request: HttpRequest, call: Call, section: Section, filled: Any) -> None:
    """Write a valid section."""
    related, values = write_section(call, section, filled)
    if related:
        services.replace_rows(call, related, values, by=request.user)
    else:
        services.change_call(call, values, by=request.user)


def _next_page(request: HttpRequest, call: Call, section: Section) -> str:
    """Return where to go after saving: back for another row, to the next section, or to the task list."""
    if "more" in request.POST:
        return call.section_url(section.slug)
    slugs = list(SECTIONS)
    place = slugs.index(section.slug) + 1
    return call.section_url(slugs[place]) if place < len(slugs) else reverse("call-setup", args=[call.number])
