"""The records of the review stage, one subject each module."""

from review.models.assessment import Assessment, Bias, Score
from review.models.board import Board, BoardMember
from review.models.case import Case, CaseUserObjectPermission, Finding, Ruling
from review.models.decision import DecisionItem, DecisionRound

__all__ = [
    "Assessment",
    "Bias",
    "Board",
    "BoardMember",
    "Case",
    "CaseUserObjectPermission",
    "DecisionItem",
    "DecisionRound",
    "Finding",
    "Ruling",
    "Score",
]
