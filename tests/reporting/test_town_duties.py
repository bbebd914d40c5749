"""What waits for the people of the towns, from the invitation to the submission."""

from datetime import timedelta
from typing import Any

import pytest

from alliances import services
from core import clock, door
from reporting.facts import Duty
from reporting.facts.agenda import agenda
from reporting.facts.person import Person
from reporting.facts.town_duties import (
    applications,
    awards_to_receive,
    invitations,
    milestones,
    more_partners,
    payment_requests,
    statements,
    unbegun_applications,
)
from reporting.facts.waiting import waiting_for_others
from tests.cast import person
from tests.factories import alliances as alliance_factory
from tests.factories import calls as call_factory
from tests.factories import projects as project_factory

pytestmark = pytest.mark.django_db

APRIL = clock.berlin(2026, 4, 10, 9)


def titles(duties: Any) -> list[str]:
    return [duty.title for duty in duties]


def duties_on(moment: Any, find: Any, key: str) -> list[Duty]:
    with clock.at(moment):
        return list(find(Person(person(key))))


def test_an_invited_town_answers_and_its_inviter_waits() -> None:
    call = call_factory.call(min_towns=4)
    made = alliance_factory.alliance("invited", call=call)
    partner = made.partners.get(town__ags="99000002")
    day_before = clock.start_of(partner.respond_by - timedelta(days=1))
    found = duties_on(day_before, invitations, "vorlage")
    assert [(d.title, d.number, d.due, d.url) for d in found] == [
        ("Einladung beantworten", f"Verbund {made.number}", partner.respond_by, partner.get_absolute_url())
    ]
    assert duties_on(day_before, invitations, "beispiel") == []
    with clock.at(day_before):
        waits = waiting_for_others(Person(person("beispiel")))
        assert waits[0].title == f"Verbund {made.number}: Einladung an Musterhausen"
        assert len(waits) == 3
    after = clock.start_of(partner.respond_by + timedelta(days=1))
    assert duties_on(after, invitations, "vorlage") == []


def test_a_lead_without_enough_towns_invites_and_begins_the_application() -> None:
    made = alliance_factory.alliance("founded")
    found = duties_on(APRIL, more_partners, "beispiel")
    assert titles(found) == ["Kommunen einladen"]
    assert found[0].line == "Der Aufruf verlangt mindestens vier Kommunen, Ihr Verbund hat eine Kommune"
    assert found[0].due == made.call.closes_at
    assert titles(duties_on(APRIL, unbegun_applications, "beispiel")) == ["Antrag beginnen"]
    assert duties_on(made.call.closes_at, more_partners, "beispiel") == []
    assert duties_on(made.call.closes_at, unbegun_applications, "beispiel") == []


def test_who_writes_fills_what_is_empty() -> None:
    made = alliance_factory.application("draft")
    gaps = made.gaps()
    for key in ("beispiel", "entwurf"):
        found = duties_on(APRIL, applications, key)
        assert titles(found) == ["Antrag ausfüllen"]
        assert found[0].line.startswith("Noch ")
        assert gaps[0].rstrip(".") in found[0].line
        assert found[0].due == made.call.closes_at
    assert duties_on(made.call.closes_at, applications, "beispiel") == []


def test_each_town_signs_and_the_others_wait_for_it() -> None:
    made = alliance_factory.application("filled")
    vorlage = person("vorlage")
    found = duties_on(APRIL, applications, "vorlage")
    assert titles(found) == ["Für Musterhausen zeichnen"]
    assert found[0].url == f"{made.get_absolute_url()}zeichnen/"
    with clock.at(APRIL):
        door.perform(
            made, "sign", by=vorlage, data={"town": made.alliance.partners.get(town__ags="99000002").town}
        )
        assert list(applications(Person(vorlage))) == []
        waits = [wait.next_step for wait in waiting_for_others(Person(vorlage))]
    assert waits == ["Es zeichnet Herr Beispiel.", "Es zeichnet Frau Skizze.", "Es zeichnet Herr Entwurf."]


def test_a_change_asks_for_a_new_signature() -> None:
    made = alliance_factory.application("signed")
    assert duties_on(APRIL, applications, "vorlage") == []
    with clock.at(APRIL):
        question = made.call.questions.first()
        services.save_answer(made, question, "Anders.", by=person("beispiel"))
    assert titles(duties_on(APRIL, applications, "vorlage")) == ["Für Musterhausen zeichnen"]


def test_the_lead_submits_when_all_have_signed() -> None:
    made = alliance_factory.application("signed")
    found = duties_on(APRIL, applications, "beispiel")
    assert titles(found) == ["Antrag verbindlich einreichen"]
    assert found[0].url == f"{made.get_absolute_url()}einreichen/"
    assert duties_on(APRIL, applications, "vorlage") == []


def test_a_submitted_application_waits_for_the_office() -> None:
    made = alliance_factory.application("submitted")
    june = clock.berlin(2026, 6, 20)
    assert duties_on(june, applications, "beispiel") == []
    with clock.at(june):
        waits = waiting_for_others(Person(person("vorlage")))
    assert [wait.title for wait in waits] == [made.heading()]
    assert waits[0].next_step.startswith(
        "Die Prüfung beginnt nach der Bewerbungsfrist am 30. Juni 2026, 12:00 Uhr."
    )
    with clock.at(clock.berlin(2026, 7, 2)):
        waits = waiting_for_others(Person(person("vorlage")))
    assert waits[0].next_step == (
        "In Prüfung bei Frau Muster, Geschäftsstelle. Die Entscheidung ist für den 15. November 2026 geplant."
    )


