"""The advisory board (Beirat), which is the jury."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from calls.models import Programme
from core import clock
from review.enums import Group
from towns.models import Town


class Board(models.Model):
    """Beirat of a programme."""

    programme = models.OneToOneField(Programme, on_delete=models.PROTECT, related_name="board")
    name = models.CharField("Name", max_length=200)

    class Meta:
        verbose_name = "Beirat"
        verbose_name_plural = "Beiräte"

    def __str__(self) -> str:
        return self.name


class BoardMember(models.Model):
    """A member; `office_town` is the town whose office the member holds or held (bias is found by it)."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="board_memberships"
    )
    group = models.CharField("Gruppe", max_length=20, choices=Group.choices)
    chair = models.BooleanField("Vorsitz", default=False)
    office_town = models.ForeignKey(
        Town,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Amt in der Kommune",
    )
    office = models.CharField("Amt", max_length=100, blank=True)
    since = models.DateField("seit", default=clock.today)
    until = models.DateField("bis", null=True, blank=True)

    class Meta:
        verbose_name = "Beiratsmitglied"
        verbose_name_plural = "Beiratsmitglieder"
        ordering = ["board", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "user"], condition=Q(until=None), name="one_seat_per_person"
            ),
            models.CheckConstraint(condition=Q(group__in=Group.values), name="board_group_known"),
        ]

    def __str__(self) -> str:
        return self.user.name
