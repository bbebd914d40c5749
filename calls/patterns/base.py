"""What a pattern of a call is: everything that a new call is filled with. Plain values, no Django."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Any

PERIOD_YEARS = 3


@dataclass(frozen=True)
class QuestionPattern:
    """A question to the alliances, why it is asked, and how many words an answer may have."""

    code: str
    title: str
    help: str
    max_words: int = 500


@dataclass(frozen=True)
class PositionPattern:
    """A position of the financing plan; `staff` marks the working time of the towns' own people."""

    code: str
    title: str
    help: str
    staff: bool = False


@dataclass(frozen=True)
class DocumentPattern:
    """A document that the call asks for."""

    code: str
    title: str
    help: str
    per_town: bool = False


@dataclass(frozen=True)
class ScoringPattern:
    """What the board scores: title, guiding question, weight in percent."""

    title: str
    question: str
    weight: int


@dataclass(frozen=True)
class CriterionPattern:
    """Which criterion applies, with which stored parameters (cap, rate, dates and counts come from the call)."""

    code: str
    parameters: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class CallDays:
    """The days of a call made from a pattern; it opens at 8:00 and closes at 12:00 Berlin time."""

    opens: date
    closes: date
    decision: date
    earliest_start: date
    latest_end: date


@dataclass(frozen=True)
class CallPattern:
    """A whole call; amounts in EUR, `rate` in percent, `open_weeks` and `decision_weeks` as the real call ran."""

    name: str
    label: str
    title: str
    summary: str
    cap: Decimal
    rate: Decimal
    min_towns: int
    min_months: int
    budget: Decimal
    open_weeks: int
    decision_weeks: int = 10
    max_points: int = 5
    questions: tuple[QuestionPattern, ...] = ()
    positions: tuple[PositionPattern, ...] = ()
    documents: tuple[DocumentPattern, ...] = ()
    scoring: tuple[ScoringPattern, ...] = ()
    criteria: tuple[CriterionPattern, ...] = ()

    def days(self, today: date) -> CallDays:
        """Return days to begin with: opening on a Monday in four weeks, start on 1 January after the decision."""
        opens = today + timedelta(days=28 + (7 - today.weekday()) % 7)
        closes = opens + timedelta(weeks=self.open_weeks, days=1)
        decision = closes + timedelta(weeks=self.decision_weeks)
        start = date(decision.year + 1, 1, 1)
        return CallDays(opens, closes, decision, start, date(start.year + PERIOD_YEARS - 1, 12, 31))

    def budget_by_year(self, start: date, end: date) -> dict[int, Decimal]:
        """Return the budget spread evenly over the fiscal years of a period; odd cents go to the first year."""
        years = range(start.year, end.year + 1)
        share = (self.budget / len(years)).quantize(Decimal("0.01"), ROUND_DOWN)
        amounts = dict.fromkeys(years, share)
        amounts[years[0]] += self.budget - share * len(years)
        return amounts
