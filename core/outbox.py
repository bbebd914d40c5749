"""Mails: written as rows in the caller's transaction, sent by a worker after it.

A sender takes a mail by moving its next try into the future (one statement, so only one sender gets it), sends it
outside of any transaction, and notes the outcome. If the machine dies in between, the mail goes out again with the same
Message-ID. Failures wait longer each time: 2, 4, 8 … minutes, eight tries in about eight hours.
"""

import logging
import uuid
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F

from core import clock
from core.models import Document, Mail

logger = logging.getLogger(__name__)
BATCH = 500
PATIENCE = 60  # seconds to wait for the mail server; under the shortest pause


def write(
    people: Iterable[Any], subject: str, body: str, *, attachment: Document | None = None
) -> list[Mail]:
    """Write one mail for each person (once, though they hold several roles); they leave on commit."""
    mails = [
        Mail.objects.create(
            message_id=f"<{uuid.uuid4()}@{settings.MAIL_DOMAIN}>",
            to=person,
            subject=" ".join(subject.split()),
            body=f"Guten Tag {person.name},\n\n{body.strip()}\n",
            attachment=attachment,
            created_at=clock.now(),
            kept_back_at=clock.now() if is_kept_back(person) else None,
        )
        for person in {person.pk: person for person in people if person.is_active}.values()
    ]
    if any(mail.kept_back_at is None for mail in mails):
        transaction.on_commit(wake, robust=True)
    return mails


def is_kept_back(person: Any) -> bool:
    """Say whether mails to a person never leave: demo people, and everybody while the demo is on."""
    return bool(person.is_demo or settings.DEMO)


def wake() -> None:
    """Ask a worker to send what waits; when no worker can be asked now, the scheduler does it later."""
    send_waiting.delay()


@shared_task
def send_waiting() -> int:
    """Send what waits in the outbox, oldest first; return how many mails were tried."""
    waiting = Mail.objects.waiting().order_by("pk").values_list("pk", flat=True)
    return sum(send_one(pk) for pk in list(waiting[:BATCH]))


def send_one(pk: int) -> bool:
    """Send one mail, or keep it back; a failure is counted and tried again later. False: another sender has it."""
    mail = _take(pk)
    if mail is None:
        return False
    row = Mail.objects.filter(pk=pk)
    if is_kept_back(mail.to):
        row.update(kept_back_at=clock.now())
        return True
    try:
        _message(mail).send()
    except Exception as error:
        logger.exception("Mail %s was not sent (try %s)", pk, mail.attempts)
        row.update(error=f"{type(error).__name__}: {error}"[:500])
    else:
        row.update(sent_at=clock.now(), error="")
    return True


def _take(pk: int) -> Mail | None:
    """Take a waiting mail for one try; None if another sender was first."""
    mail = Mail.objects.waiting().select_related("to", "attachment").filter(pk=pk).first()
    if mail is None:
        return None
    pause = timedelta(minutes=2 ** (mail.attempts + 1))
    taken = Mail.objects.waiting().filter(pk=pk, attempts=mail.attempts)
    if not taken.update(attempts=F("attempts") + 1, next_try_at=clock.real_now() + pause):
        return None
    mail.attempts += 1
    return mail


def _message(mail: Mail) -> EmailMessage:
    """Return the message with its fixed Message-ID, so that a mail sent twice is seen as one."""
    message = EmailMessage(
        mail.subject,
        mail.body,
        settings.DEFAULT_FROM_EMAIL,
        [mail.to.email],
        headers={"Message-ID": mail.message_id},
        connection=get_connection(timeout=PATIENCE),
    )
    if mail.attachment:
        with mail.attachment.file.open("rb") as file:
            message.attach(mail.attachment.name, file.read(), mail.attachment.content_type)
    return message
