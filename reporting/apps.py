"""App configuration."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Read only: tasks page, overviews, reports and exports."""

    name = "reporting"
    verbose_name = "Berichte"
