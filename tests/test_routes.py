"""Every page as its main reader gets it: it answers, it is whole, and nothing in it breaks the frame of the house."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from urllib.parse import unquote

import lxml.html
import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from core import clock
from tests.rights.pages import PARAMETERS, address, client_of, content_of
from tests.rights.world import NOW, World, build
from tests.test_rights import ROWS, Row

FILES = {"document"}
MAIN_READERS = (
    "lead-coordinator",
    "officer",
    "cashier",
    "juror",
    "juror-assigned",
    "office",
    "lead-signatory",
)
STRANGE = {
    "str": ["2026-999", "'", "%00", "Ü" * 300, "1' OR '1'='1"],
    "slug": ["gibt-es-nicht", "x" * 300],
    "int": ["0", "999999999", "9" * 30],
}
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Build the world once; nothing of it stays."""
    with django_db_blocker.unblock(), clock.at(NOW), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def browsers(world: World) -> dict[str, Client]:
    """Return a browser for each main reader, and one for a visitor."""
    return {actor: client_of(world.people[actor]) for actor in (*MAIN_READERS, "visitor", "other-alliance",
            "juror-elsewhere", "partner-coordinator", "auditor")}  # fmt: skip


def reader_of(row: Row) -> str:
    """Return who works with a page: who may send its form, else who reads it first."""
    able = row.senders or row.readers
    order = ("visitor", *MAIN_READERS) if "visitor" in row.readers else (*MAIN_READERS, *sorted(able))
    return next(actor for actor in order if actor in able or actor in row.readers)


def url_of(row: Row, world: World) -> str:
    """Return the address of a row's page."""
    return address(row.route, world.places[row.record] if row.record else {})


SEEN = [row for row in ROWS if row.readers]
PAGES = [row for row in SEEN if row.route not in FILES]


@pytest.mark.parametrize("row", PAGES, ids=str)
def test_a_page_is_whole(row: Row, world: World, browsers: dict[str, Client]) -> None:
    """One heading, a title with the product's name, a language, a skip link, nothing inline, no loose ends."""
    response = browsers[reader_of(row)].get(url_of(row, world))
    if response.status_code == 302:
        return
    assert response.status_code == 200
    check_page(content_of(response).decode())


def check_page(html: str) -> None:
    """Check what every page of the product has and has not."""
    page = lxml.html.fromstring(html)
    assert page.xpath("string(//title)").strip().endswith("– Quartett")
    assert page.get("lang") in ("de", "en")
    assert len(page.xpath("//h1")) == 1
    assert page.xpath("//a[@class='skip-link'][1]/@href")[0] in ("#inhalt", "#fehler")
    assert len(page.xpath("//main[@id='inhalt']")) == 1
    assert page.xpath("//@style | //style | //script[not(@src)]") == []
    assert page.xpath("//@*[starts-with(name(), 'on')]") == []
    assert [word for word in ("TODO", "FIXME", "Lorem", "{{", "{%", "None</") if word in html] == []
    ids = page.xpath("//@id")
    assert sorted({one for one in ids if ids.count(one) > 1}) == []
    named = [one for refs in page.xpath("//@aria-labelledby | //label/@for") for one in refs.split()]
    assert [one for one in named if one not in ids] == []
    assert _levels_skipped(page) == []
    for form in page.xpath("//form[translate(@method, 'POST', 'post')='post']"):
        assert form.xpath(".//input[@name='csrfmiddlewaretoken']"), lxml.html.tostring(form)[:200]


def _levels_skipped(page: Any) -> list[str]:
    """Return the headings that skip a level."""
    levels = [
        (int(h.tag[1]), h.text_content().strip()) for h in page.xpath("//h1 | //h2 | //h3 | //h4 | //h5")
    ]
    return [text for (before, _), (level, text) in pairwise(levels) if level > before + 1]


SENT = [row for row in ROWS if row.senders]


