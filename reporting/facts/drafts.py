"""Applications in progress: what is still empty, and which towns have not signed the present content.

Each application answers this itself (a hash over its whole content), with about twenty queries. So only the
MOST_DRAFTS with the nearest deadlines are asked: a person rarely works on more than two, and the page stays bounded.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from alliances.enums import ApplicationState
from alliances.models import Alliance, Application
from calls.enums import CallState
from core import clock
from core.access import anchors_for, rights_on
from towns.models import Town

MOST_DRAFTS = 10


@dataclass(frozen=True)
class Draft:
    """An application in progress: its empty parts, the towns without signature (with who can), the person's rights."""

    application: Any
    gaps: list[str]
    unsigned: list[tuple[Town, list[str]]]
    rights: frozenset[str]


def drafts_of(user: Any) -> list[Draft]:
    """Return the applications that a person writes or signs, while their call takes them; the next deadline first."""
    writes, signs = anchors_for(user, "write", Alliance), anchors_for(user, "sign", Alliance)
    found = Application.objects.filter(
        Q(alliance__in=writes.values("pk")) | Q(alliance__in=signs.values("pk")),
        state=ApplicationState.DRAFT,
        call__closes_at__gt=clock.now(),
    ).exclude(call__state=CallState.CANCELLED)
    numbers = found.order_by("call__closes_at", "pk").values_list("pk", flat=True)[:MOST_DRAFTS]
    return [_draft(pk, user) for pk in list(numbers)]


def _draft(pk: int, user: Any) -> Draft:
    """Ask one application."""
    application = Application.objects.filter(pk=pk)[0]
    missing = application.gaps()
    unsigned = [] if missing else application.unsigned_towns()
    return Draft(application, missing, unsigned, rights_on(user, application.alliance))
