"""What the review stage does: cases, jury, decision. `config/road.py` names the effects among them."""

from review.services.boards import add_board_member, create_board
from review.services.cases import ask_jurors, cases_of, freeze_findings, open_cases, record_ruling
from review.services.decision import (
    change_proposal,
    decide_cases,
    may_change_proposals,
    obstacles,
    prepare_round,
    ranking,
)
from review.services.jury import (
    ASSIGNABLE,
    Assignment,
    assign_jurors,
    exclusions,
    follow_assessment,
    reason_missing,
    record_bias,
    record_score,
)

__all__ = [
    "ASSIGNABLE",
    "Assignment",
    "add_board_member",
    "ask_jurors",
    "assign_jurors",
    "cases_of",
    "change_proposal",
    "create_board",
    "decide_cases",
    "exclusions",
    "follow_assessment",
    "freeze_findings",
    "may_change_proposals",
    "obstacles",
    "open_cases",
    "prepare_round",
    "ranking",
    "reason_missing",
    "record_bias",
    "record_ruling",
    "record_score",
]
