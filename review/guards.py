"""What must hold before a case, an assessment or a decision round takes a step."""

from collections.abc import Iterator
from typing import Any

from core.guards import guard


@guard("Der Aufruf ist noch offen. Die formale Prüfung beginnt nach der Bewerbungsfrist.")
def call_is_closed(case: Any) -> bool:
    """Nobody is checked before the deadline: until then an application can be taken back."""
    return bool(case.act.at >= case.call.closes_at)


def _open_findings(case: Any) -> Iterator[str]:
    """Name each finding that waits for a person."""
    for finding in case.findings_to_rule():
        yield f"„{finding.title}“ braucht eine Entscheidung im Einzelfall: {finding.reason}"


@guard(_open_findings, lambda c: c.check_url())
def every_case_by_case_ruled(case: Any) -> bool:
    """A person decided every finding that is case by case."""
    return not case.findings_to_rule()


def _unmet(case: Any) -> Iterator[str]:
    """Name each criterion that is not met."""
    for finding in case.findings_not_met():
        yield f"„{finding.title}“ ist nicht erfüllt: {finding.final_reason()}"


@guard(_unmet, lambda c: c.check_url())
def every_criterion_met(case: Any) -> bool:
    """All findings are met, by the rule, by a ruling or by an exception with a reason."""
    return not case.findings_not_met()


@guard("Keine Voraussetzung ist als nicht erfüllt festgestellt.")
def some_criterion_unmet(case: Any) -> bool:
    """At least one finding stands against the case."""
    return bool(case.findings_not_met())


@guard("Diesem Vorgang ist noch kein Beiratsmitglied zugewiesen.", lambda c: c.jury_url())
def jurors_assigned(case: Any) -> bool:
    """Somebody will read the case."""
    return bool(case.assessments.exists())


@guard("Diese Bewertung gehört einem anderen Beiratsmitglied.")
def is_own_assessment(assessment: Any) -> bool:
    """Only the juror works on the assessment."""
    return bool(assessment.act.by is not None and assessment.member.user_id == assessment.act.by.pk)


def _unanswered(assessment: Any) -> Iterator[str]:
    """Name each criterion without an answer."""
    for criterion in assessment.unanswered():
        yield f"Zum Kriterium „{criterion.title}“ fehlen Ihre Punkte."


@guard(_unanswered, lambda a: a.get_absolute_url())
def every_criterion_answered(assessment: Any) -> bool:
    """Every scoring criterion has points, or the juror said that it cannot be judged."""
    return not assessment.unanswered()


@guard(
    "Sie haben zu keinem Kriterium Punkte vergeben. Bitten Sie die Geschäftsstelle, die Bewertung nicht zu werten.",
    lambda a: a.get_absolute_url(),
)
def some_criterion_judged(assessment: Any) -> bool:
    """At least one criterion has points: without any there is no score."""
    return bool(assessment.unanswered() or any(score.points is not None for score in assessment.scores.all()))


@guard("Die Rangliste des Aufrufs ist schon festgestellt. Bewertungen lassen sich nicht mehr ändern.")
def ranking_not_fixed(assessment: Any) -> bool:
    """Scores are fixed once the ranking that they make is frozen in a decision round."""
    return not assessment.case.call.decision_rounds.exists()


@guard("Sie haben die Runde vorbereitet. Freigeben muss eine andere Person.")
def released_by_another(decision_round: Any) -> bool:
    """Four eyes: who prepared the round does not release it."""
    by = decision_round.act.by
    return bool(by is not None and decision_round.prepared_by_id != by.pk)


def _no_money(decision_round: Any) -> str:
    """Say by how much the awards exceed the budget."""
    return str(decision_round.shortfall_text())


@guard(_no_money)
def awards_fit_the_budget(decision_round: Any) -> bool:
    """The sum of the awards does not exceed the call's budget (design section 5)."""
    return bool(decision_round.shortfall() <= 0)
