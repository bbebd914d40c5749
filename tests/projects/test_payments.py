"""Payment requests and the ledger: who may do what, what may be drawn, what is booked."""

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from core import clock, door
from core.models import Event, Mail
from core.models.event import AppendOnlyError
from projects import services
from projects.models import LedgerEntry, PaymentRequest, Project
from tests.cast import person
from tests.factories import projects as make

pytestmark = [pytest.mark.usefixtures("drafted"), pytest.mark.django_db]

VALUES: dict[str, Any] = {
    "paid_expenses": Decimal("100000.00"),
    "due_expenses": Decimal("25000.00"),
    "amount": Decimal("100000.00"),
    "purpose": "Rechnungen für die ersten drei Läden",
    "fiscal_year": 2027,
}


def refused(record: Any, step: str, who: str, **data: Any) -> list[str]:
    """Return the sentences with which a step is refused."""
    with pytest.raises(door.Refused) as error:
        door.perform(record, step, by=person(who), data=data)
    return [str(reason).replace("\u00a0", " ") for reason in error.value.reasons]


def test_a_payment_is_booked_in_the_same_step() -> None:
    request = make.payment("paid")
    entry = LedgerEntry.objects.get()
    assert (entry.amount, entry.value_date, entry.fiscal_year) == (
        Decimal("100000.00"),
        date(2027, 9, 27),
        2027,
    )
    assert (entry.request, entry.by) == (request, person("kasse"))
    assert request.project.paid() == Decimal("100000.00")
    paid = Mail.objects.filter(subject__contains="ausgezahlt").get(to=person("beispiel"))
    assert paid.subject.replace("\u00a0", " ") == f"{request.project.number}: 100.000,00 EUR ausgezahlt"
    assert "bis 8. November 2027, sechs Wochen" in paid.body


def test_what_was_asked_for_is_checked_by_another_and_ordered_by_a_third() -> None:
    request = make.payment("submitted")
    PaymentRequest.objects.filter(pk=request.pk).update(requested_by=person("doppel"))
    assert refused(request, "confirm", "doppel") == [
        "Sie haben diese Zahlungsanforderung gestellt. Prüfen muss eine andere Person."
    ]
    PaymentRequest.objects.filter(pk=request.pk).update(requested_by=person("beispiel"))
    checked = door.perform(request, "confirm", by=person("doppel")).record
    assert refused(checked, "order", "doppel") == [
        "Sie haben diese Zahlungsanforderung geprüft. Anordnen muss eine andere Person."
    ]
    assert door.perform(checked, "order", by=person("kasse")).record.state == "ordered"


def test_the_database_holds_the_four_eyes_too() -> None:
    request = make.payment("checked")
    rows = PaymentRequest.objects.filter(pk=request.pk)
    with pytest.raises(IntegrityError, match="who_checks_does_not_order"), transaction.atomic():
        rows.update(ordered_by=request.checked_by)
    with pytest.raises(IntegrityError, match="who_asks_does_not_check"), transaction.atomic():
        rows.update(requested_by=request.checked_by)


def test_more_than_drawable_is_refused_with_both_figures() -> None:
    request = make.payment("draft", amount=Decimal("100000.01"))
    with clock.at(make.SPENDING):
        sentences = refused(request, "submit", "beispiel")
    assert len(sentences) == 1
    assert sentences[0].startswith(
        "Sie fordern 100.000,01 EUR an. Abrufbar sind 100.000,00 EUR. Verringern Sie"
    )


def test_a_grant_below_the_highest_rate_is_drawn_at_its_own_rate() -> None:
    project = make.project(grant=Decimal("350000.00"))
    request = make.payment("draft", of=project)
    assert request.drawable() == Decimal("87500.00")  # 70 % of 125,000.00, not 80 %


def test_what_others_bind_and_got_is_not_drawn_twice() -> None:
    first = make.payment("paid")
    second = make.payment(
        "submitted", of=first.project, due_expenses=Decimal("50000.00"), amount=Decimal("20000.00")
    )
    assert second.drawable() == Decimal("20000.00")
    third = make.payment(
        "draft", of=first.project, due_expenses=Decimal("60000.00"), amount=Decimal("8000.00")
    )
    assert third.drawable() == Decimal(
        "8000.00"
    )  # 80 % of 160,000.00, less 100,000.00 paid and 20,000.00 asked for
    with clock.at(make.SPENDING):
        door.perform(second, "withdraw", by=person("beispiel"))
    assert third.drawable() == Decimal("28000.00")


