"""Programmes and calls for tests; a state is reached by performing the steps with the cast."""

from datetime import date
from typing import Any

from calls import services
from calls.models import Call, Programme
from core import clock, door
from tests.cast import person

OPENS = clock.berlin(2026, 3, 2, 8)
CLOSES = clock.berlin(2026, 6, 30, 12)
STEPS = {
    "draft": [],
    "published": ["publish"],
    "closed": ["publish", "close"],
    "in_review": ["publish", "close", "begin_review"],
    "decided": ["publish", "close", "begin_review", "decide"],
    "completed": ["publish", "close", "begin_review", "decide", "complete"],
    "cancelled": ["publish", "cancel"],
}
NAME = "Kleinstadtakademie"


def programme() -> Programme:
    """Return the programme of the cast, made when first asked for: office, officers, cashier, auditor."""
    found = Programme.objects.filter(name=NAME).first()
    if found:
        return found
    new = services.create_programme(
        name=NAME,
        prepares="Geschäftsstelle der Kleinstadtakademie",
        decides="Ministerium für Beispiele",
        legal_basis="§§ 23 und 44 BHO",
    )
    services.add_programme_member(new, person("muster"), "office")
    services.add_programme_member(new, person("exempel"), "officer")
    services.add_programme_member(new, person("zweitblick"), "second_officer")
    services.add_programme_member(new, person("kasse"), "cashier")
    services.add_programme_member(new, person("doppel"), "officer", "cashier")
    services.add_programme_member(new, person("pruefer"), "auditor")
    return new


def call(state: str = "published", pattern: str = "2020", **overrides: Any) -> Call:
    """Return a call in a state, open from 2 March to 30 June 2026, 12:00; `overrides` are fields of the call."""
    muster = person("muster")
    fields = {
        "title": "Gemeinsam Neues erproben",
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "decision_planned": date(2026, 11, 15),
        "earliest_start": date(2027, 1, 1),
        "latest_end": date(2029, 12, 31),
        **overrides,
    }
    with clock.at(clock.berlin(2026, 2, 1, 9)):
        made = services.create_call(programme(), by=muster, pattern=pattern, **fields)
    for step in STEPS[state]:
        with clock.at(clock.berlin(2026, 2, 2, 9) if step in ("publish", "cancel") else fields["closes_at"]):
            people = {"publish": muster, "cancel": muster}
            note = {"note": "Der Haushalt ist gesperrt."} if step == "cancel" else {}
            made = door.perform(made, step, by=people.get(step), data=note).record
    return made
