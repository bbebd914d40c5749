"""The pages of alliances and applications, as people use and misuse them."""

import uuid
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alliances import services
from alliances.models import Alliance, Application, PlannedMilestone
from core import clock, door
from core.models import Document
from tests.cast import person
from tests.factories import alliances as make
from tests.factories.towns import invented, town

JUNE = clock.berlin(2026, 6, 20, 9)


@pytest.fixture(autouse=True)
def _june(signed: Application, submitted: Application):
    """Let every test happen in June 2026, ten days before the deadline."""
    with clock.at(JUNE):
        yield


def signed_in(key: str) -> Client:
    """Return the browser of a person of the cast."""
    client = Client()
    client.force_login(person(key))
    return client


def post(client: Client, url: str, **data: Any) -> Any:
    """Send a form with a fresh token."""
    return client.post(url, {"token": str(uuid.uuid4()), **data})


def base(application: Application) -> str:
    """Return the address of an application."""
    return f"/antraege/{application.number}/"


def pages(application: Application) -> list[str]:
    """Return the pages that every member of a town may read."""
    a, v = base(application), f"/verbuende/{application.alliance.number}/"
    ags = application.alliance.partners.get(is_lead=True).town.ags
    return [
        v, f"{v}partner/", f"{v}antrag-beginnen/", f"{v}kommunen/{ags}/",
        a, f"{a}vorhaben/", f"{a}vorhaben/ziele/",
        f"{a}finanzierungsplan/", f"{a}finanzierungsplan/{ags}/", f"{a}finanzierungsplan/{ags}/0835/",
        f"{a}arbeitsplan/", f"{a}arbeitsplan/M1/", f"{a}arbeitsplan/M1/entfernen/", f"{a}unterlagen/",
    ]  # fmt: skip


@pytest.mark.parametrize("key", ["beispiel", "vorlage", "pruefer"])
def test_members_and_auditor_read_every_page_of_a_draft(signed: Application, key: str) -> None:
    client = signed_in(key)
    for page in ["/antraege/", *pages(signed)]:
        for_writers = page.endswith(("antrag-beginnen/", "entfernen/"))
        assert client.get(page).status_code == (404 if for_writers and key == "pruefer" else 200), page


def test_only_who_coordinates_a_town_founds() -> None:
    assert signed_in("fremd").get("/verbuende/gruenden/").status_code == 404
    assert "Verbund gründen" not in signed_in("fremd").get("/antraege/").content.decode()


@pytest.mark.parametrize("key", ["anders", "fern"])
def test_members_read_every_page_after_submission(submitted: Application, key: str) -> None:
    client = signed_in(key)
    for page in [*pages(submitted), f"{base(submitted)}einreichungen/1/"]:
        response = client.get(page)
        assert response.status_code == 200, page
        assert "Speichern und" not in response.content.decode()


@pytest.mark.parametrize("key", ["fremd", "beispiel"])
def test_strangers_and_other_alliances_see_nothing(submitted: Application, key: str) -> None:
    client = signed_in(key)
    steps = [
        f"{base(submitted)}{step}/" for step in ("zeichnen", "einreichen", "zuruecknehmen", "zurueckziehen")
    ]
    for page in [*pages(submitted), f"{base(submitted)}einreichungen/1/", *steps]:
        assert client.get(page).status_code == 404, page


def test_an_alliance_is_founded_from_the_call(signed: Application) -> None:
    client = signed_in("beispiel")
    shown = client.get(f"/verbuende/gruenden/?aufruf={signed.call.number}").content.decode()
    assert f'value="{signed.call.number}" selected' in shown
    assert post(client, "/verbuende/gruenden/", title="").status_code == 422
    data = {"token": str(uuid.uuid4()), "title": "Läden", "call": signed.call.number, "town": town().pk}
    answers = [client.post("/verbuende/gruenden/", data) for _ in range(2)]
    founded = Alliance.objects.get(title="Läden")
    assert [answer.url for answer in answers] == [f"/verbuende/{founded.number}/"] * 2
    start = post(
        client, f"/verbuende/{founded.number}/antrag-beginnen/", title="Läden", call=signed.call.number
    )
    assert start.url == base(founded.applications.get())


DAY = {"respond_by_tag": "1", "respond_by_monat": "7", "respond_by_jahr": "2026"}


