"""At least so many towns apply together."""

from dataclasses import dataclass
from typing import ClassVar

from calls.criteria import texts
from calls.criteria.base import Finding, Outcome, found
from calls.criteria.facts import ApplicationFacts


@dataclass(frozen=True)
class MinimumTowns:
    """The alliance has at least `minimum` different towns (funding-law N01)."""

    minimum: int

    code: ClassVar[str] = "minimum_towns"
    title: ClassVar[str] = "Mindestzahl der Kommunen"
    source: ClassVar[str] = (
        "Projektaufruf, Regeln; BBSR, Pilotphase Kleinstadtakademie: Verbünde aus mindestens vier Kleinstädten"
    )

    def rule(self) -> str:
        """Return the rule as a sentence."""
        return f"Es bewerben sich mindestens {texts.towns(self.minimum)} gemeinsam."

    def check(self, facts: ApplicationFacts) -> Finding:
        """Count the towns; one that stands there twice counts once."""
        count = len({town.ags for town in facts.towns})
        reason = f"Der Verbund hat {texts.towns(count)}, verlangt sind mindestens {texts.word(self.minimum)}."
        if count >= self.minimum:
            return found(self, Outcome.MET, reason, "kommunen")
        lacking = self.minimum - count
        verb = "fehlt" if lacking == 1 else "fehlen"
        return found(self, Outcome.NOT_MET, f"{reason} Es {verb} noch {texts.towns(lacking)}.", "kommunen")
