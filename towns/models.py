"""The official register as dated facts, and the people of each town."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from guardian.models import UserObjectPermissionBase

from core import clock
from core.models import Record
from core.roles import permissions
from towns.enums import FigureName, TownRole, TownType
from towns.querysets import AssociationQuerySet, TownQuerySet, search_form
from towns.register import ASSOCIATION_KINDS, LAND_NAMES, MUNICIPALITY_KINDS


class MunicipalAssociation(models.Model):
    """Gemeindeverband, or the Einheitsgemeinde as its own association: the level that BBSR's type is given to."""

    key = models.CharField("Schlüssel (9 Stellen)", max_length=9, unique=True)
    name = models.CharField("Name", max_length=120)
    kind = models.IntegerField("Art", help_text="Textkennzeichen 50 bis 58 des Registers")
    seat = models.CharField("Sitz", max_length=120, blank=True)
    area_date = models.DateField("Gebietsstand")
    population = models.IntegerField("Einwohner aller Mitglieder", null=True)
    largest_member = models.IntegerField("Einwohner des größten Mitglieds", null=True)
    member_count = models.IntegerField("Zahl der Mitglieder", default=1)
    population_date = models.DateField("Bevölkerungsstand", null=True)
    town_type = models.IntegerField(
        "Stadt- und Gemeindetyp (BBSR)", choices=TownType.choices, null=True, blank=True
    )
    town_type_date = models.DateField("Stand des Typs", null=True, blank=True)
    town_type_source = models.CharField("Quelle des Typs", max_length=300, blank=True)
    source = models.CharField("Quelle", max_length=300)
    retired_on = models.DateField("aufgelöst seit", null=True, blank=True)

    objects: ClassVar[AssociationQuerySet] = AssociationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "Gemeindeverband"
        verbose_name_plural = "Gemeindeverbände"
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(town_type=None) | Q(town_type__in=TownType.values), name="association_type_known"
            ),
            models.CheckConstraint(condition=Q(member_count__gte=1), name="association_has_members"),
        ]

    def __str__(self) -> str:
        return self.full_name()

    @property
    def stands_alone(self) -> bool:
        """Say whether this is an Einheitsgemeinde (no association with others)."""
        return self.kind == 50

    def full_name(self) -> str:
        """Return the name with its kind: Verbandsgemeinde Unstruttal."""
        return self.name if self.stands_alone else f"{ASSOCIATION_KINDS[self.kind]} {self.name}"


class Town(Record):
    """A municipality of the register; anchor of the rights of those who act for it."""

    ags = models.CharField("Gemeindeschlüssel", max_length=8, unique=True)
    ars = models.CharField("Regionalschlüssel", max_length=12, unique=True)
    official_name = models.CharField("amtlicher Name", max_length=120)
    name = models.CharField("Name", max_length=120)
    search_name = models.CharField(max_length=500, editable=False, db_index=True)
    land = models.CharField("Land", max_length=2, choices=sorted(LAND_NAMES.items()))
    district = models.CharField("Kreis", max_length=120, blank=True, help_text="leer, wenn kreisfrei")
    kind_code = models.IntegerField("Art", help_text="Textkennzeichen 60 bis 67 des Registers")
    postcode = models.CharField("Postleitzahl des Sitzes", max_length=5, blank=True)
    association = models.ForeignKey(MunicipalAssociation, on_delete=models.PROTECT, related_name="towns")
    latitude = models.DecimalField("Breite", max_digits=7, decimal_places=4, null=True, blank=True)
    longitude = models.DecimalField("Länge", max_digits=7, decimal_places=4, null=True, blank=True)
    area_date = models.DateField("Gebietsstand")
    retired_on = models.DateField("aufgelöst seit", null=True, blank=True)
    fictional = models.BooleanField("erfunden", default=False)

    objects: ClassVar[TownQuerySet] = TownQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "Kommune"
        verbose_name_plural = "Kommunen"
        ordering = ["name", "ags"]
        default_permissions = ()
        permissions = permissions("town")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep what the town is found by in step with its official name."""
        self.search_name = search_form(self.official_name or self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Return the public page of the town."""
        return reverse("town", args=[self.ags])

    def reference(self) -> str:
        """Return the municipality key."""
        return self.ags

    def kind_name(self) -> str:
        """Return Stadt, Markt, Gemeinde …"""
        return MUNICIPALITY_KINDS[self.kind_code]

    def full_name(self) -> str:
        """Return the name with its Land, so that homonyms are told apart."""
        return f"{self.name} ({self.get_land_display()})"

    def place(self) -> str:
        """Return Kreis (if it has one) and Land, which tell towns of the same name apart."""
        return ", ".join(filter(None, (self.district, self.get_land_display())))

    def people(self) -> Iterator[tuple[Any, str]]:
        """Yield (person, role) of everyone who acts for the town today."""
        for member in self.members.filter(until=None).select_related("user"):
            yield member.user, member.role


class Figure(models.Model):
    """One dated figure of a town with its source."""

    town = models.ForeignKey(Town, on_delete=models.CASCADE, related_name="figures")
    name = models.CharField("Kennzahl", max_length=20, choices=FigureName.choices)
    value = models.IntegerField("Wert")
    date = models.DateField("Stand")
    source = models.CharField("Quelle", max_length=300)

    class Meta:
        verbose_name = "Kennzahl"
        verbose_name_plural = "Kennzahlen"
        ordering = ["town", "name", "-date"]
        constraints = [
            models.UniqueConstraint(fields=["town", "name", "date"], name="one_figure_per_town_and_day"),
            models.CheckConstraint(condition=Q(value__gte=0), name="figure_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.get_name_display()} {self.town} {self.date}: {self.value}"


class TownMember(models.Model):
    """A person who acts for a town, in one role, from a day until a day."""

    town = models.ForeignKey(Town, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="town_memberships"
    )
    role = models.CharField("Rolle", max_length=20, choices=TownRole.choices)
    since = models.DateField("seit", default=clock.today)
    until = models.DateField("bis", null=True, blank=True)

    class Meta:
        verbose_name = "Person einer Kommune"
        verbose_name_plural = "Personen der Kommunen"
        ordering = ["town", "role", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["town", "user", "role"], condition=Q(until=None), name="one_role_once_per_town"
            ),
            models.CheckConstraint(condition=Q(role__in=TownRole.values), name="town_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()} von {self.town}"


class TownUserObjectPermission(UserObjectPermissionBase):
    """The rows of rights on towns."""

    content_object = models.ForeignKey(Town, on_delete=models.CASCADE)

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False
