"""Reading pages as a browser does: every route, its address, the form of a page with what it holds."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import lxml.html
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from core.models import Event, User
from tests.rights.world import PDF

SIGN_IN = "/anmelden/"
KEPT_APART = re.compile(r'^(INSERT INTO|UPDATE|DELETE FROM) "(?!django_session|core_cache)')


def routes(patterns: Iterable[Any] | None = None) -> Iterator[tuple[str, list[str]]]:
    """Yield name and parameters of every route of the product (not of Django's admin)."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver) and pattern.app_name != "admin":
            yield from routes(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            yield str(pattern.name), _parameters(pattern)


def _parameters(pattern: URLPattern) -> list[str]:
    """Return the names of the parts of an address."""
    named = re.compile(getattr(pattern.pattern, "_regex", "")).groupindex
    return list(pattern.pattern.converters) or list(named)


PARAMETERS = dict(routes())


def address(route: str, place: dict[str, Any]) -> str:
    """Return the address of a route for a record; the parts may stand under the route's own name."""
    parts = {}
    for name in PARAMETERS[route]:
        short = name.split("__")[-1]
        parts[name] = place.get(f"{route}.{short}", place.get(short))
    return reverse(route, kwargs=parts)


def client_of(user: User | None) -> Client:
    """Return a browser, signed in unless the person is None."""
    made = Client()
    if user is not None:
        made.force_login(user, settings.AUTHENTICATION_BACKENDS[0])
    return made


def content_of(response: Any) -> bytes:
    """Return all bytes of a response; the end of a file closes it."""
    return b"".join(response.streaming_content) if response.streaming else bytes(response.content)


class Writing:
    """Says whether anything was written while it was watched (sessions apart)."""

    def __enter__(self) -> "Writing":
        self.before = Event.objects.count()
        self.queries = CaptureQueriesContext(connection).__enter__()
        return self

    def __exit__(self, *failure: Any) -> None:
        self.queries.__exit__(*failure)
        self.statements = [q["sql"] for q in self.queries.captured_queries if KEPT_APART.match(q["sql"])]
        self.events = Event.objects.count() - self.before

    @property
    def anything(self) -> bool:
        """Say whether a row or an event was written."""
        return bool(self.statements or self.events)


def form_data(page: bytes, given: dict[str, Any]) -> dict[str, Any]:
    """Return what a browser sends for the page's first form that writes, with `given` typed in.

    Empty fields that `given` does not name stay empty; where nothing is chosen the first choice is taken.
    """
    forms = lxml.html.fromstring(page).xpath("//main//form[translate(@method, 'POST', 'post')='post']")
    assert forms, "The page has no form that writes."
    data: dict[str, Any] = {}
    for field in forms[0].inputs:
        if field.name and field.get("type") not in ("submit", "file"):
            _take(field, data)
    data |= {name: value for name, value in given.items() if name in data}
    if forms[0].xpath(".//input[@type='file']"):
        name = forms[0].xpath(".//input[@type='file']")[0].name
        data[name] = SimpleUploadedFile("Beispiel.pdf", PDF, "application/pdf")
    return data


def _take(field: Any, data: dict[str, Any]) -> None:
    """Put the value of one field into the data, as a browser does; choose the first where nothing is chosen."""
    kind = field.get("type") or field.tag
    if kind == "select":
        data[field.name] = field.value or next(filter(None, field.value_options), "")
    elif kind == "radio":
        if field.checked or field.name not in data:
            data[field.name] = field.get("value")
    elif kind == "checkbox":
        data[field.name] = field.get("value", "on")
    else:
        data[field.name] = field.value or ""
