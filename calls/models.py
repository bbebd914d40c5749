"""Programme and call: who prepares, who decides, what a call asks, how much there is."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Sum
from django.urls import reverse
from guardian.models import UserObjectPermissionBase

from calls.enums import CallState, ProgrammeRole
from calls.querysets import CallQuerySet, ProgrammeQuerySet
from calls.workflow import CallWorkflow
from core import clock
from core.models import Record, state_constraint
from core.money import EuroField
from core.roles import permissions


class Programme(Record):
    """Förderprogramm: states who prepares and who decides (design section 3); anchor."""

    name = models.CharField("Name", max_length=200, unique=True)
    prepares = models.CharField("bereitet vor", max_length=200)
    decides = models.CharField("entscheidet", max_length=200, help_text="die Bewilligungsbehörde")
    legal_basis = models.CharField("Rechtsgrundlage", max_length=300)

    objects: ClassVar[ProgrammeQuerySet] = ProgrammeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "Förderprogramm"
        verbose_name_plural = "Förderprogramme"
        ordering = ["name"]
        default_permissions = ()
        permissions = permissions("programme")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page of the programme."""
        return reverse("programme")

    def people(self) -> Iterator[tuple[Any, str]]:
        """Yield (person, role) of everyone who works in the programme."""
        for member in self.members.select_related("user"):
            yield member.user, member.role


class ProgrammeMember(models.Model):
    """A person who works in a programme, in one role."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="programme_memberships")
    role = models.CharField("Rolle", max_length=20, choices=ProgrammeRole.choices)
    since = models.DateField("seit", default=clock.today)

    class Meta:
        verbose_name = "Person eines Programms"
        verbose_name_plural = "Personen der Programme"
        ordering = ["programme", "role", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "user", "role"], name="one_role_once_per_programme"),
            models.CheckConstraint(condition=Q(role__in=ProgrammeRole.values), name="programme_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}"


class Call(CallWorkflow):
    """Projektaufruf: who may apply for how much until when; anchor of those who run it."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="calls")
    number = models.CharField("Nummer", max_length=12, unique=True)
    title = models.CharField("Titel", max_length=200)
    summary = models.TextField("Kurz gesagt", max_length=4000)
    cap = EuroField("Höchstbetrag je Vorhaben")
    rate = models.DecimalField("höchster Förderanteil in Prozent", max_digits=5, decimal_places=2)
    min_towns = models.PositiveSmallIntegerField("Mindestzahl der Kommunen", default=4)
    opens_at = models.DateTimeField("Bewerben ab")
    closes_at = models.DateTimeField("Bewerbungsfrist")
    decision_planned = models.DateField("Entscheidung geplant", null=True, blank=True)
    earliest_start = models.DateField("frühester Beginn")
    latest_end = models.DateField("spätestes Ende")
    min_months = models.PositiveSmallIntegerField("Mindestdauer in Monaten", default=12)
    max_points = models.PositiveSmallIntegerField("Höchste Punktzahl je Kriterium", default=5)
    published_at = models.DateTimeField("veröffentlicht am", null=True, editable=False)
    cancelled_because = models.TextField("Grund des Abbruchs", blank=True, editable=False)

    holds_documents = True
    objects: ClassVar[CallQuerySet] = CallQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "Projektaufruf"
        verbose_name_plural = "Projektaufrufe"
        ordering = ["-opens_at", "-pk"]
        default_permissions = ()
        permissions = permissions("call")
        constraints = [
            state_constraint(CallState, "call_state_known"),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="call_closes_after_opening",
                violation_error_message="Die Bewerbungsfrist liegt vor dem Beginn der Bewerbung.",
            ),
            models.CheckConstraint(
                condition=Q(latest_end__gt=F("earliest_start")),
                name="call_ends_after_start",
                violation_error_message="Das späteste Ende liegt vor dem frühesten Beginn.",
            ),
            models.CheckConstraint(
                condition=Q(rate__gt=0, rate__lte=100),
                name="call_rate_is_percent",
                violation_error_message="Der Förderanteil liegt zwischen 0 % und 100 %.",
            ),
            models.CheckConstraint(
                condition=Q(cap__gt=Decimal("0.00")),
                name="call_cap_positive",
                violation_error_message="Der Höchstbetrag ist größer als 0,00 EUR.",
            ),
        ]

    def __str__(self) -> str:
        return f"Projektaufruf {self.number}"

    def heading(self) -> str:
        """Return number and title."""
        return f"Projektaufruf {self.number}: {self.title}"

    def get_absolute_url(self) -> str:
        """Return the page of those who run the call (G2)."""
        return reverse("call-setup", args=[self.number])

    def public_url(self) -> str:
        """Return the public page (Ö3)."""
        return reverse("call", args=[self.number])

    def section_url(self, section: str) -> str:
        """Return the page of one section of the set-up."""
        return reverse("call-section", args=[self.number, section])

    def closes_text(self) -> str:
        """Return the deadline in words."""
        return f"{self.closes_at.astimezone(clock.BERLIN):%d.%m.%Y, %H:%M} Uhr"

    def is_open(self) -> bool:
        """Say whether one may apply at this instant: by the call's times, never by whether a job ran."""
        return self.state == CallState.PUBLISHED and self.opens_at <= clock.now() < self.closes_at

    def weight_sum(self) -> int:
        """Return the sum of the scoring weights in percent."""
        return int(self.scoring_criteria.aggregate(sum=Sum("weight"))["sum"] or 0)

    def budget_total(self) -> Decimal:
        """Return the budget of all years in EUR."""
        return self.budgets.aggregate(sum=Sum("amount"))["sum"] or Decimal("0.00")

    def people(self) -> Iterator[tuple[Any, str]]:
        """Yield (person, role) of the programme's people, where the role has rights on calls."""
        for user, role in self.programme.people():
            if role != ProgrammeRole.CASHIER:
                yield user, role


