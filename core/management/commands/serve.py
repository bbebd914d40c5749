"""`manage.py serve`: web server, worker and scheduler in one command, for one machine.

Each part runs in a session of its own, so that Ctrl-C reaches only this command. It asks the parts to end by TERM to
their main process (Celery's pool must not get it) and kills what is left of a session after a while. If one part
dies, all are stopped.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

PATIENCE = 8.0  # seconds until a part that does not end is killed
STEP = 0.1


class Command(BaseCommand):
    """Start the parts, wait, stop them."""

    help = "Startet Webserver, Hintergrundläufe und Zeitplan zusammen (Ende mit Strg+C)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Host and port of the web server."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, host: str, port: int, **options: Any) -> None:
        """Run until a signal comes (exit code 0) or a part dies (1)."""
        refuse_busy_port(host, port)
        empty_broker()
        self.stopping = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        parts = {name: start_part(command, port) for name, command in commands(host, port).items()}
        try:
            dead = self._watch(parts, host, port)
        finally:
            stop_parts(list(parts.values()))
        if dead:
            raise CommandError(f"„{dead}“ ist ausgefallen. Alle Teile wurden angehalten.")
        self.stdout.write("Quartett ist beendet.")

    def _stop(self, *args: Any) -> None:
        """Note that a signal came."""
        self.stopping = True

    def _watch(self, parts: dict[str, "subprocess.Popen[bytes]"], host: str, port: int) -> str:
        """Wait for a signal or the end of a part; say once when the pages answer; return the part that died."""
        told = False
        while not self.stopping:
            dead = [name for name, part in parts.items() if part.poll() is not None]
            if dead:
                return dead[0]
            if not told and answers(host, port):
                told = True
                self.stdout.write(f"Quartett läuft: http://{public_host(host)}:{port}")
                self.stdout.flush()
            time.sleep(STEP)
        return ""


def commands(host: str, port: int) -> dict[str, list[str]]:
    """Return the command line of each part."""
    celery = [sys.executable, "-m", "celery", "--quiet", "-A", "config"]
    quiet = ["--loglevel", "WARNING"]
    web = [
        "--interface",
        "wsgi",
        "--host",
        host,
        "--port",
        str(port),
        "--workers",
        "1",
        "--blocking-threads",
        "4",
    ]
    return {
        "Webserver": [
            sys.executable,
            "-m",
            "granian",
            *web,
            "--no-ws",
            "--log-level",
            "warning",
            "config.wsgi:application",
        ],
        "Hintergrundläufe": [*celery, "worker", "-c", "2", "--without-gossip", "--without-mingle", *quiet],
        "Zeitplan": [*celery, "beat", "--pidfile", "", *quiet],
    }


def start_part(command: list[str], port: int) -> "subprocess.Popen[bytes]":
    """Start one part in a session of its own; links in mails lead to the port in use."""
    base_url = os.environ.get("BASE_URL", f"http://localhost:{port}")
    environment = {**os.environ, "BASE_URL": base_url, "PYTHONUNBUFFERED": "1", "C_FORCE_ROOT": "1"}
    return subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, start_new_session=True)  # noqa: S603


def stop_parts(parts: list["subprocess.Popen[bytes]"]) -> None:
    """Ask all parts to end, wait, and kill whatever is left of their sessions."""
    for part in parts:
        if part.poll() is None:
            part.terminate()
    end = time.monotonic() + PATIENCE
    while any(part.poll() is None for part in parts) and time.monotonic() < end:
        time.sleep(STEP)
    for part in parts:
        try:
            os.killpg(part.pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
        finally:
            part.wait()


def empty_broker() -> None:
    """Begin with an empty broker in the file system: what waits stands in rows, and the scheduler wakes it again."""
    if settings.REDIS_URL:
        return
    shutil.rmtree(settings.BROKER_DIR, ignore_errors=True)
    for folder in ("queue", "control"):
        (settings.BROKER_DIR / folder).mkdir(parents=True)


def refuse_busy_port(host: str, port: int) -> None:
    """Raise CommandError with a sentence if somebody listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Der Port {port} ist nicht frei ({error.strerror}). "
                f"Beenden Sie das andere Programm oder wählen Sie einen anderen Port: make run PORT={port + 1}"
            ) from error


def answers(host: str, port: int) -> bool:
    """Say whether the web server takes connections."""
    try:
        with socket.create_connection((public_host(host), port), timeout=STEP):
            return True
    except OSError:
        return False


def public_host(host: str) -> str:
    """Return the name to type into a browser on this machine."""
    return "localhost" if host in ("127.0.0.1", "0.0.0.0", "::") else host  # noqa: S104 - a comparison
