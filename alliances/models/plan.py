"""Financing plan: town × position × year, and where the rest of the money comes from."""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from alliances.enums import FundingSource
from alliances.models.application import Application
from calls.models import CallPosition
from core.money import EuroField
from towns.models import Town


class BudgetLine(models.Model):
    """Planned expenditure of one town under one position in one fiscal year."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="budget_lines")
    town = models.ForeignKey(Town, on_delete=models.PROTECT, related_name="+", verbose_name="Kommune")
    position = models.ForeignKey(
        CallPosition, on_delete=models.PROTECT, related_name="+", verbose_name="Position"
    )
    fiscal_year = models.PositiveSmallIntegerField("Haushaltsjahr")
    amount = EuroField("Betrag")
    note = models.CharField("Wofür?", max_length=300, blank=True)

    class Meta:
        verbose_name = "Planzeile"
        verbose_name_plural = "Finanzierungsplan"
        ordering = ["application", "town", "position__position", "fiscal_year"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "town", "position", "fiscal_year"], name="one_budget_line_per_cell"
            ),
            models.CheckConstraint(condition=Q(amount__gte=Decimal("0.00")), name="budget_line_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.town}, {self.position}, {self.fiscal_year}"


class FundingLine(models.Model):
    """What one town brings besides the grant, by source."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="funding_lines")
    town = models.ForeignKey(Town, on_delete=models.PROTECT, related_name="+", verbose_name="Kommune")
    source = models.CharField("Quelle", max_length=20, choices=FundingSource.choices)
    amount = EuroField("Betrag")

    class Meta:
        verbose_name = "Finanzierungszeile"
        verbose_name_plural = "Finanzierung"
        ordering = ["application", "town", "source"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "town", "source"], name="one_funding_line_per_source"
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=Decimal("0.00")), name="funding_line_not_negative"
            ),
            models.CheckConstraint(condition=Q(source__in=FundingSource.values), name="funding_source_known"),
        ]

    def __str__(self) -> str:
        return f"{self.town}, {self.get_source_display()}"
