"""The pages of calls: public states by the clock, the programme, creating, setting up, and bad input that is kept."""

import re
import uuid
from datetime import date
from decimal import Decimal

import pytest

from calls.models import Call
from core import clock
from tests.cast import person
from tests.factories.calls import call, programme

pytestmark = pytest.mark.django_db

BEFORE, OPEN, AFTER = clock.berlin(2026, 2, 10), clock.berlin(2026, 6, 15, 10), clock.berlin(2026, 7, 1)


def text_of(response):
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", plain.replace("\u00a0", " "))


@pytest.fixture
def muster(client):
    programme()
    client.force_login(person("muster"))
    return client


# --- Public pages ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "moment", "expected"),
    [
        ("published", BEFORE, "Bewerben können Sie ab 2. März 2026, 08:00 Uhr"),
        ("published", OPEN, "Bewerben bis Dienstag, 30. Juni 2026, 12:00 Uhr (noch 15 Tage)"),
        ("published", AFTER, "Frist abgelaufen am 30. Juni 2026, 12:00 Uhr"),
        ("closed", AFTER, "Entscheidung geplant am 15. November 2026"),
        ("decided", AFTER, "Über alle Anträge ist entschieden."),
        ("completed", AFTER, "Alle Vorhaben sind abgeschlossen."),
        ("cancelled", OPEN, "Grund: Der Haushalt ist gesperrt."),
    ],
)
def test_the_public_page_says_where_the_call_stands(client, state, moment, expected):
    made = call(state)
    with clock.at(moment):
        response = client.get(made.public_url())
    assert response.status_code == 200
    assert expected in text_of(response)


def test_the_public_page_has_rules_with_sources_and_the_scoring_table(client):
    made = call("published")
    with clock.at(OPEN):
        text = text_of(client.get(made.public_url()))
    assert "Der Bund zahlt höchstens 400.000,00 EUR und höchstens 80 % der Ausgaben." in text
    assert "voraussichtlich drei Vorhaben, zusammen 1.200.000,00 EUR" in text
    assert "Es bewerben sich mindestens vier Kommunen gemeinsam." in text
    assert "BBSR, Stadt- und Gemeindetyp" in text
    assert "Innovativer methodischer Ansatz" in text
    assert "Seit der Veröffentlichung am 2. Februar 2026 nicht geändert." in text
    assert "Anmelden und bewerben" in text
    assert "einrichten und führen" not in text


def test_strangers_do_not_see_drafts_and_the_office_sees_a_preview(client):
    made = call("draft")
    assert client.get(made.public_url()).status_code == 404
    client.force_login(person("fremd"))
    assert client.get(made.public_url()).status_code == 404
    client.force_login(person("muster"))
    assert "Vorschau: So sehen Kommunen diese Seite." in text_of(client.get(made.public_url()))


def test_the_list_groups_calls_by_phase(client):
    call("published", title="Jetzt")
    call("published", title="Bald", opens_at=clock.berlin(2026, 6, 20), closes_at=clock.berlin(2026, 9, 1))
    call("decided", title="Früher", closes_at=clock.berlin(2026, 5, 1))
    call("draft", title="Geheim")
    with clock.at(OPEN):
        text = text_of(client.get("/aufrufe/"))
    order = [
        text.index(word)
        for word in ("Jetzt offen", ": Jetzt", "Angekündigt", ": Bald", "Entschieden", ": Früher")
    ]
    assert order == sorted(order)
    assert "Geheim" not in text


def test_the_list_without_an_open_call(client):
    assert "Zurzeit ist kein Aufruf offen." in text_of(client.get("/aufrufe/"))


def test_queries_of_the_public_pages_do_not_grow(client, django_assert_max_num_queries):
    made = call("published")
    for _ in range(3):
        call("published")
    with clock.at(OPEN):
        with django_assert_max_num_queries(3):
            client.get("/aufrufe/")
        with django_assert_max_num_queries(8):
            client.get(made.public_url())


# --- Programme and creating --------------------------------------------------------------------------------


def test_the_programme_page(muster, django_assert_max_num_queries):
    call("published")
    call("draft")
    with django_assert_max_num_queries(14):
        text = text_of(muster.get("/programm/"))
    assert "Geschäftsstelle der Kleinstadtakademie" in text
    assert "Ministerium für Beispiele" in text
    assert "800.000,00 EUR" in text
    assert "Frau Exempel, Sachbearbeitung" in text


def test_strangers_get_404(client):
    made = call("draft")
    client.force_login(person("fremd"))
    for path in ("/programm/", "/aufrufe/anlegen/", made.get_absolute_url(), made.section_url("fragen")):
        assert client.get(path).status_code == 404


def test_readers_of_the_programme_create_nothing(client):
    programme()
    client.force_login(person("pruefer"))
    assert client.get("/programm/").status_code == 200
    assert client.get("/aufrufe/anlegen/").status_code == 404


