"""The letter of refusal: outcome, reason, points by criterion, remedy; frozen as facts and PDF."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Avg

from core import clock, documents, wording
from core.pdf import Paper
from review.models import Case, DecisionItem, Score

REFUSAL = "refusal"


def write_refusal(item: DecisionItem) -> None:
    """Store the letter of refusal with the submission, where the towns read it, and with the case."""
    case = item.case
    told = facts(item)
    letter = documents.store_made(
        case.submission,
        refusal_letter(case, told).render(),
        name=f"Ablehnungsbescheid-{case.number}.pdf",
        content_type="application/pdf",
        purpose=REFUSAL,
        title=f"Ablehnungsbescheid {case.number}",
        facts=told,
    )
    documents.hand_over(letter, case)


def facts(item: DecisionItem) -> dict[str, Any]:
    """Return what the letter says, as plain values; the points are means of the jurors, without names."""
    case = item.case
    return {
        "number": case.number,
        "title": case.title,
        "call": case.call.number,
        "decides": case.call.programme.decides,
        "towns": [town["name"] for town in case.towns()],
        "reason": item.reason,
        "points": _points(case),
        "day": clock.today().isoformat(),
    }


def _points(case: Case) -> list[list[str]]:
    """Return the mean points for each criterion as text."""
    given = Score.objects.filter(assessment__case=case, assessment__state="submitted", points__isnull=False)
    means = dict(given.order_by().values_list("criterion").annotate(mean=Avg("points")))
    return [
        [criterion.title, f"{Decimal(str(means[criterion.pk])):.1f}".replace(".", ",")]
        for criterion in case.call.scoring_criteria.all()
        if criterion.pk in means
    ]


def refusal_letter(case: Case, told: dict[str, Any]) -> Paper:
    """Return the letter as a paper."""
    operator = settings.OPERATOR
    paper = Paper(
        title=f"Ablehnungsbescheid {case.number}",
        created=clock.now(),
        reference=case.number,
        author=told["decides"],
        footer=told["decides"],
    )
    paper.letterhead(
        [told["decides"], operator["address"], operator["email"]],
        [told["towns"][0]],
        wording.day(clock.now()),
        [f"Nummer: {case.number}", f"Projektaufruf: {told['call']}"],
    )
    paper.heading(f"Ablehnungsbescheid {case.number}: {case.title}")
    paper.text(f"Ihren Antrag zum Projektaufruf {told['call']} lehnen wir ab.")
    paper.facts([("Antrag", case.number), ("Kommunen des Verbundes", ", ".join(told["towns"]))])
    paper.heading("Gründe", 2)
    paper.text(told["reason"])
    if told["points"]:
        highest = case.call.max_points
        head = ["Kriterium", f"Punkte von {highest}"]
        paper.table(head, told["points"], numeric={1}, caption="Mittelwert des Beirats je Kriterium")
    paper.heading("Rechtsbehelfsbelehrung", 2)
    paper.text(
        "Gegen diesen Bescheid können Sie innerhalb eines Monats nach Bekanntgabe Klage erheben, und zwar bei "
        f"{operator['court']}."
    )
    return paper
