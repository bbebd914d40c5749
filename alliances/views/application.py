"""The application as task list, and its two own steps: signing and submitting; the receipt."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from alliances import facts
from alliances.models import Application, Submission
from core import door
from core.models import Document
from core.money import euro
from core.views import show_step
from core.wording import day


def application_of(request: HttpRequest, number: str) -> Application:
    """Return an application that the person may see; 404 else."""
    found: Application = get_object_or_404(Application.objects.visible_to(request.user), number=number)
    return found.only_read()


@require_GET
def application(request: HttpRequest, number: str) -> HttpResponse:
    """Show the application as task list with the rules of the call beside it (K12)."""
    found = application_of(request, number)
    groups = facts.task_groups(found, request.user)
    done, count = facts.done_and_all(groups)
    context = {
        "record": found,
        "facts": _header(found),
        "groups": groups,
        "done": done,
        "count": count,
        "findings": facts.linked(found, facts.live_findings(found)),
        "submissions": found.submissions.select_related("by"),
        "locked": facts.locked(found, request.user),
        "signatures": facts.valid_signatures(found),
        "unsigned": found.unsigned_towns(),
    }
    return render(request, "alliances/application.html", context)


def _header(found: Application) -> list[tuple[str, Any]]:
    """Return what stands under the title."""
    grant = found.requested_grant
    return [
        ("Jetzt dran", facts.next_person(found)),
        ("Frist", found.call.closes_text()),
        ("Verbund", found.alliance.heading()),
        ("Projektaufruf", found.call.heading()),
        ("Beantragte Zuwendung", euro(grant) if grant is not None else None),
    ]


@require_http_methods(["GET", "POST"])
def application_sign(request: HttpRequest, number: str) -> HttpResponse:
    """Sign the present content for a town (K17)."""
    found = application_of(request, number)
    sums = facts.town_sums(found)
    unsigned = found.unsigned_towns()
    return show_step(
        request,
        found,
        "sign",
        "alliances/application_sign.html",
        sums=sums,
        total=facts.total(sums),
        signatures=facts.valid_signatures(found),
        unsigned=unsigned,
        rows=_answers(found),
    )


@require_http_methods(["GET", "POST"])
def application_submit(request: HttpRequest, number: str) -> HttpResponse:
    """Check everything and submit bindingly (K18); who comes second gets the receipt of the first."""
    found = application_of(request, number)
    if found.is_submitted() and door.may(found, "submit", request.user):
        return _show_receipt(request, found)
    judged = facts.live_findings(found)
    response = show_step(
        request,
        found,
        "submit",
        "alliances/application_submit.html",
        rows=_answers(found),
        findings=facts.linked(found, judged),
        open_points=facts.linked(found, facts.not_met(judged)),
        reckoning=facts.reckoned_grant(found),
        signatures=facts.valid_signatures(found),
        towns=found.alliance.partners.accepted().count(),
    )
    if response.status_code != HTTPStatus.CONFLICT:
        return response
    found.refresh_from_db(fields=["state"])
    return _show_receipt(request, found) if found.is_submitted() else response


def _show_receipt(request: HttpRequest, found: Application) -> HttpResponse:
    """Lead to the receipt of the last submission."""
    messages.info(request, "Der Antrag ist schon eingereicht. Hier ist Ihre Eingangsbestätigung.")
    return redirect(found.receipt_url())


def _answers(found: Application) -> list[tuple[Any, ...]]:
    """Return what was stated, with the page of each: label, value, address."""
    base = found.get_absolute_url()
    grant = found.requested_grant
    period = f"{day(found.start)} bis {day(found.end)}" if found.start and found.end else None
    texts = dict(found.answers.values_list("question_id", "text"))
    rows: list[tuple[Any, ...]] = [
        ("Titel", found.title, f"{base}vorhaben/"),
        ("Kurzbeschreibung", found.summary or None, f"{base}vorhaben/"),
        ("Zeitraum", period, f"{base}vorhaben/"),
        ("Beantragte Zuwendung", euro(grant) if grant is not None else None, f"{base}vorhaben/"),
    ]
    for question in found.call.questions.all():
        rows.append((question.title, texts.get(question.pk) or None, f"{base}vorhaben/{question.code}/"))
    for one in facts.town_sums(found):
        rows.append(
            (f"Ausgaben {one.town}", euro(one.expenditure), f"{base}finanzierungsplan/{one.town.ags}/")
        )
    marks = [f"{m.code} {m.title} (bis {day(m.due)})" for m in found.milestones.all()]
    names = [document.name for document in Document.objects.of(found)]
    rows.append(("Meilensteine", "\n".join(marks) or None, f"{base}arbeitsplan/"))
    rows.append(("Unterlagen", "\n".join(names) or None, f"{base}unterlagen/"))
    return rows


@require_GET
def submission(request: HttpRequest, number: str, count: int) -> HttpResponse:
    """Show the receipt of a submission (K19)."""
    visible = Submission.objects.visible_to(request.user)
    found = get_object_or_404(visible, application__number=number, count=count)
    own = {document.purpose: document for document in Document.objects.of(found)}
    context = {
        "record": found,
        "application": found.application,
        "call": found.application.call,
        "receipt": own.get("receipt"),
        "version": own.get("version"),
        "later": found.application.submissions.filter(count__gt=found.count).order_by("-count").first(),
        "towns": len(found.content["towns"]),
        "can_be_taken_back": found.application.can_be_taken_back(request.user),
    }
    return render(request, "alliances/submission.html", context)
