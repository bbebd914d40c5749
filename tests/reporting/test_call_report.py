"""The report of a call: figures against SQL, its run as a job, who may start it, and what it cannot do."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from calls.models import Call
from core import clock, door, jobs
from core.models import Document, Event, Job
from projects import services
from projects.models import LedgerEntry, Project
from reporting.reports.call_report import CallReport, read_call_report
from reporting.reports.read_only import read_only
from reporting.services import start_call_report
from tests.cast import person
from tests.factories import projects as project_factory
from tests.factories import review as review_factory
from tests.reporting.test_xlsx import recalculated

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]

DAY = clock.berlin(2028, 11, 21, 14)
NEXT_YEAR = clock.berlin(2028, 3, 1, 10)


def paid_call() -> Call:
    """Return a call whose project got 100,000.00 EUR in 2027, in 2028 20,000.00 EUR and an annulled payment."""
    project = project_factory.project()
    project_factory.payment(of=project)
    wrong = pay_next_year(project, "50000.00")
    with clock.at(NEXT_YEAR):
        services.correct_entry(wrong, by=person("kasse"), text="Irrtum")
    pay_next_year(project, "20000.00")
    return project.call


def pay_next_year(project: Project, amount: str) -> LedgerEntry:
    """Return the entry of a payment in 2028."""
    values = {"paid_expenses": Decimal("250000.00"), "fiscal_year": 2028, "amount": Decimal(amount)}
    request = project_factory.payment("ordered", of=project, **values)
    with clock.at(NEXT_YEAR):
        door.perform(request, "pay", by=person("kasse"), data={"value_date": NEXT_YEAR.date()})
    return LedgerEntry.objects.get(request=request)


def report_of(call: Call) -> CallReport:
    with clock.at(DAY), read_only():
        return read_call_report(call)


def cents(sql: str) -> Decimal:
    """Return the sum of cents of a statement in EUR."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return Decimal(cursor.fetchone()[0]).scaleb(-2)


@contextmanager
def office(key: str = "muster") -> Iterator[Client]:
    client = Client()
    client.force_login(person(key))
    with clock.at(DAY):
        yield client


def run_report(call: Call, key: str = "muster") -> Job:
    with clock.at(DAY):
        job = start_call_report(call, by=person(key), token=uuid.uuid4())
    jobs.run(job.pk)
    return Job.objects.get(pk=job.pk)


def test_the_figures_are_those_of_the_records() -> None:
    report = report_of(paid_call())
    [application] = report.applications
    assert (application.lead, application.town_count, application.state) == (
        "Beispielstadt",
        4,
        "Bewilligt",
    )
    assert (application.expenditure, application.requested) == (Decimal("500000.00"), Decimal("400000.00"))
    assert application.granted == Decimal("400000.00")
    [project] = report.projects
    assert (project.recipient, project.rate, project.granted) == (
        "Beispielstadt",
        Decimal("80.00"),
        Decimal("400000.00"),
    )
    assert project.paid == Decimal("120000.00") == cents("SELECT SUM(amount) FROM projects_ledgerentry")
    amounts = dict(zip(report.years, report.payments[0].by_year, strict=True))
    assert (amounts[2027], amounts[2028]) == (Decimal("100000.00"), Decimal("20000.00"))
    assert amounts[2028] == cents("SELECT SUM(amount) FROM projects_ledgerentry WHERE fiscal_year = 2028")
    [milestone] = report.milestones
    assert (milestone.code, milestone.town, milestone.state, milestone.overdue) == (
        "M1",
        "Beispielstadt",
        "Geplant",
        True,
    )
    assert report.row_count() == 4


def test_a_milestone_is_overdue_only_after_its_day() -> None:
    call = project_factory.project().call
    with clock.at(clock.berlin(2027, 9, 30, 23)):
        assert [row.overdue for row in read_call_report(call).milestones] == [False]
    with clock.at(clock.berlin(2027, 10, 1)):
        assert [row.overdue for row in read_call_report(call).milestones] == [True]


def test_drafts_and_awards_that_were_not_issued_are_left_out() -> None:
    call = project_factory.award("drafted").call
    assert [row.granted for row in report_of(call).applications] == [None]
    assert report_of(call).projects == []


def test_another_call_is_not_mixed_in() -> None:
    paid_call()
    other = review_factory.closed_call(1)
    report = report_of(other)
    assert (len(report.applications), report.projects, report.payments) == (1, [], [])


