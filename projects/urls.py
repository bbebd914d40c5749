"""Addresses of this stage."""

from django.urls import path

from core.views import step_paths
from projects.models import Award, Milestone, PaymentRequest, Project, Statement
from projects.views import awards, payments, projects, statements

PART = "vorhaben/<str:project__number>/"

urlpatterns = [
    # Awards
    path("bescheide/<str:number>/", awards.award, name="award"),
    *step_paths(Award, "bescheide/<str:number>/", "award"),
    # Projects
    path("vorhaben/", projects.project_list, name="project-list"),
    path("vorhaben/<str:number>/", projects.project, name="project"),
    *step_paths(Project, "vorhaben/<str:number>/", "project"),
    # Milestones
    path("vorhaben/<str:number>/meilensteine/", projects.milestones, name="milestones"),
    path("vorhaben/<str:number>/meilensteine/<str:code>/", projects.milestone, name="milestone"),
    *step_paths(Milestone, f"{PART}meilensteine/<str:code>/", "milestone"),
    # Payments
    path("zahlungen/", payments.payment_list, name="payment-list"),
    path("vorhaben/<str:number>/zahlungen/neu/", payments.payment_new, name="payment-new"),
    path("vorhaben/<str:number>/zahlungen/<int:count>/", payments.payment, name="payment"),
    path(
        "vorhaben/<str:number>/zahlungen/<int:count>/bearbeiten/", payments.payment_edit, name="payment-edit"
    ),
    *step_paths(PaymentRequest, f"{PART}zahlungen/<int:count>/", "payment"),
    # Statements
    path("vorhaben/<str:number>/nachweise/neu/", statements.statement_new, name="statement-new"),
    path("vorhaben/<str:number>/nachweise/<int:year>/", statements.statement, name="statement"),
    path(
        "vorhaben/<str:number>/nachweise/<int:year>/bearbeiten/",
        statements.statement_edit,
        name="statement-edit",
    ),
    *step_paths(Statement, f"{PART}nachweise/<int:year>/", "statement"),
]
