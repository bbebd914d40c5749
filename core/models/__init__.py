"""The records of core, one module each."""

from core.models.counter import Counter
from core.models.document import Document
from core.models.event import Event
from core.models.job import Job
from core.models.mail import Mail
from core.models.user import User
from core.models.workflow import Record, Workflow, state_constraint

__all__ = ["Counter", "Document", "Event", "Job", "Mail", "Record", "User", "Workflow", "state_constraint"]
