"""The machines and guards of the review stage."""

import threading
from typing import Any

import pytest
from django.db import connection

from core import clock, door
from core.models import Event
from review.models import Case
from tests.cast import person
from tests.factories import review as make


@pytest.mark.django_db
def test_nobody_checks_before_the_deadline() -> None:
    case = make.case("received")
    with (
        clock.at(clock.berlin(2026, 6, 30, 11, 59)),
        pytest.raises(door.Refused, match="Der Aufruf ist noch offen"),
    ):
        door.perform(case, "start_check", by=person("muster"))


@pytest.mark.django_db
def test_an_eligible_case_cannot_be_proposed_as_ineligible() -> None:
    with pytest.raises(door.Refused, match="Keine Voraussetzung ist als nicht erfüllt festgestellt"):
        door.perform(make.case("in_check"), "propose_ineligible", by=person("muster"), data={"note": "Nein."})


@pytest.mark.django_db
def test_a_case_without_jurors_does_not_go_to_the_board() -> None:
    with pytest.raises(door.Refused, match="noch kein Beiratsmitglied zugewiesen"):
        door.perform(make.case("eligible"), "send_to_jury", by=person("muster"))


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["zweitblick", "pruefer", "kasse", "modell", "beispiel", "fremd"])
def test_only_office_and_officer_check(who: str) -> None:
    with pytest.raises(door.Refused) as refused:
        door.perform(make.case("received"), "start_check", by=person(who))
    assert refused.value.kind == "right"


@pytest.mark.django_db
def test_the_system_steps_are_offered_to_nobody() -> None:
    case = make.case("recommended")
    assert door.offers(case, person("exempel")) == []
    with pytest.raises(door.Refused) as refused:
        door.perform(case, "award", by=person("exempel"))
    assert refused.value.kind == "right"


@pytest.mark.django_db
def test_the_reason_of_a_bias_is_secret_in_the_course_of_events() -> None:
    event = Event.objects.of(make.assessment("declined")).first()
    assert (event.secret, event.note) == (True, "Mein Bruder arbeitet dort.")


def decide(case: Case, who: Any, fulfilled: bool, start: threading.Barrier, told: list[Any]) -> None:
    """Decide a finding in a thread with a connection of its own."""
    try:
        finding = case.findings.get(code="minimum_towns")
        start.wait()
        data = {"finding": finding, "fulfilled": fulfilled, "note": f"Entschieden von {who.name}."}
        door.perform(case, "rule", by=who, data=data)
        told.append(who)
    except door.Refused as refused:
        told.append(refused)
    finally:
        connection.close()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_officers_decide_in_opposite_ways_at_once_and_one_stands() -> None:
    office, officer = person("muster"), person("exempel")
    case = make.case("in_check", towns=3)
    finding = case.findings.get(code="minimum_towns")
    for _ in range(20):
        start, told = threading.Barrier(2), []  # type: ignore[var-annotated]
        threads = [
            threading.Thread(target=decide, args=(case, who, fulfilled, start, told))
            for who, fulfilled in ((office, True), (officer, False))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        ruling = case.findings.get(pk=finding.pk).ruling
        winner = next(item for item in told if not isinstance(item, door.Refused))
        refused = next(item for item in told if isinstance(item, door.Refused))
        assert (ruling.by, ruling.fulfilled) == (winner, winner == office)
        assert refused.kind == "state"
        assert f"{winner.name} hat am" in str(refused)
        ruling.delete()
