"""The whole road by clicks and typing: from a draft call to the exported funding report, on real towns.

A call with cap 400,000 EUR, 80 %, four towns, 500,000 EUR for the year. Mücheln (Geiseltal) applies with Laucha an der
Unstrut, Bad Lobenstein and Rodewisch, plan 500,000.00 EUR; a second alliance scores lower and falls below the line.
"""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection

from core import clock
from core.clock import berlin
from core.tasks import run_daily_steps
from projects.models import LedgerEntry
from review.models import Ruling
from tests.factories.calls import programme
from tests.factories.review import board
from tests.factories.towns import town, town_with
from tests.journeys.report import figures_of, recalculated
from tests.journeys.visitor import Stage, Visitor
from towns.enums import TownRole

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
FIRST = [
    ("15088235", "Mücheln (Geiseltal)", "eins"),
    ("15084285", "Laucha an der Unstrut", "zwei"),
    ("16075062", "Bad Lobenstein", "drei"),
    ("14523360", "Rodewisch", "vier"),
]
SECOND = [
    ("14521710", "Zwönitz", "fuenf"),
    ("05978008", "Bönen", "sechs"),
    ("13071029", "Demmin", "sieben"),
    ("09672135", "Münnerstadt", "acht"),
]
QUESTIONS = ["Ziele", "Methode", "Übertragbarkeit", "Beteiligung", "Verstetigung"]
TITLE = "Wohnen gestalten"


def set_the_scene() -> None:
    """What stands before anybody clicks: programme, people, board, and the towns of the register."""
    cache.clear()
    programme()
    for ags, _, key in [*FIRST, *SECOND]:
        town(ags)
        town_with(key, *TownRole.values, ags=ags)
    board(mayor_of="14523360")


def publish_a_call(stage: Stage) -> str:
    """The office creates a call from the pattern of 2020 and publishes it; return its number."""
    office = stage.visitor("muster")
    office.menu("Programm").follow("Aufruf anlegen")
    office.choose("Aufruf 2020").type("Titel", "Gemeinsam Neues erproben").press("Aufruf anlegen")
    number = office.path().split("/")[2]
    office.follow("Termine")
    office.day("Bewerben ab: Tag", date(2026, 3, 2)).day("Bewerbungsfrist: Tag", date(2026, 6, 30))
    office.day("Entscheidung geplant", date(2026, 11, 16))
    office.day("Frühester Beginn der Vorhaben", date(2027, 1, 1)).day("Spätestes Ende", date(2027, 12, 31))
    office.press("Speichern und weiter")
    office.go(f"/aufrufe/{number}/einrichten/haushalt/")
    for box in office.page.get_by_label("Diese Zeile entfernen").all():
        box.check()
    fresh = office.page.get_by_role("group", name="(neu)").first
    fresh.get_by_label("Haushaltsjahr").fill("2027")
    fresh.get_by_label("Ansatz in EUR").fill("500.000,00")
    office.press("Speichern und weiter")
    office.go(f"/aufrufe/{number}/einrichten/").sees("500.000,00")
    office.step("Aufruf veröffentlichen").sees("Veröffentlicht")
    return number


def found_an_alliance(stage: Stage, number: str, towns: list[Any], title: str) -> str:
    """The lead founds the alliance and invites; each town accepts by its own person. Return the alliance's path."""
    lead = stage.visitor(towns[0][2])
    lead.menu("Projektaufrufe").follow("Gemeinsam Neues erproben").sees("400.000,00 EUR").follow(
        "Verbund gründen"
    )
    lead.type("Arbeitstitel", title).press("Verbund gründen")
    home = lead.path()
    for _, name, _ in towns[1:]:
        lead.go(home).follow("Kommune einladen").type("Kommune", name).press("Kommune einladen").sees(name)
    for _, _, key in towns[1:]:
        partner = stage.visitor(key)
        partner.menu("Meine Aufgaben").follow("Einladung").step("Einladung annehmen").sees(title)
    lead.go(home).sees("4 beigetreten")
    return home


