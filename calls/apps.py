"""App configuration."""

from django.apps import AppConfig


class CallsConfig(AppConfig):
    """Programme, call and its rules, budget by fiscal year, scoring criteria, public page."""

    name = "calls"
    verbose_name = "Programme und Aufrufe"
