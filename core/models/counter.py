"""Numbers that people can say on the phone: 2026-014."""

from django.db import models, transaction


class Counter(models.Model):
    """The last number given for a series in a year; gaps cannot arise, since it moves in the caller's transaction."""

    series = models.CharField(max_length=40)
    year = models.IntegerField()
    last = models.IntegerField(default=0)

    class Meta:
        verbose_name = "Zähler"
        verbose_name_plural = "Zähler"
        constraints = [
            models.UniqueConstraint(fields=["series", "year"], name="one_counter_per_series_and_year")
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.year}: {self.last}"

    @classmethod
    def take(cls, series: str, year: int, width: int = 3) -> str:
        """Return the next number of the series, for example 2026-014; blocks others until the transaction ends."""
        with transaction.atomic():
            cls.objects.get_or_create(series=series, year=year)
            counter = cls.objects.select_for_update().get(series=series, year=year)
            counter.last += 1
            counter.save(update_fields=["last"])
        return f"{year}-{counter.last:0{width}d}"
