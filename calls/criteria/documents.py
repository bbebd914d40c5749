"""All documents that the call asks for are there."""

from dataclasses import dataclass
from typing import ClassVar

from calls.criteria import texts
from calls.criteria.base import Finding, Outcome, found
from calls.criteria.facts import ApplicationFacts


@dataclass(frozen=True)
class WantedDocument:
    """A document that a call asks for, once or from each town."""

    code: str
    title: str
    per_town: bool = False


@dataclass(frozen=True)
class Documents:
    """Each of the `wanted` documents was given, those per town by every town."""

    wanted: tuple[WantedDocument, ...] = ()

    code: ClassVar[str] = "documents"
    title: ClassVar[str] = "Unterlagen"
    source: ClassVar[str] = "Projektaufruf, Unterlagen; VV Nr. 3 zu § 44 BHO (Antrag und Unterlagen)"

    def rule(self) -> str:
        """Return the rule as a sentence."""
        if not self.wanted:
            return "Unterlagen verlangt dieser Aufruf nicht."
        titles = [
            f"{wanted.title} ({'von jeder Kommune' if wanted.per_town else 'einmal'})"
            for wanted in self.wanted
        ]
        return f"Dem Antrag liegen bei: {texts.listing(titles)}."

    def check(self, facts: ApplicationFacts) -> Finding:
        """Look for what is missing, and from which town."""
        missing = [text for wanted in self.wanted if (text := _missing(wanted, facts))]
        if missing:
            reason = f"Es {'fehlt' if len(missing) == 1 else 'fehlen'}: {'; '.join(missing)}."
            return found(self, Outcome.NOT_MET, reason, "unterlagen")
        reason = (
            "Alle verlangten Unterlagen liegen vor."
            if self.wanted
            else "Der Aufruf verlangt keine Unterlagen."
        )
        return found(self, Outcome.MET, reason, "unterlagen")


def _missing(wanted: WantedDocument, facts: ApplicationFacts) -> str:
    """Return what is missing of one document, or an empty text."""
    if not wanted.per_town:
        return "" if wanted.code in facts.documents else wanted.title
    lacking = [town.name for town in facts.towns if (wanted.code, town.ags) not in facts.documents_per_town]
    return f"{wanted.title} von {texts.listing(lacking)}" if lacking else ""
