"""Plainly invented towns: what is refused, cut or late in the demo happens to them."""

from datetime import date

from towns.enums import FigureName, TownType
from towns.models import Figure, MunicipalAssociation, Town

SOURCE = "erfunden für die Beispielwelt"
POPULATION_DATE = date(2024, 12, 31)
AREA_DATE = date(2025, 8, 31)

# key, name, Land, inhabitants, hectares, inhabitants of the association (0: stands alone), type
INVENTED = [
    ("99000001", "Beispielstadt", "12", 11_240, 8_420, 0, TownType.LARGER_SMALL),
    ("99000002", "Musterhausen", "03", 6_310, 5_150, 0, TownType.SMALLER_SMALL),
    ("99000003", "Altmusterburg", "15", 2_480, 6_900, 13_900, TownType.RURAL),
    ("99000004", "Neu Probe", "14", 8_750, 3_310, 0, TownType.SMALLER_SMALL),
    ("99000005", "Vorlagenberg", "09", 9_120, 4_770, 0, TownType.SMALLER_SMALL),
    ("99000006", "Skizzenbach", "16", 5_480, 7_030, 0, TownType.SMALLER_SMALL),
    ("99000007", "Entwurfshain", "06", 14_660, 9_240, 0, TownType.LARGER_SMALL),
    ("99000008", "Testlingen", "08", 7_390, 2_980, 0, TownType.SMALLER_SMALL),
    ("99000009", "Musterfelde", "13", 5_070, 10_110, 0, TownType.SMALLER_SMALL),
    ("99000010", "Probenau", "01", 12_330, 3_640, 0, TownType.LARGER_SMALL),
    ("99000011", "Schablonsdorf", "07", 6_840, 4_020, 0, TownType.SMALLER_SMALL),
    ("99000012", "Attrappenhof", "05", 17_920, 6_580, 0, TownType.LARGER_SMALL),
    ("99000013", "Großbeispiel", "05", 48_200, 11_900, 0, TownType.SMALLER_MEDIUM),
]


def load() -> dict[str, Town]:
    """Write the invented towns and return them by name; changes nothing the second time."""
    for key, name, land, population, area, association_population, town_type in INVENTED:
        if not Town.objects.filter(ags=key).exists():
            _write(key, name, land, population, area, association_population, town_type)
    return {town.name: town for town in Town.objects.filter(fictional=True)}


def _write(key: str, name: str, land: str, population: int, area: int, shared: int, town_type: int) -> None:
    """Write one invented town with its association and figures."""
    association = MunicipalAssociation.objects.create(
        key=f"99000{key[4:]}",
        name=f"{name}er Land" if shared else name,
        kind=53 if shared else 50,
        seat=name,
        area_date=AREA_DATE,
        population=shared or population,
        largest_member=4_200 if shared else population,
        member_count=6 if shared else 1,
        population_date=POPULATION_DATE,
        town_type=town_type,
        town_type_date=date(2015, 12, 31),
        source=SOURCE,
    )
    town = Town.objects.create(
        ags=key,
        ars=f"{key}{key[4:]}",
        name=name,
        official_name=f"{name}, Stadt",
        land=land,
        kind_code=63,
        postcode="00000",
        association=association,
        area_date=AREA_DATE,
        fictional=True,
    )
    for figure, value, day in [
        (FigureName.POPULATION, population, POPULATION_DATE),
        (FigureName.AREA, area, AREA_DATE),
    ]:
        Figure.objects.create(town=town, name=figure, value=value, date=day, source=SOURCE)
