"""The records of the alliances stage, one subject each module."""

from alliances.models.alliance import Alliance, AllianceUserObjectPermission, Partner
from alliances.models.application import Answer, Application, PlannedMilestone, Signature, Submission
from alliances.models.plan import BudgetLine, FundingLine

__all__ = [
    "Alliance",
    "AllianceUserObjectPermission",
    "Answer",
    "Application",
    "BudgetLine",
    "FundingLine",
    "Partner",
    "PlannedMilestone",
    "Signature",
    "Submission",
]
