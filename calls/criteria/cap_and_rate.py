"""How much grant is possible: the cap, the rate, and never more than expenditure without non-cash contributions."""

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from typing import ClassVar

from calls.criteria import texts
from calls.criteria.base import Finding, Outcome, found
from calls.criteria.facts import NOTHING, ApplicationFacts

CENT = Decimal("0.01")
SECTION = "finanzierungsplan"


@dataclass(frozen=True)
class Limit:
    """One bound of the grant: what it is, and the amount in EUR."""

    text: str
    amount: Decimal


@dataclass(frozen=True)
class CapAndRate:
    """The grant asked for is at most min(cap, rate of the expenditure, expenditure without own working time).

    `cap` in EUR, `rate` in percent; the share is rounded down to the cent (funding-law N02, N03, section 2 formulas).
    """

    cap: Decimal
    rate: Decimal

    code: ClassVar[str] = "cap_and_rate"
    title: ClassVar[str] = "Höchstbetrag und Förderanteil"
    source: ClassVar[str] = (
        "Projektaufruf, Regeln; §§ 23 und 44 BHO, VV Nr. 2 zu § 44 BHO (Anteilfinanzierung mit Höchstbetrag)"
    )

    def rule(self) -> str:
        """Return the rule as a sentence."""
        rate = "alle Ausgaben" if self.rate == 100 else f"{texts.percent(self.rate)} der Ausgaben"
        return (
            f"Der Bund zahlt höchstens {texts.euro(self.cap)} je Vorhaben und höchstens {rate}. Die Arbeitszeit Ihrer "
            "Beschäftigten zählt zu den Ausgaben, wird aber nicht ausgezahlt."
        )

    def limits(self, facts: ApplicationFacts) -> tuple[Limit, Limit, Limit]:
        """Return the three bounds of the grant; the smallest counts."""
        share = (facts.expenditure * self.rate / 100).quantize(CENT, ROUND_DOWN)
        return (
            Limit("Höchstbetrag des Aufrufs", self.cap),
            Limit(f"{texts.percent(self.rate)} von {texts.euro(facts.expenditure)}", share),
            Limit(
                "Ausgaben ohne Arbeitszeit eigener Beschäftigter",
                max(NOTHING, facts.expenditure - facts.own_staff),
            ),
        )

    def possible(self, facts: ApplicationFacts) -> Decimal:
        """Return the highest grant that is possible, in EUR."""
        return min(limit.amount for limit in self.limits(facts))

    def check(self, facts: ApplicationFacts) -> Finding:
        """Compare the grant asked for with what is possible."""
        possible, asked = self.possible(facts), facts.requested_grant
        if facts.expenditure <= 0:
            return found(self, Outcome.NOT_MET, "Im Finanzierungsplan stehen noch keine Ausgaben.", SECTION)
        if asked is None:
            reason = f"Die beantragte Zuwendung fehlt noch. Möglich sind höchstens {texts.euro(possible)}."
            return found(self, Outcome.NOT_MET, reason, SECTION)
        if asked > possible:
            return found(self, Outcome.NOT_MET, " ".join(self._broken(facts, asked)), SECTION)
        reason = (
            f"Förderanteil {texts.percent(self._share(facts, asked))}, höchstens {texts.percent(self.rate)}. "
            f"Möglich sind höchstens {texts.euro(possible)}, Sie beantragen {texts.euro(asked)}."
        )
        return found(self, Outcome.MET, reason, SECTION)

    def _share(self, facts: ApplicationFacts, asked: Decimal) -> Decimal:
        """Return the share of the grant in percent; one that is just too high never looks like the rate itself."""
        exact = asked * 100 / facts.expenditure
        share = exact.quantize(CENT, ROUND_HALF_UP)
        return exact.quantize(CENT, ROUND_UP) if exact > self.rate and share == self.rate else share

    def _broken(self, facts: ApplicationFacts, asked: Decimal) -> list[str]:
        """Return one sentence or two for each bound that the grant asked for exceeds."""
        cap, share, cash = self.limits(facts)
        told = []
        if asked > cap.amount:
            told.append(
                f"Sie beantragen {texts.euro(asked)}, der Aufruf gibt höchstens {texts.euro(cap.amount)} je Vorhaben."
            )
        if asked > share.amount:
            told.append(
                f"Förderanteil {texts.percent(self._share(facts, asked))}, höchstens {texts.percent(self.rate)}. Bei "
                f"{texts.euro(facts.expenditure)} Ausgaben sind {texts.euro(share.amount)} möglich, Sie beantragen "
                f"{texts.euro(asked)}."
            )
        if asked > cash.amount:
            told.append(
                f"Ohne die Arbeitszeit eigener Beschäftigter ({texts.euro(facts.own_staff)}) betragen die Ausgaben "
                f"{texts.euro(cash.amount)}. Mehr kann die Zuwendung nicht sein, Sie beantragen {texts.euro(asked)}."
            )
        return told
