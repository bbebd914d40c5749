"""What is derived from the records of all stages: the duties of each person."""

from reporting.facts.agenda import Agenda, agenda
from reporting.facts.duty import Duty

__all__ = ["Agenda", "Duty", "agenda"]
