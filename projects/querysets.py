"""Vocabulary of awards, projects and money."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q, Sum

from alliances.models import Alliance
from core import clock
from core.access import anchors_for
from core.models.event import AppendOnlyQuerySet
from projects.enums import AwardState, PaymentState, ProjectState, StatementState
from review.models import Case

BINDING = [PaymentState.SUBMITTED, PaymentState.QUERIED, PaymentState.CHECKED, PaymentState.ORDERED]


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

    def with_money(self) -> "ProjectQuerySet":
        """Add what `Project.money` needs: the ledger's sum and the expenditure stated last, in EUR."""
        requests = self.model._meta.get_field("payment_requests").related_model
        stated = requests.objects.told().filter(project=models.OuterRef("pk")).order_by("-count")
        found: ProjectQuerySet = self.annotate(
            paid_sum=Sum("ledger__amount", default=Decimal("0.00")),
            stated_sum=models.Subquery(stated.values("paid_expenses")[:1]),
        )
        return found

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

    def open(self) -> "PaymentRequestQuerySet":
        """Return requests that have not come to an end, drafts included."""
        return self.filter(state__in=[PaymentState.DRAFT, *BINDING])

    def waiting_for(self, user: Any) -> "PaymentRequestQuerySet":
        """Return the requests whose next step this person may take (not what they checked themselves)."""
        project_model = self.model.project.field.related_model
        asks, checks, orders = (
            Q(project__in=anchors_for(user, name, project_model).values("pk"))
            for name in ("request_payment", "check_payment", "order_payment")
        )
        return self.filter(
            asks & Q(state__in=[PaymentState.DRAFT, PaymentState.QUERIED])
            | checks & Q(state=PaymentState.SUBMITTED) & ~Q(requested_by=user)
            | orders & Q(state=PaymentState.CHECKED) & ~Q(checked_by=user)
            | orders & Q(state=PaymentState.ORDERED)
        )

    def binding(self) -> "PaymentRequestQuerySet":
        """Return requests that bind money: from submission until it is paid (then the ledger knows it)."""
        return self.filter(state__in=BINDING)

    def told(self) -> "PaymentRequestQuerySet":
        """Return requests whose figures the towns have stated: all but drafts and those that came to nothing."""
        return self.filter(state__in=[*BINDING, PaymentState.PAID])

    def to_be_paid(self) -> "PaymentRequestQuerySet":
        """Return requests whose payment is ordered and not booked yet."""
        return self.filter(state=PaymentState.ORDERED)

    def total(self) -> Decimal:
        """Return the sum in EUR."""
        return self.aggregate(sum=Sum("amount"))["sum"] or Decimal("0.00")


class StatementQuerySet(PartQuerySet):
    """Statements."""

    def visible_to(self, user: Any) -> "StatementQuerySet":
        """Return the statements of one's projects; drafts are seen by those who may write them."""
        project_model = self.model.project.field.related_model
        seen = anchors_for(user, "view", project_model).values("pk")
        writes = anchors_for(user, "write_statement", project_model).values("pk")
        return self.filter(Q(project__in=seen) & (~Q(state=StatementState.DRAFT) | Q(project__in=writes)))


class LedgerQuerySet(AppendOnlyQuerySet):
    """The ledger: rows are added, sums are asked."""

    def visible_to(self, user: Any) -> "LedgerQuerySet":
        """Return the entries of the projects that a person sees."""
        project_model = self.model.project.field.related_model
        return self.filter(project__in=anchors_for(user, "view", project_model).values("pk"))

    def besides(self, request: Any) -> "LedgerQuerySet":
        """Return the entries that do not stem from this request."""
        own = Q(request=request) | Q(reverses__request=request)
        return self.exclude(own) if request.pk else self

    def balance(self) -> Decimal:
        """Return the sum of the entries in EUR."""
        return self.aggregate(sum=Sum("amount"))["sum"] or Decimal("0.00")