def test_more_records_ask_no_more_queries() -> None:
    counts = []
    for applications in (1, 2):
        call = Call.objects.select_related("programme").get(pk=review_factory.closed_call(applications).pk)
        with CaptureQueriesContext(connection) as queries:
            assert len(report_of(call).applications) == applications
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.libreoffice
def test_libreoffice_reckons_the_sums_of_the_database(tmp_path: Path) -> None:
    book = recalculated(report_of(paid_call()), tmp_path)
    payments = book["Zahlungen nach Jahr"]
    total = next(row for row in payments.iter_rows(values_only=True) if row[0] == "Summe")
    assert (
        Decimal(str(total[-1]))
        == cents("SELECT SUM(amount) FROM projects_ledgerentry")
        == Decimal("120000.00")
    )
    projects = next(row for row in book["Vorhaben"].iter_rows(values_only=True) if row[0] == "Summe")
    assert (
        Decimal(str(projects[9])) == cents("SELECT SUM(amount) FROM projects_award") == Decimal("400000.00")
    )
    assert Decimal(str(projects[11])) == Decimal("280000.00")
    requested = next(row for row in book["Anträge"].iter_rows(values_only=True) if row[0] == "Summe")[8]
    assert (
        Decimal(str(requested))
        == cents("SELECT SUM(requested_grant) FROM review_case")
        == Decimal("400000.00")
    )


def test_the_run_keeps_both_files_and_its_page_offers_them() -> None:
    call = paid_call()
    with office() as client:
        response = client.post(reverse("report-new", args=[call.number]), {"token": str(uuid.uuid4())})
        job = Job.objects.get(work="reporting.call_report")
        assert response["Location"] == job.get_absolute_url() == f"/laeufe/{job.pk}/"
        jobs.run(job.pk)
        text = client.get(job.get_absolute_url()).content.decode()
        book, paper = Document.objects.of(job)
        assert [book.name, paper.name] == [
            f"Foerderbericht-{call.number}-2028-11-21.xlsx",
            f"Foerderbericht-{call.number}-2028-11-21.pdf",
        ]
        assert book.get_absolute_url() in text
        assert paper.get_absolute_url() in text
        loaded = load_workbook(BytesIO(b"".join(client.get(book.get_absolute_url()).streaming_content)))
        assert "Förderbericht zum Projektaufruf" in client.get("/berichte/").content.decode()
    assert loaded["Anträge"]["I2"].value == 400000
    job.refresh_from_db()
    assert (job.status, job.done, job.total, job.result["rows"]) == ("done", 4, 4, 4)
    with office("exempel") as other:
        assert other.get(book.get_absolute_url()).status_code == 404
        assert other.get(job.get_absolute_url()).status_code == 404


def test_pressed_twice_it_runs_once() -> None:
    call = review_factory.closed_call(1)
    form = {"token": str(uuid.uuid4())}
    with office() as client:
        first = client.post(reverse("report-new", args=[call.number]), form)
        second = client.post(reverse("report-new", args=[call.number]), form)
    assert first["Location"] == second["Location"]
    assert Job.objects.count() == 1


def test_a_form_without_token_starts_nothing() -> None:
    call = review_factory.closed_call(0)
    with office() as client:
        assert client.post(reverse("report-new", args=[call.number]), {"token": ""}).status_code == 422
    assert Job.objects.count() == 0


def test_a_run_changes_no_record() -> None:
    call = paid_call()
    events, entries = Event.objects.count(), LedgerEntry.objects.count()
    run_report(call)
    assert (Event.objects.count(), LedgerEntry.objects.count()) == (events, entries)


@pytest.mark.parametrize(
    ("key", "list_status", "new_status"),
    [
        ("muster", 200, 200),
        ("exempel", 200, 200),
        ("zweitblick", 200, 200),
        ("pruefer", 200, 200),
        ("kasse", 200, 404),
        ("beispiel", 404, 404),
        ("modell", 404, 404),
        ("fremd", 404, 404),
    ],
)
def test_only_who_may_report_reaches_the_report(key: str, list_status: int, new_status: int) -> None:
    call = review_factory.closed_call(1)
    review_factory.board()
    with office(key) as client:
        assert client.get("/berichte/").status_code == list_status
        assert client.get(f"/berichte/neu/{call.number}/").status_code == new_status
        assert client.post(f"/berichte/neu/{call.number}/", {"token": str(uuid.uuid4())}).status_code in (
            302,
            404,
        )
    assert Job.objects.exists() == (new_status == 200)
