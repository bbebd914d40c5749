"""Vocabulary of cases and assessments."""

from typing import Any

from django.db import models
from django.db.models import Q

from core.access import anchors_for
from review.enums import AssessmentState, CaseState


class CaseQuerySet(models.QuerySet[Any]):
    """Cases."""

    def worked_by(self, user: Any) -> "CaseQuerySet":
        """Return the cases on whose file a person works or which they audit."""
        return self.filter(pk__in=anchors_for(user, "view", self.model).values("pk"))

    def visible_to(self, user: Any) -> "CaseQuerySet":
        """Return the cases that a person may read: those of the office, and a juror's own after the declaration."""
        return self.filter(
            Q(pk__in=anchors_for(user, "view", self.model).values("pk"))
            | Q(pk__in=anchors_for(user, "read", self.model).values("pk"))
        )

    def undecided(self) -> "CaseQuerySet":
        """Return cases without a final decision."""
        return self.exclude(state__in=[CaseState.AWARDED, CaseState.REJECTED])


class AssessmentQuerySet(models.QuerySet[Any]):
    """Assessments."""

    def visible_to(self, user: Any) -> "AssessmentQuerySet":
        """Return a juror's own assessments, and for those who may see scores the ones of their cases."""
        if user is None or not user.is_active or not user.is_authenticated:
            return self.none()
        case_model = self.model.case.field.related_model
        return self.filter(
            Q(member__user=user) | Q(case__in=anchors_for(user, "see_scores", case_model).values("pk"))
        )

    def on_file_of(self, user: Any) -> "AssessmentQuerySet":
        """Return the assessments of the cases on whose file a person works or which they audit."""
        case_model = self.model.case.field.related_model
        return self.filter(case__in=anchors_for(user, "view", case_model).values("pk"))

    def own(self, user: Any) -> "AssessmentQuerySet":
        """Return a juror's own assessments."""
        return self.filter(member__user=user)

    def readable(self, user: Any) -> "AssessmentQuerySet":
        """Return a juror's own assessments whose case may be read: after the declaration, and while it counts."""
        case_model = self.model.case.field.related_model
        return self.own(user).filter(case__in=anchors_for(user, "read", case_model).values("pk"))

    def declarable(self, user: Any) -> "AssessmentQuerySet":
        """Return a juror's own assessments whose case is with the board: they can be declared on."""
        case_model = self.model.case.field.related_model
        return self.own(user).filter(case__in=anchors_for(user, "declare", case_model).values("pk"))

    def counting(self) -> "AssessmentQuerySet":
        """Return assessments that were submitted and count."""
        return self.filter(state=AssessmentState.SUBMITTED)

    def outstanding(self) -> "AssessmentQuerySet":
        """Return assessments that are still awaited."""
        return self.filter(
            state__in=[
                AssessmentState.ASSIGNED,
                AssessmentState.ACCEPTED,
                AssessmentState.DRAFTED,
                AssessmentState.REOPENED,
            ]
        )


class RoundQuerySet(models.QuerySet[Any]):
    """Decision rounds."""

    def visible_to(self, user: Any) -> "RoundQuerySet":
        """Return the rounds of one's calls, for those who may see scores."""
        call_model = self.model.call.field.related_model
        return self.filter(call__in=anchors_for(user, "see_scores", call_model).values("pk"))


def is_juror(user: Any) -> bool:
    """Say whether a person sits on a board (area of the navigation)."""
    return bool(user.board_memberships.filter(until=None).exists())
