"""The board of a programme and its members."""

from typing import Any

from django.db import transaction

from calls.models import Programme
from review.models import Board, BoardMember
from towns.models import Town


@transaction.atomic
def create_board(programme: Programme, name: str) -> Board:
    """Return the board of a programme, made when first asked for."""
    board, _ = Board.objects.get_or_create(programme=programme, defaults={"name": name})
    return board


@transaction.atomic
def add_board_member(
    board: Board,
    user: Any,
    group: str,
    *,
    chair: bool = False,
    office_town: Town | None = None,
    office: str = "",
) -> BoardMember:
    """Return a seat for a person; `office` ("Bürgermeisterin") in `office_town` is what bias is found by."""
    found = BoardMember.objects.filter(board=board, user=user, until=None).first()
    if found is not None:
        return found
    member = BoardMember(
        board=board, user=user, group=group, chair=chair, office_town=office_town, office=office
    )
    member.full_clean()
    member.save()
    return member
