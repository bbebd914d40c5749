"""What waits for the members of the board: declarations of bias and assessments."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, F, Q

from core.access import anchors_for
from reporting.facts.duty import BOARD, Duty
from reporting.facts.person import Person
from review.enums import AssessmentState
from review.models import Assessment, Case

TO_SCORE = [AssessmentState.ACCEPTED, AssessmentState.DRAFTED, AssessmentState.REOPENED]


def declarations(person: Person) -> Iterator[Duty]:
    """Declare a bias or its absence before reading."""
    for assessment in _own(person, "declare").filter(state=AssessmentState.ASSIGNED):
        yield Duty(
            "Zur Befangenheit erklären",
            "Danach können Sie den Antrag lesen",
            f"Antrag {assessment.case.number}",
            assessment.get_absolute_url(),
            assessment.due,
            BOARD,
        )


def assessments(person: Person) -> Iterator[Duty]:
    """Score an application, then submit the assessment."""
    scored = Count("scores", filter=Q(scores__points__isnull=False), distinct=True)
    asked = Count("case__call__scoring_criteria", distinct=True)
    found = _own(person, "score").filter(state__in=TO_SCORE).annotate(scored=scored, asked=asked)
    for assessment in found.annotate(left=F("asked") - F("scored")):
        finished = assessment.left <= 0
        yield Duty(
            "Bewertung abgeben" if finished else "Antrag bewerten",
            f"„{assessment.case.title}“, {assessment.scored} von {assessment.asked} Kriterien haben Punkte",
            f"Antrag {assessment.case.number}",
            assessment.get_absolute_url(),
            assessment.due,
            BOARD,
        )


def _own(person: Person, right: str) -> Any:
    """Return the person's own assessments in cases on which the right is held."""
    cases = anchors_for(person.user, right, Case).values("pk")
    return Assessment.objects.own(person.user).filter(case__in=cases).select_related("case")
