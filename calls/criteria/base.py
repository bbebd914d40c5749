"""What a criterion is: a small frozen object with a code, a title, its source in law, and a judgement on facts."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Protocol

from calls.criteria.facts import ApplicationFacts


class Outcome(StrEnum):
    """What a criterion finds."""

    MET = "met"
    NOT_MET = "not_met"
    CASE_BY_CASE = "case_by_case"


@dataclass(frozen=True)
class Finding:
    """What a criterion found: the reason is a German sentence with values; `section` mends it.

    `section` is the part of the application where the finding is mended: kommunen, finanzierungsplan, zeitraum or
    unterlagen.
    """

    code: str
    title: str
    outcome: Outcome
    reason: str
    source: str
    section: str = ""


class Criterion(Protocol):
    """One rule of a call; its dataclass fields are the parameters that the call gives."""

    code: ClassVar[str]
    title: ClassVar[str]
    source: ClassVar[str]

    def rule(self) -> str:
        """Return the rule as a plain German sentence with its parameters (for the public page)."""
        ...

    def check(self, facts: ApplicationFacts) -> Finding:
        """Judge the facts."""
        ...


def found(criterion: Criterion, outcome: Outcome, reason: str, section: str) -> Finding:
    """Return a finding of a criterion."""
    return Finding(criterion.code, criterion.title, outcome, reason, criterion.source, section)
