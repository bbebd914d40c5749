"""The outbox: rows first, sent once, kept back for the demo, tried again later."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as django_mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, transaction

from core import clock, outbox
from core.documents import store_made
from core.models import Mail, User


class BrokenBackend(EmailBackend):
    """A mail server that is down."""

    def send_messages(self, messages: Any) -> int:
        raise ConnectionRefusedError("Der Mailserver antwortet nicht")


class SlowBackend(EmailBackend):
    """A mail server that takes its time, until the test lets it go on."""

    reached = threading.Event()
    go_on = threading.Event()

    def send_messages(self, messages: Any) -> int:
        self.reached.set()
        assert self.go_on.wait(10)
        return super().send_messages(messages)


def person(name: str = "Frau Muster", **fields: Any) -> User:
    address = name.lower().replace(" ", ".") + "@stadt.example"
    return User.objects.create_user(address, name=name, **fields)


def written(to: User, **extra: Any) -> Mail:
    [mail] = outbox.write([to], "Ihr Antrag", "Der Antrag ist eingegangen.", **extra)
    return mail


@pytest.mark.django_db
def test_greets_each_person_once() -> None:
    muster, beispiel = person(), person("Herr Beispiel")
    mails = outbox.write([muster, beispiel, muster], "Ihr\nAntrag", "  Er ist da. ")
    assert [mail.to for mail in mails] == [muster, beispiel]
    assert mails[0].body == "Guten Tag Frau Muster,\n\nEr ist da.\n"
    assert mails[0].subject == "Ihr Antrag"


@pytest.mark.django_db
def test_writes_nothing_to_people_who_left() -> None:
    assert outbox.write([person(is_active=False)], "Ihr Antrag", "Er ist da.") == []


@pytest.mark.django_db
def test_sends_with_a_fixed_message_id(settings: Any) -> None:
    settings.MAIL_DOMAIN = "foerderung.example"
    mail = written(person())
    assert outbox.send_one(mail.pk)
    [message] = django_mail.outbox
    assert message.to == ["frau.muster@stadt.example"]
    assert message.message()["Message-ID"] == mail.message_id
    assert mail.message_id.endswith("@foerderung.example>")
    mail.refresh_from_db()
    assert (mail.attempts, mail.error, mail.sent_at is not None) == (1, "", True)


@pytest.mark.django_db
def test_sends_no_second_time() -> None:
    mail = written(person())
    assert outbox.send_one(mail.pk)
    assert not outbox.send_one(mail.pk)
    assert outbox.send_waiting() == 0
    assert len(django_mail.outbox) == 1


@pytest.mark.django_db
def test_carries_an_attachment() -> None:
    muster = person()
    letter = store_made(
        muster,
        b"%PDF-1.7 Brief",
        name="Bestätigung.pdf",
        content_type="application/pdf",
        purpose="receipt",
        title="B",
    )
    outbox.send_one(written(muster, attachment=letter).pk)
    [(name, content, content_type)] = django_mail.outbox[0].attachments
    assert (name, content, content_type) == ("Bestätigung.pdf", b"%PDF-1.7 Brief", "application/pdf")


@pytest.mark.django_db
def test_keeps_back_mails_to_demo_people() -> None:
    mail = written(person(is_demo=True))
    assert mail.kept_back_at is not None
    assert outbox.send_waiting() == 0
    assert django_mail.outbox == []


@pytest.mark.django_db
def test_keeps_back_every_mail_while_the_demo_is_on(settings: Any) -> None:
    settings.DEMO = True
    mail = written(person())
    assert mail.kept_back_at is not None


@pytest.mark.django_db
def test_keeps_back_what_was_written_before_the_demo_was_turned_on(settings: Any) -> None:
    mail = written(person())
    settings.DEMO = True
    outbox.send_one(mail.pk)
    mail.refresh_from_db()
    assert (mail.kept_back_at is not None, mail.attempts) == (True, 1)
    assert django_mail.outbox == []


@pytest.mark.django_db
def test_counts_failures_and_waits_longer_each_time(settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.BrokenBackend"
    mail = written(person())
    pauses = []
    for _ in range(3):
        before = clock.real_now()
        assert outbox.send_one(mail.pk)
        mail.refresh_from_db()
        pauses.append(round((mail.next_try_at - before).total_seconds() / 60))
        assert not outbox.send_one(mail.pk), "it must wait"
        Mail.objects.update(next_try_at=clock.real_now() - timedelta(seconds=1))
    assert pauses == [2, 4, 8]
    assert (mail.attempts, mail.error) == (3, "ConnectionRefusedError: Der Mailserver antwortet nicht")
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert outbox.send_waiting() == 1
    mail.refresh_from_db()
    assert (mail.error, len(django_mail.outbox)) == ("", 1)


@pytest.mark.django_db
def test_gives_up_after_eight_tries(settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.BrokenBackend"
    mail = written(person())
    for _ in range(8):
        assert outbox.send_one(mail.pk)
        Mail.objects.update(next_try_at=clock.real_now() - timedelta(seconds=1))
    assert not outbox.send_one(mail.pk)


@pytest.mark.django_db
def test_one_mail_that_fails_does_not_hold_up_the_others() -> None:
    first, second = written(person()), written(person("Herr Beispiel"))
    User.objects.filter(pk=first.to_id).update(email="keine adresse\n@stadt.example")
    assert outbox.send_waiting() == 2
    assert [message.to for message in django_mail.outbox] == [[second.to.email]]


@pytest.mark.django_db(transaction=True)
def test_sends_with_the_commit_and_not_before() -> None:
    with transaction.atomic():
        written(person())
        assert django_mail.outbox == []
    assert len(django_mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_sends_nothing_when_the_step_fails() -> None:
    with transaction.atomic():
        written(person())
        transaction.set_rollback(True)
    assert django_mail.outbox == []
    assert not Mail.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_senders_send_once_and_hold_nobody_up(settings: Any) -> None:
    mail = Mail.objects.create(
        message_id="<1@quartett.example>", to=person(), subject="Frist", body="Guten Tag"
    )
    settings.EMAIL_BACKEND = f"{__name__}.SlowBackend"
    SlowBackend.reached.clear()
    SlowBackend.go_on.clear()
    outcomes = []

    def send() -> None:
        outcomes.append(outbox.send_one(mail.pk))
        connection.close()

    first = threading.Thread(target=send)
    first.start()
    assert SlowBackend.reached.wait(10)
    assert outbox.send_one(mail.pk) is False
    person("Herr Beispiel")  # others write while the mail server is slow
    SlowBackend.go_on.set()
    first.join()
    assert outcomes == [True]
    assert len(django_mail.outbox) == 1
