"""Mails: written as rows in the caller's transaction, sent by a job after it."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from core import clock
from core.models import Document, Mail


def write(people: Iterable[Any], subject: str, body: str, *, attachment: Document | None = None) -> list[Mail]:
    """Write one mail for each person (once, though they hold several roles); they leave on commit."""
    mails = []
    for person in {person.pk: person for person in people if person.is_active}.values():
        mails.append(
            Mail.objects.create(
                message_id=f"<{uuid.uuid4()}@{settings.MAIL_DOMAIN}>",
                to=person,
                subject=subject,
                body=f"Guten Tag {person.name},\n\n{body.strip()}\n",
                attachment=attachment,
            )
        )
    if mails:
        transaction.on_commit(wake)
    return mails


def wake() -> None:
    """Ask a worker to send what waits; when no worker can be asked now, the scheduler does it later."""
    from core.tasks import send_waiting_mails  # noqa: PLC0415 - the task calls back into this module

    send_waiting_mails.delay()


def send_one(pk: int) -> None:
    """Send one mail, or keep it back if it is for a demo person; a failure is counted and tried again later."""
    with transaction.atomic():
        mail = Mail.objects.select_for_update(of=("self",)).select_related("to", "attachment").get(pk=pk)
        if mail.sent_at or mail.kept_back_at:
            return
        if mail.to.is_demo or settings.DEMO:
            mail.kept_back_at = clock.now()
            mail.save(update_fields=["kept_back_at"])
            return
        mail.attempts += 1
        try:
            _message(mail).send()
            mail.sent_at, mail.error = clock.now(), ""
        except OSError as error:
            mail.error = str(error)[:500]
        mail.save(update_fields=["attempts", "sent_at", "error"])


def _message(mail: Mail) -> EmailMessage:
    """Return the message with its fixed Message-ID, so that a mail sent twice is seen as one."""
    message = EmailMessage(
        mail.subject, mail.body, settings.DEFAULT_FROM_EMAIL, [mail.to.email], headers={"Message-ID": mail.message_id}
    )
    if mail.attachment:
        with mail.attachment.file.open("rb") as file:
            message.attach(mail.attachment.name, file.read(), mail.attachment.content_type)
    return message
