"""Amounts: typed in German and English, shown in German, whole cents in the database."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from core import money
from core.money import AmountError, EuroField, EuroFormField, parse_euro

amounts = st.decimals(min_value=Decimal("-999999999.99"), max_value=Decimal("999999999.99"), places=2)


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("400000", "400000.00"),
        ("400.000", "400000.00"),
        ("400.000,00", "400000.00"),
        ("400,000.00", "400000.00"),
        ("1.234.567,8", "1234567.80"),
        ("1,234,567", "1234567.00"),
        ("1 234 567,89", "1234567.89"),
        ("1\u00a0234,5", "1234.50"),
        ("12,5", "12.50"),
        ("12.5", "12.50"),
        ("12,", "12.00"),
        ("0,01", "0.01"),
        (",50", "0.50"),
        (" 1.500,00 EUR ", "1500.00"),
        ("1.500 €", "1500.00"),
        ("-12,50", "-12.50"),
        ("\u221212,50", "-12.50"),
    ],
)
def test_reads_what_people_type(typed: str, understood: str) -> None:
    assert parse_euro(typed) == Decimal(understood)
    assert parse_euro(typed).as_tuple().exponent == -2


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Geben Sie einen Betrag ein, zum Beispiel 400.000,00."),
        ("EUR", "Geben Sie einen Betrag ein, zum Beispiel 400.000,00."),
        ("viel", "„viel“ ist kein Betrag. Schreiben Sie zum Beispiel 12.000,00."),
        ("1e5", "„1e5“ ist kein Betrag. Schreiben Sie zum Beispiel 12.000,00."),
        ("12.00.00", "„12.00.00“ ist kein Betrag. Schreiben Sie zum Beispiel 12.000,00."),
        ("1.23.456", "„1.23.456“ ist kein Betrag. Schreiben Sie zum Beispiel 12.000,00."),
        ("1,500", "„1,500“ ist nicht eindeutig. Schreiben Sie 1.500,00 oder 1,50."),
        ("--5", "„--5“ ist kein Betrag. Schreiben Sie zum Beispiel 12.000,00."),
        ("1 . 5", "„1 . 5“ ist kein Betrag. Schreiben Sie zum Beispiel 12.000,00."),
    ],
)
def test_refuses_what_is_no_amount(typed: str, sentence: str) -> None:
    with pytest.raises(AmountError) as caught:
        parse_euro(typed)
    assert str(caught.value) == sentence


def test_refuses_fractions_of_a_cent() -> None:
    with pytest.raises(AmountError, match="hat vier Stellen nach dem Komma"):
        parse_euro("12,3456")


def test_refuses_what_no_budget_holds() -> None:
    with pytest.raises(AmountError, match="ist zu groß"):
        parse_euro("1000000000000")


@given(amounts)
def test_reads_back_what_it_shows(amount: Decimal) -> None:
    assert parse_euro(money.plain_euro(amount)) == amount
    assert parse_euro(money.euro(amount)) == amount


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("400000", "400.000,00\u00a0EUR"),
        ("-1234.5", "\u22121.234,50\u00a0EUR"),
        ("0", "0,00\u00a0EUR"),
        ("999.99", "999,99\u00a0EUR"),
    ],
)
def test_shows_amounts_in_german(amount: str, shown: str) -> None:
    assert money.euro(Decimal(amount)) == shown


@pytest.mark.parametrize(
    ("share", "shown"),
    [("80", "80\u00a0%"), ("82.29", "82,29\u00a0%"), ("82.5", "82,5\u00a0%"), ("0", "0\u00a0%")],
)
def test_shows_percent(share: str, shown: str) -> None:
    assert money.percent(Decimal(share)) == shown


def test_a_share_is_rounded_down() -> None:
    assert money.part_of(Decimal("100.01"), Decimal("80")) == Decimal("80.00")
    assert money.part_of(Decimal("33.33"), Decimal("33.33")) == Decimal("11.10")


@pytest.mark.parametrize("value", [1, 1.5, True, "x"])
def test_no_number_but_a_decimal_is_an_amount(value: Any) -> None:
    with pytest.raises(TypeError):
        EuroField().get_prep_value(value)


def test_no_amount_has_three_decimals() -> None:
    with pytest.raises(ValueError, match="at most two decimals"):
        EuroField().get_prep_value(Decimal("1.005"))


@given(amounts)
def test_the_database_gets_whole_cents(amount: Decimal) -> None:
    cents = EuroField().get_prep_value(amount)
    assert isinstance(cents, int)
    assert EuroField().from_db_value(cents) == amount


def test_a_form_field_keeps_what_was_typed() -> None:
    field = EuroFormField()
    assert field.clean("1.500,5") == Decimal("1500.50")
    assert field.prepare_value("1,500") == "1,500"
    assert field.prepare_value(Decimal("1500.50")) == "1.500,50"
    assert not field.has_changed(Decimal("1500.50"), "1500,50 EUR")
    assert field.has_changed(Decimal("1500.50"), "1500,51")


@pytest.mark.parametrize("typed", ["1,500", "-3,00", "", "viel"])
def test_a_form_field_refuses(typed: str) -> None:
    with pytest.raises(ValidationError):
        EuroFormField().clean(typed)


def test_a_form_field_takes_corrections_where_they_are_meant() -> None:
    assert EuroFormField(negative=True).clean("-3,00") == Decimal("-3.00")
