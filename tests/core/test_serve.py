"""`manage.py serve`: one command starts all parts and leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def processes_of(folder: Path) -> list[int]:
    """The processes whose environment holds the data folder of this test."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and f"DATA_DIR={folder}".encode() in (entry / "environ").read_bytes():
                found.append(int(entry.name))
        except (OSError, PermissionError):
            continue
    return found


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A migrated installation of its own, on SQLite."""
    kept = {
        k: v
        for k, v in os.environ.items()
        if k not in ("DATABASE_URL", "REDIS_URL", "BASE_URL", "REAL_WORKER")
    }
    folder = tmp_path_factory.mktemp("installation")
    environment = {**kept, "DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings"}
    manage(environment, "migrate", "--verbosity", "0")
    manage(environment, "createcachetable")
    return environment


@pytest.fixture
def data_dir(environment: dict[str, str]) -> Path:
    return Path(environment["DATA_DIR"])


@pytest.fixture
def served(environment: dict[str, str], data_dir: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The installation with rubbish in its broker, being served."""
    for folder in ("queue", "control"):
        (data_dir / "broker" / folder / "1_rubbish.celery.msg").write_text("{ not a message")
    (data_dir / "broker" / "schedule").write_text("not a schedule")
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--port", str(port)],
        cwd=settings.BASE_DIR, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    yield process, port
    process.kill()
    for pid in processes_of(data_dir):
        os.kill(pid, signal.SIGKILL)
    process.communicate()


def manage(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=settings.BASE_DIR, env=environment, check=True
    )


def wait_for_address(process: subprocess.Popen[str], port: int) -> None:
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if line == f"Quartett läuft: http://localhost:{port}\n":
            return
    raise AssertionError("".join(lines))


def wait_until_gone(folder: Path) -> list[int]:
    end = time.monotonic() + 5
    while processes_of(folder) and time.monotonic() < end:
        time.sleep(0.1)
    return processes_of(folder)


def test_serves_pages_and_leaves_no_process(
    served: tuple[subprocess.Popen[str], int], data_dir: Path
) -> None:
    process, port = served
    wait_for_address(process, port)
    with urllib.request.urlopen(f"http://localhost:{port}/impressum/", timeout=10) as page:
        assert page.status == 200
    assert len(processes_of(data_dir)) >= 4
    begun = time.monotonic()
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=15)
    assert time.monotonic() - begun < 10
    assert process.returncode == 0, output
    assert output.endswith("Quartett ist beendet.\n")
    assert wait_until_gone(data_dir) == []


def test_stops_all_parts_when_one_dies(served: tuple[subprocess.Popen[str], int], data_dir: Path) -> None:
    process, port = served
    wait_for_address(process, port)
    beat = next(p for p in processes_of(data_dir) if b"\0beat\0" in Path(f"/proc/{p}/cmdline").read_bytes())
    os.kill(beat, signal.SIGKILL)
    output, _ = process.communicate(timeout=15)
    assert process.returncode == 1
    assert "„Zeitplan“ ist ausgefallen. Alle Teile wurden angehalten." in output
    assert wait_until_gone(data_dir) == []


def test_says_that_the_port_is_busy(environment: dict[str, str]) -> None:
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        command = [sys.executable, "manage.py", "serve", "--port", str(port)]
        run = subprocess.run(
            command, check=False, cwd=settings.BASE_DIR, env=environment, text=True, capture_output=True
        )
    assert run.returncode == 1
    assert f"Der Port {port} ist nicht frei" in run.stderr
    assert run.stderr.count("\n") == 1
