"""Questions of this stage to the records of the earlier ones; nothing here writes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from guardian.utils import get_user_obj_perms_model

from alliances.enums import PartnerState
from alliances.models import Alliance, Application
from calls.enums import CallState
from calls.models import Call
from core.access import anchors_for
from core.models import Job
from projects.enums import ProjectState
from projects.models import Project
from review.models import Assessment, Case
from towns.models import Town

ANCHORS: tuple[Any, ...] = (Town, Call, Alliance, Case, Project)
CALL_REPORT = "reporting.call_report"
MOST_HITS = 20


def rights_held(user: Any) -> frozenset[tuple[str, str]]:
    """Return every (anchor, right) that a person holds on at least one record, one query for each kind of anchor."""
    held: set[tuple[str, str]] = set()
    ContentType.objects.get_for_models(*ANCHORS)  # all kinds at once into Django's cache
    for model in ANCHORS:
        table: Any = get_user_obj_perms_model(model)
        rows = table.objects.filter(user=user, user__is_active=True)
        names = rows.order_by().values_list("permission__codename", flat=True).distinct()
        held |= {(str(model._meta.model_name), name) for name in names}
    return frozenset(held)


def reportable_calls(user: Any) -> models.QuerySet[Any]:
    """Return the calls on which a person may make reports."""
    return Call.objects.filter(pk__in=anchors_for(user, "report", Call).values("pk"))


def report_jobs(user: Any) -> models.QuerySet[Any]:
    """Return a person's own runs of reports, newest first."""
    return Job.objects.visible_to(user).filter(work=CALL_REPORT)


def model_projects() -> models.QuerySet[Any]:
    """Return the projects that everyone may see: those whose award is final (from the start on)."""
    return Project.objects.exclude(state=ProjectState.FOUNDED).order_by("-start", "number")


@dataclass(frozen=True)
class Hits:
    """What was found of one kind: at most MOST_HITS pairs of name and page, and whether there are more."""

    title: str
    links: list[tuple[str, str]]
    more: bool


def search(user: Any, text: str) -> list[Hits]:
    """Return what a person may see whose number contains a text or in which a town of that name takes part."""
    typed = text.strip()
    if not typed:
        return []
    towns = Town.objects.named(typed)
    joined = Alliance.objects.filter(
        partners__state=PartnerState.ACCEPTED, partners__town__in=towns.values("pk")
    )
    alliances = joined.order_by().values("pk")
    in_alliance = Q(number__icontains=typed) | Q(alliance__in=alliances)
    readable = Case.objects.visible_to(user).values("pk")
    own = Assessment.objects.own(user).filter(case__in=readable).select_related("case")
    found = [
        _calls(user, typed),
        _hits(
            "Verbünde",
            Alliance.objects.visible_to(user).filter(Q(number__icontains=typed) | Q(pk__in=alliances)),
        ),
        _hits("Anträge", Application.objects.visible_to(user).filter(in_alliance)),
        _hits("Vorgänge", Case.objects.worked_by(user).filter(_case_found(typed, alliances))),
        _hits("Bewertungen", own.filter(_case_found(typed, alliances, "case__"))),
        _hits("Modellvorhaben", Project.objects.visible_to(user).filter(in_alliance)),
        _hits("Kommunen", towns, Town.full_name),
    ]
    return [hits for hits in found if hits.links]


def _case_found(typed: str, alliances: Any, path: str = "") -> Q:
    """Return the condition for a case by its number or the towns of its alliance."""
    return Q(**{f"{path}number__icontains": typed}) | Q(**{f"{path}application__alliance__in": alliances})


def _calls(user: Any, typed: str) -> Hits:
    """Return calls by number: one's own with their inner page, the others, once published, with the public one."""
    own = set(Call.objects.visible_to(user).values_list("pk", flat=True))
    known = Call.objects.filter(~Q(state=CallState.DRAFT) | Q(pk__in=own))
    found = list(known.filter(number__icontains=typed)[: MOST_HITS + 1])
    links = [(c.heading(), c.get_absolute_url() if c.pk in own else c.public_url()) for c in found]
    return Hits("Projektaufrufe", links[:MOST_HITS], len(links) > MOST_HITS)


def _hits(title: str, found: models.QuerySet[Any], name: Callable[[Any], str] | None = None) -> Hits:
    """Return the first records of a kind with their pages, with one query."""
    links = [(name(r) if name else r.heading(), r.get_absolute_url()) for r in found[: MOST_HITS + 1]]
    return Hits(title, links[:MOST_HITS], len(links) > MOST_HITS)
