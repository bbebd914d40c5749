"""Vocabulary of awards, projects and money."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q, Sum

from alliances.models import Alliance
from core import clock
from core.access import anchors_for
from core.models.event import AppendOnlyQuerySet
from projects.enums import AwardState, PaymentState, ProjectState
from review.models import Case


class AwardQuerySet(models.QuerySet[Any]):
    """Awards."""

    def visible_to(self, user: Any) -> "AwardQuerySet":
        """Return the awards of one's cases, and to the towns those that were issued."""
        return self.filter(
            Q(case__in=anchors_for(user, "view", Case).values("pk"))
            | Q(alliance__in=anchors_for(user, "view", Alliance).values("pk")) & ~Q(state=AwardState.DRAFTED)
        )

    def remedy_over(self) -> "AwardQuerySet":
        """Return received awards whose remedy period is over (for the daily job)."""
        return self.filter(state=AwardState.RECEIVED, remedy_until__lt=clock.today())


class ProjectQuerySet(models.QuerySet[Any]):
    """Projects."""

    def visible_to(self, user: Any) -> "ProjectQuerySet":
        """Return the projects that a person works in or on."""
        return self.filter(pk__in=anchors_for(user, "view", self.model).values("pk"))

    def over(self) -> "ProjectQuerySet":
        """Return running projects whose last day is over (for the daily job)."""
        return self.filter(state=ProjectState.RUNNING, end__lt=clock.today())


class PartQuerySet(models.QuerySet[Any]):
    """Parts of a project: visible with it."""

    def visible_to(self, user: Any) -> "PartQuerySet":
        """Return the parts of the projects that a person sees."""
        project_model = self.model.project.field.related_model
        return self.filter(project__in=anchors_for(user, "view", project_model).values("pk"))


class PaymentRequestQuerySet(PartQuerySet):
    """Payment requests."""

    def visible_to(self, user: Any) -> "PaymentRequestQuerySet":
        """Return the requests of one's projects; drafts are seen by those who may write them."""
        project_model = self.model.project.field.related_model
        seen = anchors_for(user, "view", project_model).values("pk")
        writes = anchors_for(user, "request_payment", project_model).values("pk")
        return self.filter(Q(project__in=seen) & (~Q(state=PaymentState.DRAFT) | Q(project__in=writes)))

    def binding(self) -> "PaymentRequestQuerySet":
        """Return requests that use up what can be drawn: from submission to payment."""
        return self.filter(
            state__in=[
                PaymentState.SUBMITTED,
                PaymentState.QUERIED,
                PaymentState.CHECKED,
                PaymentState.ORDERED,
                PaymentState.PAID,
            ]
        )

    def total(self) -> Decimal:
        """Return the sum in EUR."""
        return self.aggregate(sum=Sum("amount"))["sum"] or Decimal("0.00")


class LedgerQuerySet(AppendOnlyQuerySet):
    """The ledger: rows are added, sums are asked."""

    def visible_to(self, user: Any) -> "LedgerQuerySet":
        """Return the entries of the projects that a person sees."""
        project_model = self.model.project.field.related_model
        return self.filter(project__in=anchors_for(user, "view", project_model).values("pk"))

    def balance(self) -> Decimal:
        """Return the sum of the entries in EUR."""
        return self.aggregate(sum=Sum("amount"))["sum"] or Decimal("0.00")
