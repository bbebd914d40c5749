"""Real worker processes for tests: they see the test's database, folders and broker."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from config.celery import app


@pytest.fixture
def real_workers(settings: Any) -> Iterator[None]:
    """Jobs go to the broker instead of running at once; leases are short."""
    settings.JOB_LEASE_SECONDS = 2
    app.conf.task_always_eager = False
    yield
    app.conf.task_always_eager = True
    with app.connection_for_write() as broker:
        app.control.purge(connection=broker)


def worker_environment() -> dict[str, str]:
    """Return the environment in which a process sees this test's database, folders and broker, with short leases."""
    config = connection.settings_dict
    url = f"sqlite:///{config['NAME']}"
    if connection.vendor == "postgresql":
        password = f":{config['PASSWORD']}" if config["PASSWORD"] else ""
        url = f"postgres://{config['USER']}{password}@{config['HOST']}:{config['PORT'] or 5432}/{config['NAME']}"
    own = {
        "DATABASE_URL": url,
        "DATA_DIR": str(settings.DATA_DIR),
        "REAL_WORKER": "1",
        "JOB_LEASE_SECONDS": "2",
    }
    return {**os.environ, **own, "DJANGO_SETTINGS_MODULE": "tests.settings", "C_FORCE_ROOT": "1"}


@pytest.fixture
def start_worker(real_workers: None) -> Iterator[Callable[[], "subprocess.Popen[bytes]"]]:
    """Start real workers with their scheduler; all are gone after the test."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> "subprocess.Popen[bytes]":
        command = [
            sys.executable,
            "-m",
            "celery",
            "--quiet",
            "-A",
            "tests.core.worker_app",
            "worker",
            "-B",
            "-c",
            "1",
        ]
        schedule = Path(settings.BROKER_DIR) / f"schedule-{len(started)}"
        quiet = ["--without-gossip", "--without-mingle", "--loglevel", "ERROR", "-s", str(schedule)]
        started.append(
            subprocess.Popen(
                [*command, *quiet], cwd=settings.BASE_DIR, env=worker_environment(), start_new_session=True
            )
        )
        return started[-1]

    yield start
    for process in started:
        kill(process)


def kill(process: "subprocess.Popen[bytes]") -> None:
    """Kill a worker and its children as kill -9 does."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
