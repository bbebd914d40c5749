"""Works for the tests of jobs: registered in the tests' process and, by `worker_app`, in a real worker."""

import time
from pathlib import Path
from typing import Any

from core import jobs
from core.documents import store_made
from core.jobs import Finish, Run


def count(run: Run) -> dict[str, Any]:
    """Count to `to`, slowly; leave a line in the file `log` for each attempt and its process group."""
    with Path(run.arguments["log"]).open("a") as log:
        log.write(f"{run.job.attempt}\n")
    for done in range(1, run.arguments["to"] + 1):
        time.sleep(run.arguments["pause"])
        run.progress(done, run.arguments["to"])
    return {"counted": run.arguments["to"]}


def letter(run: Run) -> Finish:
    """Make a letter; it is kept when the job ends."""

    def keep() -> dict[str, Any]:
        made = store_made(
            run.job,
            b"%PDF-1.7",
            name="Brief.pdf",
            content_type="application/pdf",
            purpose="letter",
            title="Brief",
        )
        return {"document": made.pk}

    return keep


def broken(run: Run) -> dict[str, Any]:
    """Fail after some progress."""
    run.progress(3, 10)
    raise ValueError("Zeile 4 hat keinen Schlüssel")


jobs.register("tests.count", count)
jobs.register("tests.letter", letter)
jobs.register("tests.broken", broken)
