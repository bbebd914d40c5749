"""Towns for tests: real ones from the shipped facts, and plainly invented ones.

`town("14523360")` is the real Rodewisch; `town("99000001")` is the invented Beispielstadt. Asking twice gives the same.
"""

from datetime import date
from typing import Any

from tests.cast import person
from towns.enums import FigureName
from towns.models import Figure, MunicipalAssociation, Town
from towns.register import read_facts
from towns.services import add_member, load_facts

COUNTED_ON = date(2024, 12, 31)
AREA_DATE = date(2025, 8, 31)
TYPED_ON = date(2015, 12, 31)
INVENTED_LAND = "12"
INVENTED = {
    "99000001": "Beispielstadt",
    "99000002": "Musterhausen",
    "99000003": "Altmusterburg",
    "99000004": "Neu Probe",
    "99000005": "Modellingen",
    "99000006": "Testerode",
    "99000007": "Versuchsdorf",
    "99000008": "Vorlagenburg",
}
REAL = frozenset(fact.municipality.ags8 for fact in read_facts().towns)


def town(ags: str = "99000001", name: str | None = None, **fields: Any) -> Town:
    """Return a town by its key: a shipped real one, or an invented one made when first asked for.

    For an invented one `population` (default 8,000; None for no figure), `town_type` (default 40; None for unknown),
    `association` and every column of Town can be given; land is Brandenburg unless given.
    """
    found = Town.objects.filter(ags=ags).first()
    if found is None and ags in REAL and name is None and not fields:
        load_facts(ags)
        found = Town.objects.get(ags=ags)
    return found or invented(ags, name or INVENTED.get(ags, f"Musterort {ags}"), **fields)


def invented(
    ags: str, name: str, *, population: int | None = 8_000, town_type: int | None = 40, **fields: Any
) -> Town:
    """Return a new invented town, its own association unless one is given."""
    own_key = f"{ags[:5]}0{ags[5:]}"
    if "association" not in fields:
        fields["association"] = association(own_key, name, population=population, town_type=town_type)
    key: str = fields["association"].key
    made: Town = Town.objects.create(
        **{
            "ags": ags,
            "ars": (key if key[:5] == ags[:5] else own_key) + ags[5:],
            "name": name,
            "official_name": f"{name}, Stadt",
            "land": INVENTED_LAND,
            "kind_code": 63,
            "postcode": "12345",
            "area_date": AREA_DATE,
            "fictional": True,
            **fields,
        }
    )
    if population is not None:
        figure(made, population)
    return made


def association(
    key: str, name: str, *, population: int | None = 8_000, town_type: int | None = 40, **fields: Any
) -> Any:
    """Return a new invented association: an Einheitsgemeinde (kind 50) unless `kind` is given."""
    return MunicipalAssociation.objects.create(
        **{
            "key": key,
            "name": name,
            "kind": 50,
            "area_date": AREA_DATE,
            "population": population,
            "largest_member": population,
            "population_date": COUNTED_ON if population is not None else None,
            "town_type": town_type,
            "town_type_date": TYPED_ON if town_type else None,
            "town_type_source": "erfunden" if town_type else "",
            "source": "erfunden",
            **fields,
        }
    )


def figure(of: Town, value: int, day: date = COUNTED_ON, name: str = FigureName.POPULATION) -> Figure:
    """Return a new dated figure of a town."""
    made: Figure = Figure.objects.create(town=of, name=name, value=value, date=day, source="erfunden")
    return made


def town_with(key: str, *roles: str, ags: str = "99000001") -> Town:
    """Return a town for which a person of the cast acts, in these roles (default: coordinator and signatory)."""
    found = town(ags)
    add_member(found, person(key), *(roles or ("coordinator", "signatory")))
    return found
