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
        names = [
            f.attname for f in self._meta.concrete_fields if isinstance(f, FSMFieldMixin) and f.protected
        ]
        wanted = set(fields) if fields is not None else self._loaded_fields()
        kept = {name: self.__dict__.pop(name) for name in names if name in wanted and name in self.__dict__}
        try:
            super().refresh_from_db(using=using, fields=wanted, from_queryset=from_queryset)
        except BaseException:
            self.__dict__.update(kept)
            raise
        if fields is None:
            self._forget_related()

    def _loaded_fields(self) -> set[str]:
        """Return the names of the fields that are not deferred (a popped state would count as deferred)."""
        deferred = self.get_deferred_fields()
        return {f.attname for f in self._meta.concrete_fields if f.attname not in deferred}

    def _forget_related(self) -> None:
        """Forget cached relations, as Django does when all fields are reloaded."""
        self._prefetched_objects_cache: dict[str, Any] = {}
        for relation in self._meta.related_objects:
            if relation.is_cached(self):
                relation.delete_cached_value(self)

    def state_label(self) -> str:
        """Return the state in the words of the pages."""
        return str(self.get_state_display())  # type: ignore[attr-defined]

    def state_tone(self) -> str:
        """Return the tone of the badge: info, warning, danger, success or plain (`TONES` of the states' enum)."""
        tones: dict[str, str] = getattr(type(self), "tones", {})
        return tones.get(str(self.state), "plain")
