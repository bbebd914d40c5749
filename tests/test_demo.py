"""The demo world: complete, repeatable, honest about real towns; nothing of it leaves the machine."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from django.db.models import Q
from django.test import override_settings

from alliances.models import Application, Partner
from calls.models import Call, Programme
from core import access, clock, door
from core.models import Event, Job, Mail, User, Workflow
from demo.people import PASSWORD, SIGN_INS
from demo.world import NAME, build
from projects.models import Award, Project, Statement
from review.models import Bias, Case, DecisionItem
from towns.models import Town, TownMember

OURS = ["core", "towns", "calls", "alliances", "review", "projects", "reporting"]
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[str]]:
    """Build the demo world once, as `manage.py demo` does; return what it told. Nothing of it stays."""
    with django_db_blocker.unblock(), transaction.atomic():
        told: list[str] = []
        assert build(told.append)
        yield told
        transaction.set_rollback(True)


def rows() -> dict[str, int]:
    """Return the number of rows of each of our tables."""
    found = (model for app in OURS for model in apps.get_app_config(app).get_models())
    return {model._meta.label: model._default_manager.count() for model in found}


def machines() -> list[Any]:
    """Return every machine."""
    return [model for model in apps.get_models() if issubclass(model, Workflow)]


def reachable(model: Any) -> set[str]:
    """Return the states that a life can reach from its beginning."""
    found = {str(model._meta.get_field("state").get_default())}
    edges = [edge for meta in door.transitions_of(model).values() for edge in door.edges(meta)]
    while True:
        more = {str(edge.target) for edge in edges if str(edge.source) in found} - found
        if not more:
            return found
        found |= more


def real(path: str) -> Q:
    """Return the condition that a real town takes part, on the way `path` to the town."""
    return Q(**{f"{path}__fictional": False})


def test_it_says_what_it_builds(world: list[str]) -> None:
    assert len(world) == 3


def test_a_second_time_changes_nothing(world: list[str]) -> None:
    before, last = rows(), Event.objects.latest("pk").pk
    told: list[str] = []
    assert build(told.append) is False
    assert (told, rows(), Event.objects.latest("pk").pk) == ([], before, last)


def test_the_command_prints_the_sign_ins(world: list[str]) -> None:
    out = StringIO()
    call_command("demo", stdout=out)
    assert "Nichts geändert" in out.getvalue()
    assert [key for key, _ in SIGN_INS if f"{key}@quartett.example" not in out.getvalue()] == []


def test_the_command_refuses_a_database_in_use(world: list[str]) -> None:
    User.objects.create_user("amt@quartett.example", name="Person Amt")
    with pytest.raises(CommandError, match="nicht leer"):
        call_command("demo", stdout=StringIO())


def test_the_command_refuses_production(world: list[str]) -> None:
    with override_settings(PRODUCTION=True), pytest.raises(CommandError, match="PRODUCTION"):
        call_command("demo", stdout=StringIO())


@pytest.mark.parametrize("model", machines(), ids=lambda model: model.__name__)
def test_every_state_that_can_be_reached_occurs(world: list[str], model: Any) -> None:
    present = set(model._default_manager.values_list("state", flat=True))
    assert reachable(model) - present == set()


def test_real_towns_are_never_refused_cut_or_late(world: list[str]) -> None:
    """What goes wrong happens to invented towns only."""
    with_real = real("application__alliance__partners__town")
    assert not Case.objects.filter(with_real, state__in=["rejected", "not_recommended", "reserve"]).exists()
    assert not Case.objects.filter(with_real, state="ineligible_proposed").exists()
    assert not DecisionItem.objects.filter(real("case__application__alliance__partners__town")).exclude(
        proposal="award"
    ).exists()  # fmt: skip
    assert not Bias.objects.filter(real("case__application__alliance__partners__town")).exists()
    applied = Application.objects.filter(real("alliance__partners__town"))
    assert not applied.filter(state__in=["withdrawn", "expired"]).exists()
    assert not Partner.objects.filter(real("town")).exclude(state="accepted").exists()
    statements = Statement.objects.filter(real("project__alliance__partners__town"))
    assert not statements.exclude(state="closed_without_objection").exists()
    assert not statements.filter(lines__cut__gt=Decimal("0.00")).exists()
    assert not Project.objects.filter(real("alliance__partners__town")).exclude(state="closed").exists()


def test_alliances_hold_real_towns_or_invented_ones_never_both(world: list[str]) -> None:
    mixed = Partner.objects.filter(town__fictional=False, alliance__partners__town__fictional=True)
    assert not mixed.exists()


def test_the_known_alliances_are_there(world: list[str]) -> None:
    """One model project of 2019 with four towns, four of 2020 with 5, 4, 5 and 4 (BBSR)."""
    projects = Project.objects.filter(alliance__partners__town__fictional=False).distinct().order_by("number")
    sizes = [project.alliance.partners.count() for project in projects]
    assert [project.call.closes_at.year for project in projects] == [2019, 2020, 2020, 2020, 2020]
    assert sorted(sizes) == [4, 4, 4, 5, 5]


def test_no_award_is_above_the_budget_of_its_call(world: list[str]) -> None:
    for call in Call.objects.filter(awards__isnull=False).distinct():
        granted = sum(Award.objects.filter(call=call).values_list("amount", flat=True))
        assert granted <= call.budget_total(), call


def test_rights_and_memberships_agree(world: list[str]) -> None:
    assert access.differences() == []


def test_no_mail_waits_and_no_job_is_left(world: list[str]) -> None:
    """Mails to example people are kept back when they are written."""
    assert Mail.objects.exists()
    assert not Mail.objects.filter(kept_back_at=None).exists()
    assert not Job.objects.exclude(status="done").exists()


def test_all_people_are_examples(world: list[str]) -> None:
    assert not User.objects.filter(is_demo=False).exists()
    assert not User.objects.exclude(email__endswith="@quartett.example").exists()
    assert not User.objects.filter(Q(is_staff=True) | Q(is_superuser=True)).exists()


def test_every_sign_in_works(world: list[str]) -> None:
    people = [User.objects.get(email=f"{key}@quartett.example") for key, _ in SIGN_INS]
    assert all(person.check_password(PASSWORD) and person.is_active for person in people)


def test_one_call_is_open_and_closes_in_sixty_days(world: list[str]) -> None:
    call = Call.objects.open().get()
    assert call.closes_at.astimezone(clock.BERLIN).date() == clock.today() + timedelta(days=60)


def test_one_programme_and_everybody_for_a_town_acts_for_one_in_an_alliance(world: list[str]) -> None:
    assert Programme.objects.get().name == NAME
    acting = Town.objects.filter(pk__in=TownMember.objects.values("town"))
    assert not acting.filter(partnerships=None).exists()


def test_the_course_of_events_never_lies_in_the_future(world: list[str]) -> None:
    assert not Event.objects.filter(at__gt=clock.now() + timedelta(days=1)).exists()


def test_nothing_is_left_to_do_for_the_daily_job(world: list[str]) -> None:
    """The world stands as the daily job of today would have left it."""
    assert not Call.objects.past_deadline().exists()
    assert not Application.objects.missed().exists()
    assert not Award.objects.remedy_over().exists()
    assert not Project.objects.over().exists()