@pytest.mark.parametrize("start", ["2020", "2019", "leer"])
def test_a_call_is_created_once(muster, start):
    token = str(uuid.uuid4())
    data = {"programme": programme().pk, "start": start, "title": "Neuer Aufruf", "token": token}
    with clock.at(clock.berlin(2026, 2, 2)):
        first, again = muster.post("/aufrufe/anlegen/", data), muster.post("/aufrufe/anlegen/", data)
    assert first.status_code == again.status_code == 302
    assert first.url == again.url == "/aufrufe/2026-1/einrichten/"
    assert Call.objects.get().title == "Neuer Aufruf"


def test_a_copy_of_the_last_call_is_offered_first(muster):
    call("published")
    form = muster.get("/aufrufe/anlegen/").context["form"]
    assert form.fields["start"].choices[0] == ("kopie", "Kopie von 2026-1: Gemeinsam Neues erproben")
    data = {"programme": programme().pk, "start": "kopie", "title": "", "token": str(uuid.uuid4())}
    with clock.at(clock.berlin(2027, 1, 10)):
        assert muster.post("/aufrufe/anlegen/", data).url == "/aufrufe/2027-1/einrichten/"


def test_creating_without_a_choice_keeps_what_was_typed(muster):
    response = muster.post(
        "/aufrufe/anlegen/", {"programme": programme().pk, "title": "Halb fertig", "token": uuid.uuid4()}
    )
    assert response.status_code == 422
    assert "Halb fertig" in response.content.decode()
    assert Call.objects.count() == 0


# --- Set-up ------------------------------------------------------------------------------------------------


def test_the_set_up_shows_what_is_missing_and_then_publishes(muster):
    made = call("draft", "leer")
    with clock.at(clock.berlin(2026, 2, 2)):
        text = text_of(muster.get(made.get_absolute_url()))
        assert "Die Gewichte der Bewertungskriterien ergeben 0 %, nötig sind 100 %." in text
        ready = call("draft")
        page = f"{ready.get_absolute_url()}veroeffentlichen/"
        assert page in muster.get(ready.get_absolute_url()).content.decode()
        assert muster.get(page).status_code == 200
        assert muster.post(page, {"token": uuid.uuid4()}).status_code == 302
    assert Call.objects.get(pk=ready.pk).state == "published"


def test_queries_of_the_set_up_are_few(muster, django_assert_max_num_queries):
    made = call("draft")
    with django_assert_max_num_queries(35):
        muster.get(made.get_absolute_url())


SECTIONS = (
    "eckdaten",
    "termine",
    "regeln",
    "haushalt",
    "positionen",
    "fragen",
    "unterlagen",
    "voraussetzungen",
)


@pytest.mark.parametrize("state", ["draft", "published"])
@pytest.mark.parametrize("section", [*SECTIONS, "kriterien"])
def test_every_section_can_be_read(muster, section, state):
    response = muster.get(call(state).section_url(section))
    assert response.status_code == 200
    assert ("Speichern und weiter" in text_of(response)) == (state == "draft")


def test_an_unknown_section_is_404(muster):
    assert muster.get(call("draft").section_url("wetter")).status_code == 404


def days(**changes):
    values = {
        "opens_day": date(2026, 3, 2),
        "closes_day": date(2026, 6, 30),
        "decision_planned": date(2026, 11, 15),
        "earliest_start": date(2027, 1, 1),
        "latest_end": date(2029, 12, 31),
        **changes,
    }
    data = {"opens_time": "8:00", "closes_time": "12:00", "token": str(uuid.uuid4())}
    for name, day in values.items():
        data |= {f"{name}_tag": day.day, f"{name}_monat": day.month, f"{name}_jahr": day.year}
    return data


def test_dates_are_saved_in_berlin(muster):
    made = call("draft")
    data = days(closes_day=date(2026, 7, 14)) | {"closes_time": "9.30 Uhr"}
    response = muster.post(made.section_url("termine"), data)
    assert (response.status_code, response.url) == (302, made.section_url("regeln"))
    assert Call.objects.get(pk=made.pk).closes_at == clock.berlin(2026, 7, 14, 9, 30)


def test_an_end_before_its_beginning_is_said_and_kept(muster):
    made = call("draft")
    response = muster.post(
        made.section_url("termine"), days(latest_end=date(2026, 12, 31)) | {"opens_time": "früh"}
    )
    assert response.status_code == 422
    text = text_of(response)
    assert (
        "Das späteste Ende (31.12.2026) liegt vor dem frühesten Beginn (01.01.2027). Geben Sie einen Tag nach dem "
        "01.01.2027 ein." in text
    )
    assert "„früh“ ist keine Uhrzeit. Schreiben Sie zum Beispiel 12:00." in text
    assert 'value="früh"' in response.content.decode()
    assert Call.objects.get(pk=made.pk).latest_end == date(2029, 12, 31)


