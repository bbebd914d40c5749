"""Jobs: progress that others see, fencing, reaping, and real workers that are killed."""

import subprocess
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from core import clock, jobs
from core.models import Document, Job
from core.models.job import JobStatus
from tests.core import works
from tests.workers import kill, real_workers, start_worker


def queue(work: str, **arguments: Any) -> Job:
    return jobs.start(work, "Zählen", by=None, arguments=arguments)


def quick_count(tmp_path: Path, to: int = 3) -> Job:
    return queue("tests.count", to=to, pause=0, log=str(tmp_path / "log"))


def expire(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(lease_until=clock.real_now() - timedelta(seconds=1))


@pytest.mark.django_db
def test_runs_a_work_and_keeps_its_result(tmp_path: Path) -> None:
    job = quick_count(tmp_path)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.status, job.done, job.total, job.attempt) == (JobStatus.DONE, 3, 3, 1)
    assert job.result == {"counted": 3}
    assert job.finished_at is not None


@pytest.mark.django_db
def test_runs_a_finished_job_no_second_time(tmp_path: Path) -> None:
    job = quick_count(tmp_path)
    jobs.run(job.pk)
    jobs.run(job.pk)
    assert (tmp_path / "log").read_text() == "1\n"


@pytest.mark.django_db
def test_sees_the_instant_at_which_it_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(jobs._works, "tests.when", lambda run: {"at": clock.now().isoformat()})
    with clock.at(clock.berlin(2027, 3, 1, 12)):
        job = queue("tests.when")
    jobs.run(job.pk)
    job.refresh_from_db()
    assert job.result == {"at": "2027-03-01T12:00:00+01:00"} or job.result == {
        "at": "2027-03-01T11:00:00+00:00"
    }


@pytest.mark.django_db
def test_keeps_the_error_of_a_failed_job() -> None:
    job = queue("tests.broken")
    with pytest.raises(ValueError, match="Zeile 4"):
        jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.status, job.done, job.total) == (JobStatus.FAILED, 3, 10)
    assert job.error == "ValueError: Zeile 4 hat keinen Schlüssel"
    assert job.finished_at is not None


@pytest.mark.django_db
def test_fails_a_job_whose_work_nobody_knows() -> None:
    job = queue("tests.unheard_of")
    with pytest.raises(KeyError):
        jobs.run(job.pk)
    job.refresh_from_db()
    assert job.status == JobStatus.FAILED


@pytest.mark.django_db
def test_stops_a_late_attempt_at_its_next_progress(tmp_path: Path) -> None:
    job = quick_count(tmp_path)
    late = jobs.Run(jobs._take(job.pk))
    expire(job)
    assert jobs.reap() == 1
    jobs.run(job.pk)
    with pytest.raises(jobs.Lost):
        late.progress(1, 3)
    job.refresh_from_db()
    assert (job.status, job.attempt, job.done) == (JobStatus.DONE, 2, 3)


@pytest.mark.django_db
def test_lets_a_late_attempt_write_nothing_at_the_end() -> None:
    job = queue("tests.letter")
    late = jobs.Run(jobs._take(job.pk))
    made_late = works.letter(late)
    expire(job)
    jobs.reap()
    jobs.run(job.pk)
    with pytest.raises(jobs.Lost), transaction.atomic():
        jobs._finish(late, made_late)
    assert [d.record_id for d in Document.objects.of(job)] == [job.pk]


@pytest.mark.django_db
def test_keeps_what_a_work_made_together_with_its_end() -> None:
    job = queue("tests.letter")
    jobs.run(job.pk)
    job.refresh_from_db()
    assert job.result == {"document": Document.objects.of(job).get().pk}


@pytest.mark.django_db
def test_keeps_nothing_when_the_last_write_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def half(run: jobs.Run) -> jobs.Finish:
        def keep() -> jobs.Result:
            works.letter(run)()  # type: ignore[operator]
            raise OSError("Der Speicher ist voll")

        return keep

    monkeypatch.setitem(jobs._works, "tests.half", half)
    job = queue("tests.half")
    with pytest.raises(OSError, match="voll"):
        jobs.run(job.pk)
    job.refresh_from_db()
    assert job.status == JobStatus.FAILED
    assert not Document.objects.of(job).exists()


