"""The one source of now and today.

A request sees one instant, the one of its arrival (`hold`). The demo and the tests live through years with `at`.
Nothing else in the product may ask the machine for the time (a lint rule forbids it).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone

BERLIN = ZoneInfo("Europe/Berlin")

_held: ContextVar[datetime | None] = ContextVar("held", default=None)
_process: list[datetime] = []


def now() -> datetime:
    """Return the present instant (aware, UTC): the held one of this request, else the set one, else the real one."""
    held = _held.get()
    if held is not None:
        return held
    return _process[-1] if _process else timezone.now()


def real_now() -> datetime:
    """Return the machine's instant, for leases and heartbeats of jobs: they measure a machine."""
    return timezone.now()


def today() -> date:
    """Return the present day in Germany."""
    return now().astimezone(BERLIN).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Set the clock of the whole process to `moment` (aware); for the demo and for tests only."""
    _process.append(moment)
    try:
        yield
    finally:
        _process.pop()


@contextmanager
def hold(moment: datetime | None = None) -> Iterator[datetime]:
    """Keep one instant for all that happens within, in this thread of work: the arrival of a request, a job's start."""
    instant = moment or now()
    token = _held.set(instant)
    try:
        yield instant
    finally:
        _held.reset(token)


def berlin(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """Return the instant of a wall clock in Germany."""
    return datetime(year, month, day, hour, minute, tzinfo=BERLIN)


def start_of(day: date) -> datetime:
    """Return the first instant of a day in Germany."""
    return datetime.combine(day, time.min, tzinfo=BERLIN)
