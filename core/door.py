"""The one door: every change of state goes through `perform`. It also says what is offered and what is missing.

One transaction: locks in road order, a fresh read, right, source state, all failing guards at once, the change,
fields, save, constraints, the event, the effects of the road; mails and jobs follow on commit.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction

from core import clock
from core.access import SYSTEM, Right, rights_on
from core.guards import Act, Guard, Reason
from core.models import Event, Workflow
from core.road import load_road

# Told where only the database could see a rule broken: two at once.
CHANGED_MEANWHILE = Reason(
    "Jemand anderes hat im selben Augenblick etwas geändert, das dazu nicht passt. "
    "Nichts wurde gespeichert. Laden Sie die Seite neu und prüfen Sie den Stand."
)


class Refused(Exception):
    """A step was not taken; `reasons` are sentences for the person; nothing was changed."""

    def __init__(self, reasons: list[Reason], kind: str = "guard") -> None:
        self.reasons = reasons
        self.kind = kind
        super().__init__(" ".join(str(reason) for reason in reasons))


@dataclass(frozen=True)
class Outcome:
    """What a step led to: the fresh record, its event, and whether this call changed anything (False: a repeat)."""

    record: Any
    event: Event
    changed: bool


@dataclass(frozen=True)
class Offer:
    """A step that a person holds the right to: possible, or with the reasons why not yet."""

    name: str
    label: str
    url: str
    reasons: tuple[Reason, ...] = ()
    rank: str = "secondary"

    @property
    def possible(self) -> bool:
        """Say whether nothing stands against the step."""
        return not self.reasons


def transitions_of(model: type[Workflow]) -> dict[str, Any]:
    """Return the declared transitions of a machine: name -> the django-fsm metadata, in order of declaration."""
    found = {}
    for cls in reversed(model.__mro__):
        for name, value in vars(cls).items():
            meta = getattr(value, "_django_fsm", None)
            if meta is not None:
                found[name] = meta
    return found


def edges(meta: Any) -> list[Any]:
    """Return the edges of a transition (one for each source)."""
    return list(meta.transitions.values())


def edge_from(meta: Any, state: str) -> Any | None:
    """Return the edge that leaves a state, or None."""
    return meta.get_transition(state)


def perform(
    record: Any,
    name: str,
    *,
    by: Any,
    data: Mapping[str, Any] | None = None,
    token: UUID | None = None,
    at: datetime | None = None,
) -> Outcome:
    """Take the step `name` on a record; `by` is the person, or None for the system.

    `data` is the cleaned input of the step's form, `token` its one-time token (a repeat returns the first outcome),
    `at` the arrival of the request (default: now). Raises `Refused`.
    """
    act = Act(by=by, at=at or clock.now(), data=dict(data or {}))
    model = type(record)
    try:
        with transaction.atomic():
            fresh = lock(record)
            earlier = _earlier(fresh, token)
            if earlier:
                return Outcome(fresh, earlier, changed=False)
            fresh.act = act
            edge = _checked_edge(fresh, name, act)
            event = _change(fresh, name, edge, act, token)
            for effect in load_road().effects(model._meta.label, name):
                effect(fresh, event)
            return Outcome(fresh, event, changed=True)
    except IntegrityError as error:
        repeat = _earlier(record, token)
        if repeat:
            return Outcome(model._default_manager.get(pk=record.pk), repeat, changed=False)
        raise Refused([CHANGED_MEANWHILE], "conflict") from error


def _earlier(record: Any, token: UUID | None) -> Event | None:
    """Return the event of this record that a token already led to."""
    return Event.objects.of(record).filter(token=token).first() if token else None


def lock(record: Any) -> Any:
    """Lock the parents in road order, then the record, and return it freshly read; raise its DoesNotExist if gone."""
    for path in getattr(record, "locks", ()):
        *way, last = path.split(".")
        holder = attrgetter(".".join(way))(record) if way else record
        parent = holder._meta.get_field(last)
        _lock_row(parent.related_model, getattr(holder, parent.attname))
    return _lock_row(type(record), record.pk)


def _lock_row(model: Any, pk: int | None) -> Any:
    """Lock one row and return it freshly read; no key, no row.

    Many steps of one request lock the same parent: each is a lock of its own, so it is read as a list.
    """
    if pk is None:
        return None
    found = list(model._default_manager.select_for_update(of=("self",)).filter(pk=pk))
    if not found:
        raise model.DoesNotExist(f"{model.__name__} {pk}")
    return found[0]


def _checked_edge(record: Any, name: str, act: Act) -> Any:
    """Return the edge if right, state and guards allow it; raise `Refused` with all reasons else."""
    meta = transitions_of(type(record))[name]
    label = _label(meta)
    if not _holds_right(record, meta, act.by):
        raise Refused([Reason(f"„{label}“ ist nicht für Sie freigegeben.")], "right")
    edge = edge_from(meta, record.state)
    if edge is None:
        raise Refused([_moved_on(record, label)], "state")
    missing = failing(record, edge)
    if missing:
        raise Refused(missing)
    return edge


def _holds_right(record: Any, meta: Any, user: Any) -> bool:
    """Ask the right of a transition (the same on each of its edges)."""
    permission: Right = edges(meta)[0].permission
    return permission(record, user)


def _moved_on(record: Any, label: str) -> Reason:
    """Say that another step came first: who, when, what."""
    last = Event.objects.of(record).first()
    if last is None:
        return Reason(f"„{label}“ ist im Stand „{record.state_label()}“ nicht möglich.")
    who = last.by.name if last.by else "Das System"
    time = last.at.astimezone(clock.BERLIN)
    return Reason(
        f"{who} hat am {time:%d.%m.%Y um %H:%M} Uhr den Schritt „{last.label}“ ausgeführt. "
        f"Der Stand ist jetzt „{record.state_label()}“. Ihr Schritt „{label}“ wurde nicht gespeichert."
    )


def failing(record: Any, edge: Any) -> list[Reason]:
    """Return the reasons of every guard that does not hold."""
    reasons: list[Reason] = []
    for condition in edge.conditions:
        if not condition(record):
            guard: Guard = condition
            reasons.extend(guard.reasons(record))
    return reasons


def _change(record: Any, name: str, edge: Any, act: Act, token: UUID | None) -> Event:
    """Run the transition, validate, save, and write the event."""
    before, before_label = str(record.state), record.state_label()
    getattr(record, name)()
    _save(record)
    custom = edge.custom or {}
    return Event.objects.create(
        kind=record.kind(),
        record_id=record.pk,
        transition=name,
        label=custom.get("done", custom.get("label", name)),
        from_state=before,
        to_state=str(record.state),
        from_label=before_label,
        to_label=record.state_label(),
        by=act.by,
        at=act.at,
        note=str(act.data.get("note", "")),
        secret=bool(custom.get("secret", False)),
        data={key: _plain(act.data.get(key)) for key in custom.get("log", ()) if key in act.data},
        token=token,
    )


def _plain(value: Any) -> Any:
    """Return a value for the log: a reference instead of a record."""
    return value.pk if isinstance(value, models.Model) else value


def _save(record: Any) -> None:
    """Validate the fields and save; a rule that the database finds broken is told in its own sentence.

    The database holds every constraint on every save, so they are asked one by one only where one is broken.
    """
    unset = {
        f.name
        for f in record._meta.concrete_fields
        if f.is_relation or (f.null and f.value_from_object(record) is None)
    }
    _validate(record, lambda: record.clean_fields(exclude={"state", *unset}), record.clean)
    try:
        with transaction.atomic():
            record.save()
    except IntegrityError:
        _validate(record, record.validate_unique, record.validate_constraints)
        raise


def _validate(record: Any, *checks: Callable[[], None]) -> None:
    """Run checks and raise `Refused` with the sentences of all that fail."""
    problems: dict[str, Any] = {}
    for check in checks:
        try:
            check()
        except ValidationError as error:
            problems = error.update_error_dict(problems)
    if problems:
        raise Refused([Reason(text) for text in _sentences(record, problems)], "validation")


def _sentences(record: Any, problems: dict[str, Any]) -> Iterator[str]:
    """Turn validation errors into sentences that name the field."""
    for name, errors in problems.items():
        for error in errors:
            for text in error.messages:
                if name == NON_FIELD_ERRORS:
                    yield text
                else:
                    yield f"{record._meta.get_field(name).verbose_name}: {text}"


def record_birth(record: Any, *, by: Any, label: str, token: UUID | None = None, note: str = "") -> Event:
    """Write the first event of a record that a service just created (its machine starts here)."""
    return Event.objects.create(
        kind=record.kind(),
        record_id=record.pk,
        transition="create",
        label=label,
        to_state=str(getattr(record, "state", "")),
        to_label=record.state_label() if isinstance(record, Workflow) else "",
        by=by,
        at=clock.now(),
        note=note,
        token=token,
    )


def earlier_outcome(token: UUID | None, model: type[Any]) -> Any | None:
    """Return the record that a form with this token already created, or None."""
    if token is None:
        return None
    event = Event.objects.filter(token=token, transition="create", kind=model.kind()).first()
    return model._default_manager.filter(pk=event.record_id).first() if event else None


def note(
    record: Any,
    label: str,
    *,
    by: Any,
    step: str = "edit",
    text: str = "",
    token: UUID | None = None,
    data: Mapping[str, Any] | None = None,
) -> Event:
    """Write a line into the course of events of a record whose state stays as it is; `text` is the reason."""
    state, word = str(record.state), record.state_label()
    return Event.objects.create(
        kind=record.kind(),
        record_id=record.pk,
        transition=step,
        label=label,
        from_state=state,
        to_state=state,
        from_label=word,
        to_label=word,
        by=by,
        at=clock.now(),
        note=text,
        data=dict(data or {}),
        token=token,
    )


@contextmanager
def editing(
    record: Any, right_name: str, *, by: Any, on: str = "self", states: frozenset[str]
) -> Iterator[Any]:
    """Lock a record for a change of its content; raise `Refused` unless right and state allow it.

    Yields the fresh record; the caller writes inside. `states` are those in which the content may change.
    """
    with transaction.atomic():
        fresh = lock(record)
        if not Right(right_name, on)(fresh, by):
            raise Refused([Reason("Diese Änderung ist nicht für Sie freigegeben.")], "right")
        if str(fresh.state) not in states:
            raise Refused([Reason(f"Gesperrt: Der Stand ist „{fresh.state_label()}“.")], "state")
        fresh.act = Act(by=by, at=clock.now(), data={})
        yield fresh


def offers(record: Any, user: Any) -> list[Offer]:
    """Return the steps that the person holds the right to in the present state, with what is still missing."""
    held: dict[Any, frozenset[str]] = {}
    record.act = Act(by=user, at=clock.now(), data={})
    found = []
    for name, meta in transitions_of(type(record)).items():
        edge = edge_from(meta, record.state)
        if edge is None or not _may(record, edge.permission, user, held):
            continue
        custom = edge.custom or {}
        reasons = tuple(failing(record, edge))
        rank = custom.get("rank", "secondary")
        found.append(Offer(name, _label(meta), step_url(record, name, custom), reasons, rank))
    order = {"primary": 0, "secondary": 1, "final": 2}
    return sorted(found, key=lambda offer: order[offer.rank])


def _may(record: Any, permission: Right, user: Any, held: dict[Any, frozenset[str]]) -> bool:
    """Ask a right, one query for each anchor."""
    if permission.name == SYSTEM:
        return False
    anchor = permission.anchor(record)
    if anchor is None:
        return False
    if anchor not in held:
        held[anchor] = rights_on(user, anchor)
    return permission.name in held[anchor]


def may(record: Any, name: str, user: Any) -> bool:
    """Say whether a person holds the right of a step on this record, whatever its state."""
    permission: Right = edges(transitions_of(type(record))[name])[0].permission
    return permission.name != SYSTEM and _may(record, permission, user, {})


def _label(meta: Any) -> str:
    """Return the German label of a transition."""
    return str((edges(meta)[0].custom or {}).get("label", meta))


def step_url(record: Any, name: str, custom: Mapping[str, Any]) -> str:
    """Return the page of a step: the record's address plus the step's imperative."""
    return f"{record.get_absolute_url()}{custom.get('path', name)}/"
