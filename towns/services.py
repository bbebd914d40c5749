"""What changes towns: memberships, and the loading of the register and of the shipped facts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from operator import attrgetter
from typing import Any

from django.db import models, transaction

from core.access import sync_with_dependants
from towns.enums import FigureName
from towns.models import Figure, MunicipalAssociation, Town, TownMember
from towns.querysets import search_form
from towns.register import Facts, Municipality, Register, RegisterError, TownFact, read_facts

BATCH = 1000
ASSOCIATION_COLUMNS = (
    "name", "kind", "seat", "area_date", "population", "largest_member", "member_count", "population_date",
    "retired_on",
)  # fmt: skip
TOWN_COLUMNS = (
    "ars", "official_name", "name", "search_name", "land", "district", "kind_code", "postcode", "association_id",
    "area_date", "retired_on",
)  # fmt: skip


@transaction.atomic
def add_member(town: Town, user: Any, *roles: str) -> None:
    """Let a person act for a town in some roles; their rights on everything of the town follow."""
    for role in roles:
        TownMember.objects.get_or_create(town=town, user=user, role=role, until=None)
    sync_with_dependants(town)


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What a source held (municipalities, associations, people) and what reading it changed (rows of each kind).

    `new`, `renamed`, `gone` count municipalities; `figures` dated figures that are new or corrected; `written` all
    rows that were inserted or changed.
    """

    municipalities: int
    associations: int
    population: int
    new: int
    renamed: int
    gone: int
    figures: int
    written: int

    @property
    def changed(self) -> bool:
        """Say whether anything was written."""
        return self.written > 0


# --- The official register ---------------------------------------------------------------------------------


@transaction.atomic
def import_register(register: Register, *, source: str, accept_gone: bool = False) -> ImportResult:
    """Bring towns, associations and dated figures to the state of an official file; all of it or nothing.

    `source` is the line to show with every figure. Rows are found by key; a municipality that the file no longer
    has is retired on the file's area date. Raises RegisterError for a file older than what was read before, and for
    one without a whole Kreis that was there before, unless `accept_gone`.
    """
    towns = Town.objects.filter(fictional=False)
    known = {
        ags: (name, retired) for ags, name, retired in towns.values_list("ags", "official_name", "retired_on")
    }
    present = {municipality.ags8 for municipality in register.municipalities}
    leaving = {ags for ags, (_, retired) in known.items() if retired is None and ags not in present}
    _refuse_older(register, source)
    if not accept_gone:
        _refuse_missing_districts(register, source, leaving)
    districts = {d.key: "" if d.is_a_town else d.full_name for d in register.districts}
    written = _upsert(
        MunicipalAssociation.objects.all(), ("key",), ASSOCIATION_COLUMNS, _associations(register, source)
    )
    ids = dict(MunicipalAssociation.objects.values_list("key", "pk"))
    rows = [_town(m, ids[m.association_key], districts.get(m.ags8[:5], "")) for m in register.municipalities]
    written += _upsert(Town.objects.all(), ("ags",), TOWN_COLUMNS, rows)
    figures = _write_figures(register.municipalities, register.population_date, source)
    return ImportResult(
        municipalities=len(register.municipalities),
        associations=len(register.associations),
        population=sum(municipality.population for municipality in register.municipalities),
        new=len(present - known.keys()),
        renamed=sum(m.ags8 in known and known[m.ags8][0] != m.name for m in register.municipalities),
        gone=len(leaving),
        figures=figures,
        written=written + figures + _retire(register, leaving),
    )


def _refuse_older(register: Register, source: str) -> None:
    """Refuse a file whose borders are older than those at hand: it would bring back names and towns that are gone."""
    newest = Town.objects.filter(fictional=False).aggregate(models.Max("area_date"))["area_date__max"]
    if newest and register.area_date < newest:
        message = (
            f"Der Gebietsstand {register.area_date:%d.%m.%Y} ist älter als der {newest:%d.%m.%Y}, der schon eingelesen "
            "ist. Lesen Sie eine neuere Datei ein."
        )
        raise RegisterError(source, None, message)


