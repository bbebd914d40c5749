"""The lives of the projects stage, one machine each module."""

from projects.workflow.award import AwardWorkflow
from projects.workflow.payment import PaymentRequestWorkflow
from projects.workflow.project import MilestoneWorkflow, ProjectWorkflow
from projects.workflow.statement import StatementWorkflow

__all__ = [
    "AwardWorkflow",
    "MilestoneWorkflow",
    "PaymentRequestWorkflow",
    "ProjectWorkflow",
    "StatementWorkflow",
]
