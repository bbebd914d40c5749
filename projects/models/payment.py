"""Payment requests and the ledger."""

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core import clock
from core.models import state_constraint
from core.models.event import AppendOnly
from core.money import EuroField, ReckoningLine, euro, part_of
from projects.enums import EntryKind, PaymentState
from projects.models.project import Project
from projects.querysets import LedgerQuerySet, PaymentRequestQuerySet
from projects.workflow import PaymentRequestWorkflow

ZERO = Decimal("0.00")


class PaymentRequest(PaymentRequestWorkflow):
    """Zahlungsanforderung: what was paid so far, what falls due within six weeks, and how much is asked for."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="payment_requests")
    count = models.PositiveSmallIntegerField("Zahlung")
    paid_expenses = EuroField("bezahlte Ausgaben bisher")
    due_expenses = EuroField("in den nächsten sechs Wochen fällig")
    amount = EuroField("angeforderter Betrag")
    purpose = models.TextField("Wofür das Geld gebraucht wird", max_length=2000)
    fiscal_year = models.PositiveSmallIntegerField("Haushaltsjahr")
    created_at = models.DateTimeField("begonnen", default=clock.now)
    submitted_at = models.DateTimeField("eingereicht", null=True, editable=False)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField("geprüft", null=True, editable=False)
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    ordered_at = models.DateTimeField("angeordnet", null=True, editable=False)
    paid_on = models.DateField("Wertstellung", null=True, editable=False)

    locks = ("project",)
    holds_documents = True
    objects: ClassVar[PaymentRequestQuerySet] = PaymentRequestQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "Zahlungsanforderung"
        verbose_name_plural = "Zahlungsanforderungen"
        ordering = ["project", "count"]
        constraints = [
            state_constraint(PaymentState, "payment_state_known"),
            models.UniqueConstraint(fields=["project", "count"], name="one_payment_number_per_project"),
            models.CheckConstraint(
                condition=Q(amount__gte=ZERO, paid_expenses__gte=ZERO, due_expenses__gte=ZERO),
                name="payment_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(ordered_by=None) | Q(checked_by__isnull=False) & ~Q(ordered_by=F("checked_by")),
                name="who_checks_does_not_order",
                violation_error_message="Sie haben diese Zahlungsanforderung geprüft. "
                "Anordnen muss eine andere Person.",
            ),
            models.CheckConstraint(
                condition=~Q(state="paid") | Q(paid_on__isnull=False, ordered_by__isnull=False),
                name="paid_request_was_ordered",
            ),
        ]

    def __str__(self) -> str:
        return f"Zahlung {self.count} zu {self.project.number}"

    def heading(self) -> str:
        """Return number and project."""
        return f"Zahlungsanforderung {self.count}, Vorhaben {self.project.number}"

    def reference(self) -> str:
        """Return the number of the project."""
        return self.project.number

    def get_absolute_url(self) -> str:
        """Return the page of the request."""
        return reverse("payment", args=[self.project.number, self.count])

    def drawn_by_others(self) -> Decimal:
        """Return what other requests of the project already bind or got, in EUR."""
        return self.project.payment_requests.binding().exclude(pk=self.pk).total()

    def drawable(self) -> Decimal:
        """Return what can be drawn now in EUR: rate × (paid + due) − drawn, never more than is left of the award."""
        award = self.project.award
        claim = part_of(self.paid_expenses + self.due_expenses, award.rate)
        return max(ZERO, min(claim, award.amount) - self.drawn_by_others())

    def left_of_year(self) -> Decimal:
        """Return what is left of the fiscal year's tranche in EUR."""
        tranche = self.project.award.tranches.filter(fiscal_year=self.fiscal_year).first()
        others = self.project.payment_requests.binding().filter(fiscal_year=self.fiscal_year).exclude(pk=self.pk)
        return (tranche.amount if tranche else ZERO) - others.total()

    def reckoning(self) -> list[ReckoningLine]:
        """Return how the drawable amount comes about (funding-law 2, drawable for Anteilfinanzierung)."""
        award = self.project.award
        claimed = self.paid_expenses + self.due_expenses
        return [
            ReckoningLine("Bezahlt bisher", self.paid_expenses),
            ReckoningLine("fällig in den nächsten sechs Wochen", self.due_expenses),
            ReckoningLine(f"davon {award.rate:f} %", part_of(claimed, award.rate)),
            ReckoningLine(f"Grenze: bewilligt sind {euro(award.amount)}", min(part_of(claimed, award.rate), award.amount)),
            ReckoningLine("schon abgerufen", -self.drawn_by_others()),
            ReckoningLine("jetzt abrufbar", self.drawable(), result=True),
        ]


class LedgerEntry(AppendOnly):
    """Buchung: added, never changed; a correction is a counter-entry; a balance is a sum."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="ledger")
    kind = models.CharField("Art", max_length=20, choices=EntryKind.choices)
    amount = EuroField("Betrag")
    value_date = models.DateField("Wertstellung")
    fiscal_year = models.PositiveSmallIntegerField("Haushaltsjahr")
    request = models.ForeignKey(PaymentRequest, on_delete=models.PROTECT, null=True, related_name="entries")
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="reversed_by")
    text = models.CharField("Buchungstext", max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("gebucht", default=clock.now)

    objects: ClassVar[LedgerQuerySet] = LedgerQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "Buchung"
        verbose_name_plural = "Buchungen"
        ordering = ["project", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EntryKind.values), name="entry_kind_known"),
            models.CheckConstraint(
                condition=Q(kind="payment", amount__gt=ZERO, request__isnull=False)
                | Q(kind="counter_entry", reverses__isnull=False),
                name="entry_says_what_it_is",
            ),
            models.UniqueConstraint(
                fields=["request"], condition=Q(kind="payment"), name="one_payment_entry_per_request"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text}: {euro(self.amount)}"
