"""Award: the decision to grant, with its tranches by fiscal year and its letter."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q, Sum
from django.urls import reverse

from alliances.models import Alliance
from calls.models import Call
from core import clock
from core.models import state_constraint
from core.money import EuroField, ReckoningLine, euro, part_of
from projects.enums import AwardState
from projects.querysets import AwardQuerySet
from projects.workflow import AwardWorkflow
from review.models import Case
from towns.models import Town


class Award(AwardWorkflow):
    """Zuwendungsbescheid: how much for what, until when, to the lead (Zuwendungsempfängerin)."""

    number = models.CharField("Nummer", max_length=14, unique=True)
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="award_record")
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="awards")
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="awards")
    recipient = models.ForeignKey(Town, on_delete=models.PROTECT, related_name="awards")
    title = models.CharField("Titel", max_length=200)
    amount = EuroField("Zuwendung")
    expenditure = EuroField("zuwendungsfähige Ausgaben")
    own_staff = EuroField("davon Arbeitszeit eigener Beschäftigter")
    rate = models.DecimalField("Förderanteil in Prozent", max_digits=5, decimal_places=2)
    start = models.DateField("Bewilligungszeitraum ab")
    end = models.DateField("Bewilligungszeitraum bis")
    plan = models.JSONField("bewilligter Plan", encoder=DjangoJSONEncoder)
    issued_at = models.DateTimeField("erlassen", null=True, editable=False)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField("zugegangen", null=True, editable=False)
    remedy_until = models.DateField("Rechtsbehelf bis", null=True, editable=False)
    final_at = models.DateTimeField("bestandskräftig", null=True, editable=False)

    locks = ("call", "case")
    holds_documents = True
    objects: ClassVar[AwardQuerySet] = AwardQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "Zuwendungsbescheid"
        verbose_name_plural = "Zuwendungsbescheide"
        ordering = ["number"]
        constraints = [
            state_constraint(AwardState, "award_state_known"),
            models.CheckConstraint(condition=Q(amount__gt=Decimal("0.00")), name="award_positive"),
            models.CheckConstraint(condition=Q(amount__lte=F("expenditure")), name="award_within_expenditure"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="award_ends_after_start"),
            models.CheckConstraint(
                condition=Q(state="drafted") | Q(issued_at__isnull=False, issued_by__isnull=False),
                name="issued_award_has_time_and_person",
            ),
            models.CheckConstraint(
                condition=~Q(state="final") | Q(final_at__isnull=False), name="final_award_has_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"Bescheid {self.number}"

    def heading(self) -> str:
        """Return number and title."""
        return f"Zuwendungsbescheid {self.number}: {self.title}"

    def get_absolute_url(self) -> str:
        """Return the page of the letter (K21)."""
        return reverse("award", args=[self.number])

    def highest_grant(self) -> Decimal:
        """Return the highest grant in EUR: the smallest of cap, rate × expenditure, expenditure without staff time."""
        return min(line.amount for line in self.ceilings())

    def ceilings(self) -> list[ReckoningLine]:
        """Return what bounds the grant, each with its amount in EUR."""
        return [
            ReckoningLine("Höchstbetrag des Aufrufs", self.call.cap),
            ReckoningLine(f"{self.rate:f} % von {euro(self.expenditure)}", part_of(self.expenditure, self.rate)),
            ReckoningLine("Ausgaben ohne Arbeitszeit eigener Beschäftigter", self.expenditure - self.own_staff),
        ]

    def reckoning(self) -> list[ReckoningLine]:
        """Return the reckoning shown on the page and printed in the letter."""
        return [*self.ceilings(), ReckoningLine("Bewilligte Zuwendung", self.amount, result=True)]

    def budget_problems(self) -> list[str]:
        """Return a sentence for each fiscal year whose budget does not carry this award besides those issued."""
        budgets = {b.fiscal_year: b.amount for b in self.call.budgets.all()}
        others = AwardTranche.objects.filter(award__call=self.call).exclude(award=self)
        issued = others.exclude(award__state=AwardState.DRAFTED).order_by().values("fiscal_year")
        used = {row["fiscal_year"]: row["sum"] for row in issued.annotate(sum=Sum("amount"))}
        problems = []
        for tranche in self.tranches.all():
            free = budgets.get(tranche.fiscal_year, Decimal("0.00")) - used.get(tranche.fiscal_year, Decimal("0.00"))
            if tranche.amount > free:
                problems.append(
                    f"Für {tranche.fiscal_year} sind noch {euro(free)} frei, gebraucht werden {euro(tranche.amount)}."
                )
        return problems

    def end_of_remedy(self) -> date:
        """Return the last day of the remedy period: one month after receipt (§ 74 (1) VwGO)."""
        day: date = self.act.at.astimezone(clock.BERLIN).date()  # type: ignore[union-attr]
        return day + relativedelta(months=1)

    def letter_facts(self) -> dict[str, Any]:
        """Return what the letter says, as plain values; kept with the PDF."""
        return {
            "number": self.number,
            "title": self.title,
            "recipient": self.recipient.name,
            "amount": str(self.amount),
            "expenditure": str(self.expenditure),
            "rate": str(self.rate),
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "tranches": {str(t.fiscal_year): str(t.amount) for t in self.tranches.all()},
            "towns": [town["name"] for town in self.plan["towns"]],
        }


class AwardTranche(models.Model):
    """The part of an award that falls into one fiscal year."""

    award = models.ForeignKey(Award, on_delete=models.CASCADE, related_name="tranches")
    fiscal_year = models.PositiveSmallIntegerField("Haushaltsjahr")
    amount = EuroField("Betrag")

    class Meta:
        verbose_name = "Jahresbetrag"
        verbose_name_plural = "Jahresbeträge"
        ordering = ["award", "fiscal_year"]
        constraints = [
            models.UniqueConstraint(fields=["award", "fiscal_year"], name="one_tranche_per_year"),
            models.CheckConstraint(condition=Q(amount__gte=Decimal("0.00")), name="tranche_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.award} {self.fiscal_year}"
