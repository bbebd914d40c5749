"""What every test needs: which parts of the machine are there, and a browser.

A test whose part is missing is deselected, with one line that says so; where CI is set, a missing part is an error.
"""

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

# pytest-playwright keeps an event loop running; Django would refuse the ORM in tests that drive a browser.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

WORKERS = {"start_worker", "worker"}
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
DOWNLOADED = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", Path.home() / ".cache" / "ms-playwright"))


def missing_parts() -> dict[str, str]:
    """Return marker -> what this machine lacks for it."""
    missing = {}
    if not CHROMIUM and not list(DOWNLOADED.glob("chromium*")):
        missing["browser"] = "Chromium is missing"
    if not shutil.which("soffice"):
        missing["libreoffice"] = "LibreOffice (soffice) is missing"
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        missing["postgres"] = "DATABASE_URL does not name PostgreSQL"
    elif not settings.REDIS_URL:
        missing["postgres"] = "REDIS_URL is not set"
    return missing


def must_be_there(marker: str) -> bool:
    """Say whether a missing part is an error: under CI all, but for PostgreSQL's in the run on SQLite."""
    sqlite = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    return bool(os.environ.get("CI")) and not (marker == "postgres" and sqlite)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark browser tests by what they use; take out the tests whose part of the machine is missing, and say so."""
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if "playwright" in fixtures:
            item.add_marker("browser")
        # A file stays in one process (its slow fixtures are built once), and so do all tests with worker processes.
        item.add_marker(pytest.mark.xdist_group("workers" if WORKERS & set(fixtures) else str(item.path)))
    for marker, reason in missing_parts().items():
        without = [item for item in items if item.get_closest_marker(marker)]
        if without and must_be_there(marker):
            raise pytest.UsageError(f"{reason}, but CI is set: {len(without)} tests must run.")
        if without:
            config.stash.setdefault(MISSING, []).append(f"{reason}: {len(without)} tests are left out.")
            config.hook.pytest_deselected(items=without)
            items[:] = [item for item in items if item not in without]


MISSING = pytest.StashKey[list[str]]()


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say once what was left out."""
    for line in config.stash.get(MISSING, []):
        terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use the Chromium of the machine where there is one."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    own = {"executable_path": CHROMIUM} if CHROMIUM else {}
    return {**browser_type_launch_args, **own, "args": sandbox}
