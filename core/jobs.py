"""Long work with progress. The row is the truth: lease, heartbeat, fencing by attempt, reaper.

An app names its work in `jobs.register("reporting.call_report", function)` (its `tasks.py`). The function gets a
`Run`, reports progress with it, and returns the result (JSON). It must bear being started again from the beginning.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from core import clock
from core.models import Job
from core.models.job import JobStatus

_works: dict[str, Callable[["Run"], dict[str, Any]]] = {}


class Lost(Exception):
    """Another attempt took the job over; this one must stop and write nothing."""


class Run:
    """One attempt at a job: its arguments, and the way to report progress."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.arguments: dict[str, Any] = job.arguments

    def progress(self, done: int, total: int) -> None:
        """Tell how far the work is (in the job's unit) and keep the lease; raises `Lost` if it was taken over."""
        held = Job.objects.filter(pk=self.job.pk, attempt=self.job.attempt, status=JobStatus.RUNNING)
        if not held.update(done=done, total=total, lease_until=lease()):
            raise Lost(f"Job {self.job.pk}, attempt {self.job.attempt}")


def lease() -> Any:
    """Return until when an attempt holds its job."""
    return clock.real_now() + timedelta(seconds=settings.JOB_LEASE_SECONDS)


def register(name: str, work: Callable[[Run], dict[str, Any]]) -> None:
    """Make a function known as the work of a job."""
    _works[name] = work


def start(work: str, title: str, *, by: Any, arguments: dict[str, Any], unit: str = "Zeilen") -> Job:
    """Queue a job in the caller's transaction; a worker is woken on commit."""
    job = Job.objects.create(
        work=work, title=title, by=by, arguments=arguments, unit=unit, lease_until=lease(), created_at=clock.now()
    )
    transaction.on_commit(lambda: wake(job.pk))
    return job


def wake(pk: int) -> None:
    """Ask a worker to run a job."""
    from core.tasks import run_job  # noqa: PLC0415 - the task calls back into this module

    run_job.delay(pk)


def run(pk: int) -> None:
    """Run one attempt at a queued job; does nothing if somebody else holds it."""
    job = _take(pk)
    if job is None:
        return
    held = Job.objects.filter(pk=pk, attempt=job.attempt, status=JobStatus.RUNNING)
    try:
        with clock.hold(job.created_at), transaction.atomic():
            result = _works[job.work](Run(job))
            if not held.update(status=JobStatus.DONE, result=result, finished_at=clock.now()):
                raise Lost(f"Job {pk}, attempt {job.attempt}")
    except Lost:
        return
    except Exception as error:
        held.update(status=JobStatus.FAILED, error=f"{type(error).__name__}: {error}"[:2000], finished_at=clock.now())
        raise


def _take(pk: int) -> Job | None:
    """Take a queued job for a new attempt."""
    with transaction.atomic():
        job = Job.objects.select_for_update(of=("self",)).filter(pk=pk, status=JobStatus.QUEUED).first()
        if job is None:
            return None
        job.status, job.attempt, job.lease_until = JobStatus.RUNNING, job.attempt + 1, lease()
        job.save(update_fields=["status", "attempt", "lease_until"])
        return job


def reap() -> int:
    """Queue lost jobs again (or fail them after too many attempts); return how many were found."""
    found = 0
    for pk in list(Job.objects.lost().values_list("pk", flat=True)):
        with transaction.atomic():
            job = Job.objects.lost().select_for_update(of=("self",)).filter(pk=pk).first()
            if job is None:
                continue
            found += 1
            if job.attempt >= Job.MOST_ATTEMPTS:
                job.status, job.error = JobStatus.FAILED, "Der Lauf brach mehrmals ab."
            else:
                job.status, job.lease_until = JobStatus.QUEUED, lease()
                transaction.on_commit(lambda pk=pk: wake(pk))
            job.save(update_fields=["status", "lease_until", "error"])
    return found
