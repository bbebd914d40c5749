"""The generic view of every step, documents, jobs, and the pages that belong to nobody."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import models
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.module_loading import import_string
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import door, examples
from core.forms import StepForm
from core.middleware import public
from core.models import Document, Job, Workflow


def step_paths(model: type[Workflow], record_path: str, name: str) -> list[URLPattern]:
    """Return one address for each step that people take: the record's path plus the step's imperative.

    `record_path` is the record's own address pattern; its arguments are the fields to find the record by. The route
    of the step `submit` of the record named "application" is called "application-submit".
    """
    patterns = []
    for step, meta in door.transitions_of(model).items():
        edge = door.edges(meta)[0]
        if edge.permission.name != "system" and not (edge.custom or {}).get("own_page"):
            imperative = (edge.custom or {}).get("path", step)
            extra = {"model": model, "step": step}
            patterns.append(path(f"{record_path}{imperative}/", take_step, extra, name=f"{name}-{step}"))
    return patterns


@require_http_methods(["GET", "POST"])
def take_step(request: HttpRequest, model: type[Workflow], step: str, **lookup: Any) -> HttpResponse:
    """Show a step with its consequence and input (GET), take it (POST); one view for every step of every record."""
    visible: models.QuerySet[Any] = model._default_manager.visible_to(request.user)  # type: ignore[attr-defined]
    record = get_object_or_404(visible, **lookup)
    return show_step(request, record, step)


def show_step(
    request: HttpRequest, record: Any, step: str, template: str = "core/step.html", **extra: Any
) -> HttpResponse:
    """Do the work of `take_step` for a record already fetched; own pages of a step call it with their template.

    Raises Http404 for those who do not hold the right of the step: to them the page does not exist.
    """
    if not door.may(record, step, request.user):
        raise Http404
    meta = door.transitions_of(type(record))[step]
    custom = door.edges(meta)[0].custom or {}
    form_class = import_string(custom["form"]) if custom.get("form") else StepForm
    form = form_class(request.POST or None, request.FILES or None, record=record, user=request.user)
    refused: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            outcome = door.perform(
                record, step, by=request.user, data=form.values(), token=form.cleaned_data["token"]
            )
            messages.success(request, custom.get("done", custom["label"]))
            return HttpResponseRedirect(_next_page(outcome.record, custom))
        except door.Refused as error:
            refused = error.reasons
            record = type(record)._default_manager.get(pk=record.pk)
    offer = next((o for o in door.offers(record, request.user) if o.name == step), None)
    context = {"record": record, "form": form, "offer": offer, "step": step}
    context |= {"label": custom["label"], "refused": refused}
    status = 409 if refused else 422 if form.is_bound and form.errors else 200
    return render(
        request, template, {**context, "consequence": _consequence(record, custom), **extra}, status=status
    )


def _consequence(record: Any, custom: dict[str, Any]) -> str:
    """Return what the step leads to, as one or two sentences."""
    text = custom.get("consequence", "")
    return str(text(record)) if callable(text) else str(text)


def _next_page(record: Any, custom: dict[str, Any]) -> str:
    """Return where to go after a step: the record's page, or what its `custom` names (a method of the record)."""
    return str(getattr(record, custom["next"])() if "next" in custom else record.get_absolute_url())


@require_GET
def document(request: HttpRequest, pk: int, name: str) -> FileResponse:
    """Serve a document to those who may see its record; never inline for anything but PDF and pictures."""
    found = get_object_or_404(Document.objects.visible_to(request.user), pk=pk, name=name)
    inline = found.content_type in ("application/pdf", "image/png", "image/jpeg")
    response = FileResponse(
        found.file.open("rb"), content_type=found.content_type, as_attachment=not inline, filename=found.name
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_GET
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a job: progress while it runs, the result when it is done."""
    found = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    template = "core/job_progress.html" if request.headers.get("HX-Request") else "core/job.html"
    documents = Document.objects.of(found)
    return render(request, template, {"job": found, "documents": documents})


@public
@require_GET
def imprint(request: HttpRequest) -> HttpResponse:
    """Who is responsible for this installation."""
    return render(request, "core/imprint.html")


@public
@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """What happens to personal data."""
    return render(request, "core/privacy.html")


@public
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement (BGG § 12b) with a way to report a barrier."""
    return render(request, "core/accessibility.html")


@public
@require_GET
def contact(request: HttpRequest) -> HttpResponse:
    """Whom to ask."""
    return render(request, "core/contact.html")


@public
@require_GET
def components(request: HttpRequest) -> HttpResponse:
    """Every component in use, on one page."""
    return render(request, "core/components.html", components_context())


def components_context() -> dict[str, Any]:
    """Return example values for the page of components."""
    return examples.context()


@public
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language of the interface (German or English) and go back."""
    chosen = request.POST.get("language")
    back = request.POST.get("next", "/")
    response = redirect(back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else "/")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, max_age=365 * 24 * 3600, samesite="Lax")
    return response