def test_rules_read_german_amounts_and_keep_wrong_ones(muster):
    made = call("draft")
    data = {
        "cap": "1,500",
        "rate": "120",
        "min_towns": "0",
        "min_months": "zwölf",
        "max_points": "5",
        "token": uuid.uuid4(),
    }
    response = muster.post(made.section_url("regeln"), data)
    assert response.status_code == 422
    text = text_of(response)
    assert "„1,500“ ist nicht eindeutig." in text
    assert "„120“ ist kein Förderanteil." in text
    assert "„Mindestzahl der Kommunen“ ist zu klein. Geben Sie eine Zahl von 1 bis 50 ein." in text
    assert "„Mindestdauer in Monaten“ ist keine ganze Zahl." in text
    assert 'value="zwölf"' in response.content.decode()
    data |= {"cap": "350.000", "rate": "79,5 %", "min_towns": "5", "min_months": "18"}
    assert muster.post(made.section_url("regeln"), data).status_code == 302
    made = Call.objects.get(pk=made.pk)
    assert (made.cap, made.rate, made.min_towns, made.min_months) == (
        Decimal("350000.00"),
        Decimal("79.50"),
        5,
        18,
    )


def rows(*values, stored=0):
    data = {"zeilen-TOTAL_FORMS": len(values), "zeilen-INITIAL_FORMS": stored}
    for place, row in enumerate(values):
        data |= {f"zeilen-{place}-{name}": value for name, value in row.items()}
    return data


def test_rows_are_added_and_removed_without_javascript(muster):
    made = call("draft")
    stored = [
        {"fiscal_year": 2027, "amount": "400.000,00", "title": ""},
        {"fiscal_year": 2028, "amount": "400.000,00", "title": "", "DELETE": "on"},
        {"fiscal_year": 2029, "amount": "300000", "title": "1604/893 01"},
    ]
    new = {"fiscal_year": 2030, "amount": "1.000,50", "title": ""}
    empty = {"fiscal_year": "", "amount": "", "title": ""}
    data = rows(*stored, new, empty, stored=3) | {"more": "1"}
    response = muster.post(made.section_url("haushalt"), data)
    assert (response.status_code, response.url) == (302, made.section_url("haushalt"))
    assert list(made.budgets.values_list("fiscal_year", "amount", "title")) == [
        (2027, Decimal("400000.00"), ""),
        (2029, Decimal("300000.00"), "1604/893 01"),
        (2030, Decimal("1000.50"), ""),
    ]


def test_bad_rows_are_kept_and_named(muster):
    made = call("draft", "leer")
    row = {"fiscal_year": "2027", "amount": "12.00o", "title": "Kapitel 16"}
    response = muster.post(made.section_url("haushalt"), rows(row))
    assert response.status_code == 422
    assert "„12.00o“ ist kein Betrag." in text_of(response)
    assert 'value="Kapitel 16"' in response.content.decode()
    twice = {**row, "amount": "1,00"}
    response = muster.post(made.section_url("haushalt"), rows(twice, twice))
    assert response.status_code == 409
    assert "Haushaltsjahr „2027“ steht mehr als einmal da." in text_of(response)
    assert made.budgets.count() == 0


def test_a_new_question_gets_a_short_name_once(muster):
    made = call("draft", "leer")
    new = {"code": "", "title": "Übertragbarkeit und Größe", "help": "", "max_words": "300"}
    muster.post(made.section_url("fragen"), rows(new))
    assert made.questions.get().code == "uebertragbarkeit-und-groesse"
    renamed = {**new, "code": "uebertragbarkeit-und-groesse", "title": "Anders"}
    muster.post(made.section_url("fragen"), rows(renamed, stored=1))
    assert made.questions.values_list("code", "title").get() == ("uebertragbarkeit-und-groesse", "Anders")


def test_criteria_are_chosen_and_keep_their_parameters(muster):
    made = call("draft")
    data = {"codes": ["cap_and_rate", "small_town_type"], "token": uuid.uuid4()}
    assert muster.post(made.section_url("voraussetzungen"), data).status_code == 302
    assert list(made.criteria.values_list("code", "parameters")) == [
        ("small_town_type", {"minimum": 5000, "below": 20000}),
        ("cap_and_rate", {}),
    ]


def test_a_published_section_refuses_to_be_written(muster):
    made = call("published")
    response = muster.post(
        made.section_url("eckdaten"), {"title": "Neu", "summary": "Neu", "token": uuid.uuid4()}
    )
    assert response.status_code == 409
    assert "Gesperrt: Der Stand ist „Veröffentlicht“." in text_of(response)
    assert Call.objects.get(pk=made.pk).title == "Gemeinsam Neues erproben"
