"""The Länder, and the table of real towns shipped for the demo."""

from collections import Counter
from datetime import date

import pytest

from towns.register import LAND_NAMES, TownFact, read_facts

AREA_DATE = date(2025, 8, 31)


def test_there_are_sixteen_laender() -> None:
    assert list(LAND_NAMES) == [f"{number:02}" for number in range(1, 17)]
    assert (LAND_NAMES["05"], LAND_NAMES["16"]) == ("Nordrhein-Westfalen", "Thüringen")


def facts_by_key() -> dict[str, TownFact]:
    return {town.municipality.ags8: town for town in read_facts().towns}


# AGS, ARS, population, association's kind, its name, sum, largest member, members, BBSR type of 2015
OFFICIAL = (
    ("15088235", "150880235235", 8185, 50, "Mücheln (Geiseltal), Stadt", 8185, 8185, 1, 40),
    ("15084285", "150845053285", 2657, 53, "Unstruttal", 14602, 4433, 7, 50),
    ("16075062", "160750062062", 5523, 50, "Bad Lobenstein, Stadt", 5523, 5523, 1, 40),
    ("14523360", "145230360360", 6131, 50, "Rodewisch, Stadt", 6131, 6131, 1, 40),
    ("12070424", "120700424424", 17058, 50, "Wittenberge, Stadt", 17058, 17058, 1, 30),
    ("03454055", "034545409055", 1926, 52, "Werlte", 17543, 10382, 5, 30),
    ("14521710", "145215140710", 11358, 54, "Zwönitz", 13994, 11358, 2, 30),
)


@pytest.mark.parametrize("expected", OFFICIAL, ids=[row[4] for row in OFFICIAL])
def test_the_facts_hold_the_official_figures(expected: tuple[object, ...]) -> None:
    town = facts_by_key()[str(expected[0])]

    assert expected == (
        town.municipality.ags8,
        town.municipality.ars12,
        town.municipality.population,
        town.association.kind,
        town.association.name,
        town.association_population,
        town.association_largest_member,
        town.association_members,
        town.bbsr_type,
    )
    assert town.bbsr_type_date == date(2015, 12, 31)


def test_only_seven_types_are_shipped() -> None:
    typed = {key for key, town in facts_by_key().items() if town.bbsr_type or town.bbsr_type_date}

    assert typed == {row[0] for row in OFFICIAL}


def test_the_towns_of_the_first_model_projects_are_there() -> None:
    funded = {
        "15088235", "15084285", "16075062", "14523360", "12070424", "01053090", "09181114", "06439012",
        "14628060", "14521710", "05978008", "13071029", "09672135", "14730110", "14729410", "15090415",
        "12064448", "05970004", "06435002", "13075107", "16074094", "12066112",
    }  # fmt: skip

    assert funded <= facts_by_key().keys()


def test_both_towns_named_moelln_are_told_apart_by_key() -> None:
    towns = facts_by_key()
    first, second = towns["01053090"].municipality, towns["13071102"].municipality

    assert (first.short_name, first.land, first.population) == ("Mölln", "01", 19627)
    assert (second.short_name, second.land, second.population) == ("Mölln", "13", 497)


def test_every_territorial_state_has_two_small_towns_of_their_own() -> None:
    small = Counter(
        town.municipality.land
        for town in read_facts().towns
        if town.association.kind == 50 and 5_000 <= town.municipality.population < 20_000
    )

    assert small.keys() == LAND_NAMES.keys() - {"02", "04", "11"}
    assert min(small.values()) >= 2
    assert len(read_facts().towns) == 62


def test_the_facts_hold_two_towns_that_are_not_small() -> None:
    towns = facts_by_key()

    assert towns["11000000"].municipality.population == 3_685_265
    assert (towns["15091375"].municipality.short_name, towns["15091375"].municipality.population) == (
        "Wittenberg",
        45_249,
    )


def test_keys_places_and_sums_of_the_facts_fit_together() -> None:
    towns = read_facts().towns
    assert len({town.municipality.ags8 for town in towns}) == len(towns)
    for town in towns:
        municipality, ars = town.municipality, town.municipality.ars12
        assert (len(ars), ars[:5] + ars[9:], ars[:9]) == (12, municipality.ags8, town.association.ars9)
        assert (municipality.association_key, municipality.land) == (town.association.ars9, ars[:2])
        assert 47.2 < town.lat < 55.1
        assert 5.8 < town.lon < 15.1
        assert municipality.population <= town.association_largest_member <= town.association_population
        assert (town.association_members == 1) == (town.association.kind == 50)
        assert (town.association.seat == "") == (town.association.kind == 50)


def test_the_facts_name_the_district_unless_the_town_is_its_own() -> None:
    towns = facts_by_key()

    assert towns["13071102"].district == "Landkreis Mecklenburgische Seenplatte"
    assert towns["15088235"].district == "Saalekreis"
    assert towns["11000000"].district == ""


def test_the_facts_name_their_source_and_dates() -> None:
    facts = read_facts()

    assert facts.source == (
        "Statistisches Bundesamt (Destatis), GV-ISys, Gebietsstand 31.08.2025, Bevölkerung 31.12.2024, "
        "Koordinaten Gebietsstand 31.12.2024; eigene Bearbeitung"
    )
    assert facts.type_source.startswith("BBSR, Stadt- und Gemeindetyp")
    assert (facts.area_date, facts.population_date) == (AREA_DATE, date(2024, 12, 31))
    assert facts.coordinates_date == date(2024, 12, 31)
    assert {town.municipality.area_date for town in facts.towns} == {AREA_DATE}
