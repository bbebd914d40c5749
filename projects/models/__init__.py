"""The records of the projects stage, one subject each module."""

from projects.models.award import Award, AwardTranche
from projects.models.payment import LedgerEntry, PaymentRequest
from projects.models.project import Milestone, PlanLine, Project, ProjectUserObjectPermission
from projects.models.statement import Statement, StatementLine

__all__ = [
    "Award",
    "AwardTranche",
    "LedgerEntry",
    "Milestone",
    "PaymentRequest",
    "PlanLine",
    "Project",
    "ProjectUserObjectPermission",
    "Statement",
    "StatementLine",
]
