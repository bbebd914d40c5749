"""The pages of towns, as people see them."""

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import person
from tests.factories.towns import figure, town, town_with
from towns.models import Town
from towns.services import load_facts

pytestmark = pytest.mark.django_db


def text_of(response: Any) -> str:
    """Return the visible words of a page's main part, with single spaces."""
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return (
        re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main)))
        .replace(" ,", ",")
        .replace(" )", ")")
        .replace(" ?", "?")
    )


def page(client: Client, path: str = "/kommunen/", status: int = 200, **query: str) -> str:
    response = client.get(path, query)
    assert response.status_code == status
    return text_of(response)


# --- search ---


def test_anybody_finds_a_town_by_name_postcode_key_and_land(client: Client) -> None:
    load_facts()

    assert "62 Kommunen" in page(client)
    for query in ("muecheln", "06249", "15088235"):
        text = page(client, q=query)
        assert "1 Kommune" in text
        assert (
            "Mücheln (Geiseltal) (Landkreis Saalekreis, Sachsen-Anhalt)" in text
            or "Saalekreis, Sachsen-Anhalt" in text
        )
        assert "8.185" in text
    assert "Mücheln" not in page(client, q="muecheln", land="01")
    assert "Quelle: Statistisches Bundesamt (Destatis), GV-ISys, Gebietsstand 31.08.2025" in page(client)


def test_homonyms_carry_kreis_and_land(client: Client) -> None:
    load_facts("01053090", "13071102")
    text = page(client, q="Mölln")

    assert "2 Kommunen" in text
    assert "Mölln (Kreis Herzogtum Lauenburg, Schleswig-Holstein)" in text
    assert "Mölln (Landkreis Mecklenburgische Seenplatte, Mecklenburg-Vorpommern)" in text


def test_a_name_nobody_has_leads_to_names_nearly_like_it(client: Client) -> None:
    load_facts("01053090", "13071102")

    assert (
        "Keine Kommune heißt „Mölen“. Meinen Sie Mölln (Kreis Herzogtum Lauenburg, Schleswig-Holstein) oder "
        "Mölln (Landkreis Mecklenburgische Seenplatte, Mecklenburg-Vorpommern)?"
    ) in page(client, q="Mölen")


def test_empty_results_say_what_was_asked(client: Client) -> None:
    assert "Noch ist keine Kommune eingelesen." in page(client)
    load_facts("01053090")

    assert "Keine Kommune hat die Postleitzahl oder den Schlüssel „99999“." in page(client, q="99999")
    assert "Keine Kommune in Sachsen heißt „Mölln“." in page(client, q="Mölln", land="14")


@pytest.mark.parametrize("query", [{"land": "17"}, {"q": "x" * 101}, {"q": "Möl\x00ln"}])
def test_an_address_that_was_tampered_with_is_a_sentence(client: Client, query: dict[str, str]) -> None:
    town("99000001")

    assert "Beispielstadt" not in page(client, status=422, **query)


def test_fifty_towns_stand_on_a_page_and_the_filter_stays(client: Client) -> None:
    for number in range(51):
        town(f"990001{number:02}")

    assert "51 Kommunen" in page(client, land="12")
    assert "Seite 1 von 2" in page(client, land="12")
    second = client.get("/kommunen/", {"land": "12", "page": "2"})
    assert "Musterort 99000150" in text_of(second)
    assert "land=12" in second.content.decode()
    assert "Seite 2 von 2" in page(client, page="999")
    assert "Seite 1 von 2" in page(client, page="x")


def test_forests_are_not_listed_and_gone_towns_only_when_asked_for(client: Client) -> None:
    town("99000010", "Probeforst", kind_code=66)
    town("99000011", "Altort", retired_on="2024-01-01")
    town("99000001")

    assert "1 Kommune " in page(client)
    assert "Probeforst" not in page(client, q="Probeforst").partition("Keine Kommune")[0]
    assert "aufgelöst" in page(client, q="Altort")


def test_what_is_typed_comes_back_escaped(client: Client) -> None:
    content = client.get("/kommunen/", {"q": "<script>alert(1)</script>"}).content.decode()

    assert "<script>alert" not in content
    assert "&lt;script&gt;alert(1)" in content


@pytest.mark.parametrize("path", ["/kommunen/", "/meine-stadt/"])
def test_the_number_of_queries_does_not_follow_the_number_of_towns(client: Client, path: str) -> None:
    client.force_login(person("beispiel"))
    counts = []
    for total in (5, 60):
        for number in range(Town.objects.count(), total):
            town_with("beispiel", ags=f"990001{number:02}")
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        counts.append(len(captured))

    assert counts[0] == counts[1] <= 20


