"""The base of every record with a machine: a safe refresh, the act that guards look at, and what pages need."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django_fsm import FSMFieldMixin

from core.guards import Act


def state_constraint(states: type[models.TextChoices], name: str) -> models.CheckConstraint:
    """Return the constraint that bounds a state column to the states of its machine."""
    return models.CheckConstraint(
        condition=models.Q(state__in=[value for value, _ in states.choices]),
        name=name,
        violation_error_message="Diesen Stand gibt es nicht.",
    )


class Record(models.Model):
    """Anything that has a page, a number and a course of events."""

    class Meta:
        abstract = True

    def heading(self) -> str:
        """Return what the page is called: kind and number, then the title."""
        return str(self)

    def reference(self) -> str:
        """Return the number that people can say on the phone, or an empty text."""
        return str(getattr(self, "number", ""))

    @classmethod
    def kind(cls) -> ContentType:
        """Return the content type, from Django's cache."""
        return ContentType.objects.get_for_model(cls)


class Workflow(Record):
    """A record whose life is a machine. Its state changes through `core.door.perform` and in no other way.

    `locks` names the parents to lock before the record, as dotted paths in road order (left first).
    """

    act: Act | None = None
    locks: ClassVar[tuple[str, ...]] = ()
    state: Any

    class Meta:
        abstract = True

    def refresh_from_db(
        self, using: str | None = None, fields: Iterable[str] | None = None, from_queryset: Any = None
    ) -> None:
        """Reload; unlike django-fsm's own way it never lifts the protection, and puts the old values back on error."""
        names = [f.attname for f in self._meta.concrete_fields if isinstance(f, FSMFieldMixin) and f.protected]
        kept = {name: self.__dict__.pop(name) for name in names if name in self.__dict__}
        wanted = list(fields) if fields is not None else None
        try:
            super().refresh_from_db(using=using, fields=wanted, from_queryset=from_queryset)
        except BaseException:
            self.__dict__.update(kept)
            raise
        for name, value in kept.items():
            self.__dict__.setdefault(name, value)

    def state_label(self) -> str:
        """Return the state in the words of the pages."""
        return str(self.get_state_display())  # type: ignore[attr-defined]

    def state_tone(self) -> str:
        """Return the tone of the badge: info, warning, danger, success or plain (`TONES` of the states' enum)."""
        tones: dict[str, str] = getattr(type(self), "tones", {})
        return tones.get(str(self.state), "plain")