def apply(stage: Stage, home: str, towns: list[Any], title: str) -> str:
    """The lead fills the application, all towns sign, the lead submits; return the path of the application."""
    lead = stage.visitor(towns[0][2])
    lead.go(home).follow("Antrag beginnen").type("Titel des Vorhabens", title).press("Antrag beginnen")
    path = lead.path()
    lead.follow("Titel, Zeitraum und Zuwendung")
    lead.type("Kurzbeschreibung", "Vier Städte erproben gemeinsam neues Wohnen.")
    lead.day("Beginn", date(2027, 1, 1)).day("Ende", date(2027, 12, 31))
    lead.type("Beantragte Zuwendung", "400.000,00").press("Speichern und weiter")
    for question in QUESTIONS:
        lead.go(path).follow(question, exact=True).type(question, f"Unsere Antwort zu {question}.")
        lead.press("Speichern und weiter")
    fill_the_plan(lead, path, towns)
    lead.go(path).follow("Meilensteine").type("Meilenstein", "Bestand erfasst")
    lead.select("Zuständige Kommune", towns[0][1]).day("Bis", date(2027, 6, 30))
    lead.type("Nachweis", "Karte des Bestands").press("Meilenstein hinzufügen").sees("Bestand erfasst")
    for _, name, _ in towns:
        lead.go(f"{path}unterlagen/").select("Wofür ist die Unterlage?", name)
        lead.upload("Datei", f"Absicht {name[:4]}.pdf", PDF).press("Unterlage hochladen")
    for _, name, key in towns:
        signatory = stage.visitor(key).go("/aufgaben/").follow(f"Für {name} zeichnen")
        signatory.choose("Die Angaben sind vollständig und richtig").press("Für Ihre Kommune zeichnen")
    lead.go(path).follow("Antrag verbindlich einreichen").sees("Beantragte Zuwendung: 400.000,00 EUR")
    lead.choose("Die Angaben sind vollständig und richtig").press("Antrag verbindlich einreichen")
    lead.sees("Eingereicht").sees("Einreichung 1").sees("Eingangsbestätigung")
    return path


def fill_the_plan(lead: Visitor, path: str, towns: list[Any]) -> None:
    """125,000 EUR for each town, of which 15,000 are working time; 10,000 own money: 500,000 in all."""
    for ags, _, _ in towns:
        lead.go(f"{path}finanzierungsplan/{ags}/")
        lead.page.get_by_role("textbox", name="0835").first.fill("110.000,00")
        lead.page.get_by_role("textbox", name="0817").first.fill("15000")
        lead.type("Eigenmittel", "10.000,00").type("Eigenleistung", "15.000,00")
        lead.press("Speichern und Summen neu berechnen").sees("125.000,00 EUR")
    lead.go(f"{path}finanzierungsplan/").sees("500.000,00 EUR").sees("60.000,00 EUR")


def check(stage: Stage, number: str, *, case_by_case: bool) -> None:
    """The office checks a case; what is case by case a person decides with a reason."""
    office = stage.visitor("muster").go(f"/vorgaenge/{number}/")
    office.step("Formal prüfen")
    if case_by_case:
        office.sees("Einzelfallentscheidung").sees("Laucha an der Unstrut")
        office.go(f"/vorgaenge/{number}/pruefung/").follow("Einzelfall entscheiden")
        office.choose("gilt als erfüllt").type("Begründung", "Der Verband hat 14.602 Einwohner.")
        office.press("Einzelfall entscheiden")
    office.go(f"/vorgaenge/{number}/").step("Förderfähigkeit feststellen").sees("Förderfähig")


def score(stage: Stage, key: str, number: str, points: int) -> None:
    """A juror declares, scores each criterion and hands in."""
    juror = stage.visitor(key).menu("Bewertungen").go(f"/bewertungen/{number}/")
    juror.sees("Ihre Erklärung").choose("Ich bin nicht befangen").press("Erklärung abgeben")
    for position in range(1, 9):
        juror.go(f"/bewertungen/{number}/kriterium/{position}/")
        juror.page.locator(f"input[type=radio][value='{points}']").check()
        juror.type("Begründung", "Überzeugt.").press("Speichern und weiter")
    juror.go(f"/bewertungen/{number}/abgeben/").press("Bewertung abgeben").sees("Abgegeben")


