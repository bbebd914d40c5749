"""Pages of awards, projects, payments and statements: who sees them, bad input, steps, queries."""

import uuid
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock, door
from projects.models import Milestone, PaymentRequest, Statement
from tests.cast import person
from tests.factories import projects as make

# Static files are served from their sources here; nothing was collected.
pytestmark = [
    pytest.mark.usefixtures("drafted"),
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:No directory at"),
]

PAYMENT = {
    "paid_expenses": "100.000,00",
    "due_expenses": "25000",
    "amount": "100.000",
    "purpose": "Rechnungen",
    "fiscal_year": "2027",
}


def sign_in(who: str) -> Client:
    """Return the browser of a person of the cast."""
    client = Client()
    client.force_login(person(who))
    return client


def with_token(**data: Any) -> dict[str, Any]:
    """Return input with a fresh one-time token."""
    return {"token": str(uuid.uuid4()), **data}


@pytest.fixture
def in_autumn() -> Iterator[None]:
    """The clock of the spending time."""
    with clock.at(make.SPENDING):
        yield


def test_the_award_is_issued_received_and_waived_on_its_pages() -> None:
    award = make.award()
    page = reverse("award", args=[award.number])
    assert sign_in("beispiel").get(page).status_code == 404
    officer, lead = sign_in("exempel"), sign_in("beispiel")
    assert "Bescheid erlassen" in officer.get(page).content.decode()
    with clock.at(make.ISSUED):
        assert officer.post(reverse("award-issue", args=[award.number]), with_token()).status_code == 302
    text = lead.get(page).content.decode()
    assert "Zuwendungsbescheid vom 3. Dezember 2026 (PDF," in text
    assert "Verwaltungsgericht" in text
    with clock.at(make.RECEIVED):
        assert lead.post(reverse("award-receive", args=[award.number]), with_token()).status_code == 302
        assert "bis Freitag, 8. Januar 2027" in lead.get(page).content.decode()
        assert lead.post(reverse("award-waive_remedy", args=[award.number]), with_token()).status_code == 302
    assert "bestandskräftig" in lead.get(page).content.decode()
    letter = award.letter()
    assert letter is not None
    download = lead.get(letter.get_absolute_url())
    assert download["Content-Type"] == "application/pdf"
    assert b"".join(download.streaming_content).startswith(b"%PDF")
    assert sign_in("fremd").get(letter.get_absolute_url()).status_code == 404


def test_the_project_shows_picture_table_duties_and_steps() -> None:
    project = make.payment("paid").project
    with clock.at(make.PAID):
        text = sign_in("beispiel").get(project.get_absolute_url()).content.decode().replace("\u00a0", " ")
    assert '<svg class="picture" role="img"' in text
    assert "style=" not in text
    assert "Als Tabelle" in text
    assert "20.000,00 EUR sind ausgezahlt und nach Ihren Angaben noch nicht verwendet" in text
    assert "bis 8. November 2027" in text
    assert "2027: bewilligt 240.000,00 EUR, ausgezahlt 100.000,00 EUR." in text
    assert "Zahlung anfordern" in text
    auditor = sign_in("pruefer").get(project.get_absolute_url()).content.decode()
    assert "Zahlung anfordern" not in auditor
    assert sign_in("fremd").get(project.get_absolute_url()).status_code == 404


def test_the_list_of_projects_filters() -> None:
    project = make.project()
    client = sign_in("muster")
    page = reverse("project-list")
    assert project.number in client.get(page).content.decode()
    assert project.number in client.get(page, {"state": "running", "call": project.call_id}).content.decode()
    assert "Kein Vorhaben passt" in client.get(page, {"state": "closed"}).content.decode()
    assert client.get(page, {"state": "nonsense", "call": "-1", "page": "x"}).status_code == 200
    assert "Noch kein Vorhaben" in sign_in("fremd").get(page).content.decode()


