"""Signatures and submissions: what follows the steps `sign` and `submit`, and the drafts that missed the deadline."""

from typing import Any

from django.db import transaction

from alliances import facts
from alliances.models import Application, Signature, Submission
from alliances.papers import receipt, version
from core import clock, door
from core.documents import hand_over, store_made
from core.models import Document, Event

PDF = "application/pdf"


def record_signature(application: Application, event: Event) -> None:
    """Keep the signature of a town under the present content (effect of `sign`; the town is the form's input)."""
    Signature.objects.create(
        application=application,
        town=application.act.data["town"],  # type: ignore[union-attr]
        by=event.by,  # type: ignore[misc]
        at=event.at,
        content_hash=facts.content_hash(application.content()),
    )


@transaction.atomic
def freeze_submission(application: Application, event: Event) -> None:
    """Keep what was submitted (effect of `submit`): content, hash, documents, and as PDF receipt and version."""
    last = application.submissions.order_by("-count").first()
    content = facts.plain(application.content())
    submission = Submission.objects.create(
        application=application,
        count=last.count + 1 if last else 1,
        at=event.at,
        by=event.by,  # type: ignore[misc]
        content=content,
        sha256=facts.content_hash(content),
        explanation=str(application.act.data.get("explanation", "")),  # type: ignore[union-attr]
    )
    for document in Document.objects.of(application):
        hand_over(document, submission)
    told = _told(submission)
    _store(submission, "receipt", "Eingangsbestätigung", receipt.render(told, submission.at), told)
    _store(submission, "version", "Eingereichte Fassung", version.render(content, told, submission.at), told)


def _told(submission: Submission) -> dict[str, Any]:
    """Return the facts that the receipt states, as plain values."""
    application, call = submission.application, submission.application.call
    return {
        "number": application.number,
        "title": application.title,
        "count": submission.count,
        "arrived": submission.berlin_time(),
        "call": call.heading(),
        "closes": call.closes_text(),
        "prepares": call.programme.prepares,
        "decides": call.programme.decides,
        "by": submission.by.name,
        "sha256": submission.sha256,
        "towns": [town["name"] for town in submission.content["towns"]],
        "requested_grant": submission.content["requested_grant"],
        "signatures": [
            [s.town.name, s.by.name, f"{s.at.astimezone(clock.BERLIN):%d.%m.%Y, %H:%M} Uhr"]
            for s in facts.valid_signatures(application)
        ],
        "documents": [[d["name"], d["sha256"]] for d in submission.content["documents"]],
        "explanation": submission.explanation,
    }


def _store(submission: Submission, purpose: str, title: str, pdf: bytes, told: dict[str, Any]) -> None:
    """Keep a PDF with the submission."""
    name = f"{title.replace(' ', '-')}-{submission.application.number}-{submission.count}.pdf"
    store_made(submission, pdf, name=name, content_type=PDF, purpose=purpose, title=title, facts=told)


def expire_drafts() -> int:
    """Let drafts expire whose call has closed (daily); return how many."""
    due = list(Application.objects.missed().select_related("call", "alliance"))
    for application in due:
        door.perform(application, "expire", by=None)
    return len(due)
