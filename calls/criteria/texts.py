"""Values in German sentences: amounts, percent, numbers, days, lists (this package does without Django)."""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

NBSP = "\u00a0"
WORDS = (
    "keine",
    "eine",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwölf",
)
GERMAN = str.maketrans({",": ".", ".": ","})


def euro(amount: Decimal) -> str:
    """Return an amount: 400.000,00 EUR."""
    return f"{amount:,.2f}".translate(GERMAN) + f"{NBSP}EUR"


def percent(share: Decimal) -> str:
    """Return percent with at most two decimals: 80 %, 82,29 %."""
    text = f"{share.quantize(Decimal('0.01'), ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".").replace(".", ",") + f"{NBSP}%"


def number(value: int) -> str:
    """Return a number: 14.602."""
    return f"{value:,}".translate(GERMAN)


def word(count: int) -> str:
    """Return a count in words up to twelve: vier, 13."""
    return WORDS[count] if count < len(WORDS) else str(count)


def towns(count: int) -> str:
    """Return a count of towns in words: eine Kommune, vier Kommunen, 13 Kommunen."""
    return f"{word(count)} {'Kommune' if count in (0, 1) else 'Kommunen'}"


def months(count: int) -> str:
    """Return a count of months: 1 Monat, 24 Monate."""
    return f"{count} {'Monat' if count == 1 else 'Monate'}"


def day(value: date) -> str:
    """Return a day: 31.03.2029."""
    return f"{value:%d.%m.%Y}"


def listing(parts: Sequence[str]) -> str:
    """Return a list in a sentence: a, b und c."""
    return " und ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
