"""Long work of this stage: reports. They read first, in a transaction that cannot write; then their files are kept."""

from typing import Any

from calls.models import Call
from core import jobs
from core.documents import store_made
from core.jobs import Finish, Run
from reporting.querysets import CALL_REPORT
from reporting.reports import pdf, xlsx
from reporting.reports.call_report import CallReport, read_call_report
from reporting.reports.read_only import read_only


def call_report(run: Run) -> Finish:
    """Make the report of the call named in the arguments; its files are kept with the job."""
    with read_only():
        report = read_call_report(Call.objects.select_related("programme").get(number=run.arguments["call"]))
    total = report.row_count()
    run.progress(0, total)
    book = xlsx.write_xlsx(report, lambda done: run.progress(done, total))
    run.progress(total, total)
    paper = pdf.write_pdf(report)

    def keep() -> dict[str, Any]:
        """Keep both files; runs once, in the transaction that ends the job."""
        for content, ending, content_type, kind in (
            (book, "xlsx", xlsx.CONTENT_TYPE, "mit Formeln"),
            (paper, "pdf", pdf.CONTENT_TYPE, "zum Drucken"),
        ):
            store_made(
                run.job,
                content,
                name=f"{report.file_stem}.{ending}",
                content_type=content_type,
                purpose="report",
                title=f"{report.title}, {kind}",
                facts=_facts(report),
                by=run.job.by,
            )
        return _facts(report)

    return keep


def _facts(report: CallReport) -> dict[str, Any]:
    """Return what the report was made from, as plain values."""
    return {"call": report.call_number, "day": report.day.isoformat(), "rows": report.row_count()}


jobs.register(CALL_REPORT, call_report)
