"""Start page, tasks page and search, as people see them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from core import clock
from tests.cast import person
from tests.factories import alliances as alliance_factory
from tests.factories import calls as call_factory
from tests.factories import projects as project_factory
from tests.factories import review as review_factory

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]

APRIL = clock.berlin(2026, 4, 10, 9)


def signed_in(key: str) -> Client:
    client = Client()
    client.force_login(person(key))
    return client


def text_of(response: Any) -> str:
    return response.content.decode().replace("\u00a0", " ")


def test_the_start_page_shows_open_calls_to_everyone() -> None:
    call = call_factory.call("published")
    with clock.at(APRIL):
        response = Client().get(reverse("home"))
    assert response.status_code == 200
    text = text_of(response)
    assert escape(call.heading()) in text
    assert "bis Dienstag, 30. Juni 2026, 12:00 Uhr (noch 81 Tage)" in text
    assert call.public_url() in text
    assert "In vier Schritten zum Modellvorhaben" in text
    assert reverse("tasks") not in text


def test_the_start_page_says_when_nothing_is_open() -> None:
    call = call_factory.call("published")
    with clock.at(call.closes_at):
        text = text_of(Client().get("/"))
    assert "Zurzeit ist kein Aufruf offen." in text
    assert call.title not in text


def test_the_start_page_leads_to_the_tasks_of_who_is_signed_in() -> None:
    assert reverse("tasks") in text_of(signed_in("fremd").get("/"))


def test_the_gallery_says_when_it_is_empty() -> None:
    assert "Noch ist kein Vorhaben bewilligt." in text_of(Client().get(reverse("gallery")))


@pytest.mark.parametrize("route", ["tasks", "search", "report-list"])
def test_the_inner_pages_ask_for_a_sign_in(route: str) -> None:
    response = Client().get(reverse(route))
    assert response.status_code == 302
    assert response["Location"].startswith("/anmelden/") or "login" in response["Location"]


def test_the_tasks_page_welcomes_a_new_person() -> None:
    assert "Willkommen." in text_of(signed_in("fremd").get("/aufgaben/"))


def test_the_tasks_page_shows_each_duty_as_one_link() -> None:
    made = alliance_factory.application("filled")
    with clock.at(APRIL):
        text = text_of(signed_in("vorlage").get("/aufgaben/"))
    assert "Eine Aufgabe wartet auf Sie." in text
    assert f'href="{made.get_absolute_url()}zeichnen/">Für Musterhausen zeichnen</a>' in text
    assert "Wartet auf andere (3)" in text


def test_search_finds_by_number_and_by_town() -> None:
    made = alliance_factory.application("submitted")
    client = signed_in("vorlage")
    for typed in (made.number, "Musterhausen", "musterhaus"):
        text = text_of(client.get("/suche/", {"q": typed}))
        assert escape(made.heading()) in text
        assert made.get_absolute_url() in text
    assert escape(made.alliance.heading()) in text


def test_search_shows_strangers_only_what_is_public() -> None:
    made = alliance_factory.application("submitted")
    draft = call_factory.call("draft", title="Noch geheim")
    client = signed_in("fremd")
    for typed in (made.number, "Musterhausen", made.alliance.number, draft.number):
        text = text_of(client.get("/suche/", {"q": typed}))
        for secret in (made.title, made.get_absolute_url(), made.alliance.get_absolute_url(), "Noch geheim"):
            assert secret not in text
    assert "Musterhausen" in text_of(client.get("/suche/", {"q": "Musterhausen"}))
    assert escape(made.call.heading()) in text_of(client.get("/suche/", {"q": made.call.number}))


def test_search_keeps_a_strange_text_and_says_that_nothing_fits() -> None:
    text = text_of(signed_in("fremd").get("/suche/", {"q": '<b>"%_'}))
    assert "passt zu „&lt;b&gt;&quot;%_“" in text


def test_search_names_an_empty_text() -> None:
    text = text_of(signed_in("fremd").get("/suche/", {"q": " "}))
    assert "Geben Sie eine Nummer oder den Namen einer Kommune ein." in text


def test_the_gallery_shows_running_projects_and_no_founded_one() -> None:
    project = project_factory.project("running")
    text = text_of(Client().get(reverse("gallery")))
    assert f"{project.number} {escape(project.title)}" in text
    assert "400.000,00 EUR" in text
    assert "2027 bis 2029" in text
    for name in ("Beispielstadt", "Musterhausen", "Altmusterburg", "Neu Probe"):
        assert f">{name}</a>" in text


def test_the_gallery_shows_no_project_before_its_award_is_final() -> None:
    project_factory.project("founded")
    assert "Noch ist kein Vorhaben bewilligt." in text_of(Client().get(reverse("gallery")))


def test_search_finds_cases_for_the_office_and_projects_for_both_sides() -> None:
    project = project_factory.project("running")
    for key, there in (("muster", True), ("beispiel", False)):
        text = text_of(signed_in(key).get("/suche/", {"q": "Musterhausen"}))
        assert (f'href="/vorgaenge/{project.number}/"' in text) == there
        assert f'href="{project.get_absolute_url()}"' in text


def test_search_shows_a_juror_a_case_only_after_the_declaration() -> None:
    assessment = review_factory.assessment("assigned", juror="modell")
    other = review_factory.assessment("accepted", juror="probe", of=assessment.case)
    for key, there in (("modell", False), ("probe", True), ("fremd", False)):
        text = text_of(signed_in(key).get("/suche/", {"q": other.case.number}))
        assert (other.get_absolute_url() in text) == there
        assert (other.case.title in text) == there
        assert "/vorgaenge/" not in text
