"""Jury, ranking and decision round of a call (G7, G9)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from calls.models import Call
from core import door
from core.access import rights_on
from core.forms import TokenForm
from core.money import euro
from review import services
from review.forms import AssignForm, ProposalForm
from review.models import DecisionItem, DecisionRound
from review.services import reading


def _call(request: HttpRequest, number: str) -> Call:
    """Return a call that the person works on, or 404."""
    found: Call = get_object_or_404(
        Call.objects.visible_to(request.user).select_related("programme"), number=number
    )
    return found


def _status(form: Any, refused: list[Any]) -> int:
    """Return the status of a page with a form: refused, not understood, or fine."""
    return 409 if refused else 422 if form.is_bound and form.errors else 200


@require_http_methods(["GET", "POST"])
def jury(request: HttpRequest, number: str) -> HttpResponse:
    """Show members × cases with biases, and assign all members to all eligible cases (G7)."""
    call = _call(request, number)
    cases = reading.jury_cases(call)
    form = AssignForm(request.POST or None)
    refused: list[Any] = []
    if request.method == "POST" and form.is_valid():
        open_ = [case for case in cases if case.state in services.ASSIGNABLE]
        try:
            done = services.assign_jurors(
                call,
                by=request.user,
                cases=open_,
                members=list(reading.members_of(call)),
                **form.cleaned_data,
            )
            messages.success(request, done.text())
            return redirect("jury", number)
        except door.Refused as error:
            refused = error.reasons
    seats = reading.seats(call, cases)
    context = {
        "call": call,
        "cases": cases,
        "seats": seats,
        "any_excluded": any(seat.excluded for seat in seats),
        "form": form,
        "refused": refused,
        "may_assign": "assign_jurors" in rights_on(request.user, call),
    }
    return render(request, "review/jury.html", context, status=_status(form, refused))


@require_http_methods(["GET", "POST"])
def ranking(request: HttpRequest, number: str) -> HttpResponse:
    """Show the ranking with its funding line, and freeze it into a decision round (G9)."""
    call = _call(request, number)
    form = TokenForm(request.POST or None)
    refused: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            services.prepare_round(call, by=request.user, token=form.cleaned_data["token"])
            messages.success(request, "Rangliste festgestellt, Entscheidungsrunde vorbereitet")
            return redirect("decision", number)
        except door.Refused as error:
            refused = error.reasons
    page = reading.ranking_page(call)
    may_prepare = "prepare_decision" in rights_on(request.user, call)
    context = {"call": call, "page": page, "form": form, "refused": refused, "may_prepare": may_prepare}
    return render(request, "review/ranking.html", context, status=_status(form, refused))


@require_GET
def decision(request: HttpRequest, number: str) -> HttpResponse:
    """Show the decision round: three lists with reasons, and the release (pages.md 4.11)."""
    found = _round(request, number)
    groups = reading.decision_groups(found)
    may_change = found.state == "prepared" and services.may_change_proposals(request.user, found)
    facts = [
        ("Bewilligungen", euro(found.awards_total())),
        ("Haushalt des Aufrufs", euro(found.call.budget_total())),
    ]
    context = {"record": found, "facts": facts, "groups": groups, "may_change": may_change}
    return render(request, "review/decision.html", context)


def _round(request: HttpRequest, number: str) -> DecisionRound:
    """Return the decision round of a call that the person may see, or 404."""
    seen = DecisionRound.objects.visible_to(request.user)
    seen = seen.select_related("call__programme", "prepared_by", "released_by")
    found: DecisionRound = get_object_or_404(seen, call__number=number)
    return found


@require_http_methods(["GET", "POST"])
def decision_item(request: HttpRequest, number: str, case: str) -> HttpResponse:
    """Change what the round proposes for one case, with a reason."""
    found = _round(request, number)
    item = get_object_or_404(
        DecisionItem.objects.select_related("case", "round__call"), round=found, case__number=case
    )
    form = ProposalForm(request.POST or None, initial={"proposal": item.proposal})
    refused: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            services.change_proposal(item, by=request.user, **form.cleaned_data)
            messages.success(request, f"Vorschlag zu Vorgang {case} geändert")
            return redirect("decision", number)
        except door.Refused as error:
            refused = error.reasons
    may_change = found.state == "prepared" and services.may_change_proposals(request.user, found)
    rows = [
        ("Vorschlag jetzt", item.get_proposal_display()),
        ("Grund", item.reason),
        ("Betrag", euro(item.amount)),
    ]
    context = {
        "record": found,
        "rows": rows,
        "item": item,
        "form": form,
        "refused": refused,
        "may_change": may_change,
    }
    return render(request, "review/decision_item.html", context, status=_status(form, refused))
