"""What waits for office, officers and cash desk, state by state, from the case to the final audit."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core import clock, door
from reporting.facts import Duty, office_duties
from reporting.facts.agenda import agenda
from reporting.facts.person import Person
from review import services as review_services
from review.models import Finding
from tests.cast import person
from tests.factories import projects as project_factory
from tests.factories import review as review_factory

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]

REVIEW = review_factory.REVIEW
Find = Callable[[Person], Iterable[Duty]]


def duties(key: str, find: Find, moment: Any = REVIEW) -> list[Duty]:
    with clock.at(moment):
        return list(find(Person(person(key))))


def titles(key: str, find: Find, moment: Any = REVIEW) -> list[str]:
    return [duty.title for duty in duties(key, find, moment)]


def test_a_received_case_is_checked_by_the_office() -> None:
    case = review_factory.case("received")
    found = duties("muster", office_duties.checks)
    assert [(d.title, d.number, d.url) for d in found] == [
        ("Vorgang formal prüfen", f"Vorgang {case.number}", f"{case.get_absolute_url()}pruefen/")
    ]
    assert titles("exempel", office_duties.checks) == ["Vorgang formal prüfen"]
    for key in ("zweitblick", "kasse", "pruefer", "beispiel", "fremd"):
        assert titles(key, office_duties.checks) == []


def test_open_findings_are_ruled_then_the_check_is_finished() -> None:
    case = review_factory.case("in_check")
    assert titles("muster", office_duties.rulings) == ["Formale Prüfung abschließen"]
    finding = case.findings.first()
    Finding.objects.filter(pk=finding.pk).update(outcome="case_by_case")
    found = duties("muster", office_duties.rulings)
    assert [(d.title, d.line, d.url) for d in found] == [
        ("Einzelfall entscheiden", "Eine Voraussetzung braucht Ihre Entscheidung", case.check_url())
    ]
    with clock.at(REVIEW):
        data = {"finding": finding, "fulfilled": True, "note": "Die Stadt liegt knapp darüber."}
        door.perform(case, "rule", by=person("muster"), data=data)
    assert titles("muster", office_duties.rulings) == ["Formale Prüfung abschließen"]


def test_an_eligible_case_gets_jurors_then_goes_to_the_board() -> None:
    case = review_factory.case("eligible")
    assert [d.line for d in duties("muster", office_duties.assignments)] == [
        "Ohne Beiratsmitglied: ein Vorgang"
    ]
    assert titles("muster", office_duties.handovers_to_jury) == []
    with clock.at(REVIEW):
        review_services.assign_jurors(
            case.call,
            by=person("muster"),
            cases=[case],
            members=review_factory.members(),
            due=date(2026, 8, 31),
        )
    assert titles("muster", office_duties.assignments) == []
    found = duties("muster", office_duties.handovers_to_jury)
    assert [d.url for d in found] == [f"{case.get_absolute_url()}dem-beirat-vorlegen/"]


def test_the_round_is_prepared_when_no_assessment_is_awaited_and_released_by_another() -> None:
    case = review_factory.case("in_jury")
    assert titles("muster", office_duties.rounds_to_prepare) == []
    with clock.at(REVIEW):
        review_factory.score_all(case)
    found = duties("muster", office_duties.rounds_to_prepare)
    assert [(d.title, d.line, d.due) for d in found] == [
        ("Entscheidungsrunde vorbereiten", "Alle Bewertungen zu einem Vorgang liegen vor", date(2026, 11, 15))
    ]
    with clock.at(REVIEW):
        review_services.prepare_round(case.call, by=person("muster"))
    assert titles("muster", office_duties.rounds_to_prepare) == []
    assert titles("muster", office_duties.rounds_to_release) == []
    assert [d.line for d in duties("exempel", office_duties.rounds_to_release)] == [
        "Vorbereitet von Frau Muster"
    ]


def test_who_prepared_the_round_is_not_asked_to_release_it() -> None:
    case = review_factory.case("scored")
    with clock.at(REVIEW):
        review_services.prepare_round(case.call, by=person("exempel"))
    assert titles("exempel", office_duties.rounds_to_release) == []
    assert titles("doppel", office_duties.rounds_to_release) == ["Entscheidungen freigeben"]


def test_an_award_is_issued_by_the_officer() -> None:
    award = project_factory.award("drafted")
    found = duties("exempel", office_duties.awards_to_issue, project_factory.ISSUED)
    assert [(d.title, d.line.replace("\u00a0", " ")) for d in found] == [
        ("Bescheid erlassen", f"„{award.title}“ ist bewilligt, 400.000,00 EUR")
    ]
    assert titles("muster", office_duties.awards_to_issue) == []


def test_a_reported_milestone_is_noted_by_the_office() -> None:
    project = project_factory.project("running")
    milestone = project.milestones.get()
    assert titles("muster", office_duties.milestones_to_note) == []
    with clock.at(project_factory.SPENDING):
        door.perform(milestone, "report", by=person("beispiel"), data={"result": "Die Karte liegt vor."})
    assert titles("muster", office_duties.milestones_to_note) == ["Meilenstein M1 zur Kenntnis nehmen"]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("submitted", {"muster": ["check"], "exempel": ["check"], "doppel": ["check"]}),
        ("checked", {"kasse": ["order"], "doppel": ["order"]}),
        ("ordered", {"kasse": ["book"], "doppel": ["book"]}),
        ("paid", {}),
        ("draft", {}),
        ("queried", {}),
    ],
)
def test_a_payment_goes_from_check_to_order_to_booking(state: str, expected: dict[str, list[str]]) -> None:
    project_factory.payment(state)
    finders = {
        "check": office_duties.payments_to_check,
        "order": office_duties.payments_to_order,
        "book": office_duties.payments_to_book,
    }
    found = {}
    for key in ("muster", "exempel", "kasse", "doppel", "pruefer", "beispiel"):
        names = [name for name, find in finders.items() if titles(key, find, project_factory.SPENDING)]
        if names:
            found[key] = names
    assert found == expected


def test_who_checked_a_payment_is_not_asked_to_order_it() -> None:
    request = project_factory.payment("submitted")
    with clock.at(project_factory.SPENDING):
        door.perform(request, "confirm", by=person("doppel"))
    assert titles("doppel", office_duties.payments_to_order) == []
    assert titles("kasse", office_duties.payments_to_order) == ["Auszahlung anordnen"]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("submitted", ["Verwendungsnachweis prüfen"]),
        ("in_audit", ["Prüfung des Verwendungsnachweises abschließen"]),
        ("returned", []),
        ("closed_without_objection", []),
    ],
)
def test_a_statement_is_audited_by_the_officer(state: str, expected: list[str]) -> None:
    project_factory.statement(state)
    assert titles("exempel", office_duties.statements_to_audit, project_factory.TOLD) == expected
    assert titles("muster", office_duties.statements_to_audit, project_factory.TOLD) == []


def test_the_office_sees_counts_as_links() -> None:
    review_factory.closed_call(2)
    client = Client()
    client.force_login(person("muster"))
    with clock.at(REVIEW):
        page = agenda(person("muster"))
        text = client.get("/aufgaben/").content.decode()
    assert [(c.label, c.count, c.route) for c in page.counts] == [("Vorgänge formal prüfen", 2, "case-list")]
    assert page.summary == "Zwei Aufgaben warten auf Sie."
    assert '<a href="/vorgaenge/">Vorgänge formal prüfen: 2</a>' in text


def test_more_records_ask_no_more_queries() -> None:
    counts = []
    for applications in (1, 2):
        review_factory.closed_call(applications)
        client = Client()
        client.force_login(person("muster"))
        with clock.at(REVIEW), CaptureQueriesContext(connection) as queries:
            assert client.get("/aufgaben/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] < 60