@pytest.mark.django_db
def test_reaps_only_what_is_lost(tmp_path: Path) -> None:
    waiting, finished = quick_count(tmp_path), quick_count(tmp_path)
    jobs.run(finished.pk)
    expire(finished)
    assert jobs.reap() == 0
    expire(waiting)
    assert jobs.reap() == 1
    waiting.refresh_from_db()
    assert (waiting.status, waiting.attempt) == (JobStatus.QUEUED, 0)


@pytest.mark.django_db
def test_gives_up_after_too_many_attempts(tmp_path: Path) -> None:
    job = quick_count(tmp_path)
    for _ in range(5):
        assert jobs._take(job.pk) is not None
        expire(job)
        assert jobs.reap() == 1
    job.refresh_from_db()
    assert (job.status, job.attempt) == (JobStatus.FAILED, 5)
    assert job.error == "Der Lauf brach 5-mal ab."
    assert jobs.reap() == 0


@pytest.mark.django_db(transaction=True)
def test_starts_only_with_the_commit_of_the_caller(tmp_path: Path) -> None:
    with transaction.atomic():
        job = quick_count(tmp_path)
        assert not (tmp_path / "log").exists()
    job.refresh_from_db()
    assert job.status == JobStatus.DONE


@pytest.mark.django_db(transaction=True)
def test_shows_progress_to_others_and_lets_them_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[int, int]] = []

    def look() -> None:
        seen.append(Job.objects.values_list("done", "total").get())
        Job.objects.update(title="Von nebenan geschrieben")
        connection.close()

    def work(run: jobs.Run) -> jobs.Result:
        run.progress(2, 9)
        in_a_thread(look)
        return {}

    monkeypatch.setitem(jobs._works, "tests.shown", work)
    job = queue("tests.shown")
    job.refresh_from_db()
    assert seen == [(2, 9)]
    assert (job.status, job.title) == (JobStatus.DONE, "Von nebenan geschrieben")


@pytest.mark.django_db(transaction=True)
def test_refuses_progress_that_nobody_would_see(monkeypatch: pytest.MonkeyPatch) -> None:
    def work(run: jobs.Run) -> jobs.Result:
        with transaction.atomic():
            run.progress(1, 2)
        return {}

    monkeypatch.setitem(jobs._works, "tests.hidden", work)
    job = queue("tests.hidden")
    job.refresh_from_db()
    assert (job.status, job.error) == (
        JobStatus.FAILED,
        "RuntimeError: Progress inside a transaction is seen by nobody.",
    )


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_gives_a_job_to_one_of_many_workers(tmp_path: Path, real_workers: None) -> None:
    job = quick_count(tmp_path)
    taken: list[Job | None] = []
    barrier = threading.Barrier(6)

    def take() -> None:
        barrier.wait()
        taken.append(jobs._take(job.pk))
        connection.close()

    threads = [threading.Thread(target=take) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([one for one in taken if one]) == 1


def in_a_thread(function: Callable[[], None]) -> None:
    thread = threading.Thread(target=function)
    thread.start()
    thread.join()


# --- real workers --------------------------------------------------------------------------------------------


def wait_for(job: Job, reached: Callable[[Job], bool]) -> Job:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        job.refresh_from_db()
        if reached(job):
            return job
        time.sleep(0.1)
    raise AssertionError(f"{job.status}, attempt {job.attempt}, {job.done} of {job.total}, {job.error}")


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_costs_no_job(
    tmp_path: Path, start_worker: Callable[[], "subprocess.Popen[bytes]"]
) -> None:
    worker = start_worker()
    job = queue("tests.count", to=15, pause=0.1, log=str(tmp_path / "log"))
    waiting = queue("tests.count", to=1, pause=0, log=str(tmp_path / "other"))
    wait_for(job, lambda j: j.done >= 3)
    kill(worker)
    job.refresh_from_db()
    assert job.status == JobStatus.RUNNING
    start_worker()
    wait_for(job, lambda j: j.finished)
    wait_for(waiting, lambda j: j.finished)
    assert (job.status, job.attempt, job.done) == (JobStatus.DONE, 2, 15)
    assert (tmp_path / "log").read_text() == "1\n2\n"
    assert (waiting.status, (tmp_path / "other").read_text()) == (JobStatus.DONE, f"{waiting.attempt}\n")


__all__ = ["real_workers", "start_worker"]
