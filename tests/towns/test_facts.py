"""What the rules of a call are told about a town."""

from datetime import date
from typing import Any

import pytest

from tests.factories.towns import association, figure, town
from towns.facts import facts_of, town_facts
from towns.models import Town
from towns.register import TownFacts

pytestmark = pytest.mark.django_db


def test_a_town_in_an_association_is_told_with_sum_largest_and_type() -> None:
    assert town_facts(town("15084285")) == TownFacts(
        ags="15084285",
        name="Laucha an der Unstrut",
        land="15",
        population=2_657,
        population_date=date(2024, 12, 31),
        association="Verbandsgemeinde Unstruttal",
        association_population=14_602,
        association_largest=4_433,
        association_members=7,
        stands_alone=False,
        town_type=50,
        town_type_date=date(2015, 12, 31),
    )


def test_a_town_without_type_stands_alone() -> None:
    facts = town_facts(town("01053090"))

    assert (facts.name, facts.stands_alone, facts.association) == ("Mölln", True, "Mölln, Stadt")
    assert (facts.town_type, facts.town_type_date, facts.association_members) == (None, None, 1)


def test_the_newest_population_counts_whatever_the_order_of_loading() -> None:
    beispielstadt = town("99000001", population=8_000)
    figure(beispielstadt, 8_100, date(2025, 12, 31))
    figure(beispielstadt, 7_900, date(2023, 12, 31))

    assert (town_facts(beispielstadt).population, town_facts(beispielstadt).population_date) == (
        8_100,
        date(2025, 12, 31),
    )


def test_what_nobody_knows_is_none() -> None:
    facts = town_facts(town("99000001", population=None, town_type=None))

    assert (facts.population, facts.population_date, facts.association_population, facts.town_type) == (
        None,
    ) * 4


def test_the_order_is_kept() -> None:
    towns = [town("99000003"), town("99000001"), town("15084285")]

    assert [facts.name for facts in facts_of(towns)] == [
        "Altmusterburg",
        "Beispielstadt",
        "Laucha an der Unstrut",
    ]
    assert facts_of([]) == []


@pytest.mark.parametrize("count", [5, 60])
def test_three_queries_tell_about_any_number_of_towns(count: int, django_assert_num_queries: Any) -> None:
    shared = association("990000001", "Musterverband", kind=53, member_count=60)
    for number in range(count):
        own = {"association": shared} if number % 2 else {}
        town(f"990001{number:02}", **own)

    with django_assert_num_queries(3):
        assert len(facts_of(Town.objects.all())) == count
