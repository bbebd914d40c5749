"""Statements: written, handed in, audited, cut, closed; the call ends with its last project."""

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from calls.models import Call
from core import clock, door
from core.models import Mail
from projects import services
from projects.models import Project, Statement
from tests.cast import person
from tests.factories import projects as make

pytestmark = [pytest.mark.usefixtures("drafted"), pytest.mark.django_db]


def refused(record: Any, step: str, who: str, **data: Any) -> list[str]:
    """Return the sentences with which a step is refused."""
    with pytest.raises(door.Refused) as error:
        door.perform(record, step, by=person(who), data=data)
    return [str(reason) for reason in error.value.reasons]


def test_the_statement_has_a_line_for_each_position_and_is_due_after_easter() -> None:
    statement = make.statement()
    assert (statement.year, statement.due) == (2029, date(2030, 4, 1))
    assert statement.lines.count() == 2
    assert statement.spent_total() == Decimal("500000.00")


def test_beginning_twice_is_beginning_once() -> None:
    project = make.project("completed")
    values = {"narrative": "x", "own_funds": Decimal("0.00"), "own_staff": Decimal("0.00"),
              "third_party": Decimal("0.00"), "spent": {}}  # fmt: skip
    first = services.start_statement(project, values, by=person("beispiel"), token=uuid.uuid4())
    assert services.start_statement(project, values, by=person("beispiel"), token=uuid.uuid4()) == first
    with pytest.raises(door.Refused, match="nicht für Sie freigegeben"):
        services.start_statement(project, values, by=person("vorlage"))


def test_everything_that_is_missing_is_named_at_once() -> None:
    project = make.project("running")
    values = {"narrative": " ", "own_funds": Decimal("0.00"), "own_staff": Decimal("0.00"),
              "third_party": Decimal("0.00"), "spent": {}}  # fmt: skip
    with clock.at(make.SPENDING):
        statement = services.start_statement(project, values, by=person("beispiel"))
        make.payment("submitted", of=project)
        sentences = refused(statement, "submit", "beispiel")
    assert [sentence.split(".")[0] for sentence in sentences] == [
        "Das Vorhaben läuft noch",
        "Der Sachbericht ist leer",
        "Tragen Sie zu mindestens einer Position ein, was Sie ausgegeben haben",
        "Der Meilenstein M1 „Leerstand erfasst“ ist noch nicht gemeldet",
        "Es sind noch Zahlungsanforderungen offen",
    ]


def test_handing_in_and_giving_back_move_the_project() -> None:
    statement = make.statement("submitted")
    assert Project.objects.get().state == "in_final_audit"
    with clock.at(make.TOLD):
        back = door.perform(statement, "give_back", by=person("exempel"), data={"note": "Zu kurz."}).record
    assert (back.state, Project.objects.get().state) == ("returned", "completed")
    assert "„Zu kurz.“" in Mail.objects.get(subject__contains="kommt zurück", to=person("beispiel")).body
    with clock.at(make.TOLD):
        again = door.perform(back, "submit", by=person("beispiel")).record
    assert (again.state, Project.objects.get().state) == ("submitted", "in_final_audit")


def test_closing_the_last_project_completes_the_call() -> None:
    statement = make.statement("closed_without_objection")
    assert statement.state == "closed_without_objection"
    assert Project.objects.get().state == "closed"
    assert Call.objects.get().state == "completed"


def test_the_call_stays_decided_while_an_award_waits() -> None:
    statement = make.statement("in_audit")
    other = make.award(grant=Decimal("100000.00"))
    other.call = statement.project.call
    other.save(update_fields=["call"])
    with clock.at(make.TOLD):
        door.perform(statement, "close_without_objection", by=person("exempel"))
    assert Call.objects.get(pk=statement.project.call_id).state == "decided"


def test_what_is_cut_needs_its_own_closing_and_lowers_the_grant() -> None:
    statement = make.statement("in_audit")
    assert refused(statement, "close_with_cuts", "exempel") == [
        "Für diesen Nachweis ist keine Kürzung eingetragen. Tragen Sie zuerst Betrag und Grund ein."
    ]
    with clock.at(make.TOLD):
        cut = door.perform(
            statement, "cut", by=person("exempel"), data=make.cuts(statement, "50000.00")
        ).record
    assert cut.final_grant().amount == Decimal("360000.00")  # T1: 450,000.00 recognised
    assert refused(cut, "close_without_objection", "exempel") == [
        "Für diesen Nachweis sind Kürzungen eingetragen. Schließen Sie ihn mit Kürzung ab."
    ]
    with clock.at(make.TOLD):
        assert door.perform(cut, "close_with_cuts", by=person("exempel")).record.state == "closed_with_cuts"


def test_more_than_was_spent_is_never_cut() -> None:
    statement = make.statement("in_audit")
    sentences = refused(statement, "cut", "exempel", **make.cuts(statement, "400000.01"))
    assert "höchstens, was ausgegeben wurde" in sentences[0]
    assert statement.cut_total() == Decimal("0.00")


def test_new_money_of_third_parties_lowers_the_grant() -> None:
    statement = make.statement("in_audit")
    Statement.objects.filter(pk=statement.pk).update(third_party=Decimal("20000.00"))
    statement = Statement.objects.get(pk=statement.pk)
    assert statement.final_grant().amount == Decimal("384000.00")
    assert [line.amount for line in statement.reckoning() if line.result] == [Decimal("384000.00")]


def test_overpaid_money_is_named() -> None:
    project = make.project("running")
    make.payment("paid", of=project, paid_expenses=Decimal("300000.00"), amount=Decimal("240000.00"))
    with clock.at(make.OVER):
        services.end_projects()
    statement = make.statement("in_audit", of=Project.objects.get(pk=project.pk), spent="250000.00")
    last = statement.reckoning()[-1]
    assert (last.text, last.amount) == (
        "zu viel gezahlt",
        Decimal("40000.00"),
    )  # 240,000.00 paid, 200,000.00 left


def test_drafts_are_seen_by_those_who_write_them() -> None:
    statement = make.statement()
    seen = {who for who in ("beispiel", "vorlage", "exempel", "pruefer", "fremd")
            if Statement.objects.visible_to(person(who)).exists()}  # fmt: skip
    assert seen == {"beispiel"}
    with clock.at(make.TOLD):
        door.perform(statement, "submit", by=person("beispiel"))
    assert Statement.objects.visible_to(person("vorlage")).exists()
    assert not Statement.objects.visible_to(person("fremd")).exists()


def test_a_locked_statement_is_not_changed() -> None:
    statement = make.statement("submitted")
    with pytest.raises(door.Refused, match="Gesperrt"):
        services.save_statement(statement, {}, by=person("beispiel"))
