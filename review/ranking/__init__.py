"""Scores and the ranking, in plain Python (no Django): exact fractions, shared ranks, one rule for the funding line."""

from review.ranking.line import Entry, Row, rank
from review.ranking.score import mean, two_places, weighted_score

__all__ = ["Entry", "Row", "mean", "rank", "two_places", "weighted_score"]
