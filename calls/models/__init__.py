"""Programme and call: who prepares, who decides, what a call asks, how much there is."""

from calls.models.call import Call, CallUserObjectPermission
from calls.models.parts import (
    CallBudget,
    CallCriterion,
    CallPosition,
    Question,
    RequiredDocument,
    ScoringCriterion,
)
from calls.models.programme import Programme, ProgrammeMember, ProgrammeUserObjectPermission
from calls.models.reference import ReferenceFigure

__all__ = [
    "Call",
    "CallBudget",
    "CallCriterion",
    "CallPosition",
    "CallUserObjectPermission",
    "Programme",
    "ProgrammeMember",
    "ProgrammeUserObjectPermission",
    "Question",
    "ReferenceFigure",
    "RequiredDocument",
    "ScoringCriterion",
]
