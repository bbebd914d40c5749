"""Projects and milestones: people, rights, reports, duties, the daily job."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core import access, clock, door
from core.models import Document
from projects import services
from projects.models import Milestone, Project
from tests.cast import person
from tests.factories import projects as make
from tests.factories.alliances import PDF
from towns.enums import TownRole
from towns.services import add_member

pytestmark = [pytest.mark.usefixtures("drafted"), pytest.mark.django_db]


def test_each_role_holds_its_rights_on_the_project() -> None:
    project = make.project("founded")
    assert "request_payment" in access.rights_on(person("beispiel"), project)
    assert access.rights_on(person("vorlage"), project) == {"view", "report_milestone"}
    assert access.rights_on(person("kasse"), project) == {"view", "order_payment"}
    assert access.rights_on(person("zweitblick"), project) == {"view", "check_payment"}
    assert access.rights_on(person("pruefer"), project) == {"view"}
    assert access.rights_on(person("fremd"), project) == frozenset()
    assert not access.differences()


def test_a_new_person_of_a_town_joins_its_projects() -> None:
    project = make.project()
    town = project.award.recipient
    add_member(town, person("fremd"), TownRole.FINANCE)
    assert "request_payment" in access.rights_on(person("fremd"), project)


def test_a_milestone_is_reported_by_its_town_or_the_lead_with_a_file() -> None:
    milestone = make.project().milestones.get()
    data = {"result": "Die Karte liegt vor.", "file": SimpleUploadedFile("Karte.pdf", PDF)}
    with pytest.raises(door.Refused, match="gehört einer anderen Kommune"):
        door.perform(milestone, "report", by=person("vorlage"), data=data)
    reported = door.perform(milestone, "report", by=person("beispiel"), data=data).record
    assert (reported.state, reported.result) == ("reported", "Die Karte liegt vor.")
    assert Document.objects.of(milestone).get().name == "Karte.pdf"
    returned = door.perform(
        reported, "give_back", by=person("muster"), data={"note": "Es fehlt ein Stadtteil."}
    ).record
    again = door.perform(returned, "report", by=person("beispiel"), data={"result": "Nun ganz."}).record
    assert door.perform(again, "note", by=person("muster")).record.state == "noted"


def test_nothing_is_reported_before_the_award_is_final() -> None:
    milestone = make.project("founded").milestones.get()
    with pytest.raises(door.Refused, match="läuft noch nicht"):
        door.perform(milestone, "report", by=person("beispiel"), data={"result": "x"})


def test_a_project_ends_after_its_last_day() -> None:
    project = make.project("running")
    with clock.at(clock.berlin(2029, 3, 31, 23, 59)):
        assert services.end_projects() == 0
    with clock.at(clock.berlin(2029, 4, 1)):
        assert services.end_projects() == 1
        assert services.end_projects() == 0
    ended = Project.objects.get(pk=project.pk)
    assert ended.state == "completed"
    assert ended.statement_due() == date(2030, 4, 1)


def test_an_early_end_makes_the_statement_due_earlier() -> None:
    project = make.project("running")
    with clock.at(clock.berlin(2028, 6, 14, 12)):
        done = door.perform(project, "report_completion", by=person("beispiel")).record
    assert done.statement_due() == date(2029, 6, 14)


def test_the_money_of_a_project_comes_from_ledger_and_last_request() -> None:
    project = make.payment("paid").project
    found = Project.objects.with_money().get(pk=project.pk)
    bar = found.money()
    assert (bar.granted, bar.paid, bar.used) == (
        Decimal("400000.00"), Decimal("100000.00"), Decimal("80000.00"),
    )  # fmt: skip
    assert found.years() == [
        (2027, Decimal("240000.00"), Decimal("100000.00")),
        (2028, Decimal("160000.00"), Decimal("0.00")),
    ]
    assert found.last_payout().last_day_of_use() == date(2027, 11, 8)


def test_duties_come_by_date_and_go_when_done() -> None:
    project = make.project()
    assert [duty.until for duty in project.next_duties()] == [date(2027, 9, 30), date(2030, 4, 1)]
    door.perform(Milestone.objects.get(), "report", by=person("beispiel"), data={"result": "Fertig."})
    assert [duty.until for duty in project.next_duties()] == [date(2030, 4, 1)]