def test_a_year_gives_no_more_than_its_tranche() -> None:
    request = make.payment(
        "draft", paid_expenses=Decimal("500000.00"), due_expenses=Decimal("0.00"), amount=Decimal("240000.01")
    )
    with clock.at(make.SPENDING):
        assert refused(request, "submit", "beispiel") == [
            "Für das Haushaltsjahr 2027 sind noch 240.000,00 EUR bewilligt. Angefordert sind 240.000,01 EUR."
        ]


def test_a_query_can_be_answered_with_other_figures_and_the_change_is_kept() -> None:
    request = make.payment("queried")
    assert (
        "Wofür ist die Rechnung"
        in Mail.objects.get(subject__contains="Rückfrage", to=person("beispiel")).body
    )
    with clock.at(make.SPENDING):
        values = {**VALUES, "amount": Decimal("95200.00")}
        services.save_payment_request(request, values, by=person("beispiel"))
        again = door.perform(request, "submit", by=person("beispiel")).record
    assert (again.state, again.amount) == ("submitted", Decimal("95200.00"))
    change = Event.objects.of(request).get(transition="edit")
    assert change.data == {"before": {"amount": "100000.00"}, "after": {"amount": "95200.00"}}


def test_a_checked_request_that_comes_back_is_checked_anew() -> None:
    request = make.payment("checked")
    with clock.at(make.SPENDING):
        queried = door.perform(
            request, "query", by=person("exempel"), data={"note": "Welche Rechnung?"}
        ).record
        again = door.perform(queried, "submit", by=person("beispiel")).record
    assert (again.checked_by, again.checked_at) == (None, None)


def test_order_and_payment_ask_again_what_may_leave() -> None:
    checked = make.payment("checked")
    award = checked.project.award
    award.tranches.filter(fiscal_year=2027).update(amount=Decimal("99999.99"))
    sentence = (
        "Auszahlen dürfen Sie höchstens 99.999,99 EUR, angefordert sind 100.000,00 EUR. "
        "Seit der Einreichung wurde anderes ausgezahlt oder angeordnet."
    )
    with clock.at(make.SPENDING):
        assert refused(checked, "order", "kasse") == [sentence]
    award.tranches.filter(fiscal_year=2027).update(amount=Decimal("240000.00"))
    with clock.at(make.SPENDING):
        ordered = door.perform(checked, "order", by=person("kasse")).record
    award.tranches.filter(fiscal_year=2027).update(amount=Decimal("99999.99"))
    with clock.at(make.PAID):
        assert refused(ordered, "pay", "kasse", value_date=date(2027, 9, 27)) == [sentence]
    assert not LedgerEntry.objects.exists()


@pytest.mark.parametrize(
    ("today", "value_date", "words"),
    [
        (clock.berlin(2027, 9, 27, 10), date(2027, 9, 28), "liegt in der Zukunft"),
        (clock.berlin(2027, 9, 27, 10), date(2027, 9, 19), "Angeordnet ist die Auszahlung seit 20.09.2027"),
        (clock.berlin(2028, 1, 3, 10), date(2028, 1, 3), "für das Haushaltsjahr 2027"),
    ],
)
def test_no_entry_outside_its_period(today: Any, value_date: date, words: str) -> None:
    ordered = make.payment("ordered")
    with clock.at(today):
        assert words in " ".join(refused(ordered, "pay", "kasse", value_date=value_date))
    assert not LedgerEntry.objects.exists()


def test_an_ordered_request_of_last_year_can_be_rejected_and_asked_for_anew() -> None:
    ordered = make.payment("ordered")
    with clock.at(clock.berlin(2028, 1, 3, 10)):
        gone = door.perform(
            ordered, "reject", by=person("muster"), data={"note": "Das Jahr ist vorbei."}
        ).record
        new = services.start_payment_request(
            gone.project, {**VALUES, "fiscal_year": 2028}, by=person("beispiel")
        )
        assert door.perform(new, "submit", by=person("beispiel")).record.state == "submitted"


def test_money_is_asked_for_once_the_award_is_final() -> None:
    founded = make.project("founded")
    with pytest.raises(door.Refused, match="Gesperrt"):
        services.start_payment_request(founded, VALUES, by=person("beispiel"))
    with pytest.raises(door.Refused, match="nicht für Sie freigegeben"):
        services.start_payment_request(founded, VALUES, by=person("vorlage"))


