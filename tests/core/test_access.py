"""Rights are rows derived from memberships and the role table; nothing else grants anything."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from guardian.shortcuts import assign_perm

from calls.models import Call, Programme, ProgrammeMember
from calls.services import add_programme_member
from core import access
from core.roles import ROLES, permissions
from tests.cast import person
from tests.factories.calls import call, programme

pytestmark = pytest.mark.django_db


def test_rows_say_what_the_role_table_says() -> None:
    made = call("draft")
    assert access.rights_on(person("muster"), made) == frozenset(ROLES["call"]["office"].split())
    assert access.rights_on(person("pruefer"), made) == {"view", "see_scores", "report"}
    assert access.rights_on(person("fremd"), made) == frozenset()
    assert access.rights_on(person("doppel"), made) == frozenset(ROLES["call"]["officer"].split())


def test_who_joins_the_programme_later_gets_the_rights_on_its_calls() -> None:
    made = call("draft")
    add_programme_member(programme(), person("fremd"), "officer")
    assert "release_decision" in access.rights_on(person("fremd"), made)


def test_who_leaves_the_programme_loses_them() -> None:
    made = call("draft")
    ProgrammeMember.objects.filter(user=person("exempel")).delete()
    access.sync_with_dependants(programme())
    assert access.rights_on(person("exempel"), made) == frozenset()
    assert access.differences() == []


def test_differences_name_rows_missing_and_rows_too_many() -> None:
    made = call("draft")
    assert access.differences() == []
    assign_perm("publish", person("fremd"), made)
    [(anchor, missing, too_many)] = access.differences()
    assert (anchor, missing, too_many) == (made, set(), {(person("fremd").pk, "publish")})
    access.sync(made)
    assert access.differences() == []


def test_a_global_permission_a_group_and_a_superuser_grant_nothing() -> None:
    call("draft")
    stranger = person("fremd")
    view = Permission.objects.get(content_type=ContentType.objects.get_for_model(Call), codename="view")
    stranger.user_permissions.add(view)
    group = Group.objects.create(name="alle")
    group.permissions.add(view)
    stranger.groups.add(group)
    stranger.is_superuser = True
    stranger.save()
    assert not Call.objects.visible_to(stranger).exists()
    assert not Programme.objects.visible_to(stranger).exists()


def test_the_list_of_a_person_costs_the_same_for_one_call_and_for_many(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    for _ in range(3):
        call("draft")
    muster = person("muster")
    with django_assert_num_queries(1):
        assert len(Call.objects.visible_to(muster)) == 3


def test_every_right_of_the_table_is_a_permission_of_its_anchor() -> None:
    models = {model._meta.model_name: model for model in access.anchor_models()}
    assert set(models) == set(ROLES)
    for name, model in models.items():
        assert list(model._meta.permissions) == permissions(name)
