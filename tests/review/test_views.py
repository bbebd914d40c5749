"""The pages of the review stage: who sees what, bad input, and what a juror never learns."""

import re
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from calls.models import Call
from core import door
from core.models import Document
from review.models import Assessment, Case, DecisionRound
from tests.cast import person
from tests.factories import review as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_kinds")]
STRANGERS = ("fremd", "beispiel", "kasse")


def client(key: str) -> Client:
    """Return a browser signed in as a person of the cast."""
    found = Client()
    found.force_login(person(key))
    return found


def page(key: str, name: str, *args: Any, query: str = "") -> Any:
    """Open a page as a person."""
    return client(key).get(reverse(name, args=args) + query)


def text(response: Any) -> str:
    """Return a page as a person reads it, on one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())).replace("\u00a0", " ")


def post(key: str, name: str, *args: Any, query: str = "", **data: Any) -> Any:
    """Send a form as a person, with a token."""
    return client(key).post(reverse(name, args=args) + query, {"token": uuid.uuid4(), **data})


def test_cases_are_listed_filtered_and_only_for_those_who_work_on_them() -> None:
    case = make.case("in_check", towns=3)
    shown = text(page("muster", "case-list"))
    assert case.number in shown
    assert "4 erfüllt, 1 nicht erfüllt" in shown
    assert "300.000,00 EUR" in shown
    assert case.number in text(
        page("pruefer", "case-list", query=f"?stand=in_check&aufruf={case.call.number}")
    )
    assert "Kein Vorgang passt zu diesen Filtern" in text(page("muster", "case-list", query="?stand=awarded"))
    for stranger in (*STRANGERS, "modell"):
        assert case.number not in text(page(stranger, "case-list"))


def test_the_list_needs_the_same_number_of_queries_for_one_and_two_cases() -> None:
    counts = []
    for second in (False, True):
        if second:
            call = make.closed_call(2)
            for case in call.cases.all():
                make.advance(case, "in_check")
        else:
            make.case("in_check", towns=3)
        browser = client("muster")
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(reverse("case-list")).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_case_from_receipt_to_the_board_by_its_pages() -> None:
    make.board()
    case = make.case("received", towns=3)
    number = case.number
    for stranger in (*STRANGERS, "modell"):
        for name in ("case", "case-check", "case-start_check", "case-rule"):
            assert page(stranger, name, number).status_code == 404
    shown = text(page("muster", "case", number))
    assert "Formal prüfen" in shown
    assert "Unsere Antwort zu" in shown
    assert "Noch nicht geprüft" in shown
    assert page("pruefer", "case", number).status_code == 200
    assert page("pruefer", "case-start_check", number).status_code == 404

    assert post("muster", "case-start_check", number).url == reverse("case-check", args=[number])
    check = text(page("muster", "case-check", number))
    assert "Das entscheidet ein Mensch" in check
    assert "Ausnahme entscheiden" in check
    assert "31.12.2024" in check
    code = case.findings.get(outcome="not_met").code
    form = page("muster", "case-rule", number, query=f"?befund={code}")
    assert form.context["form"]["finding"].value() == case.findings.get(code=code).pk

    bad = post("muster", "case-rule", number, note="")
    assert bad.status_code == 422
    assert "Begründen Sie Ihre Entscheidung." in text(bad)
    assert "Wählen Sie, ob die Voraussetzung als erfüllt gilt." in text(bad)
    finding = case.findings.get(code=code)
    ruled = post(
        "muster", "case-rule", number, finding=finding.pk, fulfilled="yes", note="Die vierte kommt hinzu."
    )
    assert ruled.url == reverse("case-check", args=[number])
    assert "Die vierte kommt hinzu." in text(page("zweitblick", "case-check", number))
    again = post("exempel", "case-rule", number, finding=finding.pk, fulfilled="no", note="Nein.")
    assert again.status_code == 422
    assert "Über diese Voraussetzung ist schon entschieden" in text(again)
    assert post("muster", "case-confirm_eligible", number).status_code == 302

    jury = text(page("muster", "jury", case.call.number))
    assert "Frau Befangen ist Bürgermeisterin von Beispielstadt." in jury
    assert page("modell", "jury", case.call.number).status_code == 404
    bad = post("muster", "jury", case.call.number, due_tag="31", due_monat="2", due_jahr="2027")
    assert bad.status_code == 422
    assert post("zweitblick", "jury", case.call.number, **_due()).status_code == 409
    assert post("muster", "jury", case.call.number, **_due()).status_code == 302
    assert case.assessments.count() == 4
    assert post("muster", "case-send_to_jury", number).status_code == 302
    assert Case.objects.get(pk=case.pk).state == "in_jury"


def _due() -> dict[str, str]:
    """Return the day of the form of the jury."""
    return {
        "due_0": "31",
        "due_1": "8",
        "due_2": "2026",
        "due_tag": "31",
        "due_monat": "8",
        "due_jahr": "2026",
    }


def test_a_juror_reads_nothing_before_the_declaration() -> None:
    assessment = make.assessment("assigned")
    number = assessment.case.number
    declare = page("modell", "assessment-declare", number)
    assert "Beispielstadt" in text(declare)
    assert "Unsere Antwort" not in text(declare)
    assert "400.000,00 EUR" not in text(declare)
    assert page("modell", "assessment", number).url == reverse("assessment-declare", args=[number])
    document = Document.objects.of(assessment.case)[0]
    for name, args in (
        ("assessment-criterion", (number, 1)),
        ("assessment-submit", (number,)),
        ("assessment-draft", (number,)),
        ("document", (document.pk, document.name)),
        ("case", (number,)),
    ):
        assert page("modell", name, *args).status_code == 404
    for stranger in (*STRANGERS, "befangen", "muster"):
        assert page(stranger, "assessment", number).status_code == 404
        assert page(stranger, "assessment-declare", number).status_code == 404
    listed = text(page("modell", "assessment-list"))
    assert "Zur Befangenheit erklären" in listed
    excluded = text(page("befangen", "assessment-list"))
    assert "Sie wirken an diesem Aufruf nicht mit, weil Ihre Kommune sich bewirbt." in excluded

    assert post("modell", "assessment-declare", number).status_code == 422
    bad = post("modell", "assessment-declare", number, declaration="unsure")
    assert bad.status_code == 422
    assert "Nennen Sie den Grund in mindestens einem Satz." in text(bad)
    done = post("modell", "assessment-declare", number, declaration="none")
    assert done.url == reverse("assessment", args=[number])
    assert "Unsere Antwort" in text(page("modell", "assessment", number))
    assert Document.objects.visible_to(person("modell")).filter(pk=document.pk).exists()

    doubt = post("probe", "assessment-declare", number, declaration="unsure", note="Ich kenne die Stadt gut.")
    assert doubt.url == reverse("assessment-list")
    assert page("probe", "assessment", number).status_code == 404
    assert "Unsicher: Ich kenne die Stadt gut." in text(page("muster", "case", number))
    assert "Ich kenne die Stadt gut" not in text(page("modell", "assessment", number))


def test_scoring_by_the_pages_and_every_bad_input() -> None:
    assessment = make.assessment("accepted")
    number, total = assessment.case.number, assessment.case.call.scoring_criteria.count()
    first = page("modell", "assessment-draft", number)
    assert first.url == reverse("assessment-criterion", args=[number, 1])
    shown = text(client("modell").get(first.url))
    assert f"Kriterium 1 von {total}" in shown
    assert "0 nicht erkennbar" in shown
    assert "Kann ich nicht beurteilen" in shown
    missing = post("modell", "assessment-criterion", number, 1, reason="Das bleibt stehen.")
    assert missing.status_code == 422
    assert "Wählen Sie Punkte oder „Kann ich nicht beurteilen“." in text(missing)
    assert "Das bleibt stehen." in text(missing)
    zero = post("modell", "assessment-criterion", number, 1, points="0")
    assert zero.status_code == 422
    assert "Begründen Sie die 0 Punkte in mindestens einem Satz." in text(zero)
    assert post("modell", "assessment-criterion", number, 1, points="9").status_code == 422
    assert page("modell", "assessment-criterion", number, total + 1).status_code == 302
    early = page("modell", "assessment-submit", number)
    assert early.status_code == 200
    assert "fehlen Ihre Punkte" in text(early) or "nicht möglich" in text(early)

    pause = post("modell", "assessment-criterion", number, 1, points="3", pause="1")
    assert pause.url == reverse("assessment", args=[number])
    for position in range(1, total + 1):
        saved = post("modell", "assessment-criterion", number, position, points="4")
        following = ["assessment-criterion", [number, position + 1]]
        assert saved.url == reverse(*following[:1], args=following[1]) or position == total
    assert saved.url == reverse("assessment-submit", args=[number])
    last = text(page("modell", "assessment-submit", number))
    assert "Gewichtete Summe: 80,00 von 100 Punkten" in last
    assert post("modell", "assessment-submit", number, comment="Gut.").url == reverse(
        "assessment", args=[number]
    )
    assert post("modell", "assessment-criterion", number, 1, points="1", reason="x").status_code == 302
    assert Assessment.objects.get(pk=assessment.pk).shown_score() == 80

    office = text(page("muster", "case", number))
    assert "80,00 von 100 Punkten" in office
    args = (number, assessment.member_id)
    assert page("modell", "case-assessment-reopen", *args).status_code == 404
    assert page("muster", "case-assessment-reopen", *args).status_code == 200
    reopened = post("muster", "case-assessment-reopen", *args, note="Ein Kriterium fehlt.")
    assert reopened.url == reverse("case", args=[number])
    assert Assessment.objects.get(pk=assessment.pk).state == "reopened"
    assert "80,00 von 100 Punkten" not in text(page("muster", "case", number))


def bare(response: Any) -> bytes:
    """Return a page without what differs at each request: the form's tokens."""
    return re.sub(rb'(name="csrfmiddlewaretoken" value=|name="token" value=)"[^"]*"', b"", response.content)


