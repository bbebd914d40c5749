"""The pages of the review stage: cases, jury and assessments, ranking and decision."""

from review.views.assessments import assessment, assessment_list, criterion, declare, points, submit
from review.views.cases import assessment_step, case, case_check, case_list, case_step
from review.views.decision import decision, decision_item, jury, ranking

__all__ = [
    "assessment",
    "assessment_list",
    "assessment_step",
    "case",
    "case_check",
    "case_list",
    "case_step",
    "criterion",
    "decision",
    "decision_item",
    "declare",
    "jury",
    "points",
    "ranking",
    "submit",
]
