"""Projects and milestones."""

from typing import Any

from django.db.models import QuerySet

from alliances.enums import PartnerState
from core import documents, door
from projects.models import Project


def end_projects() -> int:
    """Note the end of projects whose last day is over; return how many (daily job)."""
    return sum(door.perform(project, "reach_the_end", by=None).changed for project in Project.objects.over())


def keep_evidence(milestone: Any, event: Any) -> None:
    """Keep the file that proves a reported milestone (effect of the report)."""
    file = milestone.act.data.get("file")
    if file:
        documents.store_upload(
            milestone, file, purpose="evidence", title=milestone.evidence[:200], by=event.by
        )


def projects_of_town(town: Any) -> QuerySet[Project]:
    """Return the projects whose people change with those of a town."""
    partners = {"alliance__partners__town": town, "alliance__partners__state": PartnerState.ACCEPTED}
    return Project.objects.filter(**partners).distinct()


def projects_of_programme(programme: Any) -> QuerySet[Project]:
    """Return the projects whose people change with those of a programme."""
    return Project.objects.filter(call__programme=programme)


def projects_of_alliance(alliance: Any) -> QuerySet[Project]:
    """Return the projects whose people change with the towns of an alliance."""
    return Project.objects.filter(alliance=alliance)
