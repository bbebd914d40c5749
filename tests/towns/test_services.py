"""Loading of the register and of the shipped facts; memberships."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.access import rights_on
from tests.cast import person
from tests.factories.towns import town
from tests.towns.registers import FREYBURG, LAUCHA, MUECHELN, SMALL, WOODS, municipality, register
from towns.models import Figure, MunicipalAssociation, Town
from towns.register import Register, RegisterError
from towns.services import ImportResult, add_member, import_register, load_facts

pytestmark = pytest.mark.django_db
SOURCE = "Probequelle, Gebietsstand 31.08.2025"
LATER = {"area_date": date(2026, 8, 31), "population_date": date(2025, 12, 31)}


def read(*municipalities: object, **more: object) -> ImportResult:
    return import_register(register(*municipalities, **more), source=SOURCE)  # type: ignore[arg-type]


def rows() -> list[tuple[object, ...]]:
    towns = Town.objects.order_by("ags").values_list(
        "ags",
        "official_name",
        "name",
        "land",
        "district",
        "postcode",
        "association__key",
        "area_date",
        "retired_on",
    )
    figures = Figure.objects.order_by("town__ags", "name", "date").values_list(
        "town__ags", "name", "value", "date", "source"
    )
    return [*towns, *figures]


# --- the register ---


def test_a_first_register_brings_towns_associations_and_dated_figures() -> None:
    result = read(*SMALL, names={"150845053": "Unstruttal"})

    assert result == ImportResult(
        municipalities=4, associations=3, population=15_275, new=4, renamed=0, gone=0, figures=8, written=15
    )
    laucha = Town.objects.get(ags="15084285")
    assert (laucha.name, laucha.official_name, laucha.ars) == (
        "Laucha an der Unstrut", "Laucha an der Unstrut, Stadt", "150845053285",
    )  # fmt: skip
    assert (laucha.land, laucha.district, laucha.kind_code, laucha.postcode) == (
        "15",
        "Landkreis Probe 15084",
        63,
        "06636",
    )
    assert list(laucha.figures.order_by("name").values_list("name", "value", "date", "source")) == [
        ("area_ha", 3128, date(2025, 8, 31), SOURCE),
        ("population", 2657, date(2024, 12, 31), SOURCE),
    ]


def test_an_association_holds_sum_largest_and_number_of_its_members() -> None:
    read(*SMALL, names={"150845053": "Unstruttal"})

    unstruttal = MunicipalAssociation.objects.get(key="150845053")
    assert (unstruttal.population, unstruttal.largest_member, unstruttal.member_count) == (7_090, 4_433, 2)
    assert (unstruttal.population_date, unstruttal.source) == (date(2024, 12, 31), SOURCE)
    assert (unstruttal.full_name(), unstruttal.stands_alone) == ("Verbandsgemeinde Unstruttal", False)
    assert MunicipalAssociation.objects.get(key="150880235").stands_alone


def test_a_town_that_is_its_own_district_has_no_kreis() -> None:
    alone = register(municipality("14612000", "Musterstadt, Stadt"))
    towns = replace(alone, districts=tuple(replace(d, kind=41) for d in alone.districts))
    import_register(towns, source=SOURCE)

    assert Town.objects.get().district == ""
    assert Town.objects.get().place() == "Sachsen"


def test_the_same_file_again_changes_nothing_and_says_so() -> None:
    read(*SMALL)
    before = rows()
    result = read(*SMALL)

    assert (result.changed, result.written, result.new, result.figures) == (False, 0, 0, 0)
    assert rows() == before


def test_a_later_register_renames_adds_retires_and_keeps_old_figures() -> None:
    read(*SMALL)
    kept = Town.objects.get(ags="15084285").pk
    renamed = replace(LAUCHA, name="Laucha (Unstrut), Stadt", population=2_600)
    result = read(renamed, FREYBURG, WOODS, municipality("15084130", "Neu Probe"), **LATER)

    assert (result.new, result.renamed, result.gone, result.figures) == (1, 1, 1, 8)
    laucha = Town.objects.get(pk=kept)
    assert (laucha.name, laucha.search_name) == ("Laucha (Unstrut)", "laucha (unstrut), stadt")
    assert list(laucha.figures.filter(name="population").values_list("value", "date")) == [
        (2600, date(2025, 12, 31)),
        (2657, date(2024, 12, 31)),
    ]
    assert Town.objects.get(ags="15088235").retired_on == date(2026, 8, 31)
    assert MunicipalAssociation.objects.get(key="150880235").retired_on == date(2026, 8, 31)
    assert Town.objects.filter(retired_on=None).count() == 4


def test_a_town_that_comes_back_is_no_longer_retired() -> None:
    read(*SMALL)
    read(LAUCHA, FREYBURG, WOODS, **LATER)
    read(*SMALL, area_date=date(2027, 8, 31), population_date=date(2026, 12, 31))

    assert Town.objects.get(ags="15088235").retired_on is None
    assert MunicipalAssociation.objects.get(key="150880235").retired_on is None


def test_a_town_moves_to_another_association() -> None:
    read(*SMALL)
    read(
        replace(LAUCHA, ars12="150849999285", association_key="150849999"), FREYBURG, MUECHELN, WOODS, **LATER
    )

    assert Town.objects.get(ags="15084285").association.key == "150849999"
    assert MunicipalAssociation.objects.get(key="150845053").member_count == 1


def test_a_corrected_figure_of_the_same_day_is_put_right() -> None:
    read(*SMALL)
    result = read(replace(LAUCHA, population=2_658), FREYBURG, MUECHELN, WOODS)

    assert (result.figures, result.written) == (1, 2)
    assert Figure.objects.get(town__ags="15084285", name="population").value == 2658


def test_a_file_older_than_the_one_at_hand_is_refused() -> None:
    read(*SMALL, **LATER)
    before = rows()
    with pytest.raises(RegisterError, match=r"31\.08\.2025 ist älter als der 31\.08\.2026"):
        read(*SMALL)

    assert rows() == before


def test_a_file_that_lost_a_whole_kreis_is_refused_unless_accepted() -> None:
    read(*SMALL)
    cut = register(MUECHELN, **LATER)  # type: ignore[arg-type]
    before = rows()
    with pytest.raises(RegisterError, match=r"fehlen alle Kommunen .*Schlüssel 15084.*--accept-gone"):
        import_register(cut, source=SOURCE)

    assert rows() == before
    assert import_register(cut, source=SOURCE, accept_gone=True).gone == 3


def test_invented_towns_survive_the_official_register() -> None:
    invented = town("99000001")
    read(*SMALL, **LATER)

    invented.refresh_from_db()
    invented.association.refresh_from_db()
    assert (invented.retired_on, invented.association.retired_on) == (None, None)


def test_a_fault_half_way_writes_nothing() -> None:
    broken = register(LAUCHA, FREYBURG)
    orphan = Register(
        **{**{f: getattr(broken, f) for f in broken.__slots__}, "associations": broken.associations[:0]}
    )
    with pytest.raises(KeyError):
        import_register(orphan, source=SOURCE)

    assert (Town.objects.count(), MunicipalAssociation.objects.count()) == (0, 0)


def statements(count: int) -> int:
    towns = [municipality(f"15084{n:03}", f"Ort {n}", area=f"{n:04}") for n in range(count)]
    with CaptureQueriesContext(connection) as captured:
        read(*towns)
    Town.objects.all().delete()
    MunicipalAssociation.objects.all().delete()
    return len(captured)


def test_the_number_of_statements_does_not_follow_the_number_of_towns() -> None:
    assert statements(5) == statements(60)


# --- the shipped facts ---


def test_the_facts_load_once() -> None:
    first, second = load_facts(), load_facts()

    assert (first.municipalities, first.new, first.figures) == (62, 62, 124)
    assert (second.changed, second.new) == (False, 0)
    assert Town.objects.count() == 62
    moelln = Town.objects.get(ags="01053090")
    assert (moelln.latitude, moelln.longitude) == (Decimal("53.6295"), Decimal("10.6910"))
    assert moelln.place() == "Kreis Herzogtum Lauenburg, Schleswig-Holstein"


def test_the_facts_bring_the_figures_of_an_association_whose_members_are_not_shipped() -> None:
    load_facts("15084285")

    unstruttal = Town.objects.get().association
    assert (unstruttal.population, unstruttal.largest_member, unstruttal.member_count) == (14_602, 4_433, 7)
    assert (unstruttal.town_type, unstruttal.town_type_date) == (50, date(2015, 12, 31))
    assert unstruttal.town_type_source.startswith("BBSR, Stadt- und Gemeindetyp")


def test_the_facts_add_places_and_types_but_keep_newer_official_data() -> None:
    read(replace(LAUCHA, name="Laucha (neu)", population=2_600), FREYBURG, MUECHELN, WOODS, **LATER)
    load_facts("15084285", "14523360")

    laucha = Town.objects.get(ags="15084285")
    assert (laucha.name, laucha.area_date, laucha.latitude is None) == (
        "Laucha (neu)",
        date(2026, 8, 31),
        False,
    )
    assert (laucha.association.population, laucha.association.town_type) == (7_033, 50)
    assert list(laucha.figures.filter(name="population").values_list("value", flat=True)) == [2600, 2657]
    assert not Town.objects.filter(ags="14523360").exists()  # the newer register does not have it


def test_the_facts_keep_an_official_figure_of_the_same_day() -> None:
    read(replace(LAUCHA, population=2_700), FREYBURG)
    load_facts("15084285")

    assert Figure.objects.get(town__ags="15084285", name="population").value == 2700


def test_the_register_takes_over_from_the_facts() -> None:
    load_facts("15084285", "15088235")
    result = read(*SMALL, names={"150845053": "Unstruttal"})

    assert (result.new, result.renamed, result.gone) == (2, 0, 0)
    assert MunicipalAssociation.objects.get(key="150845053").population == 7_090
    assert Town.objects.get(ags="15084285").latitude is not None
    assert MunicipalAssociation.objects.get(key="150845053").town_type == 50


# --- people ---


def test_a_person_who_acts_for_a_town_gets_its_rights() -> None:
    beispielstadt = town("99000001")
    add_member(beispielstadt, person("beispiel"), "coordinator")
    add_member(beispielstadt, person("beispiel"), "coordinator")

    assert rights_on(person("beispiel"), beispielstadt) == {"view", "found", "answer_invitation"}
    assert beispielstadt.members.count() == 1
