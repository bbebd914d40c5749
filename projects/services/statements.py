"""Statements: written by the lead, audited, closed; the last closed project completes its call."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from calls.enums import CallState
from core import door
from core.guards import Reason
from projects.enums import ProjectState
from projects.models import Project, Statement, StatementLine
from projects.models.statement import WRITABLE

FIELDS = ("narrative", "own_funds", "own_staff", "third_party")


def start_statement(
    project: Project, values: Mapping[str, Any], *, by: Any, token: UUID | None = None
) -> Statement:
    """Begin the statement of a project, or return the one there is; `values` as for `save_statement`."""
    states = frozenset({ProjectState.RUNNING, ProjectState.COMPLETED})
    with door.editing(project, "write_statement", by=by, states=states) as fresh:
        earlier = fresh.statements.first()
        if earlier:
            return earlier  # type: ignore[no-any-return]
        statement = Statement.objects.create(project=fresh, year=fresh.end.year, due=fresh.statement_due())
        for plan_line in fresh.plan_lines.all():
            StatementLine.objects.create(statement=statement, plan_line=plan_line)
        door.record_birth(statement, by=by, label="Verwendungsnachweis begonnen", token=token)
        _write(statement, values)
        return statement


def save_statement(statement: Statement, values: Mapping[str, Any], *, by: Any) -> Statement:
    """Save narrative, income and `spent` (plan line's code -> EUR); a figure below its cut lifts the cut."""
    with door.editing(statement, "write_statement", by=by, on="project", states=WRITABLE) as fresh:
        _write(fresh, values)
        return fresh  # type: ignore[no-any-return]


def _write(statement: Statement, values: Mapping[str, Any]) -> None:
    """Write the content; what was cut before a return is open again."""
    for name in FIELDS:
        setattr(statement, name, values[name])
    statement.due = statement.project.statement_due()
    statement.save(update_fields=[*FIELDS, "due"])
    spent: Mapping[str, Decimal] = values["spent"]
    for line in statement.lines.select_related("plan_line"):
        line.spent = spent.get(line.plan_line.code, line.spent)
        line.cut, line.cut_reason = Decimal("0.00"), ""
        line.save(update_fields=["spent", "cut", "cut_reason"])


def record_cuts(statement: Statement, event: Any) -> None:
    """Write what is not recognised, by position, with the reason (effect of cutting)."""
    cuts: Mapping[str, Any] = statement.act.data["cuts"]  # type: ignore[union-attr]
    for line in statement.lines.select_related("plan_line"):
        cut = cuts.get(line.plan_line.code)
        if cut is None:
            continue
        line.cut, line.cut_reason = cut["amount"], cut["reason"]
        if line.cut > line.spent:
            raise door.Refused(
                [Reason(f"{line.plan_line}: Kürzen können Sie höchstens, was ausgegeben wurde.")]
            )
        line.save(update_fields=["cut", "cut_reason"])


def begin_final_audit(statement: Statement, event: Any) -> None:
    """Move the project on (effect of submitting)."""
    door.perform(statement.project, "begin_final_audit", by=None, at=event.at)


def return_to_town(statement: Statement, event: Any) -> None:
    """Move the project back (effect of giving back)."""
    door.perform(statement.project, "return_to_completed", by=None, at=event.at)


def close_project(statement: Statement, event: Any) -> None:
    """Close the project, and complete the call with its last project (effect of closing)."""
    project = door.perform(statement.project, "close", by=None, at=event.at).record
    call = project.call
    if call.awards.filter(project=None).exists() or call.projects.exclude(state=ProjectState.CLOSED).exists():
        return
    if call.state == CallState.DECIDED:
        door.perform(call, "complete", by=None, at=event.at)
