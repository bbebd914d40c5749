"""Scores, ranks and the funding line; every expected value is a literal."""

from decimal import Decimal
from fractions import Fraction

import pytest

from review.ranking import Entry, mean, rank, two_places, weighted_score


def entry(key: str, amount: str, *scores: int) -> Entry:
    return Entry(key, Decimal(amount), tuple(Fraction(score) for score in scores))


def test_a_weighted_score_is_a_share_of_the_highest_points() -> None:
    assert weighted_score([(25, 5), (25, 4), (20, 3), (30, 0)], 5) == Fraction(57)


def test_full_and_no_points_give_100_and_0() -> None:
    assert weighted_score([(60, 5), (40, 5)], 5) == 100
    assert weighted_score([(60, 0), (40, 0)], 5) == 0


def test_weights_that_do_not_make_100_keep_the_scale() -> None:
    assert weighted_score([(1, 3), (2, 0)], 3) == Fraction(100, 3)


def test_a_score_without_criteria_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least one weighted criterion"):
        weighted_score([], 5)


def test_the_mean_is_exact_and_rounded_half_up_only_for_showing() -> None:
    average = mean([Fraction(70), Fraction(65), Fraction(65)])
    assert average == Fraction(200, 3)
    assert two_places(average) == Decimal("66.67")
    assert two_places(Fraction(1, 200)) == Decimal("0.01")
    assert two_places(Fraction(100)) == Decimal("100.00")


def test_a_mean_without_scores_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least one score"):
        mean([])


def test_rows_are_ordered_by_the_mean_and_carry_range_number_and_sum() -> None:
    rows = rank([entry("b", "300.00", 50, 70), entry("a", "400.00", 90, 80, 85)], Decimal("1000.00"))
    assert [(r.key, r.rank, r.mean, r.lowest, r.highest, r.assessments) for r in rows] == [
        ("a", 1, 85, 80, 90, 3),
        ("b", 2, 60, 50, 70, 2),
    ]
    assert [r.running_total for r in rows] == [Decimal("400.00"), Decimal("700.00")]
    assert [r.funded for r in rows] == [True, True]


def test_equal_means_share_a_rank_and_the_next_rank_is_left_out() -> None:
    rows = rank([entry("c", "1.00", 50), entry("b", "1.00", 70), entry("a", "1.00", 60, 80), entry("d", "1.00", 90)],
                Decimal("10.00"))  # fmt: skip
    assert [(r.key, r.rank) for r in rows] == [("d", 1), ("a", 2), ("b", 2), ("c", 4)]


def test_means_that_look_equal_but_are_not_do_not_share_a_rank() -> None:
    nearly = Entry("a", Decimal("1.00"), (Fraction(6667, 100),))
    rows = rank([entry("b", "1.00", 70, 65, 65), nearly], Decimal("10.00"))
    assert [(r.key, r.rank) for r in rows] == [("a", 1), ("b", 2)]


def test_the_line_stops_at_the_first_that_does_not_fit_even_if_a_later_one_would() -> None:
    rows = rank(
        [
            entry("1", "400000.00", 90),
            entry("2", "400000.00", 80),
            entry("3", "380000.00", 70),
            entry("4", "390000.00", 60),
            entry("5", "20000.00", 50),
        ],
        Decimal("1200000.00"),
    )
    assert [r.funded for r in rows] == [True, True, True, False, False]
    assert rows[2].running_total == Decimal("1180000.00")


def test_a_sum_that_meets_the_budget_to_the_cent_fits() -> None:
    assert [r.funded for r in rank([entry("1", "10.01", 1)], Decimal("10.01"))] == [True]
    assert [r.funded for r in rank([entry("1", "10.02", 1)], Decimal("10.01"))] == [False]


def test_equals_at_the_line_stand_or_fall_together() -> None:
    rows = rank([entry("1", "5.00", 90), entry("2", "5.00", 80), entry("3", "5.00", 80)], Decimal("10.00"))
    assert [(r.key, r.rank, r.funded) for r in rows] == [("1", 1, True), ("2", 2, False), ("3", 2, False)]


def test_nothing_to_rank_gives_no_rows() -> None:
    assert rank([], Decimal("10.00")) == []
