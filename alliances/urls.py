"""Addresses of this stage."""

from django.urls import path

from alliances.models import Application
from alliances.views import alliance, application, plan, sections
from core.views import step_paths

ALLIANCE = "verbuende/<str:number>/"
PARTNER = "verbuende/<str:number>/kommunen/<str:ags>/"
APPLICATION = "antraege/<str:number>/"
PLAN = "antraege/<str:number>/finanzierungsplan/"

urlpatterns = [
    # alliances
    path("antraege/", alliance.alliance_list, name="alliance-list"),
    path("verbuende/gruenden/", alliance.alliance_found, name="alliance-found"),
    path(ALLIANCE, alliance.alliance, name="alliance"),
    path(f"{ALLIANCE}partner/", alliance.alliance_invite, name="alliance-invite"),
    path(f"{ALLIANCE}antrag-beginnen/", alliance.application_start, name="application-start"),
    # partners; a town may be invited again, so its steps find the newest invitation
    path(PARTNER, alliance.partner, name="partner"),
    path(f"{PARTNER}annehmen/", alliance.partner_step, {"step": "accept"}, name="partner-accept"),
    path(f"{PARTNER}absagen/", alliance.partner_step, {"step": "decline"}, name="partner-decline"),
    path(f"{PARTNER}austreten/", alliance.partner_step, {"step": "leave"}, name="partner-leave"),
    # applications
    path(APPLICATION, application.application, name="application"),
    path(f"{APPLICATION}vorhaben/", sections.basics, name="application-basics"),
    path(f"{APPLICATION}vorhaben/<slug:code>/", sections.answer, name="application-answer"),
    path(PLAN, plan.plan, name="application-plan"),
    path(f"{PLAN}<str:ags>/", plan.town_plan, name="application-town-plan"),
    path(f"{PLAN}<str:ags>/<str:code>/", plan.position, name="application-position"),
    path(f"{APPLICATION}arbeitsplan/", sections.milestones, name="application-milestones"),
    path(f"{APPLICATION}arbeitsplan/<str:code>/", sections.milestone, name="application-milestone"),
    path(
        f"{APPLICATION}arbeitsplan/<str:code>/entfernen/",
        sections.milestone_remove,
        name="application-milestone-remove",
    ),
    path(f"{APPLICATION}unterlagen/", sections.documents, name="application-documents"),
    path(
        f"{APPLICATION}unterlagen/<int:pk>/entfernen/",
        sections.document_remove,
        name="application-document-remove",
    ),
    path(f"{APPLICATION}zeichnen/", application.application_sign, name="application-sign"),
    path(f"{APPLICATION}einreichen/", application.application_submit, name="application-submit"),
    path(f"{APPLICATION}einreichungen/<int:count>/", application.submission, name="submission"),
    *step_paths(Application, APPLICATION, "application"),
]
