"""What the frozen submission of a case says, as the pages show it (plain values; amounts in EUR)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from core.money import euro
from core.wording import NONE, day_short, number

ZERO = Decimal("0.00")
Snapshot = Mapping[str, Any]


@dataclass(frozen=True)
class TownPlan:
    """What one town plans to spend, and what it brings besides the grant (EUR)."""

    name: str
    expenditure: Decimal = ZERO
    own_funds: Decimal = ZERO
    own_staff: Decimal = ZERO
    third_party: Decimal = ZERO


@dataclass(frozen=True)
class Milestone:
    """A milestone of the work plan."""

    code: str
    title: str
    town: str
    due: date
    evidence: str


def town_names(snapshot: Snapshot) -> str:
    """Return the names of the towns in one line, the lead first."""
    return ", ".join(town["name"] for town in snapshot["towns"])


def period(snapshot: Snapshot) -> tuple[date, date]:
    """Return the first and the last day of the project."""
    return as_day(snapshot["start"]), as_day(snapshot["end"])


def as_day(value: str | date) -> date:
    """Return a day, which a frozen content holds as text."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def plan_by_town(snapshot: Snapshot) -> list[TownPlan]:
    """Return the sums of the financing plan for each town, the lead first, and of all towns last ("zusammen")."""
    rows = [_town_plan(snapshot, town["ags"], town["name"]) for town in snapshot["towns"]]
    return [*rows, _together(rows)]


def _town_plan(snapshot: Snapshot, ags: str, name: str) -> TownPlan:
    """Return the sums of one town."""
    spent = sum((Decimal(line["amount"]) for line in snapshot["budget"] if line["town"] == ags), ZERO)
    brought = dict.fromkeys(("own_funds", "own_staff", "third_party"), ZERO)
    for line in snapshot["funding"]:
        if line["town"] == ags:
            brought[line["source"]] += Decimal(line["amount"])
    return TownPlan(name, spent, **brought)


def _together(rows: list[TownPlan]) -> TownPlan:
    """Return the sums of all towns."""
    names = ("expenditure", "own_funds", "own_staff", "third_party")
    return TownPlan("zusammen", *(sum((getattr(row, name) for row in rows), ZERO) for name in names))


def milestones(snapshot: Snapshot) -> list[Milestone]:
    """Return the work plan, earliest first."""
    names = {town["ags"]: town["name"] for town in snapshot["towns"]}
    found = [
        Milestone(m["code"], m["title"], names.get(m["town"], m["town"]), as_day(m["due"]), m["evidence"])
        for m in snapshot["milestones"]
    ]
    return sorted(found, key=lambda m: (m.due, m.code))


TOWN_COLUMNS = [
    "Kommune",
    "Verband",
    "Stadt- und Gemeindetyp (BBSR)",
    "Stand des Typs",
    "Stand der Einwohner",
    ("Einwohner", "number"),
    ("Einwohner des Verbandes", "number"),
]


def judged_towns(judged: Mapping[str, Any]) -> list[list[str]]:
    """Return the towns of the facts judged as rows for `TOWN_COLUMNS`: every figure with its date."""
    return [
        [
            town["name"],
            "Einheitsgemeinde" if town["stands_alone"] else town["association"],
            str(town["town_type"] or NONE),
            _day(town["town_type_date"]),
            _day(town["population_date"]),
            _number(town["population"]),
            _number(town["association_population"]),
        ]
        for town in judged.get("towns", [])
    ]


def judged_sums(judged: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the amounts and days of the facts judged as (label, value)."""
    sums = [
        ("Beantragte Zuwendung", "requested_grant"),
        ("Geplante Ausgaben", "expenditure"),
        ("davon Arbeitszeit eigener Beschäftigter", "own_staff"),
        ("Eigenmittel", "own_funds"),
        ("Mittel Dritter", "third_party"),
    ]
    rows = [
        (label, euro(Decimal(judged[key])) if judged.get(key) is not None else NONE) for label, key in sums
    ]
    return [*rows, ("Beginn", _day(judged.get("start"))), ("Ende", _day(judged.get("end")))]


def _number(value: int | None) -> str:
    """Return a number as shown."""
    return NONE if value is None else number(value)


def _day(value: str | date | None) -> str:
    """Return a day as shown in a table."""
    return day_short(as_day(value)) if value else NONE
