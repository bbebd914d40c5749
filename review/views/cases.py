"""Cases, as the office and the granting authority work on them (G5, G6); jurors never come here."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods

from core.access import rights_on
from core.views import show_step
from review import facts
from review.forms import CaseFilter
from review.models import Assessment, BoardMember, Case

PAGE = 25


@require_GET
def case_list(request: HttpRequest) -> HttpResponse:
    """List the cases, by call and state (G5)."""
    cases = Case.objects.worked_by(request.user).select_related("call").prefetch_related("findings__ruling")
    chosen = CaseFilter(request.GET, queryset=cases.order_by("-call__closes_at", "number"), request=request)
    page = Paginator(chosen.qs, PAGE).get_page(request.GET.get("page"))
    return render(request, "review/case_list.html", {"filter": chosen, "page_obj": page})


@require_GET
def case(request: HttpRequest, number: str) -> HttpResponse:
    """Show a case: the frozen application, check, biases, assessments, decision, steps, events (G6)."""
    found = _case(request, number)
    rights = rights_on(request.user, found)
    context = {
        "record": found,
        "rights": rights,
        "facts": found.header_facts(),
        "show_secret": "see_bias" in rights,
        "period": facts.period(found.snapshot),
        "plan": facts.plan_by_town(found.snapshot),
        "milestones": facts.milestones(found.snapshot),
        "findings": found.ruled_findings(),
        "biases": found.biases.select_related("member__user") if "see_bias" in rights else [],
        "assessments": _assessments(found),
        "items": found.decision_items.select_related("round__prepared_by", "round__released_by"),
    }
    return render(request, "review/case.html", context)


def _case(request: HttpRequest, number: str) -> Case:
    """Return a case on whose file the person works, or 404."""
    worked = Case.objects.worked_by(request.user).select_related("call__programme", "application__alliance")
    found: Case = get_object_or_404(worked, number=number)
    return found


def _assessments(case: Case) -> list[Assessment]:
    """Return the assessments of a case with what their scores need."""
    rows = case.assessments.select_related("member__user", "case__call")
    return list(rows.prefetch_related("scores__criterion", "case__call__scoring_criteria"))


@require_GET
def case_check(request: HttpRequest, number: str) -> HttpResponse:
    """Show the formal check: what asks a human first, then all findings with the facts judged (G6)."""
    found = _case(request, number)
    may_rule = found.state == "in_check" and "rule" in rights_on(request.user, found)
    findings = found.ruled_findings()
    judged = findings[0].facts if findings else {}
    context = {
        "record": found,
        "findings": findings,
        "columns": facts.TOWN_COLUMNS,
        "towns": facts.judged_towns(judged),
        "sums": facts.judged_sums(judged),
        "to_decide": found.findings_to_decide(),
        "any_ruling": any(finding.ruling_or_none() for finding in findings),
        "may_rule": may_rule,
    }
    return render(request, "review/case_check.html", context)


@require_http_methods(["GET", "POST"])
def case_step(request: HttpRequest, number: str, step: str) -> HttpResponse:
    """Take a step of a case; a ruling shows the open findings, and a link may name one (`?befund=`)."""
    found = _case(request, number)
    found.preselected = request.GET.get("befund", "")
    if step == "rule":
        return show_step(request, found, step, "review/case_rule.html", to_decide=found.findings_to_decide())
    return show_step(request, found, step)


@require_http_methods(["GET", "POST"])
def assessment_step(request: HttpRequest, number: str, member_id: int, step: str) -> HttpResponse:
    """Take a step of the office on an assessment: reopen it, or count it no more."""
    on_file = Assessment.objects.on_file_of(request.user).select_related("case__call", "member__user")
    member = get_object_or_404(BoardMember, pk=member_id)
    found = get_object_or_404(on_file, case__number=number, member=member)
    return show_step(request, found, step, "review/assessment_step.html")