def decide(stage: Stage, call: str) -> None:
    """Assign five jurors (one excluded), let four score, rank, release."""
    office = stage.visitor("muster").go(f"/aufrufe/{call}/jury/")
    office.day("Bewertungen abgeben bis", date(2026, 8, 31)).press("Alle Mitglieder allen förderfähigen")
    office.sees("Frau Befangen ist Bürgermeisterin von Rodewisch")
    for number in ("2026-001", "2026-002"):
        office.go(f"/vorgaenge/{number}/").step("Dem Beirat vorlegen")
    stage.visitor("befangen").menu("Bewertungen").sees("Sie wirken an diesem Aufruf nicht mit").sees(
        "Rodewisch"
    )
    for key in ("modell", "probe", "test", "versuch"):
        score(stage, key, "2026-001", 4)
        score(stage, key, "2026-002", 3)
    office.go(f"/aufrufe/{call}/rangliste/").sees("80,00").sees("60,00").sees("Bewilligungsgrenze")
    office.press("Rangliste feststellen").sees("400.000,00 EUR")
    officer = stage.visitor("exempel").go(f"/aufrufe/{call}/entscheidung/").sees("Reserve")
    officer.step("Entscheidungen freigeben").sees("Freigegeben")


def award_and_run(stage: Stage) -> None:
    """The letter is issued and received, the remedy waived, a milestone reported and noted."""
    officer, lead, office = stage.visitor("exempel"), stage.visitor("eins"), stage.visitor("muster")
    officer.go("/bescheide/2026-001/").sees("400.000,00 EUR").step("Bescheid erlassen")
    lead.go("/aufgaben/").follow("Empfang").step("Empfang bestätigen")
    lead.step("Auf Rechtsbehelf verzichten").sees("Bestandskräftig")
    lead.go("/vorhaben/2026-001/meilensteine/M1/").follow("Meilenstein melden")
    lead.type("Was haben Sie erreicht?", "Der Bestand ist erfasst.").press("Meilenstein melden").sees(
        "Gemeldet"
    )
    office.go("/vorhaben/2026-001/meilensteine/M1/").step("Zur Kenntnis nehmen").sees("Zur Kenntnis genommen")


def pay(stage: Stage) -> None:
    """100,000 EUR: refused when the same person checks and orders, then paid by another."""
    lead, both, cashier = stage.visitor("eins"), stage.visitor("doppel"), stage.visitor("kasse")
    lead.go("/vorhaben/2026-001/").follow("Zahlung anfordern")
    lead.type("Bezahlte Ausgaben bisher", "50.000,00").type(
        "In den nächsten sechs Wochen fällig", "75.000,00"
    )
    lead.type("Wofür brauchen Sie das Geld?", "Planung und Werkstätten").type(
        "Angeforderter Betrag", "100.000,00"
    )
    lead.press("Speichern").step("Zahlungsanforderung einreichen").sees("Eingereicht")
    both.go("/vorhaben/2026-001/zahlungen/1/").step("Prüfung bestätigen").sees("Geprüft")
    both.sees("Sie haben diese Zahlungsanforderung geprüft. Anordnen muss eine andere Person.")
    assert both.page.locator("main").get_by_role("link", name="Auszahlung anordnen").count() == 0
    assert not LedgerEntry.objects.exists()
    cashier.menu("Zahlungen").go("/vorhaben/2026-001/zahlungen/1/").step("Auszahlung anordnen")
    cashier.follow("Auszahlung buchen").day("Wertstellung", date(2027, 2, 1)).press("Auszahlung buchen")
    cashier.sees("Ausgezahlt")


