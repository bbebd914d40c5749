"""The one door: right, state, all reasons at once, event, effects, twice is once, and two at once."""

import threading
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from calls.models import Call, Programme
from core import clock, door
from core.models import Event
from core.models.event import AppendOnlyError
from tests.cast import person
from tests.factories.calls import OPENS, call

pytestmark = pytest.mark.django_db
BEFORE = OPENS - timedelta(days=5)


def publish(made: Call, **kwargs: Any) -> door.Outcome:
    """Publish a call as the office, before it opens."""
    with clock.at(BEFORE):
        return door.perform(made, "publish", by=kwargs.pop("by", person("muster")), **kwargs)


def test_a_step_changes_the_state_and_writes_one_numbered_event() -> None:
    outcome = publish(call("draft"))
    assert outcome.changed
    assert Call.objects.get().state == "published"
    event = Event.objects.of(outcome.record).get(transition="publish")
    assert (event.from_state, event.to_state, event.by, event.at) == (
        "draft",
        "published",
        person("muster"),
        BEFORE,
    )
    assert event.label == "Aufruf veröffentlicht"


def test_all_failing_guards_are_told_at_once() -> None:
    made = call("draft")
    made.questions.all().delete()
    made.positions.all().delete()
    made.scoring_criteria.first().delete()
    with pytest.raises(door.Refused) as refused:
        publish(made)
    texts = [reason.text for reason in refused.value.reasons]
    assert len(texts) == 3
    assert any("Bewertungskriterien" in text for text in texts)
    assert any("Frage" in text for text in texts)
    assert any("Position" in text for text in texts)
    assert Call.objects.get().state == "draft"
    assert not Event.objects.filter(transition="publish").exists()


def test_who_lacks_the_right_is_refused_before_any_guard_is_asked() -> None:
    made = call("draft")
    made.questions.all().delete()
    for key in ("fremd", "kasse", "pruefer"):
        with pytest.raises(door.Refused) as refused:
            publish(made, by=person(key))
        assert refused.value.kind == "right"
        assert len(refused.value.reasons) == 1


def test_a_superuser_holds_no_right() -> None:
    made = call("draft")
    technician = person("fremd")
    technician.is_superuser = technician.is_staff = True
    technician.save()
    with pytest.raises(door.Refused):
        publish(made, by=technician)


def test_an_inactive_person_holds_no_right() -> None:
    made = call("draft")
    gone = person("muster")
    gone.is_active = False
    gone.save()
    with pytest.raises(door.Refused):
        publish(made, by=gone)
    assert not Call.objects.visible_to(gone).exists()


def test_what_only_the_system_does_is_neither_offered_nor_open_to_people() -> None:
    made = call("published")
    with clock.at(made.closes_at):
        assert "close" not in [offer.name for offer in door.offers(made, person("muster"))]
        with pytest.raises(door.Refused) as refused:
            door.perform(made, "close", by=person("muster"))
        assert refused.value.kind == "right"
        assert door.perform(made, "close", by=None).record.state == "closed"


def test_twice_is_once() -> None:
    made, token = call("draft"), uuid.uuid4()
    first = publish(made, token=token)
    again = publish(made, token=token)
    assert (first.changed, again.changed) == (True, False)
    assert again.event == first.event
    assert Event.objects.filter(transition="publish").count() == 1


def test_who_comes_second_is_told_who_came_first() -> None:
    made = call("draft")
    publish(made)
    with pytest.raises(door.Refused) as refused:
        publish(made, by=person("exempel"))
    assert refused.value.kind == "state"
    assert "Frau Muster hat" in str(refused.value)
    assert "„Aufruf veröffentlichen“ wurde nicht gespeichert" in str(refused.value)


def test_a_broken_constraint_is_a_sentence_and_never_half_done() -> None:
    made = call("draft")
    Call.objects.filter(pk=made.pk).update(title="")
    with pytest.raises(door.Refused) as refused:
        publish(made)
    assert refused.value.kind == "validation"
    assert "Titel" in str(refused.value)
    assert Call.objects.get().state == "draft"


def test_offers_say_what_is_possible_and_what_is_missing() -> None:
    made = call("draft")
    with clock.at(BEFORE):
        offers = {offer.name: offer for offer in door.offers(made, person("muster"))}
        assert offers["publish"].possible
        assert offers["publish"].rank == "primary"
        made.budgets.all().delete()
        missing = {offer.name: offer for offer in door.offers(Call.objects.get(), person("muster"))}[
            "publish"
        ]
    assert not missing.possible
    assert any("Haushalt" in reason.text for reason in missing.reasons)
    assert all(reason.url for reason in missing.reasons if "Haushalt" in reason.text)
    assert door.offers(made, person("pruefer")) == []


def test_an_event_is_never_changed_or_deleted() -> None:
    event = publish(call("draft")).event
    event.note = "anders"
    for change in (
        event.save,
        event.delete,
        Event.objects.all().delete,
        lambda: Event.objects.update(note="x"),
    ):
        with pytest.raises(AppendOnlyError):
            change()


def test_an_unknown_state_does_not_enter_the_database() -> None:
    made = call("draft")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE calls_call SET state = 'hacked' WHERE id = %s", [made.pk])


def test_a_failed_refresh_leaves_the_protection_on() -> None:
    made = call("draft")
    ghost = Call.objects.get(pk=made.pk)
    ghost.pk = 0
    with pytest.raises(Call.DoesNotExist):
        ghost.refresh_from_db()
    with pytest.raises(AttributeError):
        ghost.state = "published"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_eight_at_once_one_stands_and_seven_are_told() -> None:
    """Locks are real on PostgreSQL only."""
    made = call("draft")
    told: list[str] = []
    wait = threading.Barrier(8)

    def push() -> None:
        wait.wait()
        try:
            told.append("stands" if door.perform(made, "publish", by=muster).changed else "repeat")
        except door.Refused as refused:
            told.append(refused.kind)
        finally:
            connection.close()

    muster = person("muster")
    with clock.at(BEFORE):
        threads = [threading.Thread(target=push) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(told) == ["stands"] + ["state"] * 7
    assert Event.objects.filter(transition="publish").count() == 1


def test_a_refresh_brings_the_present_state_and_forgets_what_was_cached() -> None:
    made = call("draft")
    assert list(made.budgets.all())
    publish(made)
    assert made.state == "draft"
    made.refresh_from_db()
    assert made.state == "published"
    made.refresh_from_db(fields=["title"])
    assert made.state == "published"


def test_a_constraint_of_the_database_is_told_in_its_own_sentence() -> None:
    made = call("draft")
    made.opens_at = made.closes_at + timedelta(days=1)
    with pytest.raises(door.Refused) as refused, transaction.atomic():
        door._save(made)
    assert "Die Bewerbungsfrist liegt vor dem Beginn der Bewerbung." in str(refused.value)
    assert Call.objects.get().opens_at == OPENS


def test_the_token_of_another_record_is_no_repeat() -> None:
    first, second, token = call("draft"), call("draft"), uuid.uuid4()
    publish(first, token=token)
    with pytest.raises(door.Refused) as refused:
        publish(second, token=token)
    assert refused.value.kind == "conflict"
    assert Call.objects.get(pk=second.pk).state == "draft"


def test_a_token_finds_only_what_a_form_of_its_kind_made() -> None:
    made, token = call("draft"), uuid.uuid4()
    door.record_birth(made, by=person("muster"), label="Angelegt", token=token)
    assert door.earlier_outcome(token, Call) == made
    assert door.earlier_outcome(token, Programme) is None
