"""What the worker and the scheduler do."""

from celery import shared_task

from core import jobs, outbox
from core.models import Mail
from core.road import load_road


@shared_task
def run_job(pk: int) -> None:
    """Run one attempt at a job."""
    jobs.run(pk)


@shared_task
def reap_jobs() -> int:
    """Queue lost jobs again."""
    return jobs.reap()


@shared_task
def send_waiting_mails() -> int:
    """Send what waits in the outbox."""
    waiting = list(Mail.objects.waiting().order_by("pk").values_list("pk", flat=True)[:500])
    for pk in waiting:
        outbox.send_one(pk)
    return len(waiting)


@shared_task
def run_daily_steps() -> int:
    """Perform what is due by date (deadlines as transitions of the system); often a day, changing nothing twice."""
    return sum(step() for step in load_road().daily())
