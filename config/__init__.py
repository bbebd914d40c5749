"""The project package: settings, addresses, Celery, WSGI and the page of effects (road.py)."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
