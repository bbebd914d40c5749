"""What waits for the members of the board."""

from datetime import date

import pytest

from core import clock
from reporting.facts import Duty
from reporting.facts.board_duties import assessments, declarations
from reporting.facts.person import Person
from tests.cast import person
from tests.factories import review as review_factory

pytestmark = pytest.mark.django_db


def duties(key: str) -> list[Duty]:
    with clock.at(review_factory.REVIEW):
        asking = Person(person(key))
        return [*declarations(asking), *assessments(asking)]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("assigned", ["Zur Befangenheit erklären"]),
        ("accepted", ["Antrag bewerten"]),
        ("drafted", ["Antrag bewerten"]),
        ("reopened", ["Bewertung abgeben"]),
        ("declined", []),
        ("submitted", []),
        ("set_aside", []),
    ],
)
def test_a_juror_declares_scores_and_submits(state: str, expected: list[str]) -> None:
    assessment = review_factory.assessment(state)
    found = duties("modell")
    assert [duty.title for duty in found] == expected
    for duty in found:
        assert duty.number == f"Antrag {assessment.case.number}"
        assert (duty.due, duty.url) == (date(2026, 8, 31), assessment.get_absolute_url())
        assert duty.role == "als Mitglied des Beirats"


def test_before_declaring_nothing_of_the_application_is_told() -> None:
    assessment = review_factory.assessment("assigned")
    assert assessment.case.title not in "".join(duty.line + duty.title for duty in duties("modell"))


def test_before_the_case_is_at_the_board_nothing_waits() -> None:
    review_factory.case("eligible")
    assert duties("modell") == []
