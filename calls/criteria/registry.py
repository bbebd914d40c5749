"""The criteria that a call can choose from, in the order in which people read them."""

from collections.abc import Mapping
from typing import Any

from calls.criteria.base import Criterion
from calls.criteria.cap_and_rate import CapAndRate
from calls.criteria.documents import Documents
from calls.criteria.minimum_towns import MinimumTowns
from calls.criteria.period import Period
from calls.criteria.small_town_type import SmallTownType

ALL: dict[str, type[Criterion]] = {
    criterion.code: criterion for criterion in (MinimumTowns, SmallTownType, CapAndRate, Period, Documents)
}


def build(code: str, parameters: Mapping[str, Any]) -> Criterion:
    """Return a criterion with its parameters; KeyError for an unknown code, TypeError for a wrong parameter."""
    return ALL[code](**parameters)
