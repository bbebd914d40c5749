"""Förderprogramm: who prepares, who decides, and the people who work in it."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from guardian.models import UserObjectPermissionBase

from calls.enums import ProgrammeRole
from calls.querysets import ProgrammeQuerySet
from core import clock
from core.models import Record
from core.roles import permissions


class Programme(Record):
    """Förderprogramm: states who prepares and who decides (design section 3); anchor."""

    name = models.CharField("Name", max_length=200, unique=True)
    prepares = models.CharField("bereitet vor", max_length=200)
    decides = models.CharField("entscheidet", max_length=200, help_text="die Bewilligungsbehörde")
    legal_basis = models.CharField("Rechtsgrundlage", max_length=300)

    objects: ClassVar[ProgrammeQuerySet] = ProgrammeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "Förderprogramm"
        verbose_name_plural = "Förderprogramme"
        ordering = ["name"]
        default_permissions = ()
        permissions = permissions("programme")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page of the programme."""
        return reverse("programme")

    def people(self) -> Iterator[tuple[Any, str]]:
        """Yield (person, role) of everyone who works in the programme."""
        for member in ProgrammeMember.objects.filter(programme=self.pk).select_related("user"):
            yield member.user, member.role


class ProgrammeMember(models.Model):
    """A person who works in a programme, in one role."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="programme_memberships"
    )
    role = models.CharField("Rolle", max_length=20, choices=ProgrammeRole.choices)
    since = models.DateField("seit", default=clock.today)

    class Meta:
        verbose_name = "Person eines Programms"
        verbose_name_plural = "Personen der Programme"
        ordering = ["programme", "role", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "user", "role"], name="one_role_once_per_programme"),
            models.CheckConstraint(condition=Q(role__in=ProgrammeRole.values), name="programme_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}"


class ProgrammeUserObjectPermission(UserObjectPermissionBase):
    """The rows of rights on programmes."""

    content_object = models.ForeignKey(Programme, on_delete=models.CASCADE)

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False
