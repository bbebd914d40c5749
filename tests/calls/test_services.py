"""Founding programmes and calls, copying, editing drafts, the daily step, the figures of the law."""

import uuid
from datetime import date
from decimal import Decimal

import pytest

from calls import services
from calls.models import Call, ReferenceFigure
from core import clock, door
from core.access import differences, holds
from core.models import Event
from tests.cast import person
from tests.factories.calls import call, programme

pytestmark = pytest.mark.django_db


def test_a_call_from_the_pattern_of_2020():
    made = call("draft")
    assert made.number == "2026-1"
    assert (made.cap, made.rate, made.min_towns, made.min_months) == (
        Decimal("400000.00"),
        Decimal("80.00"),
        4,
        12,
    )
    assert made.budget_total() == Decimal("1200000.00")
    assert list(made.budgets.values_list("fiscal_year", flat=True)) == [2027, 2028, 2029]
    assert made.weight_sum() == 100
    assert list(made.positions.values_list("code", "staff")) == [
        ("0817", True),
        ("0835", False),
        ("0841", False),
        ("0844", False),
        ("0850", False),
    ]
    assert list(made.questions.values_list("title", flat=True)) == [
        "Ziele",
        "Methode",
        "Übertragbarkeit",
        "Beteiligung",
        "Verstetigung",
    ]
    assert list(made.criteria.values_list("code", flat=True)) == [
        "minimum_towns",
        "small_town_type",
        "cap_and_rate",
        "period",
        "documents",
    ]
    assert made.required_documents.get().per_town


def test_a_call_from_the_pattern_of_2019():
    made = call("draft", "2019")
    assert (made.cap, made.rate) == (Decimal("62500.00"), Decimal("100.00"))
    assert made.budget_total() == Decimal("125000.00")
    assert list(made.budgets.values_list("amount", flat=True)) == [
        Decimal("41666.68"),
        Decimal("41666.66"),
        Decimal("41666.66"),
    ]


def test_an_empty_call_has_no_lists():
    made = call("draft", "leer")
    lists = (
        made.budgets,
        made.questions,
        made.positions,
        made.scoring_criteria,
        made.criteria,
        made.required_documents,
    )
    assert [rows.count() for rows in lists] == [0] * 6


def test_numbers_count_up_within_the_year_of_the_call():
    assert [call("draft").number, call("draft").number] == ["2026-1", "2026-2"]


def test_creating_writes_the_first_event_and_the_rights():
    made = call("draft")
    event = Event.objects.of(made).get()
    assert (event.transition, event.by, event.to_state) == ("create", person("muster"), "draft")
    assert holds(person("exempel"), "release_decision", made)
    assert not holds(person("kasse"), "view", made)
    assert differences() == []


def test_the_same_token_creates_once():
    token = uuid.uuid4()
    first = services.create_call(programme(), by=person("muster"), token=token)
    again = services.create_call(programme(), by=person("muster"), token=token)
    assert first == again
    assert Call.objects.count() == 1


@pytest.mark.parametrize("key", ["zweitblick", "kasse", "pruefer", "fremd"])
def test_only_office_and_officer_create(key):
    with pytest.raises(door.Refused) as refused:
        services.create_call(programme(), by=person(key))
    assert refused.value.kind == "right"
    assert Call.objects.count() == 0


def test_a_repeated_token_of_another_person_gives_nothing_away():
    token = uuid.uuid4()
    services.create_call(programme(), by=person("muster"), token=token)
    with pytest.raises(door.Refused):
        services.create_call(programme(), by=person("fremd"), token=token)


def test_a_call_that_ends_before_it_begins_is_refused_with_sentences():
    with pytest.raises(door.Refused) as refused:
        services.create_call(
            programme(), by=person("muster"), earliest_start=date(2027, 5, 1), latest_end=date(2027, 4, 1)
        )
    assert [str(reason) for reason in refused.value.reasons] == [
        "Das späteste Ende liegt vor dem frühesten Beginn."
    ]