def test_inviting_asks_back_and_says_what_is_wrong(signed: Application) -> None:
    client, url = signed_in("beispiel"), f"/verbuende/{signed.alliance.number}/partner/"
    twice = post(client, url, q="Musterhausen", **DAY)
    assert twice.status_code == 409
    sentence = "Musterhausen steht schon in Ihrem Verbund. Wählen Sie eine andere Kommune."
    assert sentence in twice.content.decode()
    unknown = post(client, url, q="Modelingen", **DAY)
    assert unknown.status_code == 422
    assert (
        "Keine Kommune heißt „Modelingen“. Meinen Sie Modellingen (Brandenburg)?" in unknown.content.decode()
    )
    for ags in ("99000011", "99000012"):
        invented(ags, "Mölln", district=f"Kreis {ags[-1]}")
    several = post(client, url, q="moelln", **DAY)
    assert several.status_code == 422
    assert "Welches moelln meinen Sie?" in several.content.decode()
    assert "Mölln (Kreis 2, Brandenburg)" in several.content.decode()
    assert post(client, url, q="moelln", town="99000012", **DAY).status_code == 302
    assert signed.alliance.partners.get(town__ags="99000012").state == "invited"
    half = post(
        client, url, q="Modellingen", respond_by_tag="31", respond_by_monat="6", respond_by_jahr="2026"
    )
    assert "Den Tag 31.6.2026 gibt es nicht." in half.content.decode()


def test_a_town_answers_its_invitation(signed: Application) -> None:
    services.invite(signed.alliance, town("99000005"), by=person("beispiel"))
    client, url = signed_in("anders"), f"/verbuende/{signed.alliance.number}/kommunen/99000005/"
    shown = client.get(url).content.decode()
    assert "Beispielstadt" in shown
    assert "20. Juli 2026" in shown
    assert url in client.get("/antraege/").content.decode()
    assert signed_in("drueben").get(url).status_code == 404
    answer = post(client, f"{url}annehmen/")
    assert answer.url == f"/verbuende/{signed.alliance.number}/"
    assert client.get(answer.url).status_code == 200


def basics(**changes: str) -> dict[str, str]:
    """Return the form of the basics as filled in by the factory."""
    days = {
        "start_tag": "1",
        "start_monat": "4",
        "start_jahr": "2027",
        "end_tag": "31",
        "end_monat": "3",
        "end_jahr": "2029",
    }
    return {"title": "Läden", "summary": "", **days, "requested_grant": "400.000,00", **changes}


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(
    ("typed", "stored"),
    [("1,50", "1.50"), ("1.50", "1.50"), ("399.000", "399000.00"), ("399,000.00", "399000.00")],
)
def test_amounts_are_read_alike_in_both_languages(
    signed: Application, language: str, typed: str, stored: str
) -> None:
    client = signed_in("beispiel")
    client.cookies["django_language"] = language
    answer = post(client, f"{base(signed)}vorhaben/", **basics(requested_grant=typed))
    assert answer.status_code == 302
    signed.refresh_from_db()
    assert signed.requested_grant == Decimal(stored)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"end_jahr": "2027"},
            "Das Ende (31.03.2027) liegt vor dem Beginn (01.04.2027). Geben Sie ein Ende ab dem 01.04.2027 ein.",
        ),
        (
            {"requested_grant": "400.000,001"},
            "Der Betrag „400.000,001“ hat drei Stellen nach dem Komma. Geben Sie höchstens zwei ein, zum Beispiel",
        ),
        ({"requested_grant": "1,500"}, "„1,500“ ist nicht eindeutig. Schreiben Sie 1.500,00 oder 1,50."),
        ({"title": ""}, "Geben Sie an, worum es in Ihrem Vorhaben geht."),
        ({"start_tag": ""}, "Geben Sie Tag, Monat und Jahr ein, zum Beispiel 30 06 2026."),
    ],
)
def test_what_is_malformed_is_said_and_kept(
    signed: Application, changes: dict[str, str], sentence: str
) -> None:
    answer = post(signed_in("beispiel"), f"{base(signed)}vorhaben/", **basics(**changes))
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert shown.count(sentence) == 2
    assert 'value="Läden"' in shown or "title" in changes
    signed.refresh_from_db()
    assert signed.title == "Leerstand gemeinsam nutzen"


def test_the_grid_saves_sums_and_names_row_and_column_of_an_error(signed: Application) -> None:
    client, url = signed_in("vorlage"), f"{base(signed)}finanzierungsplan/99000002/"
    orders = signed.call.positions.get(code="0835")
    wrong = post(client, url, **{f"p{orders.pk}_2028": "12.00o", "f_own_funds": "500"})
    assert wrong.status_code == 422
    sentence = "Vergabe von Aufträgen, 2028: „12.00o“ ist kein Betrag. Schreiben Sie zum Beispiel 12.000,00."
    assert wrong.content.decode().count(sentence) == 2
    assert "Verstanden: 500,00\u00a0EUR" in wrong.content.decode()
    saved = post(client, url, **{f"p{orders.pk}_2028": "1,50", "f_own_funds": "500"})
    assert saved.url == f"{url}#summen"
    shown = client.get(url).content.decode()
    assert 'value="1,50"' in shown
    assert "Gespeichert um 09:00" in shown
    assert "500,00\u00a0EUR" in shown


