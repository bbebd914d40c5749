"""Findings of a call with its own values, the reckoning of the highest grant, the phase by the clock."""

from datetime import date
from decimal import Decimal

import pytest

from calls import facts
from calls.criteria import ApplicationFacts
from core import clock
from core.money import ReckoningLine
from tests.factories.calls import call

pytestmark = pytest.mark.django_db


def test_findings_take_cap_rate_towns_dates_and_documents_from_the_call(django_assert_num_queries):
    made = call("published", cap=Decimal("300000.00"), min_towns=5, min_months=24)
    with django_assert_num_queries(2):
        found = facts.findings(
            made,
            ApplicationFacts(
                start=date(2027, 1, 1),
                end=date(2028, 6, 30),
                expenditure=Decimal("500000.00"),
                requested_grant=Decimal("350000.00"),
            ),
        )
    reasons = {finding.code: finding.reason.replace("\u00a0", " ") for finding in found}
    assert list(reasons) == ["minimum_towns", "small_town_type", "cap_and_rate", "period", "documents"]
    assert "verlangt sind mindestens fünf" in reasons["minimum_towns"]
    assert "höchstens 300.000,00 EUR je Vorhaben" in reasons["cap_and_rate"]
    assert "dauert 18 Monate, verlangt sind mindestens 24 Monate" in reasons["period"]


def test_a_call_without_rules_finds_nothing():
    assert facts.findings(call("draft", "leer"), ApplicationFacts()) == []


def test_the_reckoning_of_the_highest_grant():
    stated = ApplicationFacts(expenditure=Decimal("500000.00"), own_staff=Decimal("150000.00"))
    assert facts.grant_reckoning(call("draft"), stated) == (
        ReckoningLine("Höchstbetrag des Aufrufs", Decimal("400000.00")),
        ReckoningLine("80\u00a0% von 500.000,00\u00a0EUR", Decimal("400000.00")),
        ReckoningLine("Ausgaben ohne Arbeitszeit eigener Beschäftigter", Decimal("350000.00")),
        ReckoningLine("Es zählt der kleinste Betrag", Decimal("350000.00"), result=True),
    )


@pytest.mark.parametrize(
    ("moment", "phase"),
    [
        (clock.berlin(2026, 3, 2, 7, 59), "announced"),
        (clock.berlin(2026, 3, 2, 8), "open"),
        (clock.berlin(2026, 6, 30, 11, 59), "open"),
        (clock.berlin(2026, 6, 30, 12), "closed"),
    ],
)
def test_the_phase_follows_the_clock_whether_or_not_a_job_ran(moment, phase):
    made = call("published")
    with clock.at(moment):
        assert facts.phase(made) == phase