def _refuse_missing_districts(register: Register, source: str, leaving: Iterable[str]) -> None:
    """Refuse a file in which all towns of a Kreis are missing: it may have been cut off behind the Kreis before."""
    present = {municipality.ags8[:5] for municipality in register.municipalities}
    lost = defaultdict(list)
    for ags in leaving:
        lost[ags[:5]].append(ags)
    missing = sorted(key for key, towns in lost.items() if key not in present and len(towns) > 1)
    if missing:
        message = (
            f"In der Datei fehlen alle Kommunen von Kreisen, die es bisher gab (Schlüssel {', '.join(missing[:5])}). "
            "Ist die Datei vollständig und gab es eine Kreisreform, lesen Sie sie mit --accept-gone ein."
        )
        raise RegisterError(source, None, message)


def _associations(register: Register, source: str) -> list[MunicipalAssociation]:
    """Return the associations of a file; sums, largest and number come from their members in the file."""
    members = defaultdict(list)
    for municipality in register.municipalities:
        members[municipality.association_key].append(municipality.population)
    return [
        MunicipalAssociation(
            key=association.ars9,
            name=association.name,
            kind=association.kind,
            seat=association.seat,
            area_date=association.area_date,
            population=sum(members[association.ars9]),
            largest_member=max(members[association.ars9]),
            member_count=len(members[association.ars9]),
            population_date=register.population_date,
            source=source,
        )
        for association in register.associations
    ]


def _retire(register: Register, leaving: set[str]) -> int:
    """Retire the municipalities and associations that a file no longer has; return the number of rows."""
    keys = {association.ars9 for association in register.associations}
    real = MunicipalAssociation.objects.filter(retired_on=None).exclude(towns__fictional=True)
    dissolved = [key for key in real.values_list("key", flat=True) if key not in keys]
    count = 0
    for part in _batches(sorted(leaving)):
        count += Town.objects.filter(ags__in=part).update(retired_on=register.area_date)
    for part in _batches(dissolved):
        count += MunicipalAssociation.objects.filter(key__in=part).update(retired_on=register.area_date)
    return count


# --- The facts shipped with the product --------------------------------------------------------------------


@transaction.atomic
def load_facts(*keys: str) -> ImportResult:
    """Load the shipped table of real towns (or only those with these municipality keys); a second time changes nothing.

    Rows of the official register that are as new or newer stay as they are; they only gain what the register does
    not have: coordinates and BBSR's type, and figures of a day that has none.
    """
    facts = read_facts()
    shipped = [fact for fact in facts.towns if not keys or fact.municipality.ags8 in keys]
    known = dict(Town.objects.filter(fictional=False).values_list("ags", "area_date"))
    newest = max(known.values(), default=facts.area_date)
    older = [fact for fact in shipped if known.get(fact.municipality.ags8, date.min) < facts.area_date]
    usable = [f for f in older if f.municipality.ags8 in known or newest <= facts.area_date]
    new = sum(fact.municipality.ags8 not in known for fact in usable)
    written = _write_fact_rows(facts, usable)
    held = [fact.municipality for fact in shipped if fact in usable or fact.municipality.ags8 in known]
    figures = _write_figures(held, facts.population_date, facts.source, correct=False)
    return ImportResult(
        municipalities=len(shipped),
        associations=len({fact.association.ars9 for fact in shipped}),
        population=sum(fact.municipality.population for fact in shipped),
        new=new,
        renamed=0,
        gone=0,
        figures=figures,
        written=written + figures + _add_places(shipped) + _add_types(shipped, facts.type_source),
    )


def _write_fact_rows(facts: Facts, usable: Sequence[TownFact]) -> int:
    """Write towns and associations of the table; an association that is as new or newer stays."""
    dates = dict(MunicipalAssociation.objects.values_list("key", "area_date"))
    rows = {
        fact.association.ars9: MunicipalAssociation(
            key=fact.association.ars9,
            name=fact.association.name,
            kind=fact.association.kind,
            seat=fact.association.seat,
            area_date=facts.area_date,
            population=fact.association_population,
            largest_member=fact.association_largest_member,
            member_count=fact.association_members,
            population_date=facts.population_date,
            source=facts.source,
        )
        for fact in usable
        if dates.get(fact.association.ars9, date.min) < facts.area_date
    }
    written = _upsert(MunicipalAssociation.objects.all(), ("key",), ASSOCIATION_COLUMNS, list(rows.values()))
    ids = dict(MunicipalAssociation.objects.values_list("key", "pk"))
    towns = [_town(fact.municipality, ids[fact.association.ars9], fact.district) for fact in usable]
    return written + _upsert(Town.objects.all(), ("ags",), TOWN_COLUMNS, towns)


