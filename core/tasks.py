"""What the scheduler asks for; the worker's own tasks are `core.jobs.run` and `core.outbox.send_waiting`."""

from celery import shared_task

from core import jobs, outbox
from core.road import load_road


@shared_task
def reap_jobs() -> int:
    """Queue lost jobs again."""
    return jobs.reap()


@shared_task
def send_waiting_mails() -> int:
    """Send what waits in the outbox."""
    return int(outbox.send_waiting())


@shared_task
def run_daily_steps() -> int:
    """Perform what is due by date (deadlines as transitions of the system); often a day, changing nothing twice."""
    return sum(step() for step in load_road().daily())
