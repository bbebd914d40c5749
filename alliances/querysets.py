"""Vocabulary of alliances and applications."""

from typing import Any

from django.db import models
from django.db.models import Max, Q

from alliances.enums import ApplicationState, PartnerState
from core import clock
from core.access import anchors_for
from towns.models import Town


class AllianceQuerySet(models.QuerySet[Any]):
    """Alliances."""

    def visible_to(self, user: Any) -> "AllianceQuerySet":
        """Return the alliances that a person works in."""
        return self.filter(pk__in=anchors_for(user, "view", self.model).values("pk"))


class PartnerQuerySet(models.QuerySet[Any]):
    """Towns in alliances."""

    def visible_to(self, user: Any) -> "PartnerQuerySet":
        """Return the partners of one's alliances, and the invitations that one may answer."""
        alliances = anchors_for(user, "view", self.model.alliance.field.related_model)
        return self.filter(
            Q(alliance__in=alliances.values("pk"))
            | Q(town__in=anchors_for(user, "answer_invitation", Town).values("pk"))
        )

    def invitations_to(self, user: Any) -> "PartnerQuerySet":
        """Return the invitations that a person may answer."""
        towns = anchors_for(user, "answer_invitation", Town)
        return self.filter(state=PartnerState.INVITED, town__in=towns.values("pk"))

    def accepted(self) -> "PartnerQuerySet":
        """Return the towns that joined."""
        return self.filter(state=PartnerState.ACCEPTED)

    def newest(self) -> "PartnerQuerySet":
        """Return for each town of an alliance the newest invitation: the living one, if one lives."""
        groups = self.model._default_manager.order_by().values("alliance", "town")
        return self.filter(pk__in=groups.annotate(last=Max("pk")).values("last"))

    def living(self) -> "PartnerQuerySet":
        """Return the towns that joined or may still answer: each town at most once in an alliance."""
        return self.filter(state__in=[PartnerState.INVITED, PartnerState.ACCEPTED])

    def unanswered_too_long(self) -> "PartnerQuerySet":
        """Return invitations whose last day is over (for the daily job)."""
        return self.filter(state=PartnerState.INVITED, respond_by__lt=clock.today())


class ApplicationQuerySet(models.QuerySet[Any]):
    """Applications."""

    def visible_to(self, user: Any) -> "ApplicationQuerySet":
        """Return the applications of one's alliances."""
        alliances = anchors_for(user, "view", self.model.alliance.field.related_model)
        return self.filter(alliance__in=alliances.values("pk"))

    def alive(self) -> "ApplicationQuerySet":
        """Return applications that were neither withdrawn nor expired."""
        return self.exclude(state__in=[ApplicationState.WITHDRAWN, ApplicationState.EXPIRED])

    def missed(self) -> "ApplicationQuerySet":
        """Return drafts whose call has closed (for the daily job)."""
        return self.filter(state=ApplicationState.DRAFT, call__closes_at__lte=clock.now())


class SubmissionQuerySet(models.QuerySet[Any]):
    """Submissions."""

    def visible_to(self, user: Any) -> "SubmissionQuerySet":
        """Return the submissions of one's alliances."""
        alliances = anchors_for(
            user, "view", self.model.application.field.related_model.alliance.field.related_model
        )
        return self.filter(application__alliance__in=alliances.values("pk"))


def alliances_of_town(town: Any) -> list[Any]:
    """Return the alliances that a town joined: their rights follow its members (road)."""
    partners = town.partnerships.filter(state=PartnerState.ACCEPTED).select_related("alliance")
    return [partner.alliance for partner in partners]


def alliances_of_programme(programme: Any) -> list[Any]:
    """Return the alliances that apply to a call of a programme: the rights of its auditors follow (road)."""
    return [alliance for call in programme.calls.all() for alliance in call.alliances.all()]
