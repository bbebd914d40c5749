"""Vocabulary of towns."""

from typing import Any

from django.db import models

from core.access import anchors_for


class TownQuerySet(models.QuerySet[Any]):
    """Towns: public facts, and who may act for which."""

    def visible_to(self, user: Any) -> "TownQuerySet":
        """Return every town: the register is public."""
        return self.all()

    def of(self, user: Any) -> "TownQuerySet":
        """Return the towns that a person acts for."""
        return self.filter(pk__in=anchors_for(user, "view", self.model).values("pk"))

    def acting(self, user: Any, role: str) -> "TownQuerySet":
        """Return the towns for which a person holds a role today."""
        return self.filter(members__user=user, members__role=role, members__until=None)

    def named(self, text: str) -> "TownQuerySet":
        """Return towns whose name contains a text, or whose key or postcode begins with it."""
        typed = text.strip()
        if typed.isdigit():
            return self.filter(models.Q(ags__startswith=typed) | models.Q(postcode__startswith=typed))
        return self.filter(models.Q(name__icontains=typed) | models.Q(search_name__contains=plain(typed)))


def plain(text: str) -> str:
    """Return a text without umlauts and case, for searching: Mücheln and Muecheln are found alike."""
    table = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "š": "s", "ń": "n", "ř": "r", "ě": "e", "ó": "o"}
    return "".join(table.get(letter, letter) for letter in text.lower())


def acts_for_a_town(user: Any) -> bool:
    """Say whether a person acts for any town (area of the navigation)."""
    from towns.models import TownMember  # noqa: PLC0415 - querysets stand below models

    return TownMember.objects.filter(user=user, until=None).exists()
