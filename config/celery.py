"""The Celery application: it only carries messages; the Job and Mail rows are the truth."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("quartett")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
