"""What the official register knows: states, districts, associations, municipalities.

Keys are text with leading zeros, never numbers. Land 2 digits + Regierungsbezirk 1 + Kreis 2 + Verband 4 +
Gemeinde 3 make the Regionalschlüssel (ARS, 12 digits); without the Verband it is the Gemeindeschlüssel (AGS,
8 digits), without the Gemeinde the key of the association (9 digits). Join by key: names are cut at 50
characters and are not unique.
Source: Destatis, Datensatzbeschreibung GV100AD.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

DISTRICT_KINDS: Final[dict[int, str]] = {
    41: "kreisfreie Stadt",
    42: "Stadtkreis",
    43: "Kreis",
    44: "Landkreis",
    45: "Regionalverband",
}

SINGLE_MUNICIPALITY: Final = 50
ASSOCIATION_KINDS: Final[dict[int, str]] = {
    SINGLE_MUNICIPALITY: "verbandsfreie Gemeinde",
    51: "Amt",
    52: "Samtgemeinde",
    53: "Verbandsgemeinde",
    54: "Verwaltungsgemeinschaft",
    55: "Kirchspielslandgemeinde",
    56: "Verwaltungsverband",
    57: "Verwaltungsgemeinschaft (Trägermodell)",
    58: "erfüllende Gemeinde",
}

UNINCORPORATED_KINDS: Final[frozenset[int]] = frozenset({65, 66})
MUNICIPALITY_KINDS: Final[dict[int, str]] = {
    60: "Markt",
    61: "kreisfreie Stadt",
    62: "Stadtkreis",
    63: "Stadt",
    64: "kreisangehörige Gemeinde",
    65: "gemeindefreies Gebiet, bewohnt",
    66: "gemeindefreies Gebiet, unbewohnt",
    67: "große Kreisstadt",
}


@dataclass(frozen=True, slots=True)
class State:
    """A Land: two-digit key, name, seat of its government."""

    key: str
    name: str
    seat: str
    area_date: date


@dataclass(frozen=True, slots=True)
class District:
    """A Kreis or a town that is its own Kreis: five-digit key, kind as in DISTRICT_KINDS."""

    key: str
    name: str
    kind: int
    seat: str
    area_date: date

    @property
    def land(self) -> str:
        """The two-digit key of its Land."""
        return self.key[:2]

    @property
    def full_name(self) -> str:
        """The name with its kind, unless it says so itself: "Landkreis Goslar", "Heidekreis"."""
        plain_county = self.kind in (43, 44) and "kreis" not in self.name.lower()
        return f"{DISTRICT_KINDS[self.kind]} {self.name}" if plain_county else self.name

    @property
    def is_a_town(self) -> bool:
        """True for a town that is its own district (kreisfreie Stadt, Stadtkreis)."""
        return self.kind in (41, 42)


@dataclass(frozen=True, slots=True)
class Association:
    """A Gemeindeverband, or a municipality without one (kind 50), which is listed as its own association.

    `kind` as in ASSOCIATION_KINDS; `seat` is empty where the association has one member only.
    """

    ars9: str
    name: str
    kind: int
    seat: str
    area_date: date

    @property
    def land(self) -> str:
        """The two-digit key of its Land."""
        return self.ars9[:2]


@dataclass(frozen=True, slots=True)
class Municipality:
    """A Gemeinde or an unincorporated area: area in hectares, `kind` as in MUNICIPALITY_KINDS.

    `name` is the official one with its suffix ("Füssen, St"); `postcode` is that of the seat and may be empty
    for an unincorporated area. `area_date` dates the borders; the population's date stands on the Register.
    """

    ags8: str
    ars12: str
    name: str
    association_key: str
    land: str
    kind: int
    postcode: str
    area_ha: int
    population: int
    area_date: date

    @property
    def short_name(self) -> str:
        """The name without the suffix after the comma: "Füssen, St" is "Füssen"."""
        return self.name.partition(",")[0]

    @property
    def unincorporated(self) -> bool:
        """True for a gemeindefreies Gebiet (kinds 65 and 66): no town, no council, can apply for nothing."""
        return self.kind in UNINCORPORATED_KINDS


@dataclass(frozen=True, slots=True)
class Register:
    """One official file in its own order, with the dates of its borders and of its population."""

    area_date: date
    population_date: date
    states: tuple[State, ...]
    districts: tuple[District, ...]
    associations: tuple[Association, ...]
    municipalities: tuple[Municipality, ...]
