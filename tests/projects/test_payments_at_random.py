"""Random actions of all people on payment requests against what must always hold of the money."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    rule,
    run_state_machine_as_test,
)

from core import clock, door
from projects import services
from projects.models import LedgerEntry, PaymentRequest, Project
from tests.cast import person
from tests.factories import projects as make

pytestmark = [pytest.mark.usefixtures("drafted"), pytest.mark.django_db]

AMOUNTS = st.sampled_from(
    ["0.00", "0.01", "1000.00", "80000.00", "159999.99", "160000.00", "240000.00", "240000.01"]
)
EXPENSES = st.sampled_from(
    ["0.00", "0.01", "100000.00", "200000.00", "300000.00", "500000.00", "900000000.00"]
)
YEARS = st.sampled_from([2027, 2028])
PEOPLE = st.sampled_from(
    ["beispiel", "vorlage", "muster", "exempel", "zweitblick", "kasse", "doppel", "pruefer"]
)
STEPS = st.sampled_from(["submit", "query", "confirm", "order", "pay", "reject", "withdraw"])
WAY = [("submit", "beispiel"), ("confirm", "zweitblick"), ("order", "kasse"), ("pay", "kasse")]


class Payments(RuleBasedStateMachine):
    """One running project; each example is rolled back."""

    requests: Bundle[PaymentRequest] = Bundle("requests")

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.project = Project.objects.get()

    def teardown(self) -> None:
        """Forget the example."""
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @rule(target=requests, paid=EXPENSES, due=EXPENSES, amount=AMOUNTS, year=YEARS)
    def begin(self, paid: str, due: str, amount: str, year: int) -> PaymentRequest:
        """The lead begins a request."""
        return self.start(paid, due, amount, year)

    @rule(request=requests, paid=EXPENSES, due=EXPENSES, amount=AMOUNTS, year=YEARS)
    def edit(self, request: PaymentRequest, paid: str, due: str, amount: str, year: int) -> None:
        """The lead changes a request, whatever its state."""
        self.attempt(
            lambda: services.save_payment_request(
                request, _values(paid, due, amount, year), by=person("beispiel")
            )
        )

    @rule(request=requests, step=STEPS, who=PEOPLE, year=YEARS)
    def take(self, request: PaymentRequest, step: str, who: str, year: int) -> None:
        """Anyone tries any step in any year."""
        self.step(request, step, who, year)

    @rule(target=requests, paid=EXPENSES, amount=AMOUNTS, year=YEARS)
    def go_all_the_way(self, paid: str, amount: str, year: int) -> PaymentRequest:
        """A request is begun, and the right people take each step in turn."""
        request = self.start(paid, "0.00", amount, year)
        for step, who in WAY:
            self.step(request, step, who, year)
        return request

    @rule(request=consumes(requests))
    def annul(self, request: PaymentRequest) -> None:
        """The cashier annuls the booking of a request."""
        for entry in LedgerEntry.objects.filter(request=request):
            services.correct_entry(entry, by=person("kasse"), text="Rückläufer")

    def start(self, paid: str, due: str, amount: str, year: int) -> PaymentRequest:
        """Begin a request as the lead."""
        values = _values(paid, due, amount, year)
        return services.start_payment_request(self.project, values, by=person("beispiel"))

    def step(self, request: PaymentRequest, step: str, who: str, year: int) -> None:
        """Try a step on 20 September of a year."""
        data = {"note": "Warum?", "value_date": date(year, 9, 20)}
        with clock.at(clock.berlin(year, 9, 20, 12)):
            self.attempt(lambda: door.perform(request, step, by=person(who), data=data))

    def attempt(self, action: Any) -> None:
        """Do something that may be refused; a refusal leaves every row as it was."""
        before = _rows()
        try:
            action()
        except door.Refused:
            assert _rows() == before

    @invariant()
    def no_more_is_paid_than_was_granted(self) -> None:
        """paid ≤ award, in each year ≤ its tranche, and never below nothing."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT fiscal_year, SUM(amount) FROM projects_ledgerentry GROUP BY fiscal_year")
            paid = dict(cursor.fetchall())
        assert 0 <= paid.get(2027, 0) <= 24_000_000
        assert 0 <= paid.get(2028, 0) <= 16_000_000
        assert Decimal(sum(paid.values())).scaleb(-2) == self.project.paid()

    @invariant()
    def every_payment_has_its_entry_and_four_eyes(self) -> None:
        """A paid request has exactly one entry of its amount; who checked did not order."""
        for request in PaymentRequest.objects.all():
            entries = [entry.amount for entry in LedgerEntry.objects.filter(request=request)]
            assert entries == ([request.amount] if request.state == "paid" else [])
            if request.ordered_by_id:
                assert request.ordered_by_id != request.checked_by_id
            if request.checked_by_id:
                assert request.checked_by_id != request.requested_by_id


def _values(paid: str, due: str, amount: str, year: int) -> dict[str, Any]:
    """Return the input of a request."""
    return {
        "paid_expenses": Decimal(paid),
        "due_expenses": Decimal(due),
        "amount": Decimal(amount),
        "purpose": "Rechnungen",
        "fiscal_year": year,
    }


def _rows() -> list[Any]:
    """Return every request and entry as plain rows."""
    return [
        *PaymentRequest.objects.order_by("pk").values_list(),
        *LedgerEntry.objects.order_by("pk").values_list(),
    ]


def test_the_money_holds_whatever_people_do() -> None:
    make.project("running")
    run_state_machine_as_test(
        Payments,
        settings=settings(
            max_examples=15,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
