"""The rules of a call as small things: one file, one rule, one source, one test. No Django.

A call stores which criteria apply (`CallCriterion`); the code says what they mean. `check` judges the facts of an
application and gives a `Finding` with a German reason; it never blocks anything.
"""

from calls.criteria.base import Criterion, Finding, Outcome
from calls.criteria.cap_and_rate import CapAndRate, Limit
from calls.criteria.documents import Documents, WantedDocument
from calls.criteria.facts import ApplicationFacts
from calls.criteria.minimum_towns import MinimumTowns
from calls.criteria.period import Period
from calls.criteria.registry import ALL, build
from calls.criteria.small_town_type import SmallTownType, TownVerdict

__all__ = [
    "ALL",
    "ApplicationFacts",
    "CapAndRate",
    "Criterion",
    "Documents",
    "Finding",
    "Limit",
    "MinimumTowns",
    "Outcome",
    "Period",
    "SmallTownType",
    "TownVerdict",
    "WantedDocument",
    "build",
]
