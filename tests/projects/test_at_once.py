"""What only PostgreSQL proves: two people at the same instant, and rows that nobody can change from outside."""

import threading
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from core import clock, door
from core.models import Event
from projects.models import LedgerEntry, PaymentRequest
from tests.cast import person
from tests.factories import projects as make

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*actions: Callable[[], str]) -> list[str]:
    """Run actions in threads that start together; return what each told, sorted."""
    told: list[str] = []
    wait = threading.Barrier(len(actions))

    def run(action: Callable[[], str]) -> None:
        wait.wait()
        try:
            told.append(action())
        except door.Refused as refused:
            told.append(refused.kind)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[action]) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(told)


def test_two_requests_at_once_do_not_draw_the_same_money() -> None:
    project = make.project()
    drafts = [make.payment("draft", of=project) for _ in range(2)]
    lead = person("beispiel")
    with clock.at(make.SPENDING):
        told = at_once(*[lambda d=draft: door.perform(d, "submit", by=lead).record.state for draft in drafts])
    assert told == ["guard", "submitted"]
    assert PaymentRequest.objects.binding().total() == Decimal("100000.00")


def test_a_payment_booked_twice_at_once_is_booked_once() -> None:
    ordered = make.payment("ordered")
    cashier = person("kasse")
    data = {"value_date": make.PAID.date()}
    with clock.at(make.PAID):
        told = at_once(*[lambda: str(door.perform(ordered, "pay", by=cashier, data=data).record.state)] * 4)
    assert told == ["paid", "state", "state", "state"]
    assert LedgerEntry.objects.get().amount == Decimal("100000.00")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE projects_ledgerentry SET amount = 1",
        "DELETE FROM projects_ledgerentry",
        "UPDATE core_event SET note = 'x'",
        "DELETE FROM core_event",
    ],
)
def test_the_database_refuses_to_change_what_happened(statement: str) -> None:
    make.payment("paid")
    events = Event.objects.count()
    with (
        pytest.raises(DatabaseError, match="never changed or deleted"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert LedgerEntry.objects.get().amount == Decimal("100000.00")
    assert Event.objects.count() == events
