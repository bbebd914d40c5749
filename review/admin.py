"""Django's admin, for technicians: it shows the records of this stage and changes none."""

from django.contrib import admin

from core.admin import ReadOnlyAdmin
from review.models import (
    Assessment,
    Bias,
    Board,
    BoardMember,
    Case,
    DecisionItem,
    DecisionRound,
    Finding,
    Ruling,
    Score,
)

admin.site.register(
    [Assessment, Bias, Board, BoardMember, Case, DecisionItem, DecisionRound, Finding, Ruling, Score],
    ReadOnlyAdmin,
)