def test_a_stranger_has_nothing_and_is_told_whom_to_ask() -> None:
    alliance_factory.application("signed")
    with clock.at(APRIL):
        found = agenda(person("fremd"))
    assert (found.summary, found.groups, found.waiting, found.is_new) == (
        "Nichts wartet auf Sie.",
        [],
        [],
        True,
    )


def test_the_deadline_of_the_call_orders_the_page() -> None:
    alliance_factory.application("draft")
    with clock.at(APRIL):
        page = agenda(person("beispiel"))
    assert page.summary == "Eine Aufgabe wartet auf Sie."
    assert [group.title for group in page.groups] == ["Später"]


def test_the_lead_confirms_the_award() -> None:
    award = project_factory.award("issued")
    assert titles(duties_on(project_factory.ISSUED, awards_to_receive, "beispiel")) == [
        "Empfang des Bescheids bestätigen"
    ]
    assert duties_on(project_factory.ISSUED, awards_to_receive, "vorlage") == []
    with clock.at(project_factory.RECEIVED):
        door.perform(award, "receive", by=person("beispiel"))
    assert duties_on(project_factory.RECEIVED, awards_to_receive, "beispiel") == []


@pytest.mark.parametrize(
    ("moment", "count"),
    [
        (clock.berlin(2027, 8, 30, 23), 0),
        (clock.berlin(2027, 8, 31), 1),
        (clock.berlin(2027, 10, 5), 1),
    ],
)
def test_a_milestone_waits_from_thirty_days_before(moment: Any, count: int) -> None:
    project_factory.project("running")
    assert len(duties_on(moment, milestones, "beispiel")) == count
    assert duties_on(moment, milestones, "vorlage") == []
    with clock.at(moment):
        page = agenda(person("beispiel"))
    text = "" if count else "Als Nächstes: Meilenstein M1 „Leerstand erfasst“ bis 30. September 2027."
    assert page.upcoming == text


def test_an_overdue_milestone_is_counted() -> None:
    project_factory.project("running")
    with clock.at(clock.berlin(2027, 10, 1)):
        page = agenda(person("beispiel"))
    assert page.summary == "Eine Aufgabe wartet auf Sie und ist überfällig."
    assert [group.title for group in page.groups] == ["Überfällig"]


def test_a_returned_milestone_waits_again() -> None:
    project = project_factory.project("running")
    early = clock.berlin(2027, 6, 1, 9)
    with clock.at(early):
        milestone = project.milestones.get()
        door.perform(milestone, "report", by=person("beispiel"), data={"result": "Die Karte liegt vor."})
        assert list(milestones(Person(person("beispiel")))) == []
        waits = [wait.next_step for wait in waiting_for_others(Person(person("beispiel")))]
        assert waits == ["Es liest Frau Muster, Geschäftsstelle."]
        door.perform(milestone, "give_back", by=person("muster"), data={"note": "Die Karte fehlt."})
    assert [d.line for d in duties_on(early, milestones, "beispiel")] == [
        "„Leerstand erfasst“ (Beispielstadt), zurückgegeben"
    ]


@pytest.mark.parametrize(
    ("state", "duty", "wait"),
    [
        ("draft", ["Zahlungsanforderung einreichen"], []),
        ("queried", ["Rückfrage zur Zahlung beantworten"], []),
        ("submitted", [], ["In Prüfung bei Frau Exempel oder Herr Doppel, Sachbearbeitung."]),
        ("checked", [], ["Geprüft. Es ordnet an: Frau Kasse oder Herr Doppel, Kasse."]),
        ("ordered", [], ["Angeordnet. Es zahlt aus: Frau Kasse oder Herr Doppel, Kasse."]),
        ("paid", [], []),
        ("withdrawn", [], []),
    ],
)
def test_a_payment_request_waits_for_the_town_or_for_others(
    state: str, duty: list[str], wait: list[str]
) -> None:
    project_factory.payment(state)
    assert titles(duties_on(project_factory.SPENDING, payment_requests, "beispiel")) == duty
    assert duties_on(project_factory.SPENDING, payment_requests, "vorlage") == []
    with clock.at(project_factory.SPENDING):
        assert [w.next_step for w in waiting_for_others(Person(person("beispiel")))] == wait


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("draft", ["Verwendungsnachweis schreiben"]),
        ("returned", ["Verwendungsnachweis überarbeiten"]),
        ("submitted", []),
        ("closed_without_objection", []),
    ],
)
def test_the_statement_is_written_by_the_lead(state: str, expected: list[str]) -> None:
    made = project_factory.statement(state)
    found = duties_on(project_factory.TOLD, statements, "beispiel")
    assert [(duty.title, duty.due, duty.url) for duty in found] == [
        (title, made.due, made.get_absolute_url()) for title in expected
    ]
    assert duties_on(project_factory.TOLD, statements, "vorlage") == []


def test_a_completed_project_without_statement_asks_for_one() -> None:
    project = project_factory.project("completed")
    assert [d.url for d in duties_on(project_factory.TOLD, statements, "beispiel")] == [
        f"{project.get_absolute_url()}nachweise/neu/"
    ]
