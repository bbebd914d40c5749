"""A juror's own pages (B1 to B3): list, declaration, reading, scoring, submitting; nothing of others is read here."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from core import door
from core.views import show_step
from review import facts
from review.enums import AssessmentState
from review.forms import CANNOT_JUDGE, CriterionForm, DeclarationForm
from review.models import Assessment
from review.services import reading

WRITABLE = (AssessmentState.ACCEPTED, AssessmentState.DRAFTED, AssessmentState.REOPENED)


@require_GET
def assessment_list(request: HttpRequest) -> HttpResponse:
    """List a juror's own assessments: to declare, to score, submitted; and the calls they are out of (B1)."""
    context = {
        "groups": reading.juror_groups(request.user),
        "exclusions": reading.own_exclusions(request.user),
    }
    return render(request, "review/assessment_list.html", context)


@require_http_methods(["GET", "POST"])
def declare(request: HttpRequest, number: str) -> HttpResponse:
    """Let a juror declare themselves before any content: only title and towns are shown (B2)."""
    own = Assessment.objects.declarable(request.user).select_related("case__call", "member__user")
    found = get_object_or_404(own, case__number=number)
    form = DeclarationForm(request.POST or None, record=found, user=request.user)
    refused: list[Any] = []
    if request.method == "POST" and form.is_valid():
        step, token = form.step(), form.cleaned_data["token"]
        try:
            done = door.perform(found, step, by=request.user, data=form.values(), token=token)
            messages.success(request, done.event.label)
            after = found.get_absolute_url() if done.event.transition == "accept" else found.list_url()
            return HttpResponseRedirect(after)
        except door.Refused as error:
            refused = error.reasons
    status = 409 if refused else 422 if form.is_bound and form.errors else 200
    context = {"record": found, "form": form, "refused": refused}
    return render(request, "review/assessment_declare.html", context, status=status)


def _readable(request: HttpRequest, number: str) -> Assessment:
    """Return the person's own assessment of a case that they may read, or 404."""
    own = Assessment.objects.readable(request.user).select_related("case__call", "member__user")
    found: Assessment = get_object_or_404(
        own.prefetch_related("scores__criterion", "case__call__scoring_criteria"), case__number=number
    )
    return found


@require_GET
def assessment(request: HttpRequest, number: str) -> HttpResponse:
    """Show a juror the case and their own points (B3); before the declaration lead to it."""
    if (
        Assessment.objects.declarable(request.user)
        .filter(case__number=number, state=AssessmentState.ASSIGNED)
        .exists()
    ):
        return redirect("assessment-declare", number)
    found = _readable(request, number)
    context = {
        "record": found,
        "writable": found.state in WRITABLE,
        "period": facts.period(found.case.snapshot),
        "plan": facts.plan_by_town(found.case.snapshot),
        "milestones": facts.milestones(found.case.snapshot),
        "facts": reading.own_facts(found),
        "all_answered": not found.unanswered(),
        "rows": reading.own_points(found),
    }
    return render(request, "review/assessment.html", context)


@require_GET
def points(request: HttpRequest, number: str) -> HttpResponse:
    """Lead a juror to the first criterion that is still open."""
    return redirect(_next_page(_readable(request, number), after=0))


@require_http_methods(["GET", "POST"])
def criterion(request: HttpRequest, number: str, position: int) -> HttpResponse:
    """Let a juror score one criterion with the answers in full (pages.md 4.10); `position` counts from 1."""
    found = _readable(request, number)
    criteria = list(found.case.call.scoring_criteria.all())
    if not 1 <= position <= len(criteria) or found.state not in WRITABLE:
        return redirect("assessment", number)
    wanted = criteria[position - 1]
    form = CriterionForm(
        request.POST or None,
        record=found,
        user=request.user,
        criterion=wanted,
        initial=_given(found, wanted.pk),
    )
    refused: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            data, token = form.values(), form.cleaned_data["token"]
            saved = door.perform(found, "draft", by=request.user, data=data, token=token).record
            return redirect(_after_saving(request, saved, position))
        except door.Refused as error:
            refused = error.reasons
    context = {"record": found, "form": form, "refused": refused, "criterion": wanted, "position": position,
               "total": len(criteria)}  # fmt: skip
    status = 409 if refused else 422 if form.is_bound and form.errors else 200
    return render(request, "review/assessment_criterion.html", context, status=status)


def _given(found: Assessment, criterion_id: int) -> dict[str, Any]:
    """Return what the juror gave before for a criterion, as the form shows it."""
    for score in found.scores.all():
        if score.criterion_id == criterion_id:
            return {
                "points": CANNOT_JUDGE if score.points is None else str(score.points),
                "reason": score.reason,
            }
    return {}


def _after_saving(request: HttpRequest, found: Assessment, position: int) -> str:
    """Return where to go on: a pause, the next open criterion, or the last page."""
    if "pause" in request.POST:
        messages.success(request, "Punkte gespeichert")
        return found.get_absolute_url()
    return _next_page(found, after=position)


def _next_page(found: Assessment, *, after: int) -> str:
    """Return the next open criterion after a position, else the first open one, else the page to submit."""
    open_ = {criterion.pk for criterion in found.unanswered()}
    places = [
        place for place, c in enumerate(found.case.call.scoring_criteria.all(), start=1) if c.pk in open_
    ]
    later = [place for place in places if place > after] or places
    if not later:
        return reverse("assessment-submit", args=[found.case.number])
    return reverse("assessment-criterion", args=[found.case.number, later[0]])


@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest, number: str) -> HttpResponse:
    """Show a juror their own points with weights and sum, and let them submit."""
    found = _readable(request, number)
    rows, score = reading.own_points(found), found.shown_score()
    return show_step(request, found, "submit", "review/assessment_submit.html", rows=rows, score=score)
