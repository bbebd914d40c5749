"""`manage.py create_office`: the first person, with a link to a password that works once."""

import io
import re

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from calls.models import Programme
from core import access
from core.models import User

NEW = ["--prepares", "Kleinstadtakademie", "--decides", "BBSR", "--legal-basis", "§§ 23, 44 BHO"]
PERSON = ["--email", "Muster@Buero.example", "--name", "Frau Muster"]

pytestmark = pytest.mark.django_db


def say(*arguments: str) -> str:
    out = io.StringIO()
    call_command("create_office", *arguments, stdout=out)
    return out.getvalue()


def test_makes_programme_person_and_rights() -> None:
    said = say(*PERSON, "--programme", "Kleinstadtverbünde", *NEW)
    user, programme = User.objects.get(), Programme.objects.get()
    assert said.startswith(
        "Frau Muster (muster@buero.example) gehört zur Geschäftsstelle von „Kleinstadtverbünde“."
    )
    assert (programme.prepares, programme.decides) == ("Kleinstadtakademie", "BBSR")
    assert "create_call" in access.rights_on(user, programme)
    assert not user.has_usable_password()


def test_the_link_leads_to_a_password_once() -> None:
    said = say(*PERSON, "--programme", "Kleinstadtverbünde", *NEW)
    path = re.search(r"http://localhost:8000(/\S+)", said)
    assert path
    page = Client().get(path[1])
    assert page.status_code == 302, "the key goes into the session, out of the address"
    client = Client()
    client.get(path[1])
    password = "drei-gelbe-Fahrräder"
    answer = client.post(page["Location"], {"password1": password, "password2": password})
    assert answer.status_code == 302
    assert User.objects.get().check_password(password)
    assert Client().get(path[1]).status_code != 302, "the link is used up"


def test_finds_the_only_programme_and_adds_nobody_twice() -> None:
    say(*PERSON, "--programme", "Kleinstadtverbünde", *NEW)
    say(*PERSON)
    say("--email", "beispiel@buero.example", "--name", "Herr Beispiel")
    assert sorted(str(m) for m in Programme.objects.get().members.all()) == [
        "Frau Muster, Geschäftsstelle",
        "Herr Beispiel, Geschäftsstelle",
    ]


@pytest.mark.parametrize("arguments", [[], ["--programme", "Neues Programm"], NEW])
def test_asks_for_what_a_new_programme_needs(arguments: list[str]) -> None:
    with pytest.raises(CommandError, match="Nennen Sie das Förderprogramm"):
        say(*PERSON, *arguments)
    assert not User.objects.exists()


def test_says_that_an_address_is_none() -> None:
    with pytest.raises(CommandError, match="gültige E-Mail-Adresse"):
        say("--email", "muster", "--name", "Frau Muster", "--programme", "Kleinstadtverbünde", *NEW)
    assert not Programme.objects.exists()
