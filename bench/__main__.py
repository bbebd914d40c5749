"""`python -m bench`: build the world, measure each page in turn with an empty view, print ratios and query counts."""

import argparse
import os
import statistics
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ["CELERY_TASK_ALWAYS_EAGER"] = "1"

import django

django.setup()

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings, setup_test_environment

from bench import world
from calls.models import Call
from demo.people import acting_for, person
from reporting.reports.call_report import read_call_report
from reporting.reports.xlsx import write_xlsx
from review.models import Assessment, Case


@dataclass(frozen=True)
class Row:
    """One measured thing: its name, queries, milliseconds (median), and ratio to the empty view (median of pairs)."""

    name: str
    queries: int
    milliseconds: float
    ratio: float


def timed(work: Callable[[], Any]) -> float:
    """Return how long one run takes, in milliseconds."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def measure(name: str, work: Callable[[], Any], empty: Callable[[], Any], rounds: int) -> Row:
    """Run a thing in turn with the empty view; the first run is counted for queries and not timed."""
    with CaptureQueriesContext(connection) as queries:
        work()
    count = len(queries)  # before later requests empty the log
    pairs = [(timed(work), timed(empty)) for _ in range(rounds)]
    ratio = statistics.median(a / b for a, b in pairs)
    return Row(name, count, statistics.median(a for a, _ in pairs), ratio)


def signed_in(user: Any) -> Client:
    """Return a client of a person."""
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def get(client: Client, path: str) -> Callable[[], None]:
    """Return a GET that must succeed."""

    def work() -> None:
        response = client.get(path)
        assert response.status_code == 200, (path, response.status_code)

    return work


def post(client: Client, path: str, data: Callable[[], dict[str, Any]]) -> Callable[[], None]:
    """Return a POST that must end in a redirect."""

    def work() -> None:
        response = client.post(path, {**data(), "token": str(uuid.uuid4())})
        assert response.status_code == 302, (path, response.status_code, response.content[-3000:])

    return work


def rows(count: int, rounds: int) -> list[Row]:
    """Build the world and measure."""
    world.load_towns()
    found = world.programme()
    call = world.mass(found, count)
    office = signed_in(person("muster", "Frau Muster"))
    empty = get(office, "/leer/")
    case = Case.objects.filter(call=call).order_by("pk")[count // 2]
    return [
        measure("empty view", empty, empty, rounds),
        measure("office list", get(office, "/vorgaenge/"), empty, rounds),
        measure("case page", get(office, f"/vorgaenge/{case.number}/"), empty, rounds),
        _saving(case, empty, rounds),
        _submitting(found, empty),
        _exporting(call, empty),
    ]


def _saving(case: Case, empty: Callable[[], None], rounds: int) -> Row:
    """Measure saving the points for one criterion."""
    assessment = Assessment.objects.filter(case=case).select_related("member__user").first()
    assert assessment is not None
    reopened = world.walk.step(assessment, "reopen", person("muster", "Frau Muster"), note="Messung")
    juror = signed_in(reopened.member.user)
    save = post(
        juror, f"/bewertungen/{case.number}/kriterium/1/", lambda: {"points": "3", "reason": "Messung"}
    )
    return measure("saving an assessment", save, empty, rounds)


def _submitting(found: Any, empty: Callable[[], None]) -> Row:
    """Measure submitting: each run takes an application of its own."""
    call = world.open_call(found)
    waiting = world.drafts(call, 6)
    lead = signed_in(acting_for(waiting[0].alliance.lead.town))

    def work() -> None:
        path = f"/antraege/{waiting.pop().number}/einreichen/"
        post(lead, path, lambda: {"declaration": "on", "known": "on"})()

    return measure("submitting", work, empty, 5)


def _exporting(call: Call, empty: Callable[[], None]) -> Row:
    """Measure reading the rows of the funding report and writing the spreadsheet."""

    def work() -> None:
        write_xlsx(read_call_report(call))

    return measure("exporting the list", work, empty, 3)


def main() -> None:
    """Measure in a test database and print a table."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--cases", type=int, default=1000, help="applications in the call")
    parser.add_argument("--rounds", type=int, default=15, help="timed pairs for each page")
    wanted = parser.parse_args()
    setup_test_environment(debug=False)
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        with override_settings(ROOT_URLCONF="bench.urls"):
            found = rows(wanted.cases, wanted.rounds)
    finally:
        connection.creation.destroy_test_db(settings.DATABASES["default"]["NAME"], verbosity=0)
    print(f"{connection.vendor}, {wanted.cases} applications, three assessments each\n")
    print("| what | queries | ms (median) | ratio to the empty view |\n|---|---:|---:|---:|")
    for row in found:
        print(f"| {row.name} | {row.queries} | {row.milliseconds:.1f} | {row.ratio:.1f} |")


if __name__ == "__main__":
    main()
