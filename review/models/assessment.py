"""Assessments of jurors, their scores, and biases."""

from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from calls.models import ScoringCriterion
from core import clock
from core.models import state_constraint
from review.enums import AssessmentState, BiasSource
from review.models.board import BoardMember
from review.models.case import Case
from review.querysets import AssessmentQuerySet
from review.ranking import two_places, weighted_score
from review.workflow import AssessmentWorkflow


class Assessment(AssessmentWorkflow):
    """Bewertung of one juror for one case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assessments")
    member = models.ForeignKey(BoardMember, on_delete=models.PROTECT, related_name="assessments")
    comment = models.TextField("Gesamtbegründung", blank=True)
    due = models.DateField("abzugeben bis", null=True)
    assigned_at = models.DateTimeField("zugewiesen", default=clock.now)
    declared_at = models.DateTimeField("erklärt", null=True, editable=False)
    submitted_at = models.DateTimeField("abgegeben", null=True, editable=False)

    locks = ("case.call", "case")
    objects: ClassVar[AssessmentQuerySet] = AssessmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "Bewertung"
        verbose_name_plural = "Bewertungen"
        ordering = ["case", "pk"]
        constraints = [
            state_constraint(AssessmentState, "assessment_state_known"),
            models.UniqueConstraint(fields=["case", "member"], name="one_assessment_per_juror_and_case"),
            models.CheckConstraint(
                condition=~Q(state="submitted") | Q(submitted_at__isnull=False),
                name="submitted_assessment_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"Bewertung zu {self.case.number}"

    def heading(self) -> str:
        """Return what is assessed."""
        return f"Antrag {self.case.number}: {self.case.title}"

    def reference(self) -> str:
        """Return the number of the case."""
        return self.case.number

    def get_absolute_url(self) -> str:
        """Return the juror's page of the case (B3)."""
        return reverse("assessment", args=[self.case.number])

    def list_url(self) -> str:
        """Return the juror's list (B1)."""
        return reverse("assessment-list")

    def case_url(self) -> str:
        """Return the page of the case, where the office works (G6)."""
        return self.case.get_absolute_url()

    def unanswered(self) -> list[ScoringCriterion]:
        """Return the criteria with neither points nor "cannot judge", in the order of the call."""
        answered = {score.criterion_id for score in self.scores.all()}
        return [c for c in self.case.call.scoring_criteria.all() if c.pk not in answered]

    def exact_score(self) -> Fraction | None:
        """Return the weighted score in points of 100 (`review.ranking`), or None while an answer is missing.

        A criterion that the juror cannot judge takes no part, with its weight: it never counts as zero. Reads `scores`
        with their criteria and the call's criteria; prefetch both where many are asked.
        """
        given = [
            (score.criterion.weight, score.points) for score in self.scores.all() if score.points is not None
        ]
        if not given or self.unanswered():
            return None
        return weighted_score(given, self.case.call.max_points)

    def shown_score(self) -> Decimal | None:
        """Return the weighted score rounded to two places for showing, or None while an answer is missing."""
        exact = self.exact_score()
        return None if exact is None else two_places(exact)


class Score(models.Model):
    """Points of one juror for one criterion, with the reason."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(ScoringCriterion, on_delete=models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField("Punkte", null=True)
    reason = models.TextField("Begründung", max_length=4000, blank=True)

    class Meta:
        verbose_name = "Punkte"
        verbose_name_plural = "Punkte"
        ordering = ["assessment", "criterion__position"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "criterion"], name="one_score_per_criterion")
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.points}"


class Bias(models.Model):
    """Befangenheit of a board member in a case: known from an office, or declared. The reason is confidential."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="biases")
    member = models.ForeignKey(BoardMember, on_delete=models.PROTECT, related_name="biases")
    source = models.CharField("Herkunft", max_length=20, choices=BiasSource.choices)
    reason = models.TextField("Grund")
    at = models.DateTimeField("festgestellt", default=clock.now)

    class Meta:
        verbose_name = "Befangenheit"
        verbose_name_plural = "Befangenheiten"
        ordering = ["case", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "member"], name="one_bias_per_juror_and_case"),
            models.CheckConstraint(condition=Q(source__in=BiasSource.values), name="bias_source_known"),
        ]

    def __str__(self) -> str:
        return f"{self.member} bei {self.case}"
