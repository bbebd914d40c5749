"""The frame, the filters and the components of every page."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from django.template import engines
from django.test import Client, RequestFactory
from django.urls import reverse

from core import clock, examples, wording
from core.door import Offer
from core.guards import Reason
from core.models import Document, Event, Job, User
from core.money import EuroFormField
from core.templatetags import quartett

# Static files are served from their sources here; nothing was collected.
pytestmark = pytest.mark.filterwarnings("ignore:No directory at")

NOON = clock.berlin(2026, 6, 15, 12)


def draw(source: str, **context: object) -> str:
    """Render a piece of a template, white space folded."""
    request = RequestFactory().get("/liste/?stand=draft&seite=1")
    html = engines["django"].from_string(source).render(context, request)
    return re.sub(r"\s+", " ", html.replace("\u00a0", "~")).strip()


@pytest.mark.parametrize(
    ("source", "value", "shown"),
    [
        ("{{ v|euro }}", Decimal("-12500.00"), "−12.500,00~EUR"),
        ("{{ v|euro }}", Decimal("0.00"), "0,00~EUR"),
        ("{{ v|euro }}", None, "keine Angabe"),
        ("{{ v|percent }}", Decimal("82.29"), "82,29~%"),
        ("{{ v|percent }}", Decimal(80), "80~%"),
        ("{{ v|day }}", date(2026, 6, 15), "15. Juni 2026"),
        ("{{ v|day }}", clock.berlin(2026, 6, 15, 0, 30), "15. Juni 2026"),
        ("{{ v|day }}", None, "keine Angabe"),
        ("{{ v|day_short }}", date(2026, 6, 5), "05.06.2026"),
        ("{{ v|moment }}", clock.berlin(2026, 6, 15, 16, 42), "15. Juni 2026, 16:42 Uhr"),
        ("{{ v|clock_time }}", clock.berlin(2026, 1, 15, 9, 5), "09:05 Uhr"),
        ("{{ v|number_de }}", 8185, "8.185"),
        ("{{ v|number_de }}", Decimal("-1234.5"), "−1.234,5"),
        ("{{ v|number_de }}", None, "keine Angabe"),
        ("{{ v|filesize_de }}", 0, "0~Byte"),
        ("{{ v|filesize_de }}", 188_416, "184~KB"),
        ("{{ v|filesize_de }}", 1_258_291, "1,2~MB"),
        ("{{ v|file_format }}", "Plan.docx", "Word"),
        ("{{ v|file_format }}", "karte.gpkg", "GPKG"),
    ],
)
def test_a_value_is_shown_in_german(source: str, value: object, shown: str) -> None:
    assert draw(source, v=value) == shown


@pytest.mark.parametrize(
    ("end", "shown"),
    [
        (clock.berlin(2026, 6, 30, 12), "bis Dienstag, 30. Juni 2026, 12:00 Uhr (noch 15 Tage)"),
        (clock.berlin(2026, 6, 16, 9), "bis Dienstag, 16. Juni 2026, 09:00 Uhr (noch 1 Tag)"),
        (clock.berlin(2026, 6, 15, 12, 1), "bis Montag, 15. Juni 2026, 12:01 Uhr (noch heute)"),
        (clock.berlin(2026, 6, 30), "bis 29. Juni 2026, 24 Uhr (noch 14 Tage)"),
        (NOON, "Frist abgelaufen am 15. Juni 2026, 12:00 Uhr"),
        (clock.berlin(2026, 6, 1), "Frist abgelaufen am 31. Mai 2026, 24 Uhr"),
        (date(2026, 6, 15), "bis Montag, 15. Juni 2026 (noch heute)"),
        (date(2026, 6, 14), "Frist abgelaufen am 14. Juni 2026"),
    ],
)
def test_a_deadline_counts_until_the_first_instant_that_is_too_late(end: date, shown: str) -> None:
    with clock.at(NOON):
        assert draw("{{ v|deadline }}", v=end) == shown


def test_no_deadline_is_a_word() -> None:
    assert draw("{{ v|deadline }}", v=None) == "keine"


def test_days_left_never_falls_below_today() -> None:
    with clock.at(NOON):
        assert wording.days_left(date(2026, 6, 1)) == "noch heute"


class Answer(forms.Form):
    """One field of each kind that may be left empty by mistake."""

    name = forms.CharField(label="Titel")
    question = forms.CharField(label="Worum geht es?")
    land = forms.ChoiceField(label="Land", choices=[("", ""), ("12", "Brandenburg")])
    agree = forms.BooleanField(label="Alles ist vollständig")
    amount = EuroFormField(label="Betrag")
    remark = forms.CharField(label="Anmerkung", required=False)


def test_an_empty_form_says_at_the_field_what_it_says_on_top() -> None:
    form = Answer({})
    top = draw("{% error_summary form %}", form=form)
    fields = draw("{{ form }}", form=form)
    assert "Es gibt 5 Fehler" in top
    for sentence in (
        "Füllen Sie das Feld „Titel“ aus.",
        "Beantworten Sie die Frage „Worum geht es?“.",
        "Wählen Sie bei „Land“ etwas aus.",
        "Kreuzen Sie „Alles ist vollständig“ an.",
    ):
        assert top.count(sentence) == 1
        assert fields.count(sentence) == 1
    assert '<a href="#id_name">' in top
    assert 'id="id_name_error"' in fields
    assert 'aria-describedby="id_name_error"' in fields


def test_a_form_without_errors_has_no_summary_and_no_prefix() -> None:
    form = Answer()
    assert draw("{% error_summary form %}{% error_prefix form %}", form=form) == ""
    assert "(freiwillig)" in draw("{{ form }}", form=form)


def test_one_error_is_singular_and_a_refusal_links_where_it_is_mended() -> None:
    form = Answer({"name": "a", "question": "b", "land": "12", "agree": "on", "amount": "1,500"})
    assert "Es gibt 1 Fehler" in draw("{% error_summary form %}", form=form)
    refused = [Reason("Es fehlt eine Zeichnung.", "/zeichnen/")]
    html = draw("{% error_summary None refused %}", refused=refused)
    assert "Noch nicht möglich" in html
    assert '<a href="/zeichnen/">Es fehlt eine Zeichnung.</a>' in html
    assert draw("{% error_prefix None refused %}", refused=refused) == "1 Fehler:"


def test_an_amount_is_echoed_as_understood() -> None:
    form = Answer({"amount": "1500"})
    assert "Verstanden: 1.500,00~EUR" in draw("{{ form }}", form=form)
    assert "Verstanden" not in draw("{{ form }}", form=Answer({"amount": "1.500,00"}))


def test_the_bar_puts_steps_in_order_of_weight() -> None:
    late = Reason("Es fehlt eine Zeichnung.", "/zeichnen/")
    bar = {
        "buttons": [Offer("a", "Einreichen", "/a/", rank="primary"), Offer("b", "Schreiben", "/b/")],
        "finals": [Offer("c", "Zurückziehen", "/c/", rank="final")],
        "missing": [Offer("d", "Abschließen", "/d/", (late,))],
    }
    html = draw('{% include "components/transition_bar.html" %}', **bar)
    assert html.index("kern-btn--primary") < html.index("kern-btn--secondary") < html.index("Zurückziehen")
    assert "/d/" not in html
    assert '<a href="/zeichnen/">Es fehlt eine Zeichnung.</a>' in html
    assert "nichts tun" in draw('{% include "components/transition_bar.html" %}')


@pytest.fixture
def person(db: None) -> User:
    return User.objects.create_user("muster@quartett.example", "geheim-und-lang-genug", name="Frau Muster")


def note(record: User, text: str, **fields: object) -> Event:
    """Write an event of a record."""
    kind = ContentType.objects.get_for_model(record)
    return Event.objects.create(
        kind=kind, record_id=record.pk, label="Begründet", at=NOON, note=text, **fields
    )


def test_a_confidential_note_is_shown_only_where_the_page_says_so(person: User) -> None:
    note(person, "verwandt mit dem Bürgermeister", secret=True)
    hidden = draw("{% course_of_events r u %}", r=person, u=person)
    assert "Begründet" in hidden
    assert "verwandt" not in hidden
    assert "verwandt" in draw("{% course_of_events r u show_secret=True %}", r=person, u=person)


def test_ten_events_are_open_and_the_rest_is_folded(person: User) -> None:
    for number in range(12):
        note(person, f"Schritt {number}", by=person)
    html = draw("{% course_of_events r u %}", r=person, u=person)
    assert "2 ältere Ereignisse" in html
    places = [html.index(text) for text in ("Schritt 11", "Schritt 2", "<details>", "Schritt 1<")]
    assert places == sorted(places)


def test_documents_are_named_with_format_and_size(person: User) -> None:
    kind = ContentType.objects.get_for_model(person)
    Document.objects.create(
        kind=kind,
        record_id=person.pk,
        purpose="x",
        title="Beschluss",
        name="b.pdf",
        size=188_416,
        sha256="0" * 64,
        at=NOON,
    )
    html = draw("{% document_list r %}", r=person)
    assert "Beschluss (PDF, 184~KB)" in html
    assert "automatisch erzeugt" in html
    assert "0" * 64 in html


def test_paging_and_filters_keep_each_other() -> None:
    html = draw("{% paging p %}", p=Paginator(range(60), 20).page(2))
    assert "Seite 2 von 3" in html
    assert "?stand=draft&amp;seite=1&amp;page=3" in html
    assert draw("{% paging p %}", p=Paginator(range(3), 20).page(1)) == ""
    assert '<a href="/liste/">Alle Filter entfernen</a>' in draw(
        "{% filter_form f %}", f=examples.ExampleFilter()
    )


def test_navigation_leaves_out_what_does_not_exist_and_marks_the_page() -> None:
    entries = [("Kontakt", "contact"), ("Nirgends", "no-such-page")]
    request = RequestFactory().get("/kontakt/")
    html = engines["django"].from_string("{% main_navigation %}").render({"navigation": entries}, request)
    assert '<a href="/kontakt/" aria-current="page">Kontakt</a>' in html
    assert "Nirgends" not in html


def test_progress_speaks_in_words() -> None:
    assert "3.200 von 10.000 Zeilen" in draw('{% progress 3200 10000 "Zeilen" "Bericht" %}')
    assert "Noch nicht begonnen" in draw('{% progress 0 0 "Zeilen" "Bericht" %}')


def test_every_public_page_of_core_is_shown(client: Client, db: None) -> None:
    for name in ("components", "imprint", "privacy", "accessibility", "contact", "account_login"):
        path = reverse(name)
        response = client.get(path)
        html = response.content.decode()
        assert response.status_code == 200, path
        assert html.count("<h1") == 1, path
        assert "style=" not in html, path
        assert not re.search(r"<script(?![^>]* src=)", html), path
        assert "kontakt@quartett.example" in html, path


def test_the_page_of_components_shows_each_of_them(client: Client, db: None) -> None:
    html = client.get("/bausteine/").content.decode()
    for word in (
        "Was jetzt zu tun ist",
        "Es gibt 9 Fehler",
        "Einzelfallentscheidung",
        "Seite 2 von 3",
        "Verlauf",
    ):
        assert word in html


def test_an_unknown_page_says_what_to_do(client: Client, db: None) -> None:
    response = client.get("/gibt-es-nicht/")
    assert response.status_code == 404
    assert "Diese Seite gibt es nicht, oder sie ist nicht für Sie freigegeben." in response.content.decode()


def test_signing_in_names_the_person_and_a_wrong_password_does_not(client: Client, person: User) -> None:
    wrong = client.post("/anmelden/", {"login": person.email, "password": "falsch"})
    assert "<title>1 Fehler: Anmelden – Quartett</title>" in wrong.content.decode()
    client.force_login(person)
    html = client.get("/kontakt/").content.decode()
    assert "Frau Muster" in html
    assert "Abmelden" in html


def test_a_running_job_renews_itself_and_a_finished_one_does_not(client: Client, person: User) -> None:
    job = Job.objects.create(
        work="x",
        title="Förderbericht",
        by=person,
        done=3,
        total=10,
        lease_until=NOON + timedelta(hours=1),
        status="running",
    )
    client.force_login(person)
    page = client.get(job.get_absolute_url()).content.decode()
    assert "3 von 10 Zeilen" in page
    assert 'hx-trigger="every 2s"' in page
    assert "Stand neu laden" in page
    Job.objects.update(status="done", finished_at=NOON)
    part = client.get(job.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
    assert "Fertig am 15. Juni 2026, 12:00 Uhr" in part
    assert "hx-" not in part
    assert "<html" not in part


def test_a_number_stays_on_one_line_and_the_text_is_escaped() -> None:
    shown = quartett.whole_numbers("Antrag 2026-014: <b>Leerstand</b>")
    assert shown == 'Antrag <span class="nowrap">2026-014</span>: &lt;b&gt;Leerstand&lt;/b&gt;'