@pytest.mark.parametrize("row", SENT, ids=str)
def test_a_form_that_writes_carries_a_token(row: Row, world: World, browsers: dict[str, Client]) -> None:
    """Pressing twice is pressing once: each form in the content has its one-time token, another on each visit."""
    url, browser = url_of(row, world), browsers[reader_of(row)]
    tokens = []
    for _ in range(2):
        page = lxml.html.fromstring(browser.get(url).content)
        forms = page.xpath("//main//form[translate(@method, 'POST', 'post')='post']")
        assert forms
        tokens += [value for form in forms for value in form.xpath(".//input[@name='token']/@value")]
    assert len(tokens) >= 2
    assert len(set(tokens)) == len(tokens)


@pytest.mark.parametrize("row", SENT, ids=str)
def test_an_empty_form_is_no_crash(row: Row, world: World, browsers: dict[str, Client]) -> None:
    """Nothing typed, and no one-time token: refused with a whole page."""
    with transaction.atomic():
        response = browsers[reader_of(row)].post(url_of(row, world), {"csrfmiddlewaretoken": "x"})
        transaction.set_rollback(True)
    assert response.status_code == 422
    check_page(response.content.decode())


@pytest.mark.parametrize("row", [row for row in SEEN if not row.record], ids=str)
def test_head_is_answered(row: Row, world: World, browsers: dict[str, Client]) -> None:
    """A monitor's or a mail scanner's HEAD gets the head of the page and no body."""
    response = browsers[reader_of(row)].head(url_of(row, world))
    assert response.status_code in (200, 302, 405)
    assert response.content == b""


PARTED = sorted({row.route: row for row in SEEN if PARAMETERS[row.route] and row.record}.values(), key=str)


@pytest.mark.parametrize("row", PARTED, ids=str)
def test_an_unknown_number_is_not_found(row: Row, world: World, browsers: dict[str, Client]) -> None:
    """Strange parts of an address are no crash: the page does not exist, or a visitor is led on."""
    browser, place = browsers[reader_of(row)], world.places[row.record]
    segments = url_of(row, world).split("/")
    own = {str(value) for value in place.values()}
    for position in [position for position, part in enumerate(segments) if unquote(part) in own]:
        for strange in {word for words in STRANGE.values() for word in words}:
            response = browser.get("/".join([*segments[:position], strange, *segments[position + 1 :]]))
            content_of(response)
            assert response.status_code in (301, 302, 404), strange


def test_a_page_that_does_not_exist_is_whole(world: World, browsers: dict[str, Client]) -> None:
    """The 404 has the frame of the house, for visitors and for people."""
    for actor in ("visitor", "office"):
        response = browsers[actor].get("/gibt-es-nicht/")
        assert response.status_code == 404
        check_page(response.content.decode())


def test_the_language_is_chosen_by_post_only(browsers: dict[str, Client]) -> None:
    """GET is refused; a POST sets the cookie and leads back, never to another house."""
    browser = browsers["visitor"]
    assert browser.get(reverse("language")).status_code == 405
    for back in ("https://anders.example/", "//anders.example/", "/\\anders.example/", "javascript:alert(1)"):
        response = browser.post(reverse("language"), {"language": "en", "next": back})
        assert response.headers["Location"] == "/", back
    response = browser.post(reverse("language"), {"language": "en", "next": "/kommunen/?q=Beispiel"})
    assert response.headers["Location"] == "/kommunen/?q=Beispiel"
    browser.cookies.clear()


@pytest.mark.parametrize("query", ["seite=x", "page=x", "page=-1", "page=99999", "q=%00", "q=" + "x" * 3000, "stand=x",
                                   "aufruf=x", "call=x", "state=x", "befund=x"])  # fmt: skip
def test_strange_questions_to_lists_are_no_crash(
    query: str, world: World, browsers: dict[str, Client]
) -> None:
    """Filters and page numbers that nobody offers."""
    lists = (
        "town-list",
        "call-list",
        "gallery",
        "case-list",
        "project-list",
        "payment-list",
        "search",
        "report-list",
    )
    for route in lists:
        response = browsers["office"].get(f"{reverse(route)}?{query}")
        assert response.status_code in (200, 404, 422), route
    assert not re.search("Traceback", response.content.decode())
