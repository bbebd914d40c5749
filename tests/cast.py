"""The fixed cast: plainly fictional people, each with one part; every test and the journeys use them.

`person("muster")` makes the person when first asked for. The password of all is PASSWORD.
"""

from core.models import User

PASSWORD = "quartett-beispiel-2026"

CAST = {
    # programme
    "muster": "Frau Muster",  # office (Geschäftsstelle)
    "exempel": "Frau Exempel",  # officer of the granting authority (ministry)
    "zweitblick": "Herr Zweitblick",  # second officer
    "kasse": "Frau Kasse",  # cashier
    "doppel": "Herr Doppel",  # officer and cashier at once: four eyes must stop him
    "pruefer": "Herr Prüfer",  # federal auditor
    # towns: coordinator and signatory of each; lead first
    "beispiel": "Herr Beispiel",
    "vorlage": "Frau Vorlage",
    "skizze": "Frau Skizze",
    "entwurf": "Herr Entwurf",
    # a second alliance
    "anders": "Frau Anders",
    "drueben": "Herr Drüben",
    "nebenan": "Frau Nebenan",
    "fern": "Herr Fern",
    # board
    "modell": "Herr Modell",
    "probe": "Frau Probe",
    "test": "Frau Test",
    "versuch": "Herr Versuch",
    "befangen": "Frau Befangen",  # fictional mayor of a town that applies
    # people of real towns in the journeys: fictional like all others
    "eins": "Frau Eins",
    "zwei": "Herr Zwei",
    "drei": "Frau Drei",
    "vier": "Herr Vier",
    "fuenf": "Frau Fünf",
    "sechs": "Herr Sechs",
    "sieben": "Frau Sieben",
    "acht": "Herr Acht",
    # nobody
    "fremd": "Herr Fremd",
}


def email(key: str) -> str:
    """Return the address of a person of the cast."""
    return f"{key}@quartett.example"


def person(key: str) -> User:
    """Return a person of the cast, made when first asked for."""
    found = User.objects.filter(email=email(key)).first()
    return found or User.objects.create_user(email(key), PASSWORD, name=CAST[key], is_demo=True)
