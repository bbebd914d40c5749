"""A duty: what waits for a person, why, until when; and how duties are grouped and counted in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from core import clock, door, wording

TOWN, BOARD, OFFICE, CASH_DESK = (
    "für Ihre Kommune",
    "als Mitglied des Beirats",
    "für das Förderprogramm",
    "für die Kasse",
)
NUMBERS = [
    "keine", "eine", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf",
]  # fmt: skip
SOON = timedelta(days=3)
LATEST = date.max


@dataclass(frozen=True)
class Duty:
    """One task: the title begins with what to do, the line says why; `due` is a day, an instant or nothing."""

    title: str
    line: str
    number: str
    url: str
    due: date | datetime | None = None
    role: str = TOWN

    def last_day(self) -> date:
        """Return the day in Germany on which it is due; the last day of all where nothing is due."""
        return wording.berlin_day(self.due) if self.due else LATEST

    def overdue(self) -> bool:
        """Say whether the deadline has passed."""
        if isinstance(self.due, datetime):
            return self.due <= clock.now()
        return self.due is not None and self.due < clock.today()


@dataclass(frozen=True)
class Group:
    """Tasks under one heading, as the task list of the pages shows them."""

    title: str
    rows: list[dict[str, str]]


def step_page(record: Any, step: str) -> str:
    """Return the page of a step of a record."""
    edge = door.edges(door.transitions_of(type(record))[step])[0]
    return door.step_url(record, step, edge.custom or {})


def grouped(duties: Iterable[Duty]) -> list[Group]:
    """Return the duties under „Überfällig“, „Diese Woche“ (to its Sunday), „Später“, „Ohne Frist“, the next first."""
    ordered = sorted(duties, key=lambda duty: (duty.last_day(), duty.number))
    roles = len({duty.role for duty in ordered})
    sunday = clock.today() + timedelta(days=6 - clock.today().weekday())
    parts: dict[str, list[Duty]] = {"Überfällig": [], "Diese Woche": [], "Später": [], "Ohne Frist": []}
    for duty in ordered:
        parts[_heading(duty, sunday)].append(duty)
    return [
        Group(title, [_row(duty, roles > 1) for duty in found]) for title, found in parts.items() if found
    ]


def _heading(duty: Duty, sunday: date) -> str:
    """Return the heading under which a duty stands."""
    if duty.due is None:
        return "Ohne Frist"
    if duty.overdue():
        return "Überfällig"
    return "Diese Woche" if duty.last_day() <= sunday else "Später"


def _row(duty: Duty, several_hats: bool) -> dict[str, str]:
    """Return a duty as a row of the task list."""
    parts = [
        duty.number,
        duty.line,
        wording.deadline(duty.due) if duty.due else "",
        duty.role if several_hats else "",
    ]
    status, tone = _status(duty)
    return {
        "title": duty.title,
        "line": " · ".join(part for part in parts if part),
        "url": duty.url,
        "status": status,
        "tone": tone,
    }


def _status(duty: Duty) -> tuple[str, str]:
    """Return word and tone for a deadline that is over or near."""
    if duty.overdue():
        return "Überfällig", "danger"
    if duty.due is not None and duty.last_day() - clock.today() <= SOON:
        return wording.days_left(duty.last_day()), "warning"
    return "", ""


def in_words(count: int) -> str:
    """Return a count of feminine things: eine, drei, 13."""
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def summary(duties: Sequence[Duty]) -> str:
    """Return the sentence above the tasks: Drei Aufgaben warten auf Sie, eine ist überfällig."""
    count, late = len(duties), sum(duty.overdue() for duty in duties)
    if not count:
        return "Nichts wartet auf Sie."
    wait = "Aufgabe wartet" if count == 1 else "Aufgaben warten"
    text = f"{sentence(in_words(count))} {wait} auf Sie"
    if count == 1:
        return f"{text}{' und ist überfällig' if late else ''}."
    if late:
        text += f", {in_words(late)} {'ist' if late == 1 else 'sind'} überfällig"
    return f"{text}."


def sentence(text: str) -> str:
    """Return a text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def plural(count: int, one: str, many: str) -> str:
    """Return a count with its noun: eine Angabe, drei Angaben."""
    return f"{in_words(count)} {one if count == 1 else many}"
