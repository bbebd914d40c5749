"""App configuration."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Registers the system checks."""

    name = "core"
    verbose_name = "Grundlagen"

    def ready(self) -> None:
        """Load the checks, which register themselves."""
        from core import checks  # noqa: F401, PLC0415 - Django wants checks loaded here