def _add_places(shipped: Sequence[TownFact]) -> int:
    """Give coordinates to the towns that have none."""
    places = {fact.municipality.ags8: fact for fact in shipped}
    towns = list(Town.objects.filter(ags__in=places, latitude=None))
    for town in towns:
        town.latitude, town.longitude = places[town.ags].lat, places[town.ags].lon
    return Town.objects.bulk_update(towns, ["latitude", "longitude"]) if towns else 0


def _add_types(shipped: Sequence[TownFact], source: str) -> int:
    """Give BBSR's type to the associations that have none or an older one."""
    types = {fact.association.ars9: fact for fact in shipped if fact.bbsr_type}
    changed = []
    for association in MunicipalAssociation.objects.filter(key__in=types):
        fact = types[association.key]
        if association.town_type_date is None or association.town_type_date < (
            fact.bbsr_type_date or date.min
        ):
            association.town_type, association.town_type_date = fact.bbsr_type, fact.bbsr_type_date
            association.town_type_source = source
            changed.append(association)
    columns = ["town_type", "town_type_date", "town_type_source"]
    return MunicipalAssociation.objects.bulk_update(changed, columns) if changed else 0


# --- Rows --------------------------------------------------------------------------------------------------


def _town(municipality: Municipality, association_id: int, district: str) -> Town:
    """Return the row of a municipality (not saved)."""
    return Town(
        ags=municipality.ags8,
        ars=municipality.ars12,
        official_name=municipality.name,
        name=municipality.short_name,
        search_name=search_form(municipality.name),
        land=municipality.land,
        district=district,
        kind_code=municipality.kind,
        postcode=municipality.postcode,
        association_id=association_id,
        area_date=municipality.area_date,
    )


def _write_figures(
    municipalities: Sequence[Municipality], counted_on: date, source: str, *, correct: bool = True
) -> int:
    """Write population and area of municipalities whose towns are there; unless `correct`, only those missing."""
    ids = dict(Town.objects.values_list("ags", "pk"))
    rows = []
    for m in municipalities:
        figures = (
            (FigureName.POPULATION, m.population, counted_on),
            (FigureName.AREA, m.area_ha, m.area_date),
        )
        for name, value, day in figures:
            rows.append(Figure(town_id=ids[m.ags8], name=name.value, value=value, date=day, source=source))
    days = {row.date for row in rows}
    return _upsert(
        Figure.objects.filter(date__in=days), ("town_id", "name", "date"), ("value",), rows, correct=correct
    )


def _upsert(
    table: models.QuerySet[Any],
    key: tuple[str, ...],
    columns: tuple[str, ...],
    rows: Sequence[Any],
    *,
    correct: bool = True,
) -> int:
    """Insert rows that are new and (if `correct`) update those whose columns differ; return how many.

    The number of statements depends on the number of rows by batches only. A source is written with its row, but a
    new source alone is no change.
    """
    width = len(key)
    present = {row[:width]: row[width:] for row in table.values_list(*key, *columns)}
    key_of, values_of = _reader(key), _reader(columns)
    changed = [
        row
        for row in rows
        if key_of(row) not in present or (correct and present[key_of(row)] != values_of(row))
    ]
    has_source = any(field.name == "source" for field in table.model._meta.fields)
    table.model._default_manager.bulk_create(
        changed,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=list(key),
        update_fields=[*columns, *(["source"] if has_source else [])],
    )
    return len(changed)


def _reader(names: tuple[str, ...]) -> Any:
    """Return a function that gives some attributes of a row as a tuple."""
    get = attrgetter(*names)
    return get if len(names) > 1 else lambda row: (get(row),)


def _batches(items: Sequence[str]) -> Iterable[list[str]]:
    """Yield the items in lists short enough for one statement."""
    rest = iter(items)
    while part := list(islice(rest, BATCH)):
        yield part
