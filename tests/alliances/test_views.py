"""The pages of alliances and applications, as people use them."""

import pytest
from django.test import Client

from core import clock
from tests.cast import person
from tests.factories import alliances as make

pytestmark = pytest.mark.django_db
JUNE = clock.berlin(2026, 6, 1, 9)


def signed_in(key: str) -> Client:
    client = Client()
    client.force_login(person(key))
    return client


def test_every_page_of_a_draft_is_shown():
    found = make.application("signed")
    a = f"/antraege/{found.number}/"
    v = f"/verbuende/{found.alliance.number}/"
    pages = [
        "/antraege/",
        "/verbuende/gruenden/",
        v,
        f"{v}partner/",
        f"{v}antrag-beginnen/",
        f"{v}kommunen/99000002/",
        f"{v}kommunen/99000002/austreten/",
        a,
        f"{a}vorhaben/",
        f"{a}vorhaben/ziele/",
        f"{a}finanzierungsplan/",
        f"{a}finanzierungsplan/99000002/",
        f"{a}finanzierungsplan/99000002/0835/",
        f"{a}arbeitsplan/",
        f"{a}arbeitsplan/M1/",
        f"{a}arbeitsplan/M1/entfernen/",
        f"{a}unterlagen/",
        f"{a}zeichnen/",
        f"{a}einreichen/",
        f"{a}zurueckziehen/",
    ]
    with clock.at(JUNE):
        for client in (signed_in("beispiel"), signed_in("vorlage")):
            for page in pages:
                r = client.get(page)
                print(page, r.status_code)
                right = not (page.endswith(("einreichen/", "zurueckziehen/", "austreten/")))
                assert r.status_code == (200 if right else r.status_code), page
        make.submit(found)
        for client in (signed_in("beispiel"), signed_in("vorlage")):
            for page in [*pages, f"{a}einreichungen/1/"]:
                r = client.get(page)
                print(page, r.status_code)
                assert r.status_code in (200, 302, 404), page
