"""App configuration."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Offers `manage.py demo`."""

    name = "demo"
    verbose_name = "Beispielwelt"
