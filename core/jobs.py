"""Long work with progress. The row is the truth: lease, progress, fencing by attempt, reaper; a broker only wakes.

An app names its work in its `tasks.py`: `jobs.register("reporting.call_report", function)`. The function gets a `Run`
and works outside of any transaction, so that nobody waits for it and its progress is seen. It must bear being started
again from the beginning. It returns the result (JSON), or, where it has something to write, a function that writes it
and returns the result; that one runs in the same transaction that ends the job, once, and only for the newest attempt.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from celery import shared_task
from django.conf import settings
from django.db import connection, models, transaction

from core import clock
from core.models import Job
from core.models.job import JobStatus

Result = dict[str, Any]
Finish = Callable[[], Result]
Work = Callable[["Run"], Result | Finish]

# Seconds; under Redis' visibility timeout. A job that hangs is killed, and reaped.
LONGEST = 3000

_works: dict[str, Work] = {}


class Lost(Exception):
    """Another attempt took the job over; this one must stop and write nothing."""


class Run:
    """One attempt at a job: its arguments, and the way to report progress."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.arguments: dict[str, Any] = job.arguments
        self._inside_a_test = connection.in_atomic_block

    def progress(self, done: int, total: int) -> None:
        """Tell how far the work is (in the job's unit) and keep the lease; raises `Lost` if it was taken over.

        To be called at least twice in JOB_LEASE_SECONDS, and never inside a transaction of the work: nobody would see
        the progress (RuntimeError).
        """
        if connection.in_atomic_block and not self._inside_a_test:
            raise RuntimeError("Progress inside a transaction is seen by nobody.")
        if not self.held().update(done=done, total=total, lease_until=lease()):
            raise Lost(f"Job {self.job.pk}, attempt {self.job.attempt}")

    def held(self) -> models.QuerySet[Job]:
        """Return the job's row as long as this attempt holds it; nothing afterwards."""
        return Job.objects.filter(pk=self.job.pk, attempt=self.job.attempt, status=JobStatus.RUNNING)


def lease() -> datetime:
    """Return until when an attempt holds its job."""
    return clock.real_now() + timedelta(seconds=settings.JOB_LEASE_SECONDS)


def register(name: str, work: Work) -> None:
    """Make a function known as the work of a job."""
    _works[name] = work


def start(work: str, title: str, *, by: Any, arguments: dict[str, Any], unit: str = "Zeilen") -> Job:
    """Queue a job in the caller's transaction; a worker is woken on commit (or the reaper finds the job later)."""
    job = Job.objects.create(
        work=work,
        title=title,
        by=by,
        arguments=arguments,
        unit=unit,
        lease_until=lease(),
        created_at=clock.now(),
    )
    transaction.on_commit(lambda: wake(job.pk), robust=True)
    return job


def wake(pk: int) -> None:
    """Ask a worker to run a job."""
    run.delay(pk)


@shared_task(time_limit=LONGEST)
def run(pk: int) -> None:
    """Run one attempt at a queued job, unless somebody else holds it. What the work raises is kept and raised."""
    job = _take(pk)
    if job is None:
        return
    attempt = Run(job)
    try:
        with clock.hold(job.created_at):
            outcome = _works[job.work](attempt)
            with transaction.atomic():
                _finish(attempt, outcome)
    except Lost:
        return
    except Exception as error:
        told = f"{type(error).__name__}: {error}"[:2000]
        attempt.held().update(status=JobStatus.FAILED, error=told, finished_at=clock.real_now())
        raise


def _take(pk: int) -> Job | None:
    """Take a queued job for a new attempt."""
    with transaction.atomic():
        job = Job.objects.select_for_update(of=("self",)).filter(pk=pk, status=JobStatus.QUEUED).first()
        if job is None:
            return None
        job.status, job.attempt, job.lease_until, job.done = JobStatus.RUNNING, job.attempt + 1, lease(), 0
        job.save(update_fields=["status", "attempt", "lease_until", "done"])
        return job


def _finish(attempt: Run, outcome: Result | Finish) -> None:
    """Write what the work made and end the job, both or neither; the lock keeps the reaper out meanwhile."""
    if not attempt.held().select_for_update(of=("self",)).exists():
        raise Lost(f"Job {attempt.job.pk}, attempt {attempt.job.attempt}")
    result = outcome() if callable(outcome) else outcome
    attempt.held().update(status=JobStatus.DONE, result=result, finished_at=clock.real_now())


def reap() -> int:
    """Queue lost jobs again (or fail them after too many attempts); return how many were found."""
    return sum(_reap_one(pk) for pk in list(Job.objects.lost().values_list("pk", flat=True)))


@transaction.atomic
def _reap_one(pk: int) -> bool:
    """Queue or fail one job, if it is still lost."""
    job = Job.objects.lost().select_for_update(of=("self",)).filter(pk=pk).first()
    if job is None:
        return False
    if job.attempt >= Job.MOST_ATTEMPTS:
        job.status, job.finished_at = JobStatus.FAILED, clock.real_now()
        job.error = f"Der Lauf brach {job.attempt}-mal ab."
    else:
        job.status, job.lease_until = JobStatus.QUEUED, lease()
        transaction.on_commit(lambda: wake(pk), robust=True)
    job.save(update_fields=["status", "lease_until", "error", "finished_at"])
    return True
