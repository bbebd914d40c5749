"""Statement (Verwendungsnachweis): narrative and figures by plan position."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import F, Q, Sum
from django.urls import reverse

from calls.models import ReferenceFigure
from core import clock
from core.models import state_constraint
from core.money import EuroField, ReckoningLine, euro
from projects.enums import StatementState
from projects.models.project import PlanLine, Project
from projects.querysets import StatementQuerySet
from projects.reckoning import FinalGrant
from projects.workflow import StatementWorkflow

ZERO = Decimal("0.00")
WRITABLE = frozenset({StatementState.DRAFT, StatementState.RETURNED})


class Statement(StatementWorkflow):
    """Verwendungsnachweis of a project (ANBest-Gk 6.2: narrative and summarised figures)."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="statements")
    year = models.PositiveSmallIntegerField("Jahr")
    narrative = models.TextField("Sachbericht", blank=True, max_length=20000)
    own_funds = EuroField("Eigenmittel", default=ZERO)
    own_staff = EuroField("Eigenleistung (Personal)", default=ZERO)
    third_party = EuroField("Mittel Dritter", default=ZERO)
    due = models.DateField("fällig am")
    created_at = models.DateTimeField("begonnen", default=clock.now)
    submitted_at = models.DateTimeField("eingereicht", null=True, editable=False)
    closed_at = models.DateTimeField("abgeschlossen", null=True, editable=False)

    locks = ("project.call", "project")
    holds_documents = True
    objects: ClassVar[StatementQuerySet] = StatementQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "Verwendungsnachweis"
        verbose_name_plural = "Verwendungsnachweise"
        ordering = ["project", "year"]
        constraints = [
            state_constraint(StatementState, "statement_state_known"),
            models.UniqueConstraint(fields=["project", "year"], name="one_statement_per_year"),
            models.CheckConstraint(
                condition=Q(own_funds__gte=ZERO, own_staff__gte=ZERO, third_party__gte=ZERO),
                name="statement_income_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"Verwendungsnachweis {self.project.number}"

    def heading(self) -> str:
        """Return kind, number and year."""
        return f"Verwendungsnachweis {self.year}, Vorhaben {self.project.number}"

    def reference(self) -> str:
        """Return the number of the project."""
        return self.project.number

    def get_absolute_url(self) -> str:
        """Return the page of the statement (K27)."""
        return reverse("statement", args=[self.project.number, self.year])

    def may_be_written(self) -> bool:
        """Say whether the content may change in this state."""
        return self.state in WRITABLE

    def spent_total(self) -> Decimal:
        """Return what was spent by all positions in EUR."""
        return self.lines.aggregate(sum=Sum("spent"))["sum"] or ZERO

    def recognised_total(self) -> Decimal:
        """Return what was recognised (where nothing was cut: what was spent) in EUR."""
        return self.spent_total() - self.cut_total()

    def cut_total(self) -> Decimal:
        """Return what was not recognised in EUR."""
        return self.lines.aggregate(sum=Sum("cut"))["sum"] or ZERO

    def income_total(self) -> Decimal:
        """Return what the towns and third parties brought, in EUR."""
        return self.own_funds + self.own_staff + self.third_party

    def final_grant(self) -> FinalGrant:
        """Return the final grant by what is recognised; raise ReferenceFigure.DoesNotExist without the limit's row."""
        award = self.project.award
        limit = ReferenceFigure.objects.at("reduction_threshold", self.project.end).value
        extra = max(ZERO, self.third_party - award.planned_third_party())
        return FinalGrant(award.amount, award.expenditure, self.recognised_total(), extra, limit)

    def reckoning(self) -> list[ReckoningLine]:
        """Return how the final grant comes about (ANBest-Gk 2.1, 2.2) and what was paid already."""
        final, paid = self.final_grant(), self.project.paid()
        limit = f"Änderung bis {euro(final.limit)}: keine Kürzung"
        reduced = f"{euro(final.grant)} × ({euro(final.actual)} − {euro(final.extra_funds)}) ÷ {euro(final.planned)}"
        return [
            ReckoningLine("Bewilligte Zuwendung", final.grant),
            ReckoningLine("Bewilligte Ausgaben", final.planned),
            ReckoningLine("Ausgegeben", self.spent_total()),
            ReckoningLine("nicht anerkannt", -self.cut_total()),
            ReckoningLine("Anerkannte Ausgaben", final.actual),
            ReckoningLine("neue Mittel Dritter", final.extra_funds),
            ReckoningLine(limit if final.within_limit else reduced, final.amount),
            ReckoningLine("Endgültige Zuwendung", final.amount, result=True),
            ReckoningLine("schon ausgezahlt", paid),
            ReckoningLine(
                "zu viel gezahlt" if paid > final.amount else "noch abrufbar", abs(final.amount - paid)
            ),
        ]


class StatementLine(models.Model):
    """One position: approved, spent, cut."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="lines")
    plan_line = models.ForeignKey(PlanLine, on_delete=models.PROTECT, related_name="+")
    spent = EuroField("ausgegeben", default=ZERO)
    cut = EuroField("nicht anerkannt", default=ZERO)
    cut_reason = models.CharField("Grund der Kürzung", max_length=500, blank=True)

    class Meta:
        verbose_name = "Position des Nachweises"
        verbose_name_plural = "Positionen des Nachweises"
        ordering = ["statement", "plan_line__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "plan_line"], name="one_statement_line_per_position"
            ),
            models.CheckConstraint(
                condition=Q(spent__gte=ZERO, cut__gte=ZERO), name="statement_line_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(cut__lte=F("spent")),
                name="cut_within_spent",
                violation_error_message="Gekürzt werden kann höchstens, was ausgegeben wurde.",
            ),
            models.CheckConstraint(
                condition=Q(cut=ZERO) | ~Q(cut_reason=""),
                name="cut_has_a_reason",
                violation_error_message="Geben Sie zu jeder Kürzung einen Grund an.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_line}"
