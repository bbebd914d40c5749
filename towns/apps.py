"""App configuration."""

from django.apps import AppConfig


class TownsConfig(AppConfig):
    """Municipalities and associations from the official register, dated figures, town accounts."""

    name = "towns"
    verbose_name = "Kleinstädte und Register"
