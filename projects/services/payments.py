"""Payment requests and the ledger."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from core import clock, door
from core.guards import Reason
from projects.enums import EntryKind, PaymentState, ProjectState
from projects.models import LedgerEntry, PaymentRequest, Project
from projects.models.payment import WRITABLE

FIELDS = ("paid_expenses", "due_expenses", "amount", "purpose", "fiscal_year")


def start_payment_request(
    project: Project, values: Mapping[str, Any], *, by: Any, token: UUID | None = None
) -> PaymentRequest:
    """Begin a payment request with the values of its form; a repeated token returns the first one.

    Raises `door.Refused` without the right or when the project takes no requests.
    """
    states = frozenset({ProjectState.RUNNING, ProjectState.COMPLETED})
    with door.editing(project, "request_payment", by=by, states=states) as fresh:
        earlier = door.earlier_outcome(token, PaymentRequest)
        if earlier:
            return earlier  # type: ignore[no-any-return]
        last = fresh.payment_requests.aggregate(last=Max("count"))["last"] or 0
        content = {name: values[name] for name in FIELDS}
        request = PaymentRequest.objects.create(project=fresh, count=last + 1, **content)
        door.record_birth(request, by=by, label="Zahlungsanforderung begonnen", token=token)
        return request


def save_payment_request(request: PaymentRequest, values: Mapping[str, Any], *, by: Any) -> PaymentRequest:
    """Save a draft, or the answer to a query (then the change stands in the course of events); raises `Refused`."""
    with door.editing(request, "request_payment", by=by, on="project", states=WRITABLE) as fresh:
        changed = [name for name in FIELDS if getattr(fresh, name) != values[name]]
        before = {name: getattr(fresh, name) for name in changed}
        for name in changed:
            setattr(fresh, name, values[name])
        fresh.save(update_fields=changed)
        if changed and fresh.state == PaymentState.QUERIED:
            _note_change(fresh, by, before)
        return fresh  # type: ignore[no-any-return]


def _note_change(request: PaymentRequest, by: Any, before: Mapping[str, Any]) -> None:
    """Write what the town changed in answer to a query: old and new."""
    now = {name: getattr(request, name) for name in before}
    names = ", ".join(str(PaymentRequest._meta.get_field(name).verbose_name) for name in before)  # type: ignore[union-attr]
    label = f"Angaben geändert: {names}"[:200]
    door.note(request, label, by=by, data={"before": dict(before), "after": now})


def book_payment(request: PaymentRequest, event: Any) -> None:
    """Write the payment into the ledger (effect of paying, in the same transaction)."""
    LedgerEntry.objects.create(
        project=request.project,
        kind=EntryKind.PAYMENT,
        amount=request.amount,
        value_date=request.paid_on,  # type: ignore[misc]
        fiscal_year=request.fiscal_year,
        request=request,
        text=f"Auszahlung {request.count}",
        by=event.by,
        at=event.at,
    )


@transaction.atomic
def correct_entry(entry: LedgerEntry, *, by: Any, text: str) -> LedgerEntry:
    """Annul a payment's entry by a counter-entry of the same value date and fiscal year; twice returns the first.

    Raises `door.Refused` without the right to order payments, for a counter-entry, and without a text.
    """
    project: Any = door.lock(entry.project)
    if not door.Right("order_payment", "self")(project, by):
        raise door.Refused([Reason("Diese Änderung ist nicht für Sie freigegeben.")], "right")
    if entry.kind != EntryKind.PAYMENT:
        raise door.Refused([Reason("Eine Gegenbuchung wird nicht noch einmal berichtigt.")])
    if not text.strip():
        raise door.Refused([Reason("Geben Sie einen Grund für die Gegenbuchung an.")])
    earlier: LedgerEntry | None = LedgerEntry.objects.filter(reverses=entry).first()
    if earlier:
        return earlier
    return LedgerEntry.objects.create(
        project=project,
        kind=EntryKind.COUNTER_ENTRY,
        amount=-entry.amount,
        value_date=entry.value_date,
        fiscal_year=entry.fiscal_year,
        reverses=entry,
        text=text.strip()[:200],
        by=by,
        at=clock.now(),
    )
