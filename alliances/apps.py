"""App configuration."""

from django.apps import AppConfig


class AlliancesConfig(AppConfig):
    """Alliances, partner towns, applications, financing plans, signatures, submissions."""

    name = "alliances"
    verbose_name = "Verbünde und Anträge"