def test_a_copy_has_everything_a_year_later():
    source = call("published")
    with clock.at(clock.berlin(2027, 1, 15)):
        copy = services.copy_call(source, by=person("muster"))
    assert (copy.number, copy.state, copy.published_at) == ("2027-1", "draft", None)
    assert copy.opens_at == clock.berlin(2027, 3, 2, 8)
    assert copy.closes_at == clock.berlin(2027, 6, 30, 12)
    assert copy.latest_end == date(2030, 12, 31)
    assert list(copy.budgets.values_list("fiscal_year", flat=True)) == [2028, 2029, 2030]
    assert copy.questions.count() == 5
    assert source.questions.count() == 5
    assert copy.weight_sum() == 100


def test_members_who_come_later_get_their_rights_on_calls():
    made = call("published")
    services.add_programme_member(made.programme, person("fremd"), "office")
    assert holds(person("fremd"), "set_up", made)
    assert differences() == []


# --- Editing -----------------------------------------------------------------------------------------------


def test_fields_of_a_draft_change():
    changed = services.change_call(
        call("draft"), {"title": "Neu", "cap": Decimal("300000.00")}, by=person("muster")
    )
    changed.refresh_from_db()
    assert (changed.title, changed.cap) == ("Neu", Decimal("300000.00"))


def test_a_published_call_is_locked():
    with pytest.raises(door.Refused) as refused:
        services.change_call(call("published"), {"title": "Neu"}, by=person("muster"))
    assert str(refused.value) == "Gesperrt: Der Stand ist „Veröffentlicht“."


def test_readers_change_nothing():
    made = call("draft")
    for key in ("zweitblick", "pruefer", "kasse", "fremd"):
        with pytest.raises(door.Refused):
            services.change_call(made, {"title": "Neu"}, by=person(key))


def test_rows_are_replaced_in_order_and_twice_is_once():
    made = call("draft")
    rows = [
        {"code": "b", "title": "B", "help": "", "max_words": 100},
        {"code": "a", "title": "A", "help": "", "max_words": 50},
    ]
    for _ in range(2):
        services.replace_rows(made, "questions", rows, by=person("muster"))
    assert list(made.questions.values_list("code", "position")) == [("b", 0), ("a", 1)]


def test_a_key_that_stands_there_twice_is_refused_and_nothing_changes():
    made = call("draft")
    rows = [{"fiscal_year": 2027, "amount": Decimal("1.00"), "title": ""}] * 2
    with pytest.raises(door.Refused) as refused:
        services.replace_rows(made, "budgets", rows, by=person("muster"))
    assert (
        str(refused.value)
        == "Haushaltsjahr „2027“ steht mehr als einmal da. Ändern oder entfernen Sie eine Zeile."
    )
    assert made.budgets.count() == 3


# --- Daily step and figures --------------------------------------------------------------------------------


def test_due_calls_close_at_the_first_instant_that_is_too_late():
    made = call("published")
    with clock.at(clock.berlin(2026, 6, 30, 11, 59)):
        assert services.close_due_calls() == 0
    with clock.at(clock.berlin(2026, 6, 30, 12)):
        assert services.close_due_calls() == 1
        assert services.close_due_calls() == 0
    assert Call.objects.get(pk=made.pk).state == "closed"
    assert Event.objects.of(made).first().by is None


def test_the_figures_of_the_law_are_loaded_once():
    assert services.load_reference() == services.load_reference() == ReferenceFigure.objects.count()


@pytest.mark.parametrize(
    ("code", "day", "value"),
    [
        ("base_rate", date(2022, 12, 31), "-0.88"),
        ("base_rate", date(2023, 1, 1), "1.62"),
        ("base_rate", date(2026, 6, 30), "1.27"),
        ("notification", date(2024, 12, 31), "3.00"),
        ("notification", date(2025, 1, 1), "4.00"),
        ("use_within", date(2027, 9, 3), "42.00"),
        ("reduction_threshold", date(2027, 9, 3), "500.00"),
        ("position_overrun", date(2027, 9, 3), "20.00"),
    ],
)
def test_a_figure_of_a_day(code, day, value):
    services.load_reference()
    assert ReferenceFigure.objects.at(code, day).value == Decimal(value)


def test_a_missing_half_year_is_said_and_never_carried_forward():
    services.load_reference()
    with pytest.raises(ReferenceFigure.DoesNotExist, match=r"„base_rate“ fehlt für den 01\.07\.2026"):
        ReferenceFigure.objects.at("base_rate", date(2026, 7, 1))