# --- one town ---


def test_the_page_of_a_town_shows_figures_association_type_and_sources(client: Client) -> None:
    load_facts("15084285")
    laucha = Town.objects.get()
    figure(laucha, 2_700, date(2023, 8, 31))
    text = page(client, "/kommunen/15084285/")

    assert "Laucha an der Unstrut, Stadt" in text
    assert "Einwohner 31.12.2024 Statistisches Bundesamt (Destatis), GV-ISys" in text
    assert "Einwohner 31.08.2023 erfunden 2.700" in text
    assert text.index("2.657") < text.index("2.700")
    assert "gehört zu: Verbandsgemeinde Unstruttal, Sitz Freyburg (Unstrut)" in text
    assert "Der Verband hat 7 Mitglieder mit zusammen 14.602 Einwohnern." in text
    assert "Das größte Mitglied hat 4.433 Einwohner (Stand 31. Dezember 2024)." in text
    assert "Von 7 Mitgliedern ist 1 hier eingelesen." in text
    assert "Landgemeinde (Typ 50), Stand 31. Dezember 2015." in text
    assert "nicht für Laucha an der Unstrut allein" in text
    assert "Stadt- und Gemeindetyp: BBSR" in text
    assert "Nennen Sie die Nummer 15084285." in text


def test_a_town_without_association_and_type_says_what_counts(client: Client) -> None:
    load_facts("01053090")
    text = page(client, "/kommunen/01053090/")

    assert "Mölln ist verbandsfrei" in text
    assert (
        "ist der Typ des Bundesinstituts für Bau-, Stadt- und Raumforschung (BBSR) nicht hinterlegt" in text
    )


def test_a_town_that_is_gone_says_since_when(client: Client) -> None:
    town("99000011", "Altort", retired_on="2024-01-01")

    assert "Diese Kommune gibt es seit dem 1. Januar 2024 nicht mehr." in page(client, "/kommunen/99000011/")


def test_a_town_without_figures_has_a_page(client: Client) -> None:
    town("99000001", population=None, town_type=None)

    assert "noch keine Kennzahl eingelesen" in page(client, "/kommunen/99000001/")


@pytest.mark.parametrize(
    "path", ["/kommunen/12345678/", "/kommunen/1234/", "/kommunen/abcdefgh/", "/kommunen/%00%00/"]
)
def test_a_town_that_is_not_there_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_town_page_takes_the_same_queries_with_many_members(client: Client) -> None:
    first = town("99000001")
    client.get("/kommunen/99000001/")
    counts = []
    for total in (5, 60):
        for number in range(Town.objects.count(), total):
            town(f"990001{number:02}", association=first.association)
        type(first.association).objects.update(kind=53, member_count=total)
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/kommunen/99000001/").status_code == 200
        counts.append(len(captured))

    assert counts[0] == counts[1]


# --- the own town ---


def test_the_own_town_asks_for_a_sign_in(client: Client) -> None:
    assert client.get("/meine-stadt/").status_code == 302


def test_the_own_town_shows_people_roles_and_facts(client: Client) -> None:
    town_with("beispiel", "coordinator", "signatory")
    town_with("vorlage", "finance", ags="99000002")
    client.force_login(person("beispiel"))
    text = page(client, "/meine-stadt/")

    assert "Herr Beispiel Koordination" in text
    assert "Herr Beispiel Zeichnung" in text
    assert "8.000 (Stand 31. Dezember 2024)" in text
    assert "Kleine Kleinstadt" in text
    assert "Musterhausen" not in text
    assert "Frau Vorlage" not in text


def test_who_acts_for_no_town_reads_what_to_do(client: Client) -> None:
    client.force_login(person("fremd"))

    assert "Sie handeln zurzeit für keine Kommune." in page(client, "/meine-stadt/")


# --- the admin ---


def test_technicians_read_the_register_and_change_nothing(client: Client) -> None:
    town_with("beispiel")
    technician = person("fremd")
    technician.is_staff = technician.is_superuser = True
    technician.save()
    client.force_login(technician)

    for table in ("town", "municipalassociation", "figure", "townmember"):
        assert client.get(f"/technik/towns/{table}/").status_code == 200
        assert client.get(f"/technik/towns/{table}/add/").status_code == 403
