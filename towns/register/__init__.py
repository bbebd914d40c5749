"""The official register of municipalities in plain Python: records, reader of GV100AD, Länder, demo facts."""

from towns.register.facts import Facts, TownFact, read_facts
from towns.register.gv100ad import read_register, read_register_file
from towns.register.land import LAND_NAMES
from towns.register.records import (
    ASSOCIATION_KINDS,
    DISTRICT_KINDS,
    MUNICIPALITY_KINDS,
    UNINCORPORATED_KINDS,
    Association,
    District,
    Municipality,
    Register,
    State,
)
from towns.register.source import RegisterError
from towns.register.standing import TownFacts

__all__ = [
    "ASSOCIATION_KINDS",
    "DISTRICT_KINDS",
    "LAND_NAMES",
    "MUNICIPALITY_KINDS",
    "UNINCORPORATED_KINDS",
    "Association",
    "District",
    "Facts",
    "Municipality",
    "Register",
    "RegisterError",
    "State",
    "TownFact",
    "TownFacts",
    "read_facts",
    "read_register",
    "read_register_file",
]
