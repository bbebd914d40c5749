"""The report of a call (Förderbericht): applications, projects, payments by fiscal year, milestones, as plain rows.

Amounts are Decimal in EUR. Cases and applications are reported by their frozen submission, money by the ledger.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from calls.models import Call
from core import clock
from core.wording import berlin_day
from projects.enums import AwardState, MilestoneState
from projects.models import Award, LedgerEntry, Milestone, Project
from review.models import Case

CHUNK = 500
ZERO = Decimal("0.00")
SOURCE = "Quartett: Vorgänge, Zuwendungsbescheide, Buchungen und Meilensteine des Aufrufs"


@dataclass(frozen=True)
class ApplicationRow:
    """One submitted application; `granted` is None until an award was issued."""

    number: str
    title: str
    lead: str
    towns: str
    town_count: int
    received: date
    state: str
    expenditure: Decimal
    requested: Decimal
    granted: Decimal | None


@dataclass(frozen=True)
class ProjectRow:
    """One project with its award and what was paid."""

    number: str
    title: str
    recipient: str
    start: date
    end: date
    state: str
    issued: date | None
    rate: Decimal
    expenditure: Decimal
    granted: Decimal
    paid: Decimal


@dataclass(frozen=True)
class PaymentRow:
    """What the ledger holds for one project, by fiscal year in the order of the report's years."""

    number: str
    recipient: str
    by_year: tuple[Decimal, ...]


@dataclass(frozen=True)
class MilestoneRow:
    """One milestone; `overdue` means: due before the day of the report and not reported."""

    number: str
    code: str
    title: str
    town: str
    due: date
    state: str
    reported: date | None
    overdue: bool


@dataclass(frozen=True)
class CallReport:
    """All rows of the report, with what the cover says."""

    call_number: str
    call_title: str
    programme: str
    day: date
    made_at: datetime
    applications: list[ApplicationRow]
    projects: list[ProjectRow]
    years: list[int]
    payments: list[PaymentRow]
    milestones: list[MilestoneRow]

    @property
    def title(self) -> str:
        """Return the title of the report."""
        return f"Förderbericht zum Projektaufruf {self.call_number}"

    @property
    def file_stem(self) -> str:
        """Return the name of its files without the ending."""
        return f"Foerderbericht-{self.call_number}-{self.day.isoformat()}"

    def filters(self) -> str:
        """Return in words what the report covers."""
        return f"Projektaufruf {self.call_number} „{self.call_title}“, alle Länder, alle Stände"

    def row_count(self) -> int:
        """Return the number of rows of all tables."""
        return len(self.applications) + len(self.projects) + len(self.payments) + len(self.milestones)


def read_call_report(call: Call) -> CallReport:
    """Return the report of a call as of now; reads only."""
    granted = _granted(call)
    years = _years(call)
    return CallReport(
        call_number=call.number,
        call_title=call.title,
        programme=call.programme.name,
        day=clock.today(),
        made_at=clock.now(),
        applications=list(_applications(call, granted)),
        projects=list(_projects(call)),
        years=years,
        payments=list(_payments(call, years)),
        milestones=list(_milestones(call)),
    )


def _granted(call: Call) -> dict[int, Decimal]:
    """Return the amount of each issued award by the id of its case."""
    issued = Award.objects.filter(call=call).exclude(state=AwardState.DRAFTED)
    return dict(issued.values_list("case_id", "amount"))


def _applications(call: Call, granted: dict[int, Decimal]) -> Iterator[ApplicationRow]:
    """Yield the submitted applications by number."""
    for case in Case.objects.filter(call=call).order_by("number").iterator(CHUNK):
        towns: list[dict[str, Any]] = case.snapshot["towns"]
        yield ApplicationRow(
            number=case.number,
            title=case.title,
            lead=next((town["name"] for town in towns if town["lead"]), ""),
            towns=", ".join(town["name"] for town in towns),
            town_count=len(towns),
            received=berlin_day(case.received_at),
            state=case.state_label(),
            expenditure=sum((Decimal(line["amount"]) for line in case.snapshot["budget"]), ZERO),
            requested=case.requested_grant,
            granted=granted.get(case.pk),
        )


def _projects(call: Call) -> Iterator[ProjectRow]:
    """Yield the projects by number."""
    paid = dict(
        _ledger(call).values("project_id").annotate(sum=Sum("amount")).values_list("project_id", "sum")
    )
    found = Project.objects.filter(call=call).select_related("award__recipient").order_by("number")
    for project in found.iterator(CHUNK):
        award = project.award
        yield ProjectRow(
            number=project.number,
            title=project.title,
            recipient=award.recipient.name,
            start=project.start,
            end=project.end,
            state=project.state_label(),
            issued=berlin_day(award.issued_at) if award.issued_at else None,
            rate=award.rate,
            expenditure=award.expenditure,
            granted=award.amount,
            paid=paid.get(project.pk, ZERO),
        )


def _ledger(call: Call) -> Any:
    """Return the entries of the call's projects, without order, to be summed."""
    return LedgerEntry.objects.filter(project__call=call).order_by()


def _years(call: Call) -> list[int]:
    """Return the fiscal years with a budget or an entry, in order."""
    planned = call.budgets.values_list("fiscal_year", flat=True)
    return sorted({*planned, *_ledger(call).values_list("fiscal_year", flat=True).distinct()})


def _payments(call: Call, years: list[int]) -> Iterator[PaymentRow]:
    """Yield the sums of the ledger by fiscal year for each project."""
    sums = _ledger(call).values("project_id", "fiscal_year").annotate(sum=Sum("amount"))
    amounts = {(row["project_id"], row["fiscal_year"]): row["sum"] for row in sums}
    projects = Project.objects.filter(call=call).order_by("number")
    for pk, number, recipient in projects.values_list("pk", "number", "award__recipient__name").iterator(
        CHUNK
    ):
        yield PaymentRow(number, recipient, tuple(amounts.get((pk, year), ZERO) for year in years))


def _milestones(call: Call) -> Iterator[MilestoneRow]:
    """Yield the milestones by project and day."""
    open_states = (MilestoneState.PLANNED, MilestoneState.RETURNED)
    found = Milestone.objects.filter(project__call=call).select_related("project", "town")
    for milestone in found.order_by("project__number", "due", "pk").iterator(CHUNK):
        yield MilestoneRow(
            number=milestone.project.number,
            code=milestone.code,
            title=milestone.title,
            town=milestone.town.name,
            due=milestone.due,
            state=milestone.state_label(),
            reported=berlin_day(milestone.reported_at) if milestone.reported_at else None,
            overdue=milestone.state in open_states and milestone.due < clock.today(),
        )
