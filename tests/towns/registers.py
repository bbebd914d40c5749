"""Registers for tests, put together from a few words per town."""

from datetime import date

from towns.register import Association, District, Municipality, Register, State

AREA_DATE = date(2025, 8, 31)
COUNTED_ON = date(2024, 12, 31)


def municipality(
    ags: str, name: str, population: int = 5_000, area: str = "0001", kind: int = 63
) -> Municipality:
    """Return a municipality; `area` is the number of its association within the Kreis."""
    return Municipality(
        ags8=ags,
        ars12=ags[:5] + area + ags[5:],
        name=name,
        association_key=ags[:5] + area,
        land=ags[:2],
        kind=kind,
        postcode="06636",
        area_ha=3_128,
        population=population,
        area_date=AREA_DATE,
    )


def register(
    *municipalities: Municipality,
    names: dict[str, str] | None = None,
    area_date: date = AREA_DATE,
    population_date: date = COUNTED_ON,
) -> Register:
    """Return a register of these municipalities with the associations and Kreise that they need."""
    keys = sorted({m.association_key for m in municipalities})
    counts = {key: sum(m.association_key == key for m in municipalities) for key in keys}
    districts = sorted({m.ags8[:5] for m in municipalities})
    return Register(
        area_date=area_date,
        population_date=population_date,
        states=tuple(
            State(key, f"Land {key}", "Probe", area_date) for key in sorted({m.land for m in municipalities})
        ),
        districts=tuple(District(key, f"Probe {key}", 44, "Probe", area_date) for key in districts),
        associations=tuple(
            Association(
                key, (names or {}).get(key, f"Verband {key}"), 53 if counts[key] > 1 else 50, "", area_date
            )
            for key in keys
        ),
        municipalities=tuple(
            Municipality(**{**{f: getattr(m, f) for f in m.__slots__}, "area_date": area_date})
            for m in municipalities
        ),
    )


LAUCHA = municipality("15084285", "Laucha an der Unstrut, Stadt", 2_657, "5053")
FREYBURG = municipality("15084135", "Freyburg (Unstrut), Stadt", 4_433, "5053")
MUECHELN = municipality("15088235", "Mücheln (Geiseltal), Stadt", 8_185, "0235")
WOODS = municipality("15084999", "Musterforst", 0, "9999", kind=66)
SMALL = (LAUCHA, FREYBURG, MUECHELN, WOODS)