class CallBudget(models.Model):
    """Money of a call for one fiscal year (Haushaltsjahr)."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="budgets")
    fiscal_year = models.PositiveSmallIntegerField("Haushaltsjahr")
    amount = EuroField("Ansatz")
    title = models.CharField("Kapitel/Titel", max_length=40, blank=True)

    class Meta:
        verbose_name = "Ansatz"
        verbose_name_plural = "Haushalt"
        ordering = ["call", "fiscal_year"]
        constraints = [
            models.UniqueConstraint(fields=["call", "fiscal_year"], name="one_budget_per_call_and_year"),
            models.CheckConstraint(condition=Q(amount__gte=Decimal("0.00")), name="budget_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.call} {self.fiscal_year}"


class CallCriterion(models.Model):
    """Which criterion (`calls/criteria/`) a call applies, with which parameters."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="criteria")
    code = models.CharField("Voraussetzung", max_length=40)
    parameters = models.JSONField("Angaben", default=dict, blank=True)
    position = models.PositiveSmallIntegerField("Reihenfolge", default=0)

    class Meta:
        verbose_name = "Fördervoraussetzung"
        verbose_name_plural = "Fördervoraussetzungen"
        ordering = ["call", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["call", "code"], name="one_criterion_once_per_call")]

    def __str__(self) -> str:
        return self.code


class Question(models.Model):
    """One question of a call to the alliances, answered on one page."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="questions")
    code = models.SlugField("Kurzname", max_length=40)
    title = models.CharField("Frage", max_length=200)
    help = models.TextField("Warum wir fragen", max_length=2000, blank=True)
    max_words = models.PositiveSmallIntegerField("höchstens so viele Wörter", default=500)
    position = models.PositiveSmallIntegerField("Reihenfolge", default=0)

    class Meta:
        verbose_name = "Frage"
        verbose_name_plural = "Fragen"
        ordering = ["call", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["call", "code"], name="one_question_code_per_call")]

    def __str__(self) -> str:
        return self.title


class CallPosition(models.Model):
    """A position of the financing plan: what expenditure is planned under."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="positions")
    code = models.CharField("Nummer", max_length=10)
    title = models.CharField("Position", max_length=120)
    help = models.TextField("Was hierher gehört", max_length=1000, blank=True)
    staff = models.BooleanField("Arbeitszeit eigener Beschäftigter", default=False)
    position = models.PositiveSmallIntegerField("Reihenfolge", default=0)

    class Meta:
        verbose_name = "Position"
        verbose_name_plural = "Positionen"
        ordering = ["call", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["call", "code"], name="one_position_code_per_call")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class RequiredDocument(models.Model):
    """A document that a call asks for."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="required_documents")
    code = models.SlugField("Kurzname", max_length=40)
    title = models.CharField("Unterlage", max_length=200)
    help = models.CharField("Hinweis", max_length=400, blank=True)
    per_town = models.BooleanField("von jeder Kommune", default=False)
    position = models.PositiveSmallIntegerField("Reihenfolge", default=0)

    class Meta:
        verbose_name = "verlangte Unterlage"
        verbose_name_plural = "verlangte Unterlagen"
        ordering = ["call", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["call", "code"], name="one_document_code_per_call")]

    def __str__(self) -> str:
        return self.title


class ScoringCriterion(models.Model):
    """Bewertungskriterium: what the board scores, with its weight in percent."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="scoring_criteria")
    title = models.CharField("Kriterium", max_length=200)
    question = models.TextField("Leitfrage", max_length=1000)
    weight = models.PositiveSmallIntegerField("Gewicht in Prozent")
    position = models.PositiveSmallIntegerField("Reihenfolge", default=0)

    class Meta:
        verbose_name = "Bewertungskriterium"
        verbose_name_plural = "Bewertungskriterien"
        ordering = ["call", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=100),
                name="weight_is_percent",
                violation_error_message="Das Gewicht liegt zwischen 1 % und 100 %.",
            )
        ]

    def __str__(self) -> str:
        return self.title


class ProgrammeUserObjectPermission(UserObjectPermissionBase):
    """The rows of rights on programmes."""

    content_object = models.ForeignKey(Programme, on_delete=models.CASCADE)

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False


class CallUserObjectPermission(UserObjectPermissionBase):
    """The rows of rights on calls."""

    content_object = models.ForeignKey(Call, on_delete=models.CASCADE)

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False