def test_one_position_on_one_page_writes_the_same_cells(signed: Application) -> None:
    orders = signed.call.positions.get(code="0835")
    url = f"{base(signed)}finanzierungsplan/99000002/0835/"
    typed = {f"p{orders.pk}_2028": "100", "note_2028": "Agentur"}
    assert post(signed_in("vorlage"), url, **typed).url.endswith("/99000002/0841/")
    line = signed.budget_lines.get(town__ags="99000002", position=orders)
    assert (line.fiscal_year, line.amount, line.note) == (2028, Decimal("100.00"), "Agentur")


def test_an_answer_counts_words(signed: Application) -> None:
    client, url = signed_in("vorlage"), f"{base(signed)}vorhaben/uebertragbarkeit/"
    answer = post(client, url, text="Wort " * 412)
    assert answer.status_code == 422
    assert "Ihre Antwort hat 412 Wörter, möglich sind 400. Kürzen Sie sie um 12." in answer.content.decode()
    assert answer.content.decode().count("Wort Wort") > 0
    assert post(client, url, text="Drei kurze Wörter").url == f"{base(signed)}vorhaben/beteiligung/"
    assert "Noch 397 von 400 Wörtern." in client.get(url).content.decode()


def test_milestones_are_added_changed_and_removed(signed: Application) -> None:
    client, url = signed_in("vorlage"), f"{base(signed)}arbeitsplan/"
    values = {
        "title": "Fest",
        "town": town().pk,
        "due_tag": "1",
        "due_monat": "5",
        "due_jahr": "2028",
        "evidence": "Bericht",
    }
    assert post(client, url, **{**values, "title": ""}).status_code == 422
    assert post(client, url, **values).status_code == 302
    assert post(client, f"{url}M2/", **{**values, "title": "Feier"}).status_code == 302
    assert PlannedMilestone.objects.get(application=signed, code="M2").title == "Feier"
    assert post(client, f"{url}M2/entfernen/").status_code == 302
    assert not PlannedMilestone.objects.filter(application=signed, code="M2").exists()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        (
            "Beschluss.pdf",
            b"",
            "Die Datei „Beschluss.pdf“ ist leer (0 Byte). Wählen Sie die Datei noch einmal aus.",
        ),
        ("Plan.pdf", b"MZ" + b"\0" * 200, "Die Datei „Plan.pdf“ ist ein Programm."),
        ("Groß.pdf", b"%PDF-1.7" + b"0" * 2_000_000, "Die Datei ist 2 MB groß, möglich sind 1 MB."),
    ],
)
def test_a_bad_file_is_refused_in_words(
    signed: Application, settings: Any, name: str, content: bytes, sentence: str
) -> None:
    settings.DOCUMENT_MAX_BYTES = 1024 * 1024
    file = SimpleUploadedFile(name, content)
    answer = post(signed_in("vorlage"), f"{base(signed)}unterlagen/", wanted="other", file=file)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Document.objects.of(signed).filter(name=name).exists()


def test_a_file_is_uploaded_for_a_town_and_removed(signed: Application) -> None:
    client, url = signed_in("vorlage"), f"{base(signed)}unterlagen/"
    file = SimpleUploadedFile("Neu.pdf", make.PDF)
    assert post(client, url, wanted="absichtserklaerung:99000002", file=file).status_code == 302
    document = Document.objects.of(signed).get(name="Neu.pdf")
    assert document.purpose == "absichtserklaerung:99000002"
    assert post(client, f"{url}{document.pk}/entfernen/").status_code == 302
    assert not Document.objects.of(signed).filter(name="Neu.pdf").exists()


def test_a_reader_cannot_write(signed: Application) -> None:
    answer = post(signed_in("pruefer"), f"{base(signed)}vorhaben/", **basics())
    assert answer.status_code == 409
    assert "nicht für Sie freigegeben" in answer.content.decode()


def test_signing_names_the_town_and_asks_for_the_declaration(signed: Application) -> None:
    services.save_grant(signed, Decimal("390000.00"), by=person("beispiel"))
    client, url = signed_in("vorlage"), f"{base(signed)}zeichnen/"
    assert "Sie zeichnen für Musterhausen." in client.get(url).content.decode()
    assert post(client, url, town=town("99000002").pk).status_code == 422
    assert post(client, url, town=town("99000003").pk, declaration="on").status_code == 422
    assert post(client, url, town=town("99000002").pk, declaration="on").status_code == 302
    fresh = Application.objects.get(pk=signed.pk)
    assert [town.name for town, _ in fresh.unsigned_towns()] == [
        "Beispielstadt",
        "Altmusterburg",
        "Neu Probe",
    ]


