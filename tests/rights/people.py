"""Who goes through the pages: people with exactly one part each, so that every right can be told apart."""

from calls.services import add_programme_member, create_programme
from core.models import User
from review.enums import Group
from review.services import add_board_member
from tests.cast import PASSWORD, email, person
from tests.factories.alliances import FIRST, SECOND, town_with_people
from tests.factories.calls import programme
from tests.factories.review import board
from towns.models import Town
from towns.services import add_member

# Actors and the words for several of them; the table of rights is written in these words.
LEAD = "lead-coordinator lead-editor lead-signatory lead-finance"
PARTNER = "partner-coordinator partner-editor partner-signatory partner-finance"
BOARD = "juror juror-done juror-assigned juror-declined juror-excluded juror-elsewhere"
PROGRAMME = "office officer second-officer cashier auditor"
STRANGERS = "stranger other-alliance other-programme superuser"
WORDS = {
    "towns": f"{LEAD} {PARTNER}",
    "writers": "lead-coordinator lead-editor lead-finance partner-coordinator partner-editor partner-finance",
    "signatories": "lead-signatory partner-signatory",
    "coordinators": "lead-coordinator partner-coordinator other-alliance",
    "reporters": "lead-coordinator lead-editor lead-finance partner-coordinator partner-editor",
    "lead-reporters": "lead-coordinator lead-editor lead-finance",
    "lead-money": "lead-coordinator lead-finance",
    "preparers": "office officer",
    "checkers": "office officer second-officer",
    "file": "office officer second-officer auditor",
    "programme": PROGRAMME,
    "users": f"{STRANGERS} {LEAD} {PARTNER} {BOARD} {PROGRAMME}",
    "everyone": f"visitor {STRANGERS} {LEAD} {PARTNER} {BOARD} {PROGRAMME}",
}
ACTORS = tuple(WORDS["everyone"].split())

CAST = {
    "stranger": "fremd",
    "other-alliance": "anders",
    "juror": "modell",
    "juror-done": "test",
    "juror-assigned": "probe",
    "juror-declined": "versuch",
    "juror-excluded": "befangen",
    "office": "muster",
    "officer": "exempel",
    "second-officer": "zweitblick",
    "cashier": "kasse",
    "auditor": "pruefer",
}
ONE_PART = {f"{side}-{role}": (side, role) for side in ("lead", "partner") for role in
            ("coordinator", "editor", "signatory", "finance")}  # fmt: skip


def actors_of(words: str) -> frozenset[str]:
    """Return the actors that some words mean; KeyError for a word that nobody knows."""
    found: set[str] = set()
    for word in ("" if words == "-" else words).split():
        found |= {word} if word in ACTORS else set(WORDS[word].split())
    return frozenset(found)


def _new(key: str) -> User:
    """Return a plainly fictional person."""
    return User.objects.create_user(email(key), PASSWORD, name=f"Person {key.title()}", is_demo=True)


def gather() -> dict[str, User | None]:
    """Make all people with their memberships; return them by actor (the visitor is None)."""
    people: dict[str, User | None] = {"visitor": None}
    programme()
    towns = [town_with_people(ags, None, key) for ags, key in (*FIRST, *SECOND)]
    people |= {actor: person(key) for actor, key in CAST.items()}
    for actor, (side, role) in ONE_PART.items():
        people[actor] = _for_town(actor, towns[0] if side == "lead" else towns[1], role)
    people["juror-elsewhere"] = _new("juror-elsewhere")
    add_board_member(board(), people["juror-elsewhere"], Group.SCIENCE)
    people["other-programme"] = _of_another_programme()
    people["superuser"] = User.objects.create_superuser(email("technik"), PASSWORD, name="Person Technik")
    return people


def _for_town(actor: str, town: Town, role: str) -> User:
    """Return a person who acts for a town in one role only."""
    made = _new(actor)
    add_member(town, made, role)
    return made


def _of_another_programme() -> User:
    """Return a person who holds every writing role, in a programme of their own."""
    made = _new("other-programme")
    other = create_programme(
        name="Anderes Programm", prepares="Andere Stelle", decides="Andere Behörde", legal_basis="§ 44 BHO"
    )
    add_programme_member(other, made, "office", "officer", "second_officer", "cashier")
    return made
