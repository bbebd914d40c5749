"""For `celery -A tests.core.worker_app`: the product's Celery application, the works of the tests, a quick reaper."""

from celery.signals import worker_init

from config.celery import app

app.conf.beat_schedule = {"reap-jobs": {"task": "core.tasks.reap_jobs", "schedule": 0.5}}


@worker_init.connect
def load_works(**kwargs: object) -> None:
    """Register the works once Django is set up."""
    import tests.core.works  # noqa: F401 - needs the models
