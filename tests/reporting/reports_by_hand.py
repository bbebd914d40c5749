"""A report of a call with figures written by hand, for the tests of the writers."""

from datetime import date
from decimal import Decimal

from core import clock
from reporting.reports.call_report import ApplicationRow, CallReport, MilestoneRow, PaymentRow, ProjectRow


def report(**overrides: object) -> CallReport:
    """Return two applications, one project with payments in two years, two milestones."""
    rows = {
        "applications": [
            ApplicationRow(
                "2026-001", "=1+1", "Beispielstadt", "Beispielstadt, Musterhausen", 2, date(2026, 6, 15),
                "Bewilligt", Decimal("500000.00"), Decimal("400000.00"), Decimal("380000.10"),
            ),
            ApplicationRow(
                "2026-002", "Glocke\x07 und Ton", "Neu Probe", "Neu Probe", 1, date(2026, 6, 16),
                "Abgelehnt", Decimal("100000.05"), Decimal("80000.05"), None,
            ),
        ],
        "projects": [
            ProjectRow(
                "2026-001", "=1+1", "Beispielstadt", date(2027, 4, 1), date(2029, 3, 31), "Läuft",
                date(2026, 12, 3), Decimal("80.00"), Decimal("500000.00"), Decimal("380000.10"), Decimal("150000.00"),
            ),
        ],
        "years": [2027, 2028],
        "payments": [PaymentRow("2026-001", "Beispielstadt", (Decimal("170000.00"), Decimal("-20000.00")))],
        "milestones": [
            MilestoneRow(
                "2026-001", "M1", "Leerstand erfasst", "Musterhausen", date(2026, 9, 30), "Geplant", None, True
            ),
            MilestoneRow(
                "2026-001", "M2", "Laden eröffnet", "Neu Probe", date(2027, 9, 30), "Gemeldet", date(2026, 11, 1), False
            ),
        ],
        **overrides,
    }  # fmt: skip
    return CallReport(
        call_number="2026-1",
        call_title="Gemeinsam Neues erproben",
        programme="Kleinstadtakademie",
        day=date(2026, 11, 21),
        made_at=clock.berlin(2026, 11, 21, 14, 3),
        **rows,  # type: ignore[arg-type]
    )


def empty_report() -> CallReport:
    """Return the report of a call without applications."""
    return report(applications=[], projects=[], years=[], payments=[], milestones=[])
