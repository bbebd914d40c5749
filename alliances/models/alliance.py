"""Alliance and partner towns."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from guardian.models import UserObjectPermissionBase

from alliances.enums import PartnerState
from alliances.querysets import AllianceQuerySet, PartnerQuerySet
from alliances.workflow import PartnerWorkflow
from calls.enums import ProgrammeRole
from calls.models import Call
from core import clock
from core.models import Record, state_constraint
from core.roles import permissions
from towns.models import Town, TownMember


class Alliance(Record):
    """Kleinstadtverbund: towns that apply together; anchor of everyone who works in it."""

    number = models.CharField("Nummer", max_length=12, unique=True)
    title = models.CharField("Arbeitstitel", max_length=200)
    call = models.ForeignKey(
        Call,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="alliances",
        verbose_name="Projektaufruf",
    )
    founded_at = models.DateTimeField("gegründet", default=clock.now)

    objects: ClassVar[AllianceQuerySet] = AllianceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "Kleinstadtverbund"
        verbose_name_plural = "Kleinstadtverbünde"
        ordering = ["-founded_at", "-pk"]
        default_permissions = ()
        permissions = permissions("alliance")

    def __str__(self) -> str:
        return f"Verbund {self.number}"

    def heading(self) -> str:
        """Return number and title."""
        return f"Verbund {self.number}: {self.title}"

    def get_absolute_url(self) -> str:
        """Return the page of the alliance."""
        return reverse("alliance", args=[self.number])

    @property
    def lead(self) -> "Partner":
        """Return the lead (federführende Kommune)."""
        return self.partners.select_related("town").get(is_lead=True)

    def people(self) -> Iterator[tuple[Any, str]]:
        """Yield (person, role): those who act for a town that joined, and the call's auditors."""
        joined = self.partners.filter(state=PartnerState.ACCEPTED).values_list("town_id", "is_lead")
        side = {town_id: "lead" if is_lead else "partner" for town_id, is_lead in joined}
        for member in TownMember.objects.filter(town__in=side, until=None).select_related("user"):
            yield member.user, f"{side[member.town_id]}_{member.role}"
        if self.call:
            for user, role in self.call.programme.people():
                if role == ProgrammeRole.AUDITOR:
                    yield user, role


class Partner(PartnerWorkflow):
    """A town in an alliance, from the invitation on."""

    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="partners")
    town = models.ForeignKey(
        Town, on_delete=models.PROTECT, related_name="partnerships", verbose_name="Kommune"
    )
    is_lead = models.BooleanField("federführend", default=False)
    invited_at = models.DateTimeField("eingeladen", default=clock.now)
    respond_by = models.DateField("Antwort bis")
    answered_at = models.DateTimeField("geantwortet", null=True, editable=False)

    locks = ("alliance",)
    objects: ClassVar[PartnerQuerySet] = PartnerQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "Partnerkommune"
        verbose_name_plural = "Partnerkommunen"
        ordering = ["alliance", "-is_lead", "pk"]
        constraints = [
            state_constraint(PartnerState, "partner_state_known"),
            models.UniqueConstraint(
                fields=["alliance", "town"],
                condition=Q(state__in=["invited", "accepted"]),
                name="one_town_once_per_alliance",
                violation_error_message="Die Kommune steht schon in Ihrem Verbund. Wählen Sie eine andere Kommune.",
            ),
            models.UniqueConstraint(
                fields=["alliance"], condition=Q(is_lead=True), name="one_lead_per_alliance"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.town} im {self.alliance}"

    def heading(self) -> str:
        """Return what the invitation's page is called."""
        return f"Einladung in den Verbund {self.alliance.number}"

    def get_absolute_url(self) -> str:
        """Return the page of the invitation."""
        return reverse("partner", args=[self.alliance.number, self.town.ags])

    def alliance_url(self) -> str:
        """Return the page of the alliance."""
        return self.alliance.get_absolute_url()

    def tasks_url(self) -> str:
        """Return the tasks page, for those who see the alliance no more."""
        return reverse("tasks")


class AllianceUserObjectPermission(UserObjectPermissionBase):
    """The rows of rights on alliances."""

    content_object = models.ForeignKey(Alliance, on_delete=models.CASCADE)

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False
