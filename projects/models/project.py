"""Project (Modellvorhaben), its approved plan and its milestones; the project is the anchor of the money side."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q, Sum
from django.urls import reverse
from guardian.models import UserObjectPermissionBase

from alliances.enums import PartnerState
from alliances.models import Alliance
from calls.models import Call
from core import clock
from core.models import state_constraint
from core.money import EuroField
from core.roles import permissions
from projects import facts
from projects.enums import EntryKind, MilestoneState, ProjectState, StatementState
from projects.models.award import Award
from projects.querysets import PartQuerySet, ProjectQuerySet
from projects.reckoning import MoneyBar, pro_rata
from projects.workflow import MilestoneWorkflow, ProjectWorkflow
from towns.models import Town, TownMember


class Project(ProjectWorkflow):
    """Modellvorhaben: founded by an award."""

    number = models.CharField("Nummer", max_length=14, unique=True)
    award = models.OneToOneField(Award, on_delete=models.PROTECT, related_name="project")
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="projects")
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="projects")
    title = models.CharField("Titel", max_length=200)
    start = models.DateField("Beginn")
    end = models.DateField("Ende")
    completed_at = models.DateTimeField("durchgeführt", null=True, editable=False)
    closed_at = models.DateTimeField("abgeschlossen", null=True, editable=False)

    locks = ("call",)
    holds_documents = True
    objects: ClassVar[ProjectQuerySet] = ProjectQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "Modellvorhaben"
        verbose_name_plural = "Modellvorhaben"
        ordering = ["number"]
        default_permissions = ()
        permissions = permissions("project")
        constraints = [
            state_constraint(ProjectState, "project_state_known"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="project_ends_after_start"),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_at__isnull=False), name="closed_project_has_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"Vorhaben {self.number}"

    def heading(self) -> str:
        """Return number and title."""
        return f"Vorhaben {self.number}: {self.title}"

    def get_absolute_url(self) -> str:
        """Return the page of the project (K22)."""
        return reverse("project", args=[self.number])

    def people(self) -> Iterator[tuple[Any, str]]:
        """Yield (person, role): those who act for the alliance's towns, and the programme's people."""
        joined = self.alliance.partners.filter(state=PartnerState.ACCEPTED).values_list("town_id", "is_lead")
        side = {town_id: "lead" if is_lead else "partner" for town_id, is_lead in joined}
        for member in TownMember.objects.filter(town__in=side, until=None).select_related("user"):
            yield member.user, f"{side[member.town_id]}_{member.role}"
        yield from self.call.programme.people()

    def paid(self) -> Decimal:
        """Return what was paid, from the ledger, in EUR."""
        return self.ledger.balance()

    def money(self) -> MoneyBar:
        """Return what the money bar shows (ask for the project `with_money`)."""
        paid, stated = self.paid_sum, self.stated_sum or Decimal("0.00")  # type: ignore[attr-defined]
        used = pro_rata(self.award.amount, stated, self.award.expenditure)
        return MoneyBar(self.award.amount, paid, max(Decimal("0.00"), min(paid, used)))

    def last_payout(self) -> Any:
        """Return the last payment's entry in the ledger that was not annulled, or None."""
        return (
            self.ledger.filter(kind=EntryKind.PAYMENT, reversed_by=None).order_by("value_date", "pk").last()
        )

    def years(self) -> list[tuple[int, Decimal, Decimal]]:
        """Return (fiscal year, granted, paid) in EUR."""
        rows = self.ledger.order_by("fiscal_year").values("fiscal_year").annotate(sum=Sum("amount"))
        paid = {row["fiscal_year"]: row["sum"] for row in rows}
        tranches = self.award.tranches.all()
        return [(t.fiscal_year, t.amount, paid.get(t.fiscal_year, Decimal("0.00"))) for t in tranches]

    def next_duties(self) -> list[facts.Duty]:
        """Return what the towns owe next, by date: open milestones, and the statement."""
        waiting = self.milestones.filter(state__in=[MilestoneState.PLANNED, MilestoneState.RETURNED])
        owed = [
            facts.Duty(f"Meilenstein {m.code} „{m.title}“ melden ({m.town.name})", m.due, "Arbeitsplan")
            for m in waiting.select_related("town")
        ]
        if not self.statements.exclude(state__in=[StatementState.DRAFT, StatementState.RETURNED]).exists():
            owed.append(
                facts.Duty("Verwendungsnachweis einreichen", self.statement_due(), "ANBest-Gk Nr. 6.1")
            )
        return sorted(owed, key=lambda duty: duty.until or self.end)

    def statement_due(self) -> date:
        """Return until when the statement is due (ANBest-Gk 6.1)."""
        done = self.completed_at.astimezone(clock.BERLIN).date() if self.completed_at else None
        return facts.statement_due(self.end, done)


class PlanLine(models.Model):
    """The approved plan by position: the structure of the statement."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="plan_lines")
    code = models.CharField("Nummer", max_length=10)
    title = models.CharField("Position", max_length=120)
    amount = EuroField("bewilligte Ausgaben")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "Position des bewilligten Plans"
        verbose_name_plural = "bewilligter Plan"
        ordering = ["project", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "code"], name="one_plan_line_per_position"),
            models.CheckConstraint(condition=Q(amount__gte=Decimal("0.00")), name="plan_line_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Milestone(MilestoneWorkflow):
    """Meilenstein of a project."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="milestones")
    code = models.CharField("Kennung", max_length=8)
    title = models.CharField("Meilenstein", max_length=200)
    town = models.ForeignKey(
        Town, on_delete=models.PROTECT, related_name="+", verbose_name="zuständige Kommune"
    )
    due = models.DateField("bis")
    evidence = models.CharField("Nachweis", max_length=300)
    result = models.TextField("Ergebnis", max_length=4000, blank=True)
    reported_at = models.DateTimeField("gemeldet", null=True, editable=False)

    locks = ("project",)
    holds_documents = True
    objects: ClassVar[PartQuerySet] = PartQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "Meilenstein"
        verbose_name_plural = "Meilensteine"
        ordering = ["project", "due", "pk"]
        constraints = [
            state_constraint(MilestoneState, "milestone_state_known"),
            models.UniqueConstraint(fields=["project", "code"], name="one_milestone_code_per_project"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def heading(self) -> str:
        """Return code, title and the number of the project."""
        return f"Meilenstein {self.code}: {self.title}"

    def reference(self) -> str:
        """Return the number of the project."""
        return self.project.number

    def get_absolute_url(self) -> str:
        """Return the page of the milestone (K24)."""
        return reverse("milestone", args=[self.project.number, self.code])

    def may_report(self, user: Any) -> bool:
        """Say whether a person acts for the milestone's town or for the lead."""
        if user is None:
            return False
        towns = [self.town_id, self.project.award.recipient_id]
        return TownMember.objects.filter(user=user, town__in=towns, until=None).exists()


class ProjectUserObjectPermission(UserObjectPermissionBase):
    """The rows of rights on projects."""

    content_object = models.ForeignKey(Project, on_delete=models.CASCADE)

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False