@pytest.mark.usefixtures("in_autumn")
def test_a_payment_goes_from_the_form_to_the_booking() -> None:
    project = make.project()
    lead = sign_in("beispiel")
    form = with_token(**PAYMENT)
    new = reverse("payment-new", args=[project.number])
    assert lead.get(new).status_code == 200
    first, second = lead.post(new, form), lead.post(new, form)
    request = PaymentRequest.objects.get()
    assert first["Location"] == second["Location"] == request.get_absolute_url()
    args = [project.number, request.count]
    for who, step in (("beispiel", "submit"), ("muster", "confirm"), ("kasse", "order")):
        client = sign_in(who)
        assert client.get(reverse(f"payment-{step}", args=args)).status_code == 200
        assert client.post(reverse(f"payment-{step}", args=args), with_token()).status_code == 302
    day = {"value_date_tag": "20", "value_date_monat": "9", "value_date_jahr": "2027"}
    cashier = sign_in("kasse")
    wrong = cashier.post(reverse("payment-pay", args=args), with_token(**{**day, "value_date_tag": "21"}))
    assert wrong.status_code == 422
    assert "liegt in der Zukunft" in wrong.content.decode()
    assert cashier.post(reverse("payment-pay", args=args), with_token(**day)).status_code == 302
    text = cashier.get(request.get_absolute_url()).content.decode()
    assert "Geprüft von Frau Muster am 20. September 2027" in text
    assert "Gebucht: Auszahlung 1" in text


@pytest.mark.usefixtures("in_autumn")
@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("amount", "12.00o", "ist kein Betrag"),
        ("amount", "-5", "kleiner als 0,00"),
        ("amount", "", "Füllen Sie das Feld „Angeforderter Betrag in EUR“ aus"),
        ("paid_expenses", "1,500", "ist nicht eindeutig"),
        ("due_expenses", "9" * 39, "ist zu groß"),
        ("purpose", "  ", "Wofür brauchen Sie das Geld?"),
        ("fiscal_year", "1999", ""),
    ],
)
def test_bad_input_is_refused_and_kept(field: str, typed: str, words: str) -> None:
    project = make.project()
    response = sign_in("beispiel").post(
        reverse("payment-new", args=[project.number]), with_token(**{**PAYMENT, field: typed})
    )
    text = response.content.decode()
    assert response.status_code == 422
    assert words in text.replace("\u00a0", " ")
    assert "100.000,00" in text or "25000" in text
    assert not PaymentRequest.objects.exists()


@pytest.mark.usefixtures("in_autumn")
def test_a_draft_may_ask_for_too_much_but_is_not_handed_in() -> None:
    project = make.project()
    lead = sign_in("beispiel")
    lead.post(
        reverse("payment-new", args=[project.number]), with_token(**{**PAYMENT, "amount": "100.000,01"})
    )
    request = PaymentRequest.objects.get()
    response = lead.post(reverse("payment-submit", args=[project.number, request.count]), with_token())
    assert response.status_code == 409
    assert "Abrufbar sind 100.000,00 EUR" in response.content.decode().replace("\u00a0", " ")
    edit = reverse("payment-edit", args=[project.number, request.count])
    assert "100.000,01" in lead.get(edit).content.decode()
    assert lead.post(edit, with_token(**PAYMENT)).status_code == 302
    assert sign_in("vorlage").get(edit).status_code == 404
    assert sign_in("muster").get(request.get_absolute_url()).status_code == 404


def test_who_may_not_ask_finds_no_form() -> None:
    project = make.project()
    client, url = sign_in("vorlage"), reverse("payment-new", args=[project.number])
    assert client.get(url).status_code == 404
    assert client.post(url, with_token(**PAYMENT)).status_code == 404
    assert not project.payment_requests.exists()


def test_the_payment_list_puts_ones_own_first() -> None:
    request = make.payment("submitted")
    for who, heading in (
        ("muster", "meine"),
        ("kasse", "andere"),
        ("beispiel", "andere"),
        ("pruefer", "andere"),
    ):
        text = sign_in(who).get(reverse("payment-list")).content.decode()
        section = text.split(f'<section class="part" aria-labelledby="{heading}">')[1].split("</section>")[0]
        assert request.project.number in section
    assert request.project.number not in sign_in("fremd").get(reverse("payment-list")).content.decode()


