"""The sections of an application: basics, questions, work plan, documents."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from alliances import facts, services
from alliances.forms import AnswerForm, BasicsForm, DocumentForm, MilestoneForm, RemoveForm
from alliances.models import Application
from alliances.views.application import application_of
from alliances.views.saving import show_or_save
from core import access
from core.models import Document


def _context(request: HttpRequest, found: Application, **more: Any) -> dict[str, Any]:
    """Return what every section shows."""
    return {"record": found, "locked": facts.locked(found, request.user), **more}


def _written(request: HttpRequest, number: str) -> Application:
    """Return an application that the person may write; 404 else, for pages that only change."""
    found = application_of(request, number)
    if not access.holds(request.user, "write", found.alliance):
        raise Http404
    return found


def _page(name: str, found: Application, *args: Any) -> str:
    """Return the address of a section."""
    return reverse(name, args=[found.number, *args])


@require_http_methods(["GET", "POST"])
def basics(request: HttpRequest, number: str) -> HttpResponse:
    """Title, summary, period, grant."""
    found = application_of(request, number)
    names = ("title", "summary", "start", "end", "requested_grant")
    form = BasicsForm(request.POST or None, initial={name: getattr(found, name) for name in names})
    return show_or_save(
        request,
        "alliances/application_basics.html",
        form,
        lambda: services.save_basics(found, by=request.user, **form.values()),
        lambda _: found.get_absolute_url(),
        _context(request, found),
    )


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """One question, one page (K13)."""
    found = application_of(request, number)
    questions = list(found.call.questions.all())
    question = get_object_or_404(found.call.questions, code=code)
    following = next(iter(questions[questions.index(question) + 1 :]), None)
    stored = found.answers.filter(question=question).first()
    text = stored.text if stored else ""
    form = AnswerForm(request.POST or None, question=question, initial={"text": text})
    typed = request.POST.get("text", text)
    return show_or_save(
        request,
        "alliances/application_answer.html",
        form,
        lambda: services.save_answer(found, question, form.cleaned_data["text"], by=request.user),
        lambda _: (
            _page("application-answer", found, following.code) if following else found.get_absolute_url()
        ),
        _context(
            request, found, question=question, text=text, left=question.max_words - facts.word_count(typed)
        ),
    )


@require_http_methods(["GET", "POST"])
def milestones(request: HttpRequest, number: str) -> HttpResponse:
    """The work plan, with a form to add a milestone (K15)."""
    found = application_of(request, number)
    form = MilestoneForm(request.POST or None, application=found)
    return show_or_save(
        request,
        "alliances/application_milestones.html",
        form,
        lambda: services.add_milestone(found, by=request.user, **form.cleaned_data),
        lambda _: _page("application-milestones", found),
        _context(request, found, milestones=found.milestones.select_related("town")),
    )


@require_http_methods(["GET", "POST"])
def milestone(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Change one milestone."""
    found = application_of(request, number)
    one = get_object_or_404(found.milestones.select_related("town"), code=code)
    initial = {"title": one.title, "town": one.town_id, "due": one.due, "evidence": one.evidence}
    form = MilestoneForm(request.POST or None, application=found, initial=initial)
    return show_or_save(
        request,
        "alliances/application_milestone.html",
        form,
        lambda: services.change_milestone(found, one, by=request.user, **form.values()),
        lambda _: _page("application-milestones", found),
        _context(request, found, milestone=one),
    )


@require_http_methods(["GET", "POST"])
def milestone_remove(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Take a milestone out."""
    found = _written(request, number)
    one = get_object_or_404(found.milestones, code=code)
    form = RemoveForm(request.POST or None)
    return show_or_save(
        request,
        "alliances/application_remove.html",
        form,
        lambda: services.remove_milestone(found, one, by=request.user),
        lambda _: _page("application-milestones", found),
        _context(
            request,
            found,
            what=f"Meilenstein {one.code} „{one.title}“",
            back=_page("application-milestones", found),
        ),
    )


@require_http_methods(["GET", "POST"])
def documents(request: HttpRequest, number: str) -> HttpResponse:
    """Wanted, given, missing; upload (K16)."""
    found = application_of(request, number)
    form = DocumentForm(request.POST or None, request.FILES or None, application=found)

    def save() -> Document:
        required, town = form.target()
        given = form.cleaned_data
        return services.add_document(
            found, given["file"], required=required, town=town, by=request.user, token=given["token"]
        )

    wanted = facts.wanted_documents(found)
    return show_or_save(
        request,
        "alliances/application_documents.html",
        form,
        save,
        lambda _: _page("application-documents", found),
        _context(request, found, wanted=wanted, documents=list(Document.objects.of(found))),
        "Die Unterlage ist hochgeladen.",
    )


@require_http_methods(["GET", "POST"])
def document_remove(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Take a document out."""
    found = _written(request, number)
    one = get_object_or_404(Document.objects.of(found), pk=pk)
    form = RemoveForm(request.POST or None)
    return show_or_save(
        request,
        "alliances/application_remove.html",
        form,
        lambda: services.remove_document(found, one, by=request.user),
        lambda _: _page("application-documents", found),
        _context(request, found, what=f"Unterlage „{one.name}“", back=_page("application-documents", found)),
    )
