"""The money bar: what was granted, paid and used, as amounts and as percent of the grant."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class MoneyBar:
    """Granted (more than 0.00), paid and used, in EUR."""

    granted: Decimal
    paid: Decimal
    used: Decimal

    @property
    def unused(self) -> Decimal:
        """Return what was paid and not used yet, in EUR."""
        return self.paid - self.used

    @property
    def open(self) -> Decimal:
        """Return what was not paid yet, in EUR."""
        return self.granted - self.paid

    def parts(self) -> list[tuple[str, Decimal, Decimal]]:
        """Return (part, EUR, percent of the grant) for the table below the picture."""
        amounts = {
            "bewilligt": self.granted,
            "ausgezahlt": self.paid,
            "davon verwendet": self.used,
            "offen": self.open,
        }
        return [(name, amount, self._percent(amount)) for name, amount in amounts.items()]

    def widths(self) -> dict[str, str]:
        """Return widths in percent of the picture (with a dot, as SVG wants it): used, unused."""
        amounts = {"used": self.used, "unused": self.unused}
        return {name: f"{self._percent(max(ZERO, amount)):f}%" for name, amount in amounts.items()}

    def _percent(self, amount: Decimal) -> Decimal:
        """Return the percentage of the grant, two decimals."""
        return (amount * 100 / self.granted).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
