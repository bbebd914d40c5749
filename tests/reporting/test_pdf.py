"""The PDF twin: accessible, archivable, with the same totals."""

from reporting.reports.pdf import write_pdf
from tests.core.test_pdf import Reader, failures
from tests.reporting.reports_by_hand import empty_report, report


def test_the_paper_is_accessible_and_archivable() -> None:
    assert failures(write_pdf(report())) == []


def test_the_tables_hold_the_totals() -> None:
    reader = Reader(write_pdf(report()))
    assert reader.texts("H1") == ["Förderbericht zum Projektaufruf 2026-1"]
    assert reader.texts("H2") == ["Anträge", "Vorhaben", "Zahlungen nach Jahr", "Meilensteine"]
    assert [text for text in reader.texts("TR") if text.startswith("Summe")] == [
        "Summe480.000,05380.000,10",
        "Summe380.000,10150.000,00230.000,10",
        "Summe150.000,00",
        "Summe2",
    ]


def test_an_empty_report_says_so() -> None:
    reader = Reader(write_pdf(empty_report()))
    assert reader.texts("H2") == ["Anträge", "Vorhaben"]
    assert "Zu diesem Aufruf ist kein Antrag eingegangen." in reader.texts("P")
