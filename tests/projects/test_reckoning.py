"""The test vectors of the law (funding-law.md, section 2) and the split over years; no database."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.reckoning import (
    FinalGrant,
    MoneyBar,
    end_of_remedy,
    pro_rata,
    statement_due,
    tranches,
    working_day,
)

LIMIT = Decimal("500.00")


@pytest.mark.parametrize(
    ("grant", "planned", "actual", "extra", "final"),
    [
        ("400000.00", "500000.00", "450000.00", "0.00", "360000.00"),  # T1
        ("350000.00", "500000.00", "460000.00", "0.00", "322000.00"),  # T2
        ("350000.00", "500000.00", "500000.00", "20000.00", "336000.00"),  # T3
        ("400000.00", "500000.00", "499600.00", "0.00", "400000.00"),  # T4
        ("400000.00", "500000.00", "499500.00", "0.00", "400000.00"),  # exactly the limit
        ("400000.00", "500000.00", "499499.99", "0.00", "399599.99"),  # one cent beyond: 399,599.992
        ("400000.00", "500000.00", "500000.00", "500.00", "400000.00"),
        ("400000.00", "500000.00", "500000.00", "500.01", "399599.99"),
        ("400000.00", "500000.00", "600000.00", "0.00", "400000.00"),  # never raised
        ("400000.00", "500000.00", "0.00", "20000.00", "0.00"),  # never below nothing
    ],
)
def test_the_final_grant_follows_the_expenditure(
    grant: str, planned: str, actual: str, extra: str, final: str
) -> None:
    found = FinalGrant(Decimal(grant), Decimal(planned), Decimal(actual), Decimal(extra), LIMIT)
    assert found.amount == Decimal(final)


def test_without_a_limit_every_cent_counts() -> None:
    found = FinalGrant(*map(Decimal, ("400000.00", "500000.00", "499600.00", "0.00", "0.00")))
    assert found.amount == Decimal("399680.00")


def test_a_grant_is_drawn_in_its_own_proportion() -> None:
    assert pro_rata(Decimal("350000.00"), Decimal("212500.00"), Decimal("500000.00")) == Decimal("148750.00")
    assert pro_rata(Decimal("400000.00"), Decimal("212500.00"), Decimal("500000.00")) == Decimal("170000.00")
    assert pro_rata(Decimal("0.01"), Decimal("1.99"), Decimal("2.00")) == Decimal("0.00")


def test_cents_that_do_not_divide_go_to_the_largest_remainder() -> None:
    third = Decimal("100.00")
    split = tranches(Decimal("100.00"), {2027: third, 2028: third, 2029: third})
    assert split == {2027: Decimal("33.34"), 2028: Decimal("33.33"), 2029: Decimal("33.33")}
    split = tranches(Decimal("0.02"), {2027: Decimal("1.00"), 2028: Decimal("2.00"), 2029: Decimal("2.00")})
    assert split == {2027: Decimal("0.00"), 2028: Decimal("0.01"), 2029: Decimal("0.01")}


def test_a_grant_is_not_split_over_nothing() -> None:
    with pytest.raises(ValueError, match="planned expenditure"):
        tranches(Decimal("100.00"), {2027: Decimal("0.00")})
    with pytest.raises(ValueError, match="planned expenditure"):
        tranches(Decimal("100.00"), {2027: Decimal("-1.00"), 2028: Decimal("2.00")})


CENTS = st.integers(min_value=0, max_value=10**12).map(lambda cents: Decimal(cents).scaleb(-2))


@given(
    CENTS,
    st.dictionaries(st.integers(2027, 2035), CENTS, min_size=1).filter(lambda plan: sum(plan.values()) > 0),
)
def test_tranches_always_sum_to_the_grant(grant: Decimal, planned: dict[int, Decimal]) -> None:
    split = tranches(grant, planned)
    assert sum(split.values()) == grant
    assert set(split) == set(planned)
    assert all(amount >= 0 for amount in split.values())
    exact = {year: grant * amount / sum(planned.values()) for year, amount in planned.items()}
    assert all(abs(split[year] - exact[year]) < Decimal("0.01") for year in split)


def test_the_statement_is_due_on_a_working_day() -> None:
    assert statement_due(date(2023, 3, 31), None, 12) == date(2024, 4, 2)  # T5: Easter Sunday, Easter Monday
    assert statement_due(date(2029, 3, 31), None, 12) == date(2030, 4, 1)  # a Sunday
    assert statement_due(date(2029, 3, 31), date(2028, 6, 14), 12) == date(2029, 6, 14)  # fulfilled earlier
    assert statement_due(date(2025, 12, 31), None, 6) == date(2026, 6, 30)  # T6


def test_the_remedy_ends_one_month_after_notification() -> None:
    assert end_of_remedy(date(2026, 1, 6), 1) == date(2026, 2, 6)  # T8
    assert end_of_remedy(date(2027, 1, 29), 1) == date(2027, 3, 1)  # 28 February 2027 is a Sunday
    assert end_of_remedy(date(2026, 11, 25), 1) == date(2026, 12, 28)  # Christmas Day, Saturday, Sunday


def test_new_year_moves_a_day_into_the_next_year() -> None:
    assert working_day(date(2026, 12, 31)) == date(2026, 12, 31)
    assert working_day(date(2027, 1, 1)) == date(2027, 1, 4)


def test_the_money_bar_shares_out_the_grant() -> None:
    bar = MoneyBar(Decimal("400000.00"), Decimal("150000.00"), Decimal("120000.00"))
    assert bar.parts() == [
        ("bewilligt", Decimal("400000.00"), Decimal("100.00")),
        ("ausgezahlt", Decimal("150000.00"), Decimal("37.50")),
        ("davon verwendet", Decimal("120000.00"), Decimal("30.00")),
        ("offen", Decimal("250000.00"), Decimal("62.50")),
    ]
    assert bar.unused == Decimal("30000.00")
    assert bar.widths() == {"used": "30.00%", "unused": "7.50%"}
