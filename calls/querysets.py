"""Vocabulary of calls."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from calls.enums import CallState, ProgrammeRole
from core import clock
from core.access import anchors_for


class ProgrammeQuerySet(models.QuerySet[Any]):
    """Programmes."""

    def visible_to(self, user: Any) -> "ProgrammeQuerySet":
        """Return the programmes that a person works in."""
        return self.filter(pk__in=anchors_for(user, "view", self.model).values("pk"))


class CallQuerySet(models.QuerySet[Any]):
    """Calls."""

    def public(self) -> "CallQuerySet":
        """Return calls that everyone may see: those that were published (a draft that was cancelled never was)."""
        return self.filter(published_at__isnull=False)

    def readable_by(self, user: Any) -> "CallQuerySet":
        """Return the calls whose public page a person may open: the public ones, and those they work on (preview)."""
        return self.filter(
            Q(published_at__isnull=False) | Q(pk__in=anchors_for(user, "view", self.model).values("pk"))
        )

    def visible_to(self, user: Any) -> "CallQuerySet":
        """Return the calls that a person works on (drafts too); the public pages use `public`."""
        return self.filter(pk__in=anchors_for(user, "view", self.model).values("pk"))

    def open(self) -> "CallQuerySet":
        """Return calls that take applications at this instant (by their times, whether or not a job ran)."""
        now = clock.now()
        return self.filter(state=CallState.PUBLISHED, opens_at__lte=now, closes_at__gt=now)

    def past_deadline(self) -> "CallQuerySet":
        """Return published calls whose deadline has come (for the daily job)."""
        return self.filter(Q(state=CallState.PUBLISHED), closes_at__lte=clock.now())


class ReferenceFigureQuerySet(models.QuerySet[Any]):
    """Figures of the law."""

    def at(self, code: str, day: date) -> Any:
        """Return the figure that is valid on a day; raise the model's DoesNotExist with a sentence if there is none.

        A figure is never carried forward: where the row of a half-year is missing, nothing can be reckoned.
        """
        valid = self.filter(code=code, valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gte=day))
        figure = valid.order_by("-valid_from").first()
        if figure is None:
            raise self.model.DoesNotExist(f"Die Rechengröße „{code}“ fehlt für den {day:%d.%m.%Y}.")
        return figure


def calls_of(programme: Any) -> models.QuerySet[Any]:
    """Return the calls of a programme: their rights follow when its members change (road)."""
    return programme.calls.all()  # type: ignore[no-any-return]


def works_in_office(user: Any) -> bool:
    """Say whether a person prepares or decides in a programme (area of the navigation)."""
    roles = [ProgrammeRole.OFFICE, ProgrammeRole.OFFICER, ProgrammeRole.SECOND_OFFICER]
    return bool(user.programme_memberships.filter(role__in=roles).exists())


def works_at_cash_desk(user: Any) -> bool:
    """Say whether a person orders payments."""
    return bool(user.programme_memberships.filter(role=ProgrammeRole.CASHIER).exists())


def is_auditor(user: Any) -> bool:
    """Say whether a person reads for the federal audit office."""
    return bool(user.programme_memberships.filter(role=ProgrammeRole.AUDITOR).exists())
