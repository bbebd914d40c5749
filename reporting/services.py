"""What people start in this stage: runs of reports. The records of earlier stages are only read."""

from typing import Any
from uuid import UUID

from django.db import transaction

from calls.models import Call
from core import jobs
from core.models import Job, User
from reporting.querysets import CALL_REPORT, report_jobs


@transaction.atomic
def start_call_report(call: Call, *, by: Any, token: UUID) -> Job:
    """Queue the report of a call and return its job; a repeat of the token returns the first job.

    The caller has fetched the call through `reportable_calls`.
    """
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)  # pressed twice at once: one after the other
    earlier: Job | None = report_jobs(by).filter(arguments__token=str(token)).first()
    if earlier is not None:
        return earlier
    title = f"Förderbericht zum Projektaufruf {call.number}"
    return jobs.start(CALL_REPORT, title, by=by, arguments={"call": call.number, "token": str(token)})
