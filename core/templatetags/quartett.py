"""Filters and tags of every page: amounts, dates, deadlines, badges, events."""

from decimal import Decimal
from typing import Any

from django import template

from core import money

register = template.Library()


@register.filter
def euro(amount: Decimal | None) -> str:
    """Show an amount: 400.000,00 EUR; None is "keine Angabe"."""
    return "keine Angabe" if amount is None else money.euro(amount)


@register.filter
def percent(share: Decimal | None) -> str:
    """Show percent: 82,29 %."""
    return "keine Angabe" if share is None else money.percent(share)


