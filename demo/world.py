"""Builds the whole demo world into an empty database, in one transaction; the second time it changes nothing."""

from collections.abc import Callable

from django.db import transaction

from calls import services as calls
from calls.models import Programme
from core.models import User
from demo import invented, real, towns
from demo.people import BOARD, PROGRAMME, person
from review.models import Board, BoardMember
from towns.models import Town
from towns.services import load_facts

NAME = "Modellvorhaben der Kleinstadtakademie"


class NotEmpty(Exception):
    """The database holds something that is not the demo."""


def build(tell: Callable[[str], None]) -> bool:
    """Build the world; return False when it stands already. Raises `NotEmpty` on foreign data."""
    if Programme.objects.filter(name=NAME).exists() and not User.objects.filter(is_demo=False).exists():
        return False
    if Programme.objects.exists() or User.objects.exists():
        raise NotEmpty
    with transaction.atomic():
        tell("Kommunen und Größen des Rechts …")
        load_facts()
        calls.load_reference()
        invented_towns = towns.load()
        programme = _programme()
        _board(programme, invented_towns)
        tell("Die Aufrufe von 2019 und 2020 …")
        real.build(programme)
        tell("Beispielaufrufe mit erfundenen Städten …")
        invented.build(programme, invented_towns)
    return True


def _programme() -> Programme:
    """Found the programme with its people."""
    programme = calls.create_programme(
        name=NAME,
        prepares="Geschäftsstelle der Kleinstadtakademie",
        decides="Bundesministerium für Wohnen, Stadtentwicklung und Bauwesen",
        legal_basis="§§ 23, 44 BHO; ANBest-Gk",
    )
    for key, (name, roles) in PROGRAMME.items():
        calls.add_programme_member(programme, person(key, name), *roles)
    return programme


def _board(programme: Programme, invented_towns: dict[str, Town]) -> None:
    """Seat the board; one member is the fictional mayor of an invented town."""
    board = Board.objects.create(programme=programme, name="Beirat der Kleinstadtakademie")
    for key, (name, group) in BOARD.items():
        mayor = group == "mayor"
        BoardMember.objects.create(
            board=board,
            user=person(key, name),
            group=group,
            chair=key == "modell",
            office_town=invented_towns["Neu Probe"] if mayor else None,
            office="Bürgermeisterin" if mayor else "",
        )
