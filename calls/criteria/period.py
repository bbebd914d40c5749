"""The project lies within the period of the call and is long enough."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from dateutil.relativedelta import relativedelta  # type: ignore[import-untyped]

from calls.criteria import texts
from calls.criteria.base import Finding, Outcome, found
from calls.criteria.facts import ApplicationFacts


@dataclass(frozen=True)
class Period:
    """Begin and end lie between `earliest_start` and `latest_end` (last days), and last `min_months` months."""

    earliest_start: date
    latest_end: date
    min_months: int

    code: ClassVar[str] = "period"
    title: ClassVar[str] = "Zeitraum des Vorhabens"
    source: ClassVar[str] = (
        "Projektaufruf, Termine; VV Nr. 1.3 zu § 44 BHO: gefördert wird nur, was noch nicht begonnen ist"
    )

    def rule(self) -> str:
        """Return the rule as a sentence."""
        return (
            f"Das Vorhaben beginnt frühestens am {texts.day(self.earliest_start)}, endet spätestens am "
            f"{texts.day(self.latest_end)} und dauert mindestens {texts.months(self.min_months)}."
        )

    def check(self, facts: ApplicationFacts) -> Finding:
        """Compare begin, end and length."""
        told = self._broken(facts.start, facts.end)
        if told or facts.start is None or facts.end is None:
            return found(self, Outcome.NOT_MET, " ".join(told), "zeitraum")
        length = texts.months(_length(facts.start, facts.end))
        reason = (
            f"Vom {texts.day(facts.start)} bis {texts.day(facts.end)}, das sind {length}. "
            f"Möglich ist die Zeit vom {texts.day(self.earliest_start)} bis {texts.day(self.latest_end)}, mindestens "
            f"{texts.months(self.min_months)}."
        )
        return found(self, Outcome.MET, reason, "zeitraum")

    def _broken(self, start: date | None, end: date | None) -> list[str]:
        """Return a sentence for everything that does not fit."""
        if start is None or end is None:
            return [
                f"{word} des Vorhabens fehlt noch."
                for word, day in (("Der Beginn", start), ("Das Ende", end))
                if day is None
            ]
        told = []
        if start < self.earliest_start:
            told.append(
                f"Der Beginn ({texts.day(start)}) liegt vor dem frühesten Beginn ({texts.day(self.earliest_start)})."
            )
        if end > self.latest_end:
            told.append(
                f"Das Ende ({texts.day(end)}) liegt nach dem spätesten Ende ({texts.day(self.latest_end)})."
            )
        length = _length(start, end)
        if length < self.min_months:
            told.append(
                f"Das Vorhaben dauert {texts.months(length)}, verlangt sind mindestens {texts.months(self.min_months)}."
            )
        return told


def _length(start: date, end: date) -> int:
    """Return the whole months from the first day to the last, both included; none if the end lies before the begin."""
    span = relativedelta(end + timedelta(days=1), start)
    return max(0, int(span.years * 12 + span.months))
