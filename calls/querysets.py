"""Vocabulary of calls."""

from typing import Any

from django.db import models
from django.db.models import Q

from calls.enums import CallState
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
        """Return calls that everyone may see."""
        return self.exclude(state=CallState.DRAFT)

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


def works_in_office(user: Any) -> bool:
    """Say whether a person prepares or decides in a programme (area of the navigation)."""
    from calls.models import ProgrammeMember  # noqa: PLC0415 - querysets stand below models

    return ProgrammeMember.objects.filter(user=user, role__in=["office", "officer", "second_officer"]).exists()


def works_at_cash_desk(user: Any) -> bool:
    """Say whether a person orders payments."""
    from calls.models import ProgrammeMember  # noqa: PLC0415 - querysets stand below models

    return ProgrammeMember.objects.filter(user=user, role="cashier").exists()


def is_auditor(user: Any) -> bool:
    """Say whether a person reads for the federal audit office."""
    from calls.models import ProgrammeMember  # noqa: PLC0415 - querysets stand below models

    return ProgrammeMember.objects.filter(user=user, role="auditor").exists()
