"""App configuration."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Read only: tasks page, overviews, reports and exports."""

    name = "reporting"
    verbose_name = "Berichte"

    def ready(self) -> None:
        """Make the reports known as works of jobs in every process, not only in those that Celery started."""
        import reporting.tasks  # noqa: F401, PLC0415 - needs the models
