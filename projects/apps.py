"""App configuration."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """Award, project, milestones, payments, ledger, statements."""

    name = "projects"
    verbose_name = "Modellvorhaben"
