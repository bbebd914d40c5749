"""The life of a call: who may take which step, and what must hold."""

from decimal import Decimal

import pytest

from core import clock, door
from tests.cast import person
from tests.factories.calls import STEPS, call

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", STEPS)
def test_every_state_is_reached_by_steps(state):
    assert call(state).state == state


def test_publishing_says_everything_that_is_missing_at_once():
    made = call("draft", "leer")
    with clock.at(clock.berlin(2026, 7, 1)), pytest.raises(door.Refused) as refused:
        door.perform(made, "publish", by=person("muster"))
    assert [str(reason) for reason in refused.value.reasons] == [
        "Die Bewerbungsfrist (30.06.2026, 12:00 Uhr) liegt in der Vergangenheit. Wählen Sie einen späteren Tag.",
        "Mindestens ein Haushaltsjahr braucht einen Ansatz. Tragen Sie ihn unter „Haushalt“ ein.",
        "Der Ansatz aller Jahre (0,00 EUR) reicht nicht für ein Vorhaben mit 400.000,00 EUR.",
        "Die Gewichte der Bewertungskriterien ergeben 0 %, nötig sind 100 %.",
        "Der Aufruf hat noch keine Frage an die Verbünde. Legen Sie mindestens eine an.",
        "Der Aufruf hat noch keine Position für den Finanzierungsplan. Legen Sie mindestens eine an.",
    ]
    assert {reason.url.rsplit("/", 2)[1] for reason in refused.value.reasons} == {
        "termine",
        "haushalt",
        "kriterien",
        "fragen",
        "positionen",
    }


def test_publishing_notes_the_instant():
    assert call("published").published_at == clock.berlin(2026, 2, 2, 9)


@pytest.mark.parametrize("key", ["zweitblick", "kasse", "pruefer", "fremd"])
def test_only_office_and_officer_publish(key):
    made = call("draft")
    with clock.at(clock.berlin(2026, 2, 2)), pytest.raises(door.Refused) as refused:
        door.perform(made, "publish", by=person(key))
    assert refused.value.kind == "right"


def test_no_person_closes_a_call():
    made = call("published")
    with clock.at(clock.berlin(2026, 7, 1)), pytest.raises(door.Refused):
        door.perform(made, "close", by=person("exempel"))


def test_the_budget_must_carry_one_project():
    made = call("draft")
    made.budgets.exclude(fiscal_year=2027).delete()
    made.budgets.update(amount=Decimal("399999.99"))
    with clock.at(clock.berlin(2026, 2, 2)), pytest.raises(door.Refused) as refused:
        door.perform(made, "publish", by=person("muster"))
    assert "399.999,99 EUR" in str(refused.value)


def test_a_closed_call_cannot_be_cancelled():
    with clock.at(clock.berlin(2026, 7, 1)), pytest.raises(door.Refused):
        door.perform(call("closed"), "cancel", by=person("muster"), data={"note": "Zu spät."})


def test_whether_one_may_apply_is_decided_by_the_times():
    made = call("published")
    for moment, is_open in [
        (clock.berlin(2026, 3, 2, 7, 59), False),
        (clock.berlin(2026, 3, 2, 8), True),
        (clock.berlin(2026, 6, 30, 11, 59), True),
        (clock.berlin(2026, 6, 30, 12), False),
    ]:
        with clock.at(moment):
            assert made.is_open() is is_open
            assert (made in type(made).objects.open()) is is_open
