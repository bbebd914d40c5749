"""Payment requests and the ledger."""

from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Sum
from django.urls import reverse

from core import clock
from core.models import state_constraint
from core.models.event import AppendOnly
from core.money import EuroField, ReckoningLine, euro, percent
from projects import facts
from projects.enums import EntryKind, PaymentState
from projects.models.award import AwardTranche
from projects.models.project import Project
from projects.querysets import LedgerQuerySet, PaymentRequestQuerySet
from projects.reckoning import pro_rata
from projects.workflow import PaymentRequestWorkflow

ZERO = Decimal("0.00")
WRITABLE = frozenset({PaymentState.DRAFT, PaymentState.QUERIED})


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
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    checked_at = models.DateTimeField("geprüft", null=True, editable=False)
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
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
                condition=Q(checked_by=None)
                | Q(requested_by__isnull=False) & ~Q(checked_by=F("requested_by")),
                name="who_asks_does_not_check",
                violation_error_message="Sie haben diese Zahlungsanforderung gestellt. "
                "Prüfen muss eine andere Person.",
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

    def may_be_written(self) -> bool:
        """Say whether the content may change in this state."""
        return self.state in WRITABLE

    def all_entries(self) -> LedgerQuerySet:
        """Return the payment's entry and its counter-entry."""
        entries: LedgerQuerySet = self.project.ledger.all()
        return entries.filter(Q(request=self) | Q(reverses__request=self))

    def drawn_by_others(self) -> Decimal:
        """Return what was paid, and what other requests of the project bind, in EUR."""
        return self._paid() + self._others().binding().total()

    def claim(self) -> Decimal:
        """Return the grant's part for what was spent and falls due, at most the whole grant, in EUR."""
        award = self.project.award
        claimed = self.paid_expenses + self.due_expenses
        return min(pro_rata(award.amount, claimed, award.expenditure), award.amount)

    def drawable(self) -> Decimal:
        """Return what can be drawn now in EUR: the claim less what is drawn already."""
        return max(ZERO, self.claim() - self.drawn_by_others())

    def left_of_year(self) -> Decimal:
        """Return what is left of the fiscal year's tranche in EUR."""
        return (
            self._tranche() - self._paid(self.fiscal_year) - self._others(self.fiscal_year).binding().total()
        )

    def payable(self) -> Decimal:
        """Return what may leave in EUR: within claim and tranche, less what was paid or ordered.

        The sums can have changed since the request was submitted, so order and payment ask again.
        """
        all_years = self.claim() - self._paid() - self._others().to_be_paid().total()
        year = self.fiscal_year
        this_year = self._tranche() - self._paid(year) - self._others(year).to_be_paid().total()
        return max(ZERO, min(all_years, this_year))

    def _tranche(self) -> Decimal:
        """Return what was granted for the fiscal year in EUR."""
        of_the_year = AwardTranche.objects.filter(award=self.project.award_id, fiscal_year=self.fiscal_year)
        return of_the_year.aggregate(sum=Sum("amount"))["sum"] or ZERO

    def _paid(self, fiscal_year: int | None = None) -> Decimal:
        """Return what the ledger says was paid to the project (in a fiscal year) besides this request, in EUR."""
        entries = self.project.ledger.besides(self)
        return (entries.filter(fiscal_year=fiscal_year) if fiscal_year else entries).balance()

    def _others(self, fiscal_year: int | None = None) -> PaymentRequestQuerySet:
        """Return the other requests of the project (for a fiscal year)."""
        others: PaymentRequestQuerySet = self.project.payment_requests.exclude(pk=self.pk)
        return others.filter(fiscal_year=fiscal_year) if fiscal_year else others

    def value_date_problem(self, day: date) -> str:
        """Return why a payment cannot have this value date, or an empty text (no entry outside its period)."""
        if day > clock.today():
            return f"Der {day:%d.%m.%Y} liegt in der Zukunft. Buchen Sie die Auszahlung ab diesem Tag."
        ordered = self.ordered_at.astimezone(clock.BERLIN).date() if self.ordered_at else day
        if day < ordered:
            return f"Angeordnet ist die Auszahlung seit {ordered:%d.%m.%Y}. Geben Sie einen Tag ab dann ein."
        if day.year != self.fiscal_year:
            return (
                f"Angefordert ist das Geld für das Haushaltsjahr {self.fiscal_year}, nicht für den {day:%d.%m.%Y}. "
                "Lehnen Sie die Anforderung ab, dann kann die Kommune sie für das neue Jahr stellen."
            )
        return ""

    def reckoning(self) -> list[ReckoningLine]:
        """Return how the drawable amount comes about (ANBest-Gk 1.3.1)."""
        award = self.project.award
        claimed = self.paid_expenses + self.due_expenses
        return [
            ReckoningLine("Bezahlt bisher", self.paid_expenses),
            ReckoningLine("fällig in den nächsten sechs Wochen", self.due_expenses),
            ReckoningLine(
                f"davon {percent(award.share())}", pro_rata(award.amount, claimed, award.expenditure)
            ),
            ReckoningLine(f"Grenze: bewilligt sind {euro(award.amount)}", self.claim()),
            ReckoningLine("schon abgerufen", -self.drawn_by_others()),
            ReckoningLine("jetzt abrufbar", self.drawable(), result=True),
            ReckoningLine(f"Grenze {self.fiscal_year}: noch", self.left_of_year()),
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
                | Q(kind="counter_entry", amount__lt=ZERO, reverses__isnull=False),
                name="entry_says_what_it_is",
            ),
            models.UniqueConstraint(
                fields=["request"], condition=Q(kind="payment"), name="one_payment_entry_per_request"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text}: {euro(self.amount)}"

    def last_day_of_use(self) -> date:
        """Return the last day to use a payment (six weeks)."""
        return facts.last_day_of_use(self.value_date)
