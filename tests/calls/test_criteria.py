"""Each rule of a call on plain facts: values, boundaries, sentences. No database."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from calls.criteria import (
    ALL,
    ApplicationFacts,
    CapAndRate,
    Documents,
    MinimumTowns,
    Outcome,
    Period,
    SmallTownType,
    WantedDocument,
    build,
)
from towns.register import TownFacts

DAY = date(2024, 12, 31)
BBSR = date(2015, 12, 31)


def town(name, population, *, association="", total=None, largest=None, members=1, town_type=None, ags=None):
    alone = not association
    return TownFacts(
        ags=ags or name,
        name=name,
        land="15",
        population=population,
        population_date=DAY,
        association=association or name,
        association_population=total if total is not None else population,
        association_largest=largest if largest is not None else population,
        association_members=members,
        stands_alone=alone,
        town_type=town_type,
        town_type_date=BBSR if town_type else None,
    )


MUECHELN = town("Mücheln (Geiseltal)", 8185, town_type=40)
LAUCHA = town(
    "Laucha an der Unstrut",
    2657,
    association="Verbandsgemeinde Unstruttal",
    total=14602,
    largest=4433,
    members=7,
    town_type=50,
)
LOBENSTEIN = town("Bad Lobenstein", 5523, town_type=40)
RODEWISCH = town("Rodewisch", 6131, town_type=40)
WITTENBERGE = town("Wittenberge", 17058, town_type=30)
VREES = town(
    "Vrees", 1926, association="Samtgemeinde Werlte", total=17543, largest=10382, members=5, town_type=30
)
ZWOENITZ = town(
    "Zwönitz",
    11358,
    association="Verwaltungsgemeinschaft Zwönitz",
    total=13994,
    largest=11358,
    members=2,
    town_type=30,
)


def judge(*towns):
    return SmallTownType().check(ApplicationFacts(towns=towns))


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        (MUECHELN, "met"),
        (LAUCHA, "case_by_case"),
        (LOBENSTEIN, "met"),
        (RODEWISCH, "met"),
        (WITTENBERGE, "met"),
        (VREES, "met"),
        (ZWOENITZ, "met"),
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_the_seven_towns_of_the_register(facts, outcome):
    assert judge(facts).outcome == outcome


def test_the_first_funded_alliance_is_never_rejected():
    finding = judge(MUECHELN, LAUCHA, LOBENSTEIN, RODEWISCH)
    assert finding.outcome is Outcome.CASE_BY_CASE
    assert finding.reason == (
        "Laucha an der Unstrut – Einzelfallentscheidung. Die Kommune hat 2.657 Einwohner; ihr Verband "
        "(Verbandsgemeinde Unstruttal) hat 14.602 (Stand 31.12.2024). Das BBSR führt ihn (Stand 2015) als "
        "Landgemeinde. Das schließt den Verbund nicht aus."
    )
    assert finding.section == "kommunen"


@pytest.mark.parametrize("town_type", [10, 11, 12, 20, 21, 22])
def test_a_larger_type_is_not_met_whatever_the_town_itself_counts(town_type):
    finding = judge(MUECHELN, town("Großstadt", 6000, town_type=town_type))
    assert finding.outcome is Outcome.NOT_MET
    assert "Großstadt – nicht erfüllt." in finding.reason
    assert "(Stand 2015)" in finding.reason
    assert "Mücheln" not in finding.reason


def test_the_worst_town_decides_and_all_open_ones_are_named():
    finding = judge(LAUCHA, town("Leipzig", 600000, town_type=11), MUECHELN)
    assert finding.outcome is Outcome.NOT_MET
    assert finding.reason.index("Leipzig – nicht erfüllt") < finding.reason.index(
        "Laucha an der Unstrut – Einzelfall"
    )


@pytest.mark.parametrize(
    ("total", "largest", "outcome"),
    [
        (4999, 4999, "case_by_case"),
        (5000, 5000, "met"),
        (19999, 19999, "met"),
        (20000, 19999, "case_by_case"),
        (20000, 20000, "not_met"),
        (14602, 4999, "case_by_case"),
        (14602, 5000, "met"),
        (60000, 20000, "not_met"),
        (60000, 8000, "case_by_case"),
    ],
)
def test_without_a_type_the_association_speaks(total, largest, outcome):
    unknown = town("Irgendwo", 1000, association="Amt Irgendwo", total=total, largest=largest, members=3)
    assert judge(unknown).outcome == outcome


@pytest.mark.parametrize("population", [1, 4999, 20000, 100000])
def test_the_towns_own_population_never_rejects(population):
    small = town("Irgendwo", population, association="Amt Irgendwo", total=15000, largest=9000, members=3)
    assert judge(small).outcome is Outcome.MET
    assert judge(replace(small, town_type=40, town_type_date=BBSR)).outcome is Outcome.MET


def test_a_town_of_which_nothing_is_known_is_decided_case_by_case():
    unknown = replace(
        MUECHELN, town_type=None, population=None, association_population=None, association_largest=None
    )
    finding = judge(unknown)
    assert finding.outcome is Outcome.CASE_BY_CASE
    assert "Der Stadt- und Gemeindetyp des BBSR ist nicht bekannt." in finding.reason


def test_no_towns_is_not_a_small_town():
    assert judge().outcome is Outcome.NOT_MET


# --- Number of towns ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "outcome", "reason"),
    [
        (
            0,
            "not_met",
            "Der Verbund hat keine Kommune, verlangt sind mindestens vier. Es fehlen noch vier Kommunen.",
        ),
        (
            3,
            "not_met",
            "Der Verbund hat drei Kommunen, verlangt sind mindestens vier. Es fehlt noch eine Kommune.",
        ),
        (4, "met", "Der Verbund hat vier Kommunen, verlangt sind mindestens vier."),
        (13, "met", "Der Verbund hat 13 Kommunen, verlangt sind mindestens vier."),
    ],
)
def test_minimum_towns(count, outcome, reason):
    facts = ApplicationFacts(towns=tuple(town(f"Stadt {i}", 8000, ags=str(i)) for i in range(count)))
    finding = MinimumTowns(4).check(facts)
    assert (finding.outcome, finding.reason) == (outcome, reason)


def test_a_town_twice_counts_once():
    assert MinimumTowns(2).check(ApplicationFacts(towns=(MUECHELN, MUECHELN))).outcome is Outcome.NOT_MET


# --- Cap and rate ------------------------------------------------------------------------------------------

RULE = CapAndRate(cap=Decimal("400000.00"), rate=Decimal("80.00"))


def money(expenditure, asked, staff="0.00"):
    return ApplicationFacts(
        expenditure=Decimal(expenditure),
        requested_grant=Decimal(asked) if asked else None,
        own_staff=Decimal(staff),
    )


def test_the_sentence_of_a_share_that_is_too_high():
    finding = RULE.check(money("480000.00", "395000.00"))
    assert finding.outcome is Outcome.NOT_MET
    assert finding.reason.replace("\u00a0", " ") == (
        "Förderanteil 82,29 %, höchstens 80 %. Bei 480.000,00 EUR Ausgaben sind 384.000,00 EUR möglich, Sie beantragen "
        "395.000,00 EUR."
    )
    assert finding.section == "finanzierungsplan"


@pytest.mark.parametrize(
    ("expenditure", "asked", "staff", "outcome"),
    [
        ("500000.00", "400000.00", "0.00", "met"),  # exactly 80 %, exactly the cap
        ("500000.00", "400000.01", "0.00", "not_met"),  # one cent above both
        ("100000.00", "80000.00", "0.00", "met"),  # exactly 80 %
        ("100000.00", "80010.00", "0.00", "not_met"),  # 80.01 %
        ("600000.00", "400000.01", "0.00", "not_met"),  # above the cap only
        ("500000.00", "350000.00", "150000.00", "met"),  # exactly the cash
        ("500000.00", "350000.01", "150000.00", "not_met"),
        ("100.01", "80.01", "0.00", "not_met"),  # 80.008 EUR is rounded down
        ("100.01", "80.00", "0.00", "met"),
        ("0.00", "1.00", "0.00", "not_met"),
        ("500000.00", None, "0.00", "not_met"),
    ],
)
def test_boundaries_of_the_grant(expenditure, asked, staff, outcome):
    assert RULE.check(money(expenditure, asked, staff)).outcome == outcome


def test_a_share_just_above_the_rate_is_never_shown_as_the_rate():
    assert "Förderanteil 80,01\u00a0%" in RULE.check(money("100000.00", "80001.00")).reason
    assert "Förderanteil 80,01\u00a0%" in RULE.check(money("100000.00", "80010.00")).reason


def test_every_broken_bound_has_its_sentence():
    reason = RULE.check(money("500000.00", "450000.00", "100000.00")).reason.replace("\u00a0", " ")
    assert "der Aufruf gibt höchstens 400.000,00 EUR je Vorhaben" in reason
    assert "Förderanteil 90 %, höchstens 80 %" in reason
    assert "Ohne die Arbeitszeit eigener Beschäftigter (100.000,00 EUR)" in reason


def test_the_highest_grant_is_the_smallest_bound():
    facts = money("500000.00", None, "150000.00")
    assert [limit.amount for limit in RULE.limits(facts)] == [
        Decimal("400000.00"),
        Decimal("400000.00"),
        Decimal("350000.00"),
    ]
    assert RULE.possible(facts) == Decimal("350000.00")
    assert RULE.possible(money("100.00", None, "200.00")) == Decimal("0.00")


def test_full_funding_of_the_call_of_2019():
    rule = CapAndRate(cap=Decimal("62500.00"), rate=Decimal("100.00"))
    assert rule.check(money("62500.00", "62500.00")).outcome is Outcome.MET
    assert rule.check(money("70000.00", "62500.01")).outcome is Outcome.NOT_MET
    assert "höchstens alle Ausgaben" in rule.rule()


# --- Period ------------------------------------------------------------------------------------------------

PERIOD = Period(date(2027, 1, 1), date(2029, 12, 31), 12)


@pytest.mark.parametrize(
    ("start", "end", "outcome", "part"),
    [
        (date(2027, 1, 1), date(2027, 12, 31), "met", "das sind 12 Monate"),
        (
            date(2027, 1, 1),
            date(2027, 12, 30),
            "not_met",
            "dauert 11 Monate, verlangt sind mindestens 12 Monate",
        ),
        (
            date(2026, 12, 31),
            date(2028, 12, 31),
            "not_met",
            "Der Beginn (31.12.2026) liegt vor dem frühesten Beginn",
        ),
        (
            date(2027, 4, 1),
            date(2030, 1, 1),
            "not_met",
            "Das Ende (01.01.2030) liegt nach dem spätesten Ende",
        ),
        (date(2027, 4, 1), date(2029, 12, 31), "met", "das sind 33 Monate"),
        (date(2028, 2, 29), date(2029, 2, 28), "met", "das sind 12 Monate"),
        (date(2027, 4, 1), date(2027, 3, 1), "not_met", "dauert 0 Monate"),
        (None, None, "not_met", "Der Beginn des Vorhabens fehlt noch. Das Ende des Vorhabens fehlt noch."),
        (date(2027, 4, 1), None, "not_met", "Das Ende des Vorhabens fehlt noch."),
    ],
)
def test_period(start, end, outcome, part):
    finding = PERIOD.check(ApplicationFacts(start=start, end=end))
    assert finding.outcome == outcome
    assert part in finding.reason


# --- Documents ---------------------------------------------------------------------------------------------

WANTED = (
    WantedDocument("erklaerung", "Absichtserklärung", per_town=True),
    WantedDocument("zeitplan", "Zeitplan"),
)


def test_missing_documents_are_named_with_their_towns():
    facts = ApplicationFacts(
        towns=(MUECHELN, LAUCHA, RODEWISCH), documents_per_town=frozenset({("erklaerung", MUECHELN.ags)})
    )
    finding = Documents(WANTED).check(facts)
    assert finding.outcome is Outcome.NOT_MET
    assert finding.reason == "Es fehlen: Absichtserklärung von Laucha an der Unstrut und Rodewisch; Zeitplan."


def test_all_documents_are_there():
    facts = ApplicationFacts(
        towns=(MUECHELN,),
        documents=frozenset({"zeitplan"}),
        documents_per_town=frozenset({("erklaerung", MUECHELN.ags)}),
    )
    assert Documents(WANTED).check(facts).outcome is Outcome.MET
    assert Documents(()).check(ApplicationFacts()).reason == "Der Aufruf verlangt keine Unterlagen."


# --- Registry ----------------------------------------------------------------------------------------------


def test_every_rule_has_a_title_a_source_and_a_sentence():
    built = [
        build("minimum_towns", {"minimum": 4}),
        build("small_town_type", {"minimum": 5000, "below": 20000}),
        build("cap_and_rate", {"cap": Decimal("400000.00"), "rate": Decimal("80.00")}),
        build(
            "period", {"earliest_start": date(2027, 1, 1), "latest_end": date(2029, 12, 31), "min_months": 12}
        ),
        build("documents", {"wanted": WANTED}),
    ]
    assert [rule.code for rule in built] == list(ALL)
    for rule in built:
        assert rule.title
        assert 0 < len(rule.source) <= 300
        assert rule.rule().endswith(".")


def test_an_unknown_rule_or_parameter_is_an_error():
    with pytest.raises(KeyError):
        build("weather", {})
    with pytest.raises(TypeError):
        build("minimum_towns", {"maximum": 4})