def close(stage: Stage) -> None:
    """The project ends; the final statement by plan position is audited and closed."""
    lead, officer = stage.visitor("eins"), stage.visitor("exempel")
    lead.go("/vorhaben/2026-001/").step("Durchführung beenden").follow("Verwendungsnachweis")
    lead.type("Sachbericht", "Das Vorhaben ist wie geplant durchgeführt.")
    lead.type("0835 Vergabe von Aufträgen: ausgegeben", "65.000,00").type("0817", "60.000,00")
    lead.press("Speichern").step("Verwendungsnachweis einreichen")
    officer.go(lead.path()).step("Prüfung beginnen").step("Ohne Beanstandung abschließen")
    officer.sees("Ohne Beanstandung abgeschlossen").go("/vorhaben/2026-001/").sees("Abgeschlossen")


def export(stage: Stage, call: str) -> bytes:
    """The funding report is made by a job; return the spreadsheet."""
    office = stage.visitor("muster").menu("Berichte").go(f"/berichte/neu/{call}/").press("Bericht erstellen")
    for _ in range(120):
        if office.page.get_by_role("link", name="Excel").count():
            break
        office.page.wait_for_timeout(500)
        office.page.reload()
    with office.page.expect_download() as download:
        office.page.locator("main").get_by_role("link", name="Excel").first.click()
    return download.value.path().read_bytes()


def sums_by_sql() -> dict[str, Decimal]:
    """Return the sums of the report by SQL, in EUR: nothing of the product's own reckoning."""
    with connection.cursor() as cursor:
        found = {}
        for name, sql in {
            "requested": "SELECT SUM(requested_grant) FROM review_case",
            "awarded": "SELECT SUM(amount) FROM projects_award",
            "paid 2027": "SELECT SUM(amount) FROM projects_ledgerentry WHERE fiscal_year = 2027",
            "milestones": "SELECT COUNT(*) * 100 FROM projects_milestone WHERE state = 'noted'",
        }.items():
            cursor.execute(sql)
            found[name] = Decimal(int(cursor.fetchone()[0])) / 100
    return found


def walk(stage: Stage) -> bytes:
    """Walk the whole road; return the spreadsheet of the report."""
    with clock.at(berlin(2026, 2, 2, 9)):
        set_the_scene()
        call = publish_a_call(stage)
    with clock.at(berlin(2026, 6, 15, 16, 42)):
        for towns, title in ((FIRST, TITLE), (SECOND, "Innenstadt beleben")):
            apply(stage, found_an_alliance(stage, call, towns, title), towns, title)
    with clock.at(berlin(2026, 7, 15, 10)):
        run_daily_steps()
        check(stage, "2026-001", case_by_case=True)
        check(stage, "2026-002", case_by_case=False)
        decide(stage, call)
    with clock.at(berlin(2027, 2, 1, 10)):
        award_and_run(stage)
        pay(stage)
    with clock.at(berlin(2028, 1, 15, 10)):
        close(stage)
        return export(stage, call)


def held(content: bytes) -> None:
    """Hold the outcome against SQL and against the figures of the journey."""
    sums = sums_by_sql()
    assert sums == {
        "requested": Decimal("800000.00"),
        "awarded": Decimal("400000.00"),
        "paid 2027": Decimal("100000.00"),
        "milestones": Decimal(1),
    }
    assert figures_of(content)["requested"] == sums["requested"]
    ruling = Ruling.objects.get()
    assert (ruling.fulfilled, ruling.by.name) == (True, "Frau Muster")


WITH_AXE = {"javascript": True, "axe": True}
WITHOUT_SCRIPT = {"javascript": False, "axe": False}


@pytest.mark.libreoffice
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("stage", [WITH_AXE], indirect=True, ids=["axe on every page"])
def test_the_road(stage: Stage) -> None:
    content = walk(stage)
    held(content)
    sums = sums_by_sql()
    found = recalculated(content)
    assert {name: found[name] for name in ("requested", "awarded", "paid 2027")} == {
        name: sums[name] for name in ("requested", "awarded", "paid 2027")
    }


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("stage", [WITHOUT_SCRIPT], indirect=True, ids=["without JavaScript"])
def test_the_road_without_javascript(stage: Stage, worker: None) -> None:
    """On PostgreSQL and Redis the report is made by a real worker process."""
    held(walk(stage))
