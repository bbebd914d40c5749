"""Amounts in EUR: stored as whole cents, spoken as Decimal, read from German and English typing, shown in German.

No float and no int ever stands for an amount: both raise. A computed amount carries its `Reckoning`.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.expressions import Combinable

CENT = Decimal("0.01")
MINUS = "\u2212"
NBSP = "\u00a0"
LARGEST = Decimal("999999999999.99")


class AmountError(ValueError):
    """What was typed is no amount; the text of the error is the sentence for the person."""


def parse_euro(text: str) -> Decimal:
    """Read an amount as typed in German or English; return EUR with two decimals.

    The last comma, or a dot followed by one or two digits at the end, is decimal; a dot before three digits groups
    thousands. What is ambiguous ("1,500") or has more than two decimals is refused with `AmountError`.
    """
    typed = text.strip()
    plain = (
        re.sub(r"(?i)\s*(eur|€)\s*$", "", typed)
        .replace(NBSP, " ")
        .replace(MINUS, "-")
        .replace("\u202f", " ")
        .strip()
    )
    if not plain:
        raise AmountError("Geben Sie einen Betrag ein, zum Beispiel 400.000,00.")
    match = re.fullmatch(r"(-?)([\d., ']+)", plain)
    if not match or not re.search(r"\d", plain):
        raise AmountError(f"„{typed}“ ist kein Betrag. Schreiben Sie zum Beispiel 12.000,00.")
    whole, decimals = _split(match.group(2), typed)
    amount = Decimal(f"{match.group(1)}{whole or '0'}.{decimals or '00'}")
    if abs(amount) > LARGEST:
        raise AmountError(f"„{typed}“ ist zu groß. Möglich sind höchstens {euro(LARGEST)}.")
    return amount.quantize(CENT)


def _split(digits: str, typed: str) -> tuple[str, str]:
    """Split digits with separators into whole and decimal digits; refuse what can be read in two ways."""
    marks = [c for c in digits if c in ".,"]
    if not marks:
        return _ungroup(digits, " '", typed), ""
    last = marks[-1]
    head, _, tail = digits.rpartition(last)
    if not tail.isdigit() and tail != "":
        raise AmountError(f"„{typed}“ ist kein Betrag. Schreiben Sie zum Beispiel 12.000,00.")
    other = "." if last == "," else ","
    if len(tail) == 3 and other not in head:
        if last == ".":
            return _ungroup(digits, ".", typed), ""
        if head.count(",") == 0:
            example = f"{head}.{tail},00 oder {head},{tail[:2]}"
            raise AmountError(f"„{typed}“ ist nicht eindeutig. Schreiben Sie {example}.")
        return _ungroup(digits, ",", typed), ""
    if len(tail) > 2:
        count = {3: "drei", 4: "vier"}.get(len(tail), str(len(tail)))
        raise AmountError(
            f"Der Betrag „{typed}“ hat {count} Stellen nach dem Komma. "
            "Geben Sie höchstens zwei ein, zum Beispiel 400.000,00."
        )
    return _ungroup(head, other + " '", typed), tail.ljust(2, "0")


def _ungroup(digits: str, separators: str, typed: str) -> str:
    """Take the thousands separators out; each group after the first must have three digits."""
    used = {c for c in digits if not c.isdigit()}
    if not used:
        return digits
    groups = re.split(r"[^\d]", digits)
    well_grouped = all(len(g) == 3 for g in groups[1:]) and 1 <= len(groups[0]) <= 3 and groups[0][0] != "0"
    if len(used) > 1 or not used <= set(separators) or not well_grouped:
        raise AmountError(f"„{typed}“ ist kein Betrag. Schreiben Sie zum Beispiel 12.000,00.")
    return "".join(groups)


def plain_euro(amount: Decimal) -> str:
    """Return the amount as a person would type it: 400.000,00."""
    sign = "-" if amount < 0 else ""
    whole, _, decimals = f"{abs(amount).quantize(CENT):f}".partition(".")
    groups = re.sub(r"(?<=\d)(?=(\d{3})+$)", ".", whole)
    return f"{sign}{groups},{decimals}"


def euro(amount: Decimal) -> str:
    """Return the amount as shown on every page: 400.000,00 EUR with non-breaking spaces and a true minus."""
    return plain_euro(amount).replace("-", MINUS) + NBSP + "EUR"


def percent(share: Decimal) -> str:
    """Return percent as shown: 80 %, 82,29 % (the share is in percent, not a fraction)."""
    rounded = share.quantize(CENT, rounding=ROUND_HALF_UP)
    text = f"{rounded:f}".rstrip("0").rstrip(".") if rounded % 1 else f"{rounded:.0f}"
    return text.replace(".", ",").replace("-", MINUS) + NBSP + "%"


def part_of(amount: Decimal, share: Decimal) -> Decimal:
    """Return `share` percent of an amount, rounded down to the cent (a cap is never exceeded by rounding)."""
    return (amount * share / 100).quantize(CENT, rounding=ROUND_DOWN)


@dataclass(frozen=True)
class ReckoningLine:
    """One line of a reckoning: a text and an amount in EUR; `result` marks what counts."""

    text: str
    amount: Decimal
    result: bool = False


Reckoning = tuple[ReckoningLine, ...]


def as_decimal(value: Any) -> Decimal:
    """Return the amount if it is a Decimal of at most two places; TypeError for int and float, else ValueError."""
    if not isinstance(value, Decimal):
        raise TypeError(f"An amount must be a Decimal, not {type(value).__name__}.")
    if value != value.quantize(CENT):
        raise ValueError(f"An amount has at most two decimals: {value}")
    return value.quantize(CENT)


class EuroFormField(forms.CharField):
    """A text field for one amount; keeps what was typed and gives back a Decimal (EUR)."""

    def __init__(self, *, negative: bool = False, **kwargs: Any) -> None:
        self.negative = negative
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Ask phones for digits."""
        return {
            **super().widget_attrs(widget),
            "inputmode": "decimal",
            "maxlength": "40",
            "class": "kern-form-input__input amount",
        }

    def prepare_value(self, value: Any) -> Any:
        """Show a stored amount as a person would type it."""
        return plain_euro(value) if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Any:
        """Return the Decimal; raise ValidationError with the sentence of the parser."""
        if isinstance(value, Decimal):
            return value
        text = super().to_python(value)
        if text is None or text in self.empty_values:
            return None
        try:
            amount = parse_euro(text)
        except AmountError as error:
            raise ValidationError(str(error), code="amount") from error
        if amount < 0 and not self.negative:
            raise ValidationError(f"Der Betrag {euro(amount)} ist kleiner als 0,00 EUR.", code="negative")
        return amount

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare amounts, not spellings."""
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True


class EuroField(models.BigIntegerField):
    """An amount of money: whole cents in the database, Decimal (EUR, two places) in Python; int and float raise."""

    description = "amount in EUR, stored in cents"

    # For the type checker: what may be assigned, and what comes back.
    _pyi_private_set_type: Decimal | Combinable  # type: ignore[assignment]
    _pyi_private_get_type: Decimal  # type: ignore[assignment]

    def from_db_value(self, value: int | None, *args: Any) -> Decimal | None:
        """Cents to EUR."""
        return None if value is None else Decimal(int(value)).scaleb(-2)

    def to_python(self, value: Any) -> Decimal | None:
        """Accept a Decimal, or the text of one from a fixture."""
        if value is None:
            return None
        return as_decimal(Decimal(value) if isinstance(value, str) else value)

    def get_prep_value(self, value: Any) -> int | None:
        """EUR to cents."""
        if value is None or hasattr(value, "resolve_expression"):
            return value  # type: ignore[no-any-return]
        return int(as_decimal(value).scaleb(2))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Nothing beyond `get_prep_value`: the database gets an integer."""
        return value if prepared else self.get_prep_value(value)

    def value_to_string(self, obj: models.Model) -> str:
        """Serialise as the text of the Decimal."""
        value = self.value_from_object(obj)
        return "" if value is None else str(value)

    def formfield(self, **kwargs: Any) -> Any:
        """An amount is typed into an `EuroFormField`."""
        return models.Field.formfield(self, **{"form_class": EuroFormField, **kwargs})

    @property
    def validators(self) -> list[Any]:
        """The range checks of integers do not fit a Decimal; the parser and the constraints bound the amount."""
        return list(self._validators)  # type: ignore[attr-defined]
