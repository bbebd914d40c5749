"""The stage of a journey: a live server on a real database, and a browser with or without JavaScript."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Browser

from calls.services import load_reference
from tests.journeys.visitor import Stage
from tests.workers import real_workers, start_worker


@pytest.fixture
def stage(request: Any, live_server: Any, browser: Browser) -> Iterator[Stage]:
    """Return the stage; parametrise indirectly with {"javascript": …, "axe": …}."""
    load_reference()
    wanted = getattr(request, "param", {})
    made = Stage(
        browser, live_server.url, javascript=wanted.get("javascript", True), axe=wanted.get("axe", False)
    )
    yield made
    for visitor in made.people.values():
        visitor.page.context.close()


@pytest.fixture
def worker(request: pytest.FixtureRequest) -> None:
    """Start a real worker where there are servers; on SQLite jobs run at once."""
    if connection.vendor == "postgresql":
        request.getfixturevalue("start_worker")()


__all__ = ["real_workers", "start_worker"]
