"""The course of events: append-only, numbered, one row for each step that the door lets through."""

from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class AppendOnlyError(Exception):
    """Somebody tried to change or delete what may only be added to."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Rows that are added, never changed or deleted."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise AppendOnlyError(f"{self.model.__name__}: rows are never changed.")

    def delete(self) -> NoReturn:
        """Refuse."""
        raise AppendOnlyError(f"{self.model.__name__}: rows are never deleted.")


class AppendOnly(models.Model):
    """Base of records that are added, never changed or deleted (PostgreSQL also refuses it by trigger)."""

    objects: ClassVar[Any] = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; refuse to change."""
        if not self._state.adding:
            raise AppendOnlyError(f"{type(self).__name__} {self.pk}: rows are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise AppendOnlyError(f"{type(self).__name__} {self.pk}: rows are never deleted.")


class EventQuerySet(AppendOnlyQuerySet):
    """Vocabulary of the course of events."""

    def of(self, record: models.Model) -> "EventQuerySet":
        """Return the events of one record, newest first."""
        kind = ContentType.objects.get_for_model(record)
        return self.filter(kind=kind, record_id=record.pk).select_related("by").order_by("-pk")


class Event(AppendOnly):
    """One step: who, when (arrival of the request), from, to, why. Holds references instead of personal data."""

    kind = models.ForeignKey(ContentType, on_delete=models.PROTECT, verbose_name="Art")
    record_id = models.BigIntegerField("Nummer des Gegenstands")
    transition = models.CharField("Schritt", max_length=60)
    label = models.CharField("Bezeichnung", max_length=200)
    from_state = models.CharField("von", max_length=50, blank=True)
    to_state = models.CharField("nach", max_length=50, blank=True)
    from_label = models.CharField("von (Wort)", max_length=100, blank=True)
    to_label = models.CharField("nach (Wort)", max_length=100, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="durch"
    )
    at = models.DateTimeField("Zeitpunkt")
    note = models.TextField("Begründung", blank=True)
    secret = models.BooleanField("vertraulich", default=False)
    data = models.JSONField("Angaben", default=dict, encoder=DjangoJSONEncoder)
    token = models.UUIDField("Einmalkennung", null=True, unique=True, editable=False)

    objects: ClassVar[EventQuerySet] = EventQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "Ereignis"
        verbose_name_plural = "Verlauf"
        indexes = [models.Index(fields=["kind", "record_id", "-id"], name="event_of_record")]

    def __str__(self) -> str:
        return f"{self.pk} {self.label}"
