"""Addresses of this stage."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path

from core.views import step_paths
from review import views
from review.models import Assessment, Case, DecisionRound


def worked_steps(patterns: list[URLPattern], view: Callable[..., HttpResponse]) -> list[URLPattern]:
    """Return the addresses of steps with a view of our own, which answers those who work on the file only."""
    return [path(str(p.pattern), view, _step(p), name=p.name) for p in patterns]


def _step(pattern: URLPattern) -> dict[str, Any]:
    """Return the step that an address stands for."""
    return {"step": pattern.default_args["step"]}


OWN = "bewertungen/<str:number>/"
CASE = "vorgaenge/<str:number>/"
ASSESSMENT = f"{CASE}bewertungen/<int:member_id>/"
ROUND = "aufrufe/<str:call__number>/entscheidung/"

urlpatterns = [
    # cases
    path("vorgaenge/", views.case_list, name="case-list"),
    path(CASE, views.case, name="case"),
    path(f"{CASE}pruefung/", views.case_check, name="case-check"),
    *worked_steps(step_paths(Case, CASE, "case"), views.case_step),
    *worked_steps(step_paths(Assessment, ASSESSMENT, "case-assessment"), views.assessment_step),
    # a juror's own
    path("bewertungen/", views.assessment_list, name="assessment-list"),
    path(OWN, views.assessment, name="assessment"),
    path(f"{OWN}befangenheit/", views.declare, name="assessment-declare"),
    path(f"{OWN}punkte/", views.points, name="assessment-draft"),
    path(f"{OWN}kriterium/<int:position>/", views.criterion, name="assessment-criterion"),
    path(f"{OWN}abgeben/", views.submit, name="assessment-submit"),
    # jury, ranking, decision
    path("aufrufe/<str:number>/jury/", views.jury, name="jury"),
    path("aufrufe/<str:number>/rangliste/", views.ranking, name="ranking"),
    path("aufrufe/<str:number>/entscheidung/", views.decision, name="decision"),
    *step_paths(DecisionRound, ROUND, "decision"),
    path("aufrufe/<str:number>/entscheidung/<str:case>/", views.decision_item, name="decision-item"),
]
