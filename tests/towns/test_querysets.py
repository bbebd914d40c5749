"""Searching for towns, and whose towns they are."""

import pytest

from tests.cast import person
from tests.factories.towns import town, town_with
from towns.models import Town, TownMember
from towns.querysets import acts_for_a_town, plain, search_form
from towns.services import load_facts

pytestmark = pytest.mark.django_db


def names(text: str) -> list[str]:
    return [found.name for found in Town.objects.named(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Mücheln",
        "mücheln",
        "MÜCHELN",
        "Muecheln",
        "Mucheln",
        "cheln",
        "üchel",
        "geiseltal",
        "mueche",
        " Mücheln  ",
    ],
)
def test_a_town_is_found_by_any_part_of_its_name_with_or_without_umlauts(text: str) -> None:
    load_facts("15088235", "15084285", "12070424")

    assert names(text) == ["Mücheln (Geiseltal)"]


@pytest.mark.parametrize("text", ["06249", "15088235", "15 0 88 235", "150880235235"])
def test_a_town_is_found_by_postcode_and_keys(text: str) -> None:
    load_facts("15088235", "15084285")

    assert names(text) == ["Mücheln (Geiseltal)"]


def test_part_of_a_name_with_ue_that_is_no_umlaut_is_found() -> None:
    town("99000009", "Neuenprobe")

    assert names("enprobe") == names("euenpro") == names("neuen") == ["Neuenprobe"]


def test_the_words_may_stand_in_any_order_and_name_the_association() -> None:
    load_facts("15091375", "15084285")

    assert names("Lutherstadt Wittenberg") == ["Wittenberg"]
    assert names("Unstruttal") == ["Laucha an der Unstrut"]
    assert names("Laucha Wittenberg") == []


def test_names_that_begin_with_the_text_come_first() -> None:
    for number, name in enumerate(["Altprobe", "Probe", "Zu Probe", "Probenau"]):
        town(f"9900001{number}", name)

    assert names("probe") == ["Probe", "Probenau", "Altprobe", "Zu Probe"]


@pytest.mark.parametrize("text", ["100%", "a_b", "'; --", "((((", "\\", "²", "٣٤"])
def test_signs_of_the_database_are_plain_text(text: str) -> None:
    town("99000001")

    assert names(text) == []


def test_unincorporated_and_retired_areas_are_not_listed() -> None:
    town("99000001")
    town("99000010", "Probeforst", kind_code=66)
    town("99000011", "Altort", retired_on="2024-01-01")

    assert [found.name for found in Town.objects.listed().present()] == ["Beispielstadt"]


def test_a_misspelt_name_leads_to_both_towns_of_nearly_that_name() -> None:
    load_facts("01053090", "13071102", "15084285")

    assert [found.ags for found in Town.objects.similar("Mölen")] == ["01053090", "13071102"]
    assert Town.objects.similar("Xanadu") == Town.objects.similar("") == []


def test_the_newest_population_is_added_or_none() -> None:
    town("99000001", population=8_000)
    town("99000002", population=None)

    found = Town.objects.with_population().order_by("ags").values_list("population", flat=True)
    assert list(found) == [8_000, None]


def test_only_the_own_towns_are_ones_own_until_the_role_ends() -> None:
    own = town_with("beispiel", ags="99000001")
    town_with("vorlage", "signatory", ags="99000002")

    assert list(Town.objects.of(person("beispiel"))) == [own]
    assert list(Town.objects.acting(person("vorlage"), "coordinator")) == []
    assert (acts_for_a_town(person("beispiel")), acts_for_a_town(person("fremd"))) == (True, False)
    TownMember.objects.update(until="2026-01-01")
    assert not acts_for_a_town(person("beispiel"))


def test_letters_beyond_german_are_compared_plainly() -> None:
    assert plain("Bautzen / Budyšin") == "bautzen / budysin"
    assert plain("Großräschen") == plain("Grossraeschen") == "grossraeschen"
    assert search_form("Großräschen") == "grossraeschen | grossraschen"
    assert search_form("Laucha") == "laucha"


def test_a_name_with_ue_is_no_name_with_u() -> None:
    town("99000009", "Neuenprobe")
    town("99000010", "Neunprobe")

    assert (names("Neuenprobe"), names("Neunprobe")) == (["Neuenprobe"], ["Neunprobe"])
