"""What the rules of a call ask about towns, as plain values."""

from collections.abc import Iterable
from typing import Any

from django.db.models import prefetch_related_objects

from towns.enums import FigureName
from towns.register import TownFacts


def town_facts(town: Any) -> TownFacts:
    """Return the standing of one town."""
    return facts_of([town])[0]


def facts_of(towns: Iterable[Any]) -> list[TownFacts]:
    """Return the standing of many towns, in their order, in two queries at most."""
    listed = list(towns)
    prefetch_related_objects(listed, "association", "figures")
    return [_standing(town) for town in listed]


def _standing(town: Any) -> TownFacts:
    """Return the standing of a town whose association and figures were fetched."""
    counted = [figure for figure in town.figures.all() if figure.name == FigureName.POPULATION]
    newest = max(counted, key=lambda figure: figure.date, default=None)
    association = town.association
    return TownFacts(
        ags=town.ags,
        name=town.name,
        land=town.land,
        population=newest.value if newest else None,
        population_date=newest.date if newest else None,
        association=association.full_name(),
        association_population=association.population,
        association_largest=association.largest_member,
        association_members=association.member_count,
        stands_alone=association.stands_alone,
        town_type=association.town_type,
        town_type_date=association.town_type_date,
    )
