"""The parts of a call: budget by year, criteria, questions, positions, documents, scoring criteria."""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from calls.models.call import Call
from core.money import EuroField


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