def test_a_jurors_pages_do_not_change_by_a_byte_when_another_scores() -> None:
    own = make.assessment("drafted")
    number = own.case.number
    names = [
        ("assessment-list", ()),
        ("assessment", (number,)),
        ("assessment-criterion", (number, 1)),
        ("assessment-submit", (number,)),
    ]
    before = [bare(page("modell", name, *args)) for name, args in names]
    make.assessment("submitted", juror="probe", of=own.case, points=5)
    make.assessment("declined", juror="test", of=own.case)
    other = make.assessment("reopened", juror="versuch", of=own.case, points=1)
    door.perform(
        other, "draft", by=person("versuch"), data=make.given(own.case.call.scoring_criteria.all()[0], 3)
    )
    after = [bare(page("modell", name, *args)) for name, args in names]
    assert after == before


def test_ranking_and_decision_by_their_pages() -> None:
    case = make.case("in_jury")
    number = case.call.number
    waiting = text(page("muster", "ranking", number))
    assert "4 von 4 Bewertungen fehlen." in waiting
    assert "Mittelwert" not in waiting.split("Noch keine Rangliste")[1]
    assert post("muster", "ranking", number).status_code == 409
    make.score_all(case)
    for stranger in (*STRANGERS, "modell"):
        for name in ("ranking", "decision"):
            assert page(stranger, name, number).status_code == 404
    shown = text(page("muster", "ranking", number))
    assert "Bewilligungsgrenze: 400.000,00 EUR von 1.200.000,00 EUR vergeben, 800.000,00 EUR frei" in shown
    assert page("muster", "decision", number).status_code == 404
    assert post("zweitblick", "ranking", number).status_code == 409
    assert post("muster", "ranking", number).url == reverse("decision", args=[number])

    decision = text(page("exempel", "decision", number))
    assert "Vorbereitet von Frau Muster" in decision
    assert "Bewilligen (1)" in decision
    assert "Entscheidungen freigeben" in decision
    assert "Entscheidungen freigeben" not in text(page("muster", "decision", number))
    item = (number, case.number)
    assert page("exempel", "decision-item", *item).status_code == 200
    assert "nicht für Sie freigegeben" in text(page("pruefer", "decision-item", *item))
    assert post("exempel", "decision-item", *item, proposal="reserve").status_code == 422
    assert post("pruefer", "decision-item", *item, proposal="reserve", reason="Weil.").status_code == 409
    changed = post("exempel", "decision-item", *item, proposal="reserve", reason="Erst das Land hören.")
    assert changed.url == reverse("decision", args=[number])
    assert "Erst das Land hören." in text(page("muster", "decision", number))
    assert (
        post("exempel", "decision-item", *item, proposal="award", reason="Das Land stimmt zu.").status_code
        == 302
    )
    assert page("modell", "decision-release", number).status_code == 404
    assert "1 Bewilligung und 0 Ablehnungen" in text(page("exempel", "decision-release", number))
    assert post("exempel", "decision-release", number).status_code == 302
    assert Case.objects.get(pk=case.pk).state == "awarded"
    assert Call.objects.get(pk=case.call_id).state == "decided"
    assert DecisionRound.objects.get().released_by == person("exempel")
    assert "Freigegeben von Frau Exempel" in text(page("pruefer", "decision", number))
    assert "Die Runde ist freigegeben" in text(page("exempel", "decision-item", *item))
