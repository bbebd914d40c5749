"""What changes programmes and calls besides the steps of the machine: founding, copying, editing, reference rows."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import CheckConstraint, Model

from calls.enums import CallState
from calls.law import read_figures
from calls.models import Call, Programme, ProgrammeMember, ReferenceFigure
from calls.patterns import PATTERNS, CallPattern
from core import access, clock, door
from core.guards import Reason
from core.models import Counter

DRAFT = frozenset({str(CallState.DRAFT)})

# The lists of a call, and what their rows are told apart by.
ROW_KEYS = {
    "budgets": "fiscal_year",
    "positions": "code",
    "questions": "code",
    "required_documents": "code",
    "scoring_criteria": "title",
    "criteria": "code",
}
COPIED = ("title", "summary", "cap", "rate", "min_towns", "min_months", "max_points")


@transaction.atomic
def create_programme(*, name: str, prepares: str, decides: str, legal_basis: str) -> Programme:
    """Found a programme; its people follow by `add_programme_member`."""
    programme = Programme(name=name, prepares=prepares, decides=decides, legal_basis=legal_basis)
    programme.full_clean()
    programme.save()
    return programme


@transaction.atomic
def add_programme_member(programme: Programme, user: Any, *roles: str) -> None:
    """Let a person work in a programme in some roles; their rights on its calls and all that follows are given."""
    for role in roles:
        ProgrammeMember.objects.get_or_create(programme=programme, user=user, role=role)
    access.sync_with_dependants(programme)


@transaction.atomic
def create_call(
    programme: Programme,
    *,
    by: Any,
    pattern: str = "2020",
    title: str = "",
    token: UUID | None = None,
    **fields: Any,
) -> Call:
    """Make a draft call from a pattern ("2020", "2019" or "leer").

    `fields` are values of the call that differ from the pattern. A repeated token returns the first call. Raises
    `door.Refused` without the right `create_call` on the programme.
    """
    earlier = _earlier(programme, by, token)
    if earlier:
        return earlier
    model = PATTERNS[pattern]
    days = model.days(clock.today())
    values = {
        **{name: getattr(model, name) for name in COPIED},
        "opens_at": clock.berlin(days.opens.year, days.opens.month, days.opens.day, 8),
        "closes_at": clock.berlin(days.closes.year, days.closes.month, days.closes.day, 12),
        "decision_planned": days.decision,
        "earliest_start": days.earliest_start,
        "latest_end": days.latest_end,
        **fields,
    }
    call = _born(
        programme, {**values, "title": title or values["title"]}, by, f"Aufruf angelegt: {model.label}", token
    )
    _fill_from_pattern(call, model)
    return call


@transaction.atomic
def copy_call(source: Call, *, by: Any, title: str = "", token: UUID | None = None) -> Call:
    """Make a draft call like an earlier one of the same programme; all its days move on by whole years.

    Raises `door.Refused` without the right `create_call` on the programme.
    """
    earlier = _earlier(source.programme, by, token)
    if earlier:
        return earlier
    years = max(1, clock.today().year - source.opens_at.astimezone(clock.BERLIN).year)
    values = {name: getattr(source, name) for name in COPIED}
    for name in ("opens_at", "closes_at", "decision_planned", "earliest_start", "latest_end"):
        values[name] = _years_on(getattr(source, name), years)
    label = f"Aufruf angelegt: Kopie von {source.number}"
    call = _born(source.programme, {**values, "title": title or values["title"]}, by, label, token)
    for name in ROW_KEYS:
        for row in getattr(source, name).all():
            row.pk, row.call, row._state.adding = None, call, True
            if name == "budgets":
                row.fiscal_year += years
            row.save()
    return call


def change_call(call: Call, values: Mapping[str, Any], *, by: Any) -> Call:
    """Change fields of a draft call; raise `door.Refused` with a sentence for every rule that does not hold."""
    with door.editing(call, "set_up", by=by, on="self", states=DRAFT) as fresh:
        for name, value in values.items():
            setattr(fresh, name, value)
        _must_be_sound(fresh)
        fresh.save(update_fields=list(values))
        return fresh  # type: ignore[no-any-return]


def replace_rows(call: Call, name: str, rows: Iterable[Mapping[str, Any]], *, by: Any) -> None:
    """Make a list of a draft call equal to `rows` (values of the fields; their order is the position).

    Nothing can point at the rows of a draft yet, so they are written anew: pressed twice is saved once. Raises
    `door.Refused`, also when the key of a list stands there twice.
    """
    with door.editing(call, "set_up", by=by, on="self", states=DRAFT) as fresh:
        manager = getattr(fresh, name)
        ordered = name != "budgets"
        wanted = [
            manager.model(call=fresh, **values, **({"position": position} if ordered else {}))
            for position, values in enumerate(rows)
        ]
        _must_be_unique(wanted, ROW_KEYS[name])
        for row in wanted:
            _must_be_sound(row)
        manager.all().delete()
        manager.bulk_create(wanted)


def close_due_calls() -> int:
    """Close every call whose deadline has come (daily job); return how many."""
    return sum(door.perform(call, "close", by=None).changed for call in Call.objects.past_deadline())


@transaction.atomic
def load_reference() -> int:
    """Bring the figures of the law up to the shipped table (by code and day); return how many rows it has."""
    figures = read_figures()
    for figure in figures:
        ReferenceFigure.objects.update_or_create(
            code=figure.code,
            valid_from=figure.valid_from,
            defaults={
                "title": figure.title,
                "value": figure.value,
                "unit": figure.unit,
                "valid_to": figure.valid_to,
                "source": figure.source,
            },
        )
    return len(figures)


def _earlier(programme: Programme, by: Any, token: UUID | None) -> Call | None:
    """Return the call that this token made before; raise `Refused` if the person may not create calls."""
    if not access.holds(by, "create_call", programme):
        reason = "Einen Aufruf anlegen darf nur, wer in diesem Förderprogramm dafür zuständig ist."
        raise door.Refused([Reason(reason)], "right")
    return door.earlier_outcome(token, Call)


def _born(programme: Programme, values: dict[str, Any], by: Any, label: str, token: UUID | None) -> Call:
    """Number, check and store a new call, write its first event, give its rights."""
    number = Counter.take("call", values["opens_at"].astimezone(clock.BERLIN).year, width=1)
    call = Call(programme=programme, number=number, **values)
    _must_be_sound(call)
    call.save()
    door.record_birth(call, by=by, label=label, token=token)
    access.sync(call)
    return call


def _fill_from_pattern(call: Call, model: CallPattern) -> None:
    """Store the lists of a pattern; a pattern without rules leaves the budget open too."""
    years = (call.earliest_start, call.latest_end)
    for year, amount in model.budget_by_year(*years).items() if model.criteria else ():
        call.budgets.create(fiscal_year=year, amount=amount)
    for position, question in enumerate(model.questions):
        call.questions.create(position=position, **vars(question))
    for position, line in enumerate(model.positions):
        call.positions.create(position=position, **vars(line))
    for position, document in enumerate(model.documents):
        call.required_documents.create(position=position, **vars(document))
    for position, scoring in enumerate(model.scoring):
        call.scoring_criteria.create(position=position, **vars(scoring))
    for position, criterion in enumerate(model.criteria):
        call.criteria.create(position=position, **vars(criterion))


def _years_on(value: Any, years: int) -> Any:
    """Move a day or an instant on by whole years (29 February becomes the 28th); the wall clock in Berlin stays."""
    if value is None:
        return None
    local = value.astimezone(clock.BERLIN) if isinstance(value, datetime) else value
    day = 28 if (local.month, local.day) == (2, 29) else local.day
    return local.replace(year=local.year + years, day=day)


def _must_be_sound(record: Call | Model) -> None:
    """Raise `Refused` unless fields and check constraints hold (the protected state is bound by its constraint)."""
    rules = [rule for rule in record._meta.constraints if isinstance(rule, CheckConstraint)]
    try:
        record.clean_fields(exclude={"state"})
        for rule in rules:
            rule.validate(type(record), record, exclude={"state"})
    except ValidationError as error:
        raise door.Refused([Reason(text) for text in error.messages], "validation") from error


def _must_be_unique(rows: list[Any], key: str) -> None:
    """Raise `Refused` for every key that stands there twice."""
    seen: dict[Any, int] = {}
    for row in rows:
        seen[getattr(row, key)] = seen.get(getattr(row, key), 0) + 1
    label = rows[0]._meta.get_field(key).verbose_name if rows else ""
    advice = "steht mehr als einmal da. Ändern oder entfernen Sie eine Zeile."
    twice = [f"{label} „{value}“ {advice}" for value, count in seen.items() if count > 1]
    if twice:
        raise door.Refused([Reason(text) for text in twice], "validation")
