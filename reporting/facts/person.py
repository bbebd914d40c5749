"""The person whose tasks are asked for, with what several duties need, asked once."""

from functools import cached_property
from typing import Any

from reporting.facts.drafts import Draft, drafts_of
from reporting.querysets import rights_held
from towns.enums import TownRole
from towns.models import Town


class Person:
    """A signed-in user with what is known for this page."""

    def __init__(self, user: Any) -> None:
        self.user = user

    @cached_property
    def rights(self) -> frozenset[tuple[str, str]]:
        """Return every (anchor, right) held on at least one record."""
        return rights_held(self.user)

    def may(self, anchor: str, names: str) -> bool:
        """Say whether one of the rights (words, divided by blanks) is held on any record of the anchor."""
        return any((anchor, name) in self.rights for name in names.split())

    @cached_property
    def drafts(self) -> list[Draft]:
        """Return the applications in progress."""
        return drafts_of(self.user) if self.may("alliance", "write sign") else []

    @cached_property
    def signs_for(self) -> set[int]:
        """Return the ids of the towns for which the person signs."""
        return set(Town.objects.acting(self.user, TownRole.SIGNATORY).values_list("pk", flat=True))
