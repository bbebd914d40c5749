"""Programmes, calls and reference figures for technicians, read-only."""

from django.contrib import admin

from calls.models import (
    Call,
    CallBudget,
    CallCriterion,
    CallPosition,
    Programme,
    ProgrammeMember,
    Question,
    ReferenceFigure,
    RequiredDocument,
    ScoringCriterion,
)
from core.admin import ReadOnlyAdmin

admin.site.register(
    [
        Programme,
        ProgrammeMember,
        Call,
        CallBudget,
        CallCriterion,
        CallPosition,
        Question,
        RequiredDocument,
        ScoringCriterion,
        ReferenceFigure,
    ],
    ReadOnlyAdmin,
)
