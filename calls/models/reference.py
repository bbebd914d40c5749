"""The figures of the law as dated rows with their source: 20 %, 500 EUR, six weeks, base rates, deadlines."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from calls.querysets import ReferenceFigureQuerySet


class ReferenceFigure(models.Model):
    """One figure of the law, valid from a day until a day (both included; None: until further notice)."""

    code = models.SlugField("Kurzname", max_length=60)
    title = models.CharField("Bezeichnung", max_length=200)
    value = models.DecimalField("Wert", max_digits=14, decimal_places=2)
    unit = models.CharField("Einheit", max_length=40)
    valid_from = models.DateField("gültig ab")
    valid_to = models.DateField("gültig bis", null=True, blank=True)
    source = models.CharField("Quelle", max_length=300)

    objects: ClassVar[Any] = ReferenceFigureQuerySet.as_manager()

    class Meta:
        verbose_name = "Rechengröße"
        verbose_name_plural = "Rechengrößen"
        ordering = ["code", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "valid_from"], name="one_reference_figure_per_code_and_day"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="reference_figure_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} ab {self.valid_from}: {self.value} {self.unit}"
