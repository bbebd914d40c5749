"""Sign-in by e-mail: right and wrong words, the demo in production, throttling, and a forgotten password."""

import re
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from core.models import User
from tests.cast import PASSWORD, email, person

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]


@pytest.fixture(autouse=True)
def nobody_has_tried_yet() -> None:
    """The counts of the throttle live in the cache."""
    cache.clear()


def sign_in(key: str, password: str = PASSWORD) -> Any:
    """Sign in with the form; return the answer."""
    return Client().post("/anmelden/", {"login": email(key), "password": password})


def test_a_person_signs_in_and_comes_to_the_tasks() -> None:
    person("muster")
    answer = sign_in("muster")
    assert (answer.status_code, answer["Location"]) == (302, "/aufgaben/")


def test_a_wrong_password_is_refused_and_the_address_kept() -> None:
    person("muster")
    answer = sign_in("muster", "falsch")
    assert answer.status_code == 200
    assert email("muster") in answer.content.decode()


def test_example_people_are_refused_in_production(settings: Any) -> None:
    person("muster")
    settings.PRODUCTION = True
    client = Client()
    answer = client.post("/anmelden/", {"login": email("muster"), "password": PASSWORD}, follow=True)
    assert "Beispielkonten sind auf dieser Installation gesperrt." in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_too_many_tries_lock_even_the_right_password() -> None:
    person("muster")
    for _ in range(6):
        sign_in("muster", "falsch")
    assert sign_in("muster").status_code != 302


def test_a_forgotten_password_is_set_anew_by_the_mailed_link() -> None:
    User.objects.create_user("echt@stadt.example", "altes-passwort-123", name="Frau Echt")
    client = Client()
    client.post("/passwort/vergessen/", {"email": "echt@stadt.example"})
    [message] = mail.outbox
    link = re.search(r"https?://[^/]+(/passwort/neu/\S+)", message.body)
    assert link is not None
    form = client.get(link.group(1), follow=True)
    new = {"password1": "ein-neues-langes-wort", "password2": "ein-neues-langes-wort"}
    client.post(form.redirect_chain[-1][0], new)
    assert User.objects.get(email="echt@stadt.example").check_password("ein-neues-langes-wort")


def test_no_mail_leaves_for_example_people() -> None:
    person("muster")
    Client().post("/passwort/vergessen/", {"email": email("muster")})
    assert mail.outbox == []


def test_nobody_registers_by_himself() -> None:
    person("muster")
    answer = Client().post(
        "/registrieren/", {"email": "neu@stadt.example", "password1": "x" * 14, "password2": "x" * 14}
    )
    assert not User.objects.filter(email="neu@stadt.example").exists()
    assert answer.status_code in (200, 302)


def test_every_other_page_asks_for_the_sign_in() -> None:
    answer = Client().get("/aufgaben/")
    assert (answer.status_code, answer["Location"]) == (302, "/anmelden/?next=/aufgaben/")
