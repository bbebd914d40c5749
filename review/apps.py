"""App configuration."""

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    """Case, formal check, board, bias, assessments, ranking, decision."""

    name = "review"
    verbose_name = "Prüfung, Beirat, Auswahl"
