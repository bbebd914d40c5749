"""Loads the page of effects (`config/road.py`, named by the setting ROAD) and answers what follows a step."""

from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string


class Road:
    """The effects beside each transition, the anchors that follow an anchor, and the daily steps, resolved."""

    def __init__(self, page: Any) -> None:
        self.effect_names: dict[str, list[str]] = dict(page.EFFECTS)
        self.dependant_names: dict[str, list[str]] = dict(page.DEPENDANTS)
        self.daily_names: list[str] = list(page.DAILY)
        self.area_names: dict[str, str] = dict(page.AREAS)

    def effects(self, label: str, transition: str) -> list[Callable[..., None]]:
        """Return the services that follow a transition: each takes (record, event)."""
        return [import_string(name) for name in self.effect_names.get(f"{label}.{transition}", [])]

    def dependants(self, label: str) -> list[Callable[[Any], Any]]:
        """Return the functions that find the later anchors drawing on an anchor's members."""
        return [import_string(name) for name in self.dependant_names.get(label, [])]

    def daily(self) -> list[Callable[[], int]]:
        """Return the steps of the daily job: each performs what is due and returns how many."""
        return [import_string(name) for name in self.daily_names]

    def areas(self) -> dict[str, Callable[[Any], bool]]:
        """Return the areas of the product, each with the question whether a person belongs there."""
        return {area: import_string(name) for area, name in self.area_names.items()}

    def names(self) -> list[str]:
        """Return every dotted name on the page, for the system check."""
        lists = [*self.effect_names.values(), *self.dependant_names.values(), self.daily_names]
        return [name for names in lists for name in names] + list(self.area_names.values())


@lru_cache(maxsize=1)
def load_road() -> Road:
    """Return the road of this installation."""
    return Road(import_module(settings.ROAD))
