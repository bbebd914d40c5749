"""The cast of the demo: plainly fictional people, and for each town one example account that acts for it."""

from functools import cache

from django.contrib.auth.hashers import make_password

from core.models import User
from towns.enums import TownRole
from towns.models import Town
from towns.services import add_member

PASSWORD = "quartett-beispiel-2026"
DOMAIN = "quartett.example"

PROGRAMME = {
    "muster": ("Frau Muster", ("office",)),
    "exempel": ("Frau Exempel", ("officer",)),
    "zweitblick": ("Herr Zweitblick", ("second_officer",)),
    "kasse": ("Frau Kasse", ("cashier",)),
    "pruefer": ("Herr Prüfer", ("auditor",)),
}
BOARD = {
    "modell": ("Herr Modell", "science"),
    "probe": ("Frau Probe", "association"),
    "test": ("Frau Test", "ministry"),
    "versuch": ("Herr Versuch", "science"),
    "befangen": ("Frau Befangen", "mayor"),
}
TOWN_PEOPLE = {
    "Beispielstadt": ("beispiel", "Herr Beispiel"),
    "Musterhausen": ("vorlage", "Frau Vorlage"),
    "Altmusterburg": ("skizze", "Frau Skizze"),
    "Neu Probe": ("entwurf", "Herr Entwurf"),
}
SIGN_INS = [
    ("muster", "Geschäftsstelle: Aufrufe, Prüfung, Beirat"),
    ("exempel", "Bewilligungsbehörde: Entscheidung, Bescheide, Nachweise"),
    ("beispiel", "Beispielstadt, federführende Kommune"),
    ("vorlage", "Musterhausen, Partnerkommune"),
    ("modell", "Mitglied des Beirats"),
    ("befangen", "Mitglied des Beirats, Bürgermeisterin von Neu Probe"),
    ("kasse", "Kasse"),
    ("pruefer", "Bundesrechnungshof"),
]


def person(key: str, name: str) -> User:
    """Return an example person, made when first asked for; mails to them never leave the machine."""
    email = f"{key}@{DOMAIN}"
    found = User.objects.filter(email=email).first()
    return found or User.objects.create(email=email, name=name, is_demo=True, password=_hashed())


@cache
def _hashed() -> str:
    """Hash the common password once: forty-five times would take longer than the rest of the demo."""
    return make_password(PASSWORD)


def acting_for(town: Town) -> User:
    """Return the example person who acts for a town in all roles, made when first asked for."""
    key, name = TOWN_PEOPLE.get(town.name, (f"stadt-{town.ags}", f"Beispielperson {town.name}"))
    user = person(key, name)
    if not town.members.filter(user=user).exists():
        add_member(town, user, *TownRole.values)
    return user


def sign_ins() -> str:
    """Return the demo sign-ins as text."""
    lines = [f"  {key + '@' + DOMAIN:32} {part}" for key, part in SIGN_INS]
    return "\n".join(["Beispielkonten (Passwort für alle: " + PASSWORD + "):", *lines])
