"""Some sixty real towns with their associations, shipped as `facts.csv`: the demo runs before any import.

Not every member of an association is in the table, so the association's figures stand beside it. Wherever the
figures are shown, `Facts.source` must be shown too: reproduction is allowed with the source named.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from towns.register.records import Association, Municipality

FACTS_FILE: Final = Path(__file__).with_name("facts.csv")


@dataclass(frozen=True, slots=True)
class TownFact:
    """A town, its association and what the register's records do not carry.

    `district` is the name of its Kreis with the kind, empty for a town that is its own district; `lat` and `lon` in
    degrees (WGS84); `association_members` is the number of members,
    `association_population` the sum of all of them, `association_largest_member` the population of the
    largest. `bbsr_type` (10 to 50) is BBSR's Stadt- und Gemeindetyp of the association at `bbsr_type_date`,
    both None where it is not known.
    """

    municipality: Municipality
    association: Association
    district: str
    lat: float
    lon: float
    association_population: int
    association_largest_member: int
    association_members: int
    bbsr_type: int | None
    bbsr_type_date: date | None


@dataclass(frozen=True, slots=True)
class Facts:
    """The table: source lines as they must be shown, dates of the figures, towns by key."""

    source: str
    type_source: str
    area_date: date
    population_date: date
    coordinates_date: date
    towns: tuple[TownFact, ...]


def read_facts() -> Facts:
    """Read the shipped table. Its first lines are `# name: value`; the rest is CSV with semicolons."""
    lines = FACTS_FILE.read_text(encoding="utf-8").splitlines()
    head = dict(line.removeprefix("# ").split(": ", 1) for line in lines if line.startswith("#"))
    area_date = date.fromisoformat(head["area_date"])
    rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter=";")
    return Facts(
        source=head["Quelle"],
        type_source=head["Typ"],
        area_date=area_date,
        population_date=date.fromisoformat(head["population_date"]),
        coordinates_date=date.fromisoformat(head["coordinates_date"]),
        towns=tuple(_town(row, area_date) for row in rows),
    )


def _town(row: Mapping[str, str], area_date: date) -> TownFact:
    return TownFact(
        municipality=Municipality(
            ags8=row["ags"],
            ars12=row["ars"],
            name=row["name"],
            association_key=row["association_key"],
            land=row["land"],
            kind=int(row["kind"]),
            postcode=row["postcode"],
            area_ha=int(row["area_ha"]),
            population=int(row["population"]),
            area_date=area_date,
        ),
        association=Association(
            ars9=row["association_key"],
            name=row["association_name"],
            kind=int(row["association_kind"]),
            seat=row["association_seat"],
            area_date=area_date,
        ),
        district=row["district"],
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        association_population=int(row["association_population"]),
        association_largest_member=int(row["association_largest_member"]),
        association_members=int(row["association_members"]),
        bbsr_type=int(row["bbsr_type"]) if row["bbsr_type"] else None,
        bbsr_type_date=date.fromisoformat(row["bbsr_type_date"]) if row["bbsr_type_date"] else None,
    )
