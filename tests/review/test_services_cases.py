"""From the closed call to the board: cases, findings, rulings, the hand-over to the jurors."""

from decimal import Decimal

import pytest

from alliances.enums import ApplicationState
from calls.models import Call
from calls.services import add_programme_member
from core import access, door
from core.models import Document, Event, Mail
from tests.cast import person
from tests.factories import review as make

pytestmark = pytest.mark.django_db


def test_closing_a_call_opens_a_case_on_the_last_submission() -> None:
    call = make.closed_call(2)
    first, second = call.cases.all()
    assert [first.state, second.state] == ["received", "received"]
    assert first.number == first.application.number
    assert first.requested_grant == Decimal("400000.00")
    assert [town["name"] for town in first.snapshot["towns"]] == [
        "Beispielstadt",
        "Musterhausen",
        "Altmusterburg",
        "Neu Probe",
    ]
    assert first.application.state == ApplicationState.ACCEPTED_FOR_REVIEW
    assert Event.objects.of(first).get().label == "Vorgang angelegt"


def test_the_documents_of_the_submission_go_with_the_case() -> None:
    case = make.case()
    handed = Document.objects.of(case)
    assert [d.sha256 for d in handed] == [d.sha256 for d in Document.objects.of(case.submission)]
    files = set(handed.values_list("file", flat=True))
    assert files == set(Document.objects.of(case.submission).values_list("file", flat=True))


def test_the_check_freezes_findings_with_the_facts_judged() -> None:
    case = make.case("in_check")
    assert case.findings_text() == "5 erfüllt"
    finding = case.findings.get(code="minimum_towns")
    assert finding.facts["expenditure"] == "500000.00"
    assert [town["population"] for town in finding.facts["towns"]] == [8000, 8000, 8000, 8000]
    assert finding.facts["towns"][0]["population_date"] == "2024-12-31"


def test_three_towns_are_one_unmet_criterion_and_bar_the_way() -> None:
    case = make.case("in_check", towns=3)
    assert case.findings_text() == "4 erfüllt, 1 nicht erfüllt"
    with pytest.raises(door.Refused, match="ist nicht erfüllt"):
        door.perform(case, "confirm_eligible", by=person("muster"))


def test_an_exception_is_kept_with_person_and_reason_and_opens_the_way() -> None:
    case = make.case("in_check", towns=3)
    finding = case.findings.get(code="minimum_towns")
    data = {"finding": finding, "fulfilled": True, "note": "Die vierte Kommune ist eingemeindet worden."}
    done = door.perform(case, "rule", by=person("exempel"), data=data)
    ruling = case.findings.get(pk=finding.pk).ruling
    assert (ruling.by, ruling.fulfilled) == (person("exempel"), True)
    assert ruling.reason == "Die vierte Kommune ist eingemeindet worden."
    assert done.event.data == {"finding": finding.pk, "fulfilled": True}
    assert door.perform(case, "confirm_eligible", by=person("muster")).record.state == "eligible"


def test_a_second_ruling_is_refused_and_told_who_decided() -> None:
    case = make.case("in_check", towns=3)
    finding = case.findings.get(code="minimum_towns")
    data = {"finding": finding, "fulfilled": True, "note": "Ausnahme."}
    door.perform(case, "rule", by=person("exempel"), data=data)
    with pytest.raises(door.Refused, match=r"Frau Exempel hat am 15\.07\.2026 um 10:00 Uhr") as refused:
        door.perform(case, "rule", by=person("muster"), data={**data, "fulfilled": False})
    assert refused.value.kind == "state"
    assert case.findings.get(pk=finding.pk).ruling.fulfilled is True


def test_a_finding_that_is_met_cannot_be_ruled_away() -> None:
    case = make.case("in_check")
    data = {"finding": case.findings.all()[0], "fulfilled": False, "note": "Nein."}
    with pytest.raises(door.Refused, match=r"ist erfüllt\. Hier ist nichts zu entscheiden"):
        door.perform(case, "rule", by=person("muster"), data=data)


def test_sending_to_the_board_begins_the_review_and_asks_each_juror_once_a_day() -> None:
    call = make.closed_call(2)
    first, second = call.cases.all()
    for case in (first, second):
        make.advance(case, "eligible")
    make.to_the_board(first)
    make.to_the_board(second)
    assert Call.objects.get(pk=call.pk).state == "in_review"
    mails = Mail.objects.filter(subject=f"Projektaufruf {call.number}: Erklärung zur Befangenheit")
    assert sorted(mail.to.name for mail in mails) == [
        "Frau Probe",
        "Frau Test",
        "Herr Modell",
        "Herr Versuch",
    ]
    assert "31. August 2026" in mails[0].body


def test_rights_on_a_case_follow_the_people_of_the_programme() -> None:
    case = make.case()
    newcomer = person("fremd")
    assert not access.holds(newcomer, "check", case)
    add_programme_member(case.call.programme, newcomer, "officer")
    assert access.holds(newcomer, "check", case)
    assert access.differences() == []
