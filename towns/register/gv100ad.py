"""Reads GV100AD, the monthly file of the Gemeindeverzeichnis of Destatis: text, or the ZIP around it.

A record is one line of 220 characters, told apart by its first two: 10 Land, 20 Regierungsbezirk, 30 Region,
40 Kreis, 50 Gemeindeverband, 60 Gemeinde. In a Kreis all 50s come before all 60s, so records are joined by
key, never by nesting. Source of all positions: Destatis, Datensatzbeschreibung GV100AD.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from os import PathLike
from pathlib import Path
from typing import IO, Final, TypeVar

from towns.register.land import LAND_NAMES
from towns.register.records import (
    ASSOCIATION_KINDS,
    DISTRICT_KINDS,
    MUNICIPALITY_KINDS,
    Association,
    District,
    Municipality,
    Register,
    State,
)
from towns.register.source import FETCH_AGAIN, RegisterError, read_lines, text_stream

_TYPE: Final = slice(0, 2)
_AREA_DATE: Final = slice(2, 10)
_LAND: Final = slice(10, 12)
_DISTRICT: Final = slice(10, 15)
_MUNICIPALITY: Final = slice(15, 18)
_ASSOCIATION: Final = slice(18, 22)
_NAME: Final = slice(22, 72)
_SEAT: Final = slice(72, 122)
_KIND: Final = slice(122, 124)
_AREA: Final = slice(128, 139)
_POPULATION: Final = slice(139, 150)
_POSTCODE: Final = slice(165, 170)

_Entry = TypeVar("_Entry", State, District, Association, Municipality)


def read_register(source: IO[bytes], file_name: str, population_date: date | None = None) -> Register:
    """Read a seekable binary stream (an upload, an open file): GV100AD text, or a ZIP with one GV100AD_*.txt.

    The file does not say when its people were counted. Rule: a file of area date Y holds the population of
    31.12.(Y-1), as the file of 31.08.2025 holds that of 31.12.2024. A file from early in a year may still
    hold an older one: then give `population_date`. The stream is read line by line; only the
    records are kept. Raises RegisterError at the first fault; nothing is returned then.
    """
    with text_stream(source, file_name) as (stream, name):
        collector = _Collector(name)
        for number, line in read_lines(stream, name):
            collector.add(_Record(name, number, line))
    return collector.register(population_date)


def read_register_file(path: str | PathLike[str], population_date: date | None = None) -> Register:
    """Read the file at `path`; everything else as in `read_register`."""
    file = Path(path)
    try:
        source = file.open("rb")
    except OSError as error:
        raise RegisterError(
            file.name, None, "Die Datei lässt sich nicht öffnen. Prüfen Sie den Pfad und das Recht zu lesen."
        ) from error
    with source:
        return read_register(source, file.name, population_date)


@dataclass(frozen=True, slots=True)
class _Record:
    """One line; its fields are slices: the positions of the record description, start less one."""

    file: str
    number: int
    line: str

    def text(self, part: slice) -> str:
        return self.line[part].strip()

    def digits(self, part: slice, what: str) -> str:
        value = self.line[part]
        if not (value.isascii() and value.isdigit()):
            place = f"Stellen {part.start + 1} bis {part.stop}"
            raise self.error(f"{what} ({place}) ist „{value.strip()}“ statt einer Zahl. {FETCH_AGAIN}")
        return value

    def area_date(self) -> date:
        value = self.digits(_AREA_DATE, "Der Gebietsstand")
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            message = f"Der Gebietsstand „{value}“ ist kein Datum (JJJJMMTT). {FETCH_AGAIN}"
            raise self.error(message) from error

    def land(self) -> str:
        value = self.digits(_LAND, "Der Schlüssel des Landes")
        if value not in LAND_NAMES:
            raise self.error(f"Ein Land mit dem Schlüssel {value} gibt es nicht. {FETCH_AGAIN}")
        return value

    def district(self) -> str:
        self.land()
        return self.digits(_DISTRICT, "Der Kreisschlüssel")

    def association(self) -> str:
        return self.district() + self.digits(_ASSOCIATION, "Der Schlüssel des Gemeindeverbands")

    def kind(self, known: dict[int, str]) -> int:
        value = int(self.digits(_KIND, "Das Textkennzeichen"))
        if value not in known:
            raise self.error(f"Das Textkennzeichen {value} ist bei dieser Satzart unbekannt. {FETCH_AGAIN}")
        return value

    def error(self, message: str) -> RegisterError:
        return RegisterError(self.file, self.number, message)


@dataclass(slots=True)
class _Collector:
    """Gathers the records of one file under their keys, each of which the file may use once."""

    file: str
    area_date: date | None = None
    states: dict[str, State] = field(default_factory=dict)
    districts: dict[str, District] = field(default_factory=dict)
    associations: dict[str, Association] = field(default_factory=dict)
    municipalities: dict[str, Municipality] = field(default_factory=dict)

    def add(self, record: _Record) -> None:
        record_type = record.line[_TYPE]
        if record_type not in _HANDLERS:
            raise record.error(f"Die Satzart „{record_type}“ ist unbekannt. {FETCH_AGAIN}")
        area_date = record.area_date()
        self.area_date = self.area_date or area_date
        if area_date != self.area_date:
            raise record.error(
                f"Der Gebietsstand {area_date:%d.%m.%Y} weicht ab vom {self.area_date:%d.%m.%Y} am Anfang "
                "der Datei. Lesen Sie jeden Gebietsstand als eigene Datei ein."
            )
        handler = _HANDLERS[record_type]
        if handler:
            handler(self, record, area_date)

    def add_state(self, record: _Record, area_date: date) -> None:
        key = record.land()
        state = State(key, record.text(_NAME), record.text(_SEAT), area_date)
        _keep(self.states, key, state, record)

    def add_district(self, record: _Record, area_date: date) -> None:
        key = record.district()
        kind = record.kind(DISTRICT_KINDS)
        district = District(key, record.text(_NAME), kind, record.text(_SEAT), area_date)
        _keep(self.districts, key, district, record)

    def add_association(self, record: _Record, area_date: date) -> None:
        key = record.association()
        kind = record.kind(ASSOCIATION_KINDS)
        association = Association(key, record.text(_NAME), kind, record.text(_SEAT), area_date)
        _keep(self.associations, key, association, record)

    def add_municipality(self, record: _Record, area_date: date) -> None:
        association_key = record.association()
        local_key = record.digits(_MUNICIPALITY, "Der Gemeindeschlüssel")
        ags8 = record.district() + local_key
        municipality = Municipality(
            ags8=ags8,
            ars12=association_key + local_key,
            name=record.text(_NAME),
            association_key=association_key,
            land=record.land(),
            kind=record.kind(MUNICIPALITY_KINDS),
            postcode=record.digits(_POSTCODE, "Die Postleitzahl") if record.text(_POSTCODE) else "",
            area_ha=int(record.digits(_AREA, "Die Fläche")),
            population=int(record.digits(_POPULATION, "Die Bevölkerung")),
            area_date=area_date,
        )
        _keep(self.municipalities, ags8, municipality, record)

    def register(self, population_date: date | None) -> Register:
        """The whole file, once it is certain that nothing was cut off."""
        if self.area_date is None or not self.municipalities:
            message = f"Die Datei enthält keine Gemeinden (Satzart 60). {FETCH_AGAIN}"
            raise RegisterError(self.file, None, message)
        self.refuse_gaps()
        return Register(
            area_date=self.area_date,
            population_date=population_date or date(self.area_date.year - 1, 12, 31),
            states=tuple(self.states.values()),
            districts=tuple(self.districts.values()),
            associations=tuple(self.associations.values()),
            municipalities=tuple(self.municipalities.values()),
        )

    def refuse_gaps(self) -> None:
        """A file cut between two lines shows in keys without a partner, unless it ends just behind a Kreis:
        then whole Kreise are missing, which only a comparison with the register at hand can show.

        Areas at sea and on a border river belong to no district, so a district is asked of nobody.
        """
        used = {municipality.association_key for municipality in self.municipalities.values()}
        lands = {municipality.land for municipality in self.municipalities.values()}
        gaps = {
            "Gemeindeverband ohne Gemeinde": self.associations.keys() - used,
            "Gemeinde ohne Gemeindeverband": used - self.associations.keys(),
            "Kreis ohne Gemeinde": self.districts.keys() - {key[:5] for key in used},
            "Land ohne Gemeinde": self.states.keys() - lands,
            "Gemeinde ohne Land": lands - self.states.keys(),
        }
        for what, keys in gaps.items():
            if keys:
                message = f"Die Datei ist unvollständig: {what} (Schlüssel {min(keys)}). {FETCH_AGAIN}"
                raise RegisterError(self.file, None, message)


def _keep(records: dict[str, _Entry], key: str, value: _Entry, record: _Record) -> None:
    if key in records:
        raise record.error(f"Der Schlüssel {key} kommt zum zweiten Mal vor. {FETCH_AGAIN}")
    records[key] = value


_HANDLERS: Final[dict[str, Callable[[_Collector, _Record, date], None] | None]] = {
    "10": _Collector.add_state,
    "20": None,
    "30": None,
    "40": _Collector.add_district,
    "50": _Collector.add_association,
    "60": _Collector.add_municipality,
}