def test_pressing_submit_twice_is_one_submission_and_the_same_receipt(signed: Application) -> None:
    client, url = signed_in("beispiel"), f"{base(signed)}einreichen/"
    assert "Antrag verbindlich einreichen" in client.get(url).content.decode()
    assert post(client, url).status_code == 422
    data = {"token": str(uuid.uuid4()), "declaration": "on"}
    first, again = client.post(url, data), client.post(url, data)
    other_tab = post(signed_in("beispiel"), url, declaration="on")
    receipt = f"{base(signed)}einreichungen/1/"
    assert [first.url, again.url, other_tab.url] == [receipt] * 3
    assert signed.submissions.count() == 1
    shown = client.get(receipt).content.decode()
    assert "20.06.2026, 09:00:00 Uhr (Berlin)" in shown
    assert "Antrag zurücknehmen" in shown


def test_a_late_submit_is_refused_and_the_draft_stays(signed: Application) -> None:
    client = signed_in("beispiel")
    with clock.at(signed.call.closes_at + timedelta(seconds=3)):
        answer = post(client, f"{base(signed)}einreichen/", declaration="on")
    assert answer.status_code == 409
    assert "Ihr Antrag kam am 30.06.2026 um 12:00:03 Uhr an." in answer.content.decode()
    assert signed.submissions.count() == 0


def test_81_percent_is_shown_and_submitted_all_the_same(signed: Application) -> None:
    services.save_grant(signed, Decimal("405000.00"), by=person("beispiel"))
    make.sign(signed)
    client, url = signed_in("beispiel"), f"{base(signed)}einreichen/"
    shown = client.get(url).content.decode()
    assert "Förderanteil 81\u00a0%, höchstens 80\u00a0%." in shown
    assert "Antrag trotzdem verbindlich einreichen" in shown
    assert post(client, url, declaration="on").status_code == 422
    answer = post(client, url, known="on", explanation="Der Kreis zahlt den Rest.")
    assert answer.url == f"{base(signed)}einreichungen/1/"
    assert "Der Kreis zahlt den Rest." in client.get(answer.url).content.decode()


def test_three_towns_are_shown_and_submitted_all_the_same(signed: Application) -> None:
    partner = signed.alliance.partners.get(town__ags="99000004")
    door.perform(partner, "leave", by=person("entwurf"), data={"note": "Der Rat will nicht."})
    services.save_grant(signed, Decimal("336000.00"), by=person("beispiel"))
    make.sign(signed)
    client, url = signed_in("beispiel"), f"{base(signed)}einreichen/"
    assert "Eine Voraussetzung ist nach Ihren Angaben nicht erfüllt" in client.get(url).content.decode()
    assert post(client, url, known="on").status_code == 302
    assert signed.submissions.count() == 1


def test_a_blocked_submission_names_what_is_missing(signed: Application) -> None:
    services.save_answer(signed, signed.call.questions.first(), "", by=person("beispiel"))
    shown = signed_in("beispiel").get(f"{base(signed)}einreichen/").content.decode()
    assert "Sie können noch nicht einreichen" in shown
    assert "Die Frage „Ziele“ ist leer." in shown
    assert "Für Neu Probe fehlt die Zeichnung. Herr Entwurf kann zeichnen." in shown


def test_a_former_submission_says_so(submitted: Application) -> None:
    client = signed_in("anders")
    assert post(client, f"{base(submitted)}zuruecknehmen/").status_code == 302
    make.submit(submitted)
    assert "Überholt durch" in client.get(f"{base(submitted)}einreichungen/1/").content.decode()


@pytest.mark.parametrize("page", ["", "finanzierungsplan/", "unterlagen/", "arbeitsplan/"])
def test_the_number_of_queries_does_not_grow(signed: Application, page: str) -> None:
    client = signed_in("beispiel")

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(f"{base(signed)}{page}").status_code == 200
        return len(captured)

    services.save_grant(signed, Decimal("390000.00"), by=person("beispiel"))
    count()
    before = count()
    for number in range(3):
        services.add_milestone(
            signed, title=f"Schritt {number}", town=town("99000002"), due=make.END, evidence="Bericht",
            by=person("beispiel"),
        )  # fmt: skip
        services.add_document(signed, SimpleUploadedFile(f"{number}.pdf", make.PDF), by=person("beispiel"))
    new = signed.call.questions.create(code="neu", title="Neu", position=9)
    services.save_answer(signed, new, "Unsere Antwort.", by=person("beispiel"))
    assert count() == before
