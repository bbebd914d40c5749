"""What the rules of a call ask about a town: its newest figures, its association, BBSR's type with its date."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class TownFacts:
    """The standing of one town on the day it was asked; every figure is None where nobody knows it.

    `land` is the two-digit key; `association` the name with its kind ("Verbandsgemeinde Unstruttal"; for an
    Einheitsgemeinde its own name). `association_population` is the sum of all members, `association_largest`
    the people of the largest one, both of `population_date` of the association's register. `stands_alone` is
    true for an Einheitsgemeinde. `town_type` is BBSR's Stadt- und Gemeindetyp (11 to 50), which belongs to the
    association and never to the town alone. Source: GV-ISys (Destatis); BBSR for the type.
    """

    ags: str
    name: str
    land: str
    population: int | None
    population_date: date | None
    association: str
    association_population: int | None
    association_largest: int | None
    association_members: int
    stands_alone: bool
    town_type: int | None
    town_type_date: date | None
