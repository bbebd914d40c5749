"""Projektaufruf: who may apply for how much until when."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q, Sum
from django.urls import reverse
from guardian.models import UserObjectPermissionBase

from calls.criteria.texts import word
from calls.enums import CallState, ProgrammeRole
from calls.models.programme import Programme
from calls.querysets import CallQuerySet
from calls.workflow import CallWorkflow
from core import clock
from core.models import state_constraint
from core.money import EuroField
from core.roles import permissions


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

    def min_towns_word(self) -> str:
        """Return the minimum number of towns in words: vier."""
        return word(self.min_towns)

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


class CallUserObjectPermission(UserObjectPermissionBase):
    """The rows of rights on calls."""

    content_object = models.ForeignKey(Call, on_delete=models.CASCADE)

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False
