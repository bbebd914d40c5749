"""Decision round: the frozen ranking with a proposal for each case; released by the deciding body at once."""

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Count, Q, Sum
from django.urls import reverse

from calls.models import Call
from core import clock
from core.models import state_constraint
from core.money import EuroField, euro
from review.enums import Proposal, RoundState
from review.models.case import Case
from review.querysets import RoundQuerySet
from review.workflow import DecisionRoundWorkflow


class DecisionRound(DecisionRoundWorkflow):
    """Entscheidungsrunde of a call."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="decision_rounds")
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField("vorbereitet", default=clock.now)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    released_at = models.DateTimeField("freigegeben", null=True, editable=False)

    locks = ("call",)
    objects: ClassVar[RoundQuerySet] = RoundQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "Entscheidungsrunde"
        verbose_name_plural = "Entscheidungsrunden"
        ordering = ["call", "pk"]
        constraints = [
            state_constraint(RoundState, "round_state_known"),
            models.UniqueConstraint(
                fields=["call"],
                condition=Q(state="prepared"),
                name="one_prepared_round_per_call",
                violation_error_message="Zu diesem Aufruf ist schon eine Runde vorbereitet.",
            ),
        ]

    def __str__(self) -> str:
        return f"Entscheidungsrunde, {self.call}"

    def heading(self) -> str:
        """Return what the page is called."""
        return f"Entscheidungsrunde, Projektaufruf {self.call.number}"

    def reference(self) -> str:
        """Return the number of the call."""
        return self.call.number

    def get_absolute_url(self) -> str:
        """Return the page of the round (G9)."""
        return reverse("decision", args=[self.call.number])

    def counts(self) -> dict[str, int]:
        """Return how many cases are proposed for what: proposal -> number (those that do not occur are left out)."""
        rows = self.items.order_by("proposal").values("proposal").annotate(number=Count("pk"))
        return {row["proposal"]: row["number"] for row in rows}

    def release_text(self) -> str:
        """Return what the release leads to: how many awards, refusals and places in the reserve."""
        counts = self.counts()
        awards, refusals = counts.get(Proposal.AWARD, 0), counts.get(Proposal.REJECT, 0)
        words = [
            "1 Bewilligung" if awards == 1 else f"{awards} Bewilligungen",
            "1 Ablehnung" if refusals == 1 else f"{refusals} Ablehnungen",
        ]
        return (
            f"Mit der Freigabe gehen {' und '.join(words)} zugleich hinaus, "
            f"auf der Reserve: {counts.get(Proposal.RESERVE, 0)}. Das lässt sich nicht zurückholen."
        )

    def awards_total(self) -> Decimal:
        """Return the sum of all proposed awards in EUR."""
        awards = self.items.filter(proposal=Proposal.AWARD)
        return awards.aggregate(sum=Sum("amount"))["sum"] or Decimal("0.00")

    def shortfall(self) -> Decimal:
        """Return by how much the awards exceed the budget of the call in EUR (0 or less: they fit)."""
        return self.awards_total() - self.call.budget_total()

    def shortfall_text(self) -> str:
        """Return the sentence for awards that exceed the budget."""
        return (
            f"Die Bewilligungen ergeben {euro(self.awards_total())}, der Haushalt des Aufrufs hat "
            f"{euro(self.call.budget_total())}. Es fehlen {euro(self.shortfall())}."
        )


class DecisionItem(models.Model):
    """One row of the frozen ranking with its proposal."""

    round = models.ForeignKey(DecisionRound, on_delete=models.CASCADE, related_name="items")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decision_items")
    rank = models.PositiveSmallIntegerField("Rang", null=True)
    score = models.DecimalField("Mittelwert", max_digits=5, decimal_places=2, null=True)
    lowest = models.DecimalField("niedrigste", max_digits=5, decimal_places=2, null=True)
    highest = models.DecimalField("höchste", max_digits=5, decimal_places=2, null=True)
    assessments = models.PositiveSmallIntegerField("Bewertungen", default=0)
    proposal = models.CharField("Vorschlag", max_length=10, choices=Proposal.choices)
    amount = EuroField("Betrag")
    running_total = EuroField("Summe bis hier")
    reason = models.TextField("Grund", max_length=4000)

    class Meta:
        verbose_name = "Zeile der Rangliste"
        verbose_name_plural = "Rangliste"
        ordering = ["round", models.F("rank").asc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "case"], name="one_item_per_case_and_round"),
            models.CheckConstraint(condition=Q(proposal__in=Proposal.values), name="proposal_known"),
            models.CheckConstraint(condition=Q(amount__gte=Decimal("0.00")), name="item_amount_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.rank} {self.case.number}"