def test_the_same_form_sent_twice_begins_one_request() -> None:
    project = make.project()
    token = uuid.uuid4()
    with clock.at(make.SPENDING):
        first = services.start_payment_request(project, VALUES, by=person("beispiel"), token=token)
        second = services.start_payment_request(project, VALUES, by=person("beispiel"), token=token)
        other = services.start_payment_request(project, VALUES, by=person("beispiel"), token=uuid.uuid4())
    assert first == second
    assert (first.count, other.count) == (1, 2)


def test_a_wrong_entry_is_annulled_by_a_counter_entry_and_the_money_is_drawable_again() -> None:
    request = make.payment("paid")
    entry = request.entries.get()
    with clock.at(clock.berlin(2027, 10, 4, 9)):
        counter = services.correct_entry(entry, by=person("kasse"), text="Rückläufer der Bank")
        assert services.correct_entry(entry, by=person("kasse"), text="noch einmal") == counter
    assert (counter.amount, counter.value_date) == (Decimal("-100000.00"), date(2027, 9, 27))
    assert request.project.paid() == Decimal("0.00")
    again = make.payment("draft", of=request.project)
    assert again.drawable() == Decimal("100000.00")
    for record, who, text in ((counter, "kasse", "x"), (entry, "muster", "x"), (entry, "kasse", " ")):
        with pytest.raises(door.Refused):
            services.correct_entry(record, by=person(who), text=text)


def test_the_ledger_is_append_only() -> None:
    entry = make.payment("paid").entries.get()
    entry.text = "anders"
    with pytest.raises(AppendOnlyError):
        entry.save()
    with pytest.raises(AppendOnlyError):
        entry.delete()
    with pytest.raises(AppendOnlyError):
        LedgerEntry.objects.filter(pk=entry.pk).update(text="anders")
    with pytest.raises(AppendOnlyError):
        LedgerEntry.objects.all().delete()


def test_a_counter_entry_is_negative_and_names_what_it_reverses() -> None:
    entry = make.payment("paid").entries.get()
    row = {"project": entry.project, "value_date": entry.value_date, "fiscal_year": 2027, "text": "x"}
    for wrong in (
        {"kind": "counter_entry", "amount": Decimal("1.00"), "reverses": entry},
        {"kind": "counter_entry", "amount": Decimal("-1.00")},
        {"kind": "payment", "amount": Decimal("-1.00"), "request": entry.request},
        {"kind": "payment", "amount": Decimal("1.00")},
    ):
        with pytest.raises(IntegrityError, match="entry_says_what_it_is"), transaction.atomic():
            LedgerEntry.objects.create(**row, **wrong)


def test_drafts_are_seen_by_those_who_write_them() -> None:
    request = make.payment("draft")
    rows = PaymentRequest.objects
    seen = {who for who in ("beispiel", "vorlage", "muster", "kasse", "pruefer", "fremd")
            if rows.visible_to(person(who)).exists()}  # fmt: skip
    assert seen == {"beispiel"}
    with clock.at(make.SPENDING):
        door.perform(request, "submit", by=person("beispiel"))
    assert rows.visible_to(person("vorlage")).exists()
    assert rows.visible_to(person("kasse")).exists()
    assert not rows.visible_to(person("fremd")).exists()


def test_a_request_waits_for_those_who_may_take_the_next_step() -> None:
    request = make.payment("submitted")
    people = ("beispiel", "muster", "doppel", "zweitblick", "kasse", "pruefer")
    waiting = {who for who in people if PaymentRequest.objects.waiting_for(person(who)).exists()}
    assert waiting == {"muster", "doppel", "zweitblick"}
    door.perform(request, "confirm", by=person("doppel"))
    waiting = {who for who in people if PaymentRequest.objects.waiting_for(person(who)).exists()}
    assert waiting == {"kasse"}


def test_nothing_is_asked_for_in_the_final_audit() -> None:
    project = make.project("completed")
    request = make.payment("draft", of=project)
    make.statement("submitted", of=project)
    with clock.at(make.TOLD):
        assert refused(request, "submit", "beispiel") == [
            "Das Vorhaben ist in der Schlussprüfung oder beendet. Geld können Sie dafür nicht mehr anfordern."
        ]
    assert Project.objects.get().state == "in_final_audit"
