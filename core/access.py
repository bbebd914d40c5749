"""Rights: rows on anchors, derived from memberships, asked here and nowhere else.

Global permissions, groups and superusers grant nothing in the product; an inactive person holds nothing.
"""

from collections.abc import Iterable
from operator import attrgetter
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from guardian.shortcuts import get_objects_for_user
from guardian.utils import get_user_obj_perms_model

from core.road import load_road
from core.roles import rights_of_role

SYSTEM = "system"


class Right:
    """A right that a transition asks for, on an anchor of its record; callable by django-fsm."""

    def __init__(self, name: str, on: str) -> None:
        self.name = name
        self.on = on

    def anchor(self, record: Any) -> Any:
        """Return the anchor: the record itself for "self", else what the dotted path leads to."""
        return record if self.on == "self" else attrgetter(self.on)(record)

    def __call__(self, record: Any, user: Any) -> bool:
        if self.name == SYSTEM:
            return user is None
        return user is not None and holds(user, self.name, self.anchor(record))


def rows_of(anchor: models.Model) -> Any:
    """Return the model that holds the rows of rights on an anchor."""
    return get_user_obj_perms_model(anchor)


class _RightFactory:
    """`right("submit", on="alliance")`, and `right.system` for what only the system does."""

    system = Right(SYSTEM, "self")

    def __call__(self, name: str, on: str = "self") -> Right:
        return Right(name, on)


right = _RightFactory()


def rights_on(user: Any, anchor: models.Model) -> frozenset[str]:
    """Return all rights of a person on an anchor, in one query."""
    if not getattr(user, "is_active", False) or not user.is_authenticated:
        return frozenset()
    rows = rows_of(anchor).objects.filter(user=user, content_object=anchor)
    return frozenset(rows.values_list("permission__codename", flat=True))


def holds(user: Any, name: str, anchor: models.Model) -> bool:
    """Say whether a person holds a right on an anchor."""
    return name in rights_on(user, anchor)


def anchors_for(user: Any, name: str, model: type[models.Model]) -> models.QuerySet[Any]:
    """Return the anchors of a model on which a person holds a right (SQL, for `visible_to`)."""
    manager = model._default_manager
    if user is None or not user.is_active or not user.is_authenticated:
        return manager.none()
    return get_objects_for_user(
        user, name, klass=manager.all(), use_groups=False, with_superuser=False, accept_global_perms=False
    )


def people_with(name: str, anchor: models.Model) -> models.QuerySet[Any]:
    """Return the active people who hold a right on an anchor."""
    table = rows_of(anchor)
    rows = table.objects.filter(content_object=anchor, permission__codename=name)
    user_model = table._meta.get_field("user").related_model
    people: models.QuerySet[Any] = user_model.objects.filter(pk__in=rows.values("user"), is_active=True)
    return people


def wanted_rows(anchor: Any) -> set[tuple[int, str]]:
    """Return the (user id, right) pairs that the anchor's memberships and the role table ask for."""
    table = anchor._meta.model_name
    return {(user.pk, name) for user, role in anchor.people() for name in rights_of_role(table, role)}


def present_rows(anchor: Any) -> set[tuple[int, str]]:
    """Return the (user id, right) pairs that stand in the table."""
    rows = rows_of(anchor).objects.filter(content_object=anchor)
    return set(rows.values_list("user_id", "permission__codename"))


@transaction.atomic
def sync(anchor: Any) -> None:
    """Make the rows of an anchor equal to what its memberships say; called by the steps of the road."""
    table = rows_of(anchor)
    wanted, present = wanted_rows(anchor), present_rows(anchor)
    for user_id, name in present - wanted:
        table.objects.filter(content_object=anchor, user_id=user_id, permission__codename=name).delete()
    missing = wanted - present
    if missing:
        kind = ContentType.objects.get_for_model(anchor)
        ids = dict(Permission.objects.filter(content_type=kind).values_list("codename", "pk"))
        table.objects.bulk_create(
            table(content_object=anchor, user_id=user_id, permission_id=ids[name])
            for user_id, name in sorted(missing)
        )


def sync_with_dependants(anchor: Any) -> None:
    """Sync an anchor whose members changed, and the anchors of later stages that draw on it (named in the road)."""
    sync(anchor)
    for find in load_road().dependants(anchor._meta.label):
        for dependant in find(anchor):
            sync(dependant)


def anchor_models() -> list[type[models.Model]]:
    """Return every model that has a table of rights of its own."""
    return [model for model in apps.get_models() if hasattr(model, "people") and not model._meta.abstract]


def all_anchors() -> Iterable[Any]:
    """Yield every anchor of every model."""
    for model in anchor_models():
        yield from model._default_manager.all().iterator(chunk_size=500)


def differences() -> list[tuple[Any, set[tuple[int, str]], set[tuple[int, str]]]]:
    """Return (anchor, missing rows, rows too many) for every anchor whose rows and memberships disagree."""
    found = []
    for anchor in all_anchors():
        wanted, present = wanted_rows(anchor), present_rows(anchor)
        if wanted != present:
            found.append((anchor, wanted - present, present - wanted))
    return found
