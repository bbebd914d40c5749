"""Assessments of jurors, their scores, and biases."""

from decimal import Decimal
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
                condition=~Q(state="submitted") | Q(submitted_at__isnull=False), name="submitted_assessment_has_a_time"
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

    def unscored(self) -> list[ScoringCriterion]:
        """Return the criteria without points."""
        scored = set(self.scores.filter(points__isnull=False).values_list("criterion_id", flat=True))
        return [c for c in self.case.call.scoring_criteria.all() if c.pk not in scored]

    def weighted_score(self) -> Decimal | None:
        """Return the weighted score in points of 100, or None while points are missing.

        S = 100 * sum(w * x / max) / sum(w) (jury.md section 2); exact decimals, rounded to two places for showing.
        """
        rows = list(self.scores.filter(points__isnull=False).select_related("criterion"))
        if not rows or self.unscored():
            return None
        weights = sum(row.criterion.weight for row in rows)
        points = sum(Decimal(row.criterion.weight) * Decimal(row.points or 0) for row in rows)
        return (Decimal(100) * points / (Decimal(weights) * self.case.call.max_points)).quantize(Decimal("0.01"))


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
        constraints = [models.UniqueConstraint(fields=["assessment", "criterion"], name="one_score_per_criterion")]

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
