"""Award: the decision to grant, with its tranches by fiscal year and its letter."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q, Sum
from django.urls import reverse

from alliances.enums import FundingSource
from alliances.models import Alliance
from calls.models import Call
from core import clock
from core.models import Document, state_constraint
from core.money import EuroField, ReckoningLine, euro, part_of, percent
from projects import facts
from projects.enums import AwardState
from projects.querysets import AwardQuerySet
from projects.workflow import AwardWorkflow
from review.models import Case
from towns.models import Town

LETTER = "award_letter"


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
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
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
            models.CheckConstraint(
                condition=Q(amount__lte=F("expenditure")), name="award_within_expenditure"
            ),
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
            ReckoningLine(
                f"{percent(self.rate)} von {euro(self.expenditure)}", part_of(self.expenditure, self.rate)
            ),
            ReckoningLine(
                "Ausgaben ohne Arbeitszeit eigener Beschäftigter", self.expenditure - self.own_staff
            ),
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
            free = budgets.get(tranche.fiscal_year, Decimal("0.00")) - used.get(
                tranche.fiscal_year, Decimal("0.00")
            )
            if tranche.amount > free:
                problems.append(
                    f"Für {tranche.fiscal_year} sind noch {euro(free)} frei, gebraucht werden {euro(tranche.amount)}."
                )
        return problems

    def end_of_remedy(self) -> date:
        """Return the last day of the remedy period, counted from the receipt that the lead confirms now."""
        return facts.end_of_remedy(self.act.at.astimezone(clock.BERLIN).date())  # type: ignore[union-attr]

    def duties(self) -> list[facts.Duty]:
        """Return the side provisions as duties."""
        return facts.duties(self)

    def share(self) -> Decimal:
        """Return the share of the expenditure that is granted, in percent (at most the call's highest rate)."""
        return self.amount / self.expenditure * 100

    def planned_third_party(self) -> Decimal:
        """Return the money of third parties in the approved plan, in EUR."""
        lines = [line for line in self.plan["funding"] if line["source"] == FundingSource.THIRD_PARTY]
        return sum((Decimal(line["amount"]) for line in lines), Decimal("0.00"))

    def plan_by_position(self) -> list[dict[str, Any]]:
        """Return the approved expenditure by position (code, title, amount in EUR), in the order of the call."""
        rows: dict[str, dict[str, Any]] = {}
        for line in self.plan["budget"]:
            row = rows.setdefault(
                line["position"],
                {"code": line["position"], "title": line["title"], "amount": Decimal("0.00")},
            )
            row["amount"] += Decimal(line["amount"])
        order = list(self.call.positions.values_list("code", flat=True))
        return sorted(
            rows.values(),
            key=lambda row: (order.index(row["code"]) if row["code"] in order else 99, row["code"]),
        )

    def letter(self) -> Document | None:
        """Return the letter, once it was issued."""
        return Document.objects.of(self).filter(purpose=LETTER).first()

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
            "reckoning": [[line.text, str(line.amount)] for line in self.reckoning()],
            "duties": [
                [duty.text, duty.until and duty.until.isoformat(), duty.source] for duty in self.duties()
            ],
            "side_provisions": facts.side_provisions(facts.day_of(self)),
            "decides": self.call.programme.decides,
            "legal_basis": self.call.programme.legal_basis,
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
