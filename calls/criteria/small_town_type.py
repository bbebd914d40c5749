"""Every town is a small town: by BBSR's type, which belongs to the association and not to the town.

The trap of this field: never reject on a town's own population. The first funded alliance held Laucha an der Unstrut
(2,657 inhabitants, of a rural association). Source: funding-law N21, 7.01, 7.02; register.md section 4.
"""

from dataclasses import dataclass
from typing import ClassVar

from calls.criteria import texts
from calls.criteria.base import Finding, Outcome, found
from calls.criteria.facts import ApplicationFacts
from towns.register import TownFacts

TYPE_NAMES = {
    10: "Großstadt",
    11: "Große Großstadt",
    12: "Kleinere Großstadt",
    20: "Mittelstadt",
    21: "Größere Mittelstadt",
    22: "Kleinere Mittelstadt",
    30: "Größere Kleinstadt",
    40: "Kleine Kleinstadt",
    50: "Landgemeinde",
}
SMALL, RURAL = (30, 40), 50
WORDS = {Outcome.NOT_MET: "nicht erfüllt", Outcome.CASE_BY_CASE: "Einzelfallentscheidung"}


@dataclass(frozen=True)
class TownVerdict:
    """What the rule says about one town, with the evidence as German sentences."""

    town: TownFacts
    outcome: Outcome
    reason: str


@dataclass(frozen=True)
class SmallTownType:
    """Type 30 or 40 is met, 10 to 22 is not, 50 is decided case by case; a missing type follows the association.

    `minimum` and `below` are inhabitants: at least 5,000 and fewer than 20,000.
    """

    minimum: int = 5000
    below: int = 20000

    code: ClassVar[str] = "small_town_type"
    title: ClassVar[str] = "Kleinstadt"
    source: ClassVar[str] = (
        "BBSR, Stadt- und Gemeindetyp der Einheitsgemeinden und Gemeindeverbände: 5.000 bis unter 20.000 Einwohner "
        "oder mindestens grundzentrale Funktion mit mittelzentraler Teilfunktion"
    )

    def rule(self) -> str:
        """Return the rule as a sentence."""
        return (
            f"Jede Kommune ist eine Kleinstadt: {texts.number(self.minimum)} bis unter {texts.number(self.below)} "
            "Einwohner oder eine zentrale Funktion für ihr Umland. Das beurteilt das BBSR für die Gemeinde oder ihren "
            "Gemeindeverband. Die Einwohnerzahl einer Kommune allein schließt niemanden aus."
        )

    def check(self, facts: ApplicationFacts) -> Finding:
        """Judge the alliance: the worst town decides, and the reason names each town that is not plainly met."""
        verdicts = [self.judge(town) for town in facts.towns]
        if not verdicts:
            return found(self, Outcome.NOT_MET, "Der Verbund hat noch keine Kommune.", "kommunen")
        outcomes = {verdict.outcome for verdict in verdicts}
        if outcomes == {Outcome.MET}:
            return found(self, Outcome.MET, _all_met(verdicts), "kommunen")
        worst = Outcome.NOT_MET if Outcome.NOT_MET in outcomes else Outcome.CASE_BY_CASE
        open_ones = sorted(
            (v for v in verdicts if v.outcome != Outcome.MET), key=lambda v: v.outcome != worst
        )
        told = [f"{v.town.name} – {WORDS[v.outcome]}. {v.reason}" for v in open_ones]
        return found(self, worst, " ".join(told), "kommunen")

    def judge(self, town: TownFacts) -> TownVerdict:
        """Judge one town."""
        if town.town_type is None:
            return self._by_association(town)
        known = TYPE_NAMES.get(town.town_type, f"Typ {town.town_type}")
        as_of = f" (Stand {town.town_type_date.year})" if town.town_type_date else ""
        listed = f"{_inhabitants(town)}Das BBSR führt {_unit(town)}{as_of} als {known}."
        if town.town_type in SMALL:
            return TownVerdict(town, Outcome.MET, listed)
        if town.town_type < SMALL[0]:
            return TownVerdict(town, Outcome.NOT_MET, f"{listed} Gefördert werden Kleinstädte.")
        return TownVerdict(town, Outcome.CASE_BY_CASE, f"{listed} Das schließt den Verbund nicht aus.")

    def _by_association(self, town: TownFacts) -> TownVerdict:
        """Judge a town whose type is not known, by its association's sum and largest member."""
        total, largest = town.association_population, town.association_largest
        unknown = "Der Stadt- und Gemeindetyp des BBSR ist nicht bekannt."
        reason = f"{_inhabitants(town)}{unknown}"
        if largest is not None and largest >= self.below:
            why = f"Die größte Kommune im Verband hat {texts.number(largest)} Einwohner, möglich sind weniger als "
            return TownVerdict(town, Outcome.NOT_MET, f"{reason} {why}{texts.number(self.below)}.")
        if total is not None and largest is not None and self._fits(total) and self._fits(largest):
            return TownVerdict(town, Outcome.MET, reason)
        return TownVerdict(town, Outcome.CASE_BY_CASE, f"{reason} Das schließt den Verbund nicht aus.")

    def _fits(self, inhabitants: int) -> bool:
        return self.minimum <= inhabitants < self.below


def _unit(town: TownFacts) -> str:
    """Return what the type belongs to; short where the sentence before has just named it."""
    if town.stands_alone:
        return "die Kommune" if town.population is None else "sie"
    named_before = town.population is not None and town.association_population is not None
    return "ihn" if named_before else f"ihren Verband ({town.association})"


def _inhabitants(town: TownFacts) -> str:
    """Return the inhabitants of the town and its association with their date, or nothing if nobody knows them."""
    if town.population is None:
        return ""
    as_of = f" (Stand {texts.day(town.population_date)})" if town.population_date else ""
    own = f"Die Kommune hat {texts.number(town.population)} Einwohner"
    if town.stands_alone or town.association_population is None:
        return f"{own}{as_of}. "
    return f"{own}; ihr Verband ({town.association}) hat {texts.number(town.association_population)}{as_of}. "


def _all_met(verdicts: list[TownVerdict]) -> str:
    """Return the sentence for an alliance of small towns: each with its type and date, or its association's figures."""
    return "Alle Kommunen sind Kleinstädte: " + "; ".join(_evidence(v.town) for v in verdicts) + "."


def _evidence(town: TownFacts) -> str:
    """Return a town with what speaks for it."""
    if town.town_type is None:
        return f"{town.name} (Typ nicht bekannt, {texts.number(town.association_population or 0)} Einwohner)"
    as_of = f", Stand {town.town_type_date.year}" if town.town_type_date else ""
    return f"{town.name} ({TYPE_NAMES[town.town_type]}{as_of})"
