"""Vocabulary of towns."""

import unicodedata
from difflib import get_close_matches
from typing import Any

from django.db import models
from django.db.models import Case, OuterRef, Q, Subquery, Value, When

from core.access import anchors_for
from towns.enums import FigureName
from towns.register import UNINCORPORATED_KINDS

MOST_WORDS = 8  # of a search
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
LETTERS = str.maketrans({"ß": "ss", "ł": "l"})


class AssociationQuerySet(models.QuerySet[Any]):
    """Associations."""

    def newest_source(self) -> str:
        """Return the source line of the newest register that was read; empty before the first."""
        real = self.exclude(towns__fictional=True)
        return str(real.order_by("-area_date", "key").values_list("source", flat=True).first() or "")


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

    def listed(self) -> "TownQuerySet":
        """Return the municipalities of lists: no unincorporated areas, which have no council and cannot apply."""
        return self.exclude(kind_code__in=UNINCORPORATED_KINDS)

    def present(self) -> "TownQuerySet":
        """Return the towns that still exist."""
        return self.filter(retired_on=None)

    def named(self, text: str) -> "TownQuerySet":
        """Return towns whose name holds every word of a text, or whose key or postcode begins with its digits.

        Umlauts may be written as they are, as ae, or without dots; the name of the association counts as well. Towns
        whose own name begins with the text come first.
        """
        digits = "".join(text.split())
        if digits.isdecimal():
            return self.filter(Q(ags__startswith=digits) | Q(ars__startswith=digits) | Q(postcode=digits))
        found = self
        for word in text.split()[:MOST_WORDS]:
            found = found.filter(Q(search_name__contains=plain(word)) | Q(association__name__icontains=word))
        first = When(search_name__startswith=plain(text.strip()), then=Value(0))
        second = When(search_name__contains=plain(text.strip()), then=Value(1))
        return found.order_by(Case(first, second, default=Value(2)), "search_name", "ags")

    def similar(self, text: str) -> list[Any]:
        """Return at most six towns with the same first letter and nearly the same name, the nearest first."""
        wanted = plain(text.strip())
        names = (
            self.filter(search_name__startswith=wanted[:1]).values_list("name", flat=True).order_by("name")
        )
        forms = {plain(name): name for name in names}
        near = [forms[form] for form in get_close_matches(wanted, forms, n=4, cutoff=0.75)]
        found: list[Any] = list(self.filter(name__in=near).order_by("ags"))
        return sorted(found, key=lambda town: near.index(town.name))[:6]

    def with_population(self) -> "TownQuerySet":
        """Add `population` and `population_date`: the newest figure of each town, None where there is none."""
        figures = self.model._meta.get_field("figures").related_model._default_manager
        newest = figures.filter(town=OuterRef("pk"), name=FigureName.POPULATION).order_by("-date")
        value, day = Subquery(newest.values("value")[:1]), Subquery(newest.values("date")[:1])
        found: TownQuerySet = self.annotate(population=value, population_date=day)
        return found


def plain(text: str) -> str:
    """Return a text in small letters with ae for ä and no other marks: how names are compared."""
    return bare(text.lower().translate(UMLAUTS))


def bare(text: str) -> str:
    """Return a text in small letters without any marks: Mucheln for Mücheln."""
    letters = unicodedata.normalize("NFKD", text.lower().translate(LETTERS))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def search_form(name: str) -> str:
    """Return all that a name is found by, so that Mücheln, Muecheln and Mucheln are found alike."""
    return " | ".join(dict.fromkeys([plain(name), bare(name)]))


def acts_for_a_town(user: Any) -> bool:
    """Say whether a person acts for any town (area of the navigation)."""
    return bool(user.town_memberships.filter(until=None).exists())