def test_a_milestone_is_reported_on_its_page() -> None:
    project = make.project()
    milestone = Milestone.objects.get()
    lead = sign_in("beispiel")
    assert "Leerstand erfasst" in lead.get(reverse("milestones", args=[project.number])).content.decode()
    report = reverse("milestone-report", args=[project.number, milestone.code])
    empty = lead.post(report, with_token(result=""))
    assert empty.status_code == 422
    assert "Beschreiben Sie, was Sie erreicht haben." in empty.content.decode()
    assert lead.post(report, with_token(result="Fertig.")).status_code == 302
    assert "Fertig." in lead.get(milestone.get_absolute_url()).content.decode()
    assert sign_in("fremd").get(milestone.get_absolute_url()).status_code == 404


def test_a_statement_goes_from_the_form_to_the_cut() -> None:
    project = make.project("completed")
    lines = list(project.plan_lines.all())
    lead, officer = sign_in("beispiel"), sign_in("exempel")
    typed = {f"spent_{line.pk}": "1.000,00" for line in lines}
    with clock.at(make.TOLD):
        door.perform(Milestone.objects.get(), "report", by=person("beispiel"), data={"result": "Fertig."})
        new = reverse("statement-new", args=[project.number])
        assert lead.get(new).status_code == 200
        bad = lead.post(new, with_token(narrative="Bericht", **{**typed, f"spent_{lines[0].pk}": "viel"}))
        assert bad.status_code == 422
        assert 'value="viel"' in bad.content.decode()
        assert lead.post(new, with_token(narrative="Bericht", **typed)).status_code == 302
        statement = Statement.objects.get()
        args = [project.number, statement.year]
        edit = lead.post(reverse("statement-edit", args=args), with_token(narrative="Der Bericht", **typed))
        assert edit.status_code == 302
        assert lead.post(reverse("statement-submit", args=args), with_token()).status_code == 302
        assert officer.post(reverse("statement-begin_audit", args=args), with_token()).status_code == 302
        cut = reverse("statement-cut", args=args)
        line = statement.lines.first()
        assert line is not None
        too_much = officer.post(cut, with_token(**{f"cut_{line.pk}": "1.000,01"}))
        assert too_much.status_code == 422
        assert "höchstens diesen Betrag" in too_much.content.decode()
        assert "Geben Sie einen Grund für die Kürzung" in too_much.content.decode()
        fine = with_token(**{f"cut_{line.pk}": "100,00", f"reason_{line.pk}": "Kein Beleg"})
        assert officer.post(cut, fine).status_code == 302
        text = officer.get(statement.get_absolute_url()).content.decode().replace("\u00a0", " ")
    assert "Kein Beleg" in text
    assert "Endgültige Zuwendung" in text
    assert "1.520,00 EUR" in text  # 400,000.00 × 1,900.00 ÷ 500,000.00


def test_pages_ask_the_same_number_of_queries_however_much_there_is() -> None:
    project = make.project()
    make.payment("paid", of=project)
    pages = {
        reverse("project", args=[project.number]): "beispiel",
        reverse("payment-list"): "kasse",
        reverse("milestones", args=[project.number]): "beispiel",
        reverse("project-list"): "muster",
    }
    before = {page: _queries(page, who) for page, who in pages.items()}
    more = {"due_expenses": Decimal("50000.00"), "amount": Decimal("5000.00")}
    for state in ("paid", "submitted", "checked", "draft"):
        make.payment(state, of=project, **more)
    first = Milestone.objects.get()
    for code in ("M2", "M3", "M4"):
        Milestone.objects.create(
            project=project, code=code, title="Weiteres", town=first.town, due=first.due, evidence="Bericht"
        )
    assert {page: _queries(page, who) for page, who in pages.items()} == before


def _queries(page: str, who: str) -> int:
    """Return how many queries a page asks."""
    client = sign_in(who)
    client.get(page)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page).status_code == 200
    return len(captured)
