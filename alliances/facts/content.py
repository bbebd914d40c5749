"""What an application says, as plain values: its content, its hash, its gaps."""

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from alliances.facts.plan import expenditure
from core.models import Document


def content(application: Any) -> dict[str, Any]:
    """Return the whole content of an application as plain values (what is signed, frozen and judged)."""
    return {
        "number": application.number,
        "call": application.call.number,
        "title": application.title,
        "summary": application.summary,
        "start": application.start,
        "end": application.end,
        "requested_grant": application.requested_grant,
        "towns": _towns(application),
        "answers": [
            {"question": a.question.title, "code": a.question.code, "text": a.text}
            for a in application.answers.select_related("question")
        ],
        "budget": _budget(application),
        "funding": [
            {"town": line.town.ags, "source": line.source, "amount": line.amount}
            for line in application.funding_lines.select_related("town")
            if line.amount
        ],
        "milestones": [
            {"code": m.code, "title": m.title, "town": m.town.ags, "due": m.due, "evidence": m.evidence}
            for m in application.milestones.select_related("town")
        ],
        "documents": [
            {"purpose": d.purpose, "name": d.name, "sha256": d.sha256}
            for d in Document.objects.of(application)
        ],
    }


def plain(values: dict[str, Any]) -> dict[str, Any]:
    """Return a content as JSON keeps it: days and amounts as text."""
    frozen: dict[str, Any] = json.loads(json.dumps(values, cls=DjangoJSONEncoder))
    return frozen


def _budget(application: Any) -> list[dict[str, Any]]:
    """Return the cells of the financing plan that hold an amount."""
    lines = application.budget_lines.select_related("town", "position")
    return [
        {
            "town": line.town.ags,
            "position": line.position.code,
            "title": line.position.title,
            "staff": line.position.staff,
            "year": line.fiscal_year,
            "amount": line.amount,
            "note": line.note,
        }
        for line in lines
        if line.amount
    ]


def _towns(application: Any) -> list[dict[str, Any]]:
    """Return the towns that joined, the lead first."""
    partners = (
        application.alliance.partners.accepted().select_related("town").order_by("-is_lead", "town__ags")
    )
    return [
        {"ags": p.town.ags, "name": p.town.name, "land": p.town.get_land_display(), "lead": p.is_lead}
        for p in partners
    ]


def content_hash(values: dict[str, Any]) -> str:
    """Return the SHA-256 of a content (keys sorted, so that the same content has the same hash)."""
    text = json.dumps(values, sort_keys=True, ensure_ascii=False, cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()


def gaps(application: Any) -> list[str]:
    """Return a sentence for each mandatory part that is still empty."""
    found = []
    answered = set(application.answers.exclude(text="").values_list("question_id", flat=True))
    for question in application.call.questions.all():
        if question.pk not in answered:
            found.append(f"Die Frage „{question.title}“ ist leer.")
    if not application.start or not application.end:
        found.append("Beginn und Ende des Vorhabens fehlen.")
    if application.requested_grant is None:
        found.append("Die beantragte Zuwendung fehlt.")
    if not expenditure(application):
        found.append("Der Finanzierungsplan enthält noch keine Ausgaben.")
    if not application.milestones.exists():
        found.append("Der Arbeitsplan enthält noch keinen Meilenstein.")
    return found


def valid_signatures(application: Any) -> Any:
    """Return the signatures under the present content, the lead's first where it signed first."""
    present = content_hash(application.content())
    return (
        application.signatures.filter(content_hash=present).select_related("town", "by").order_by("at", "pk")
    )


def word_count(text: str) -> int:
    """Return the number of words of a text."""
    return len(text.split())


def word_problem(question: Any, text: str) -> str:
    """Return the sentence for an answer with too many words, or an empty text."""
    count = word_count(text)
    if count <= question.max_words:
        return ""
    return (
        f"Ihre Antwort hat {count} Wörter, möglich sind {question.max_words}. "
        f"Kürzen Sie sie um {count - question.max_words}."
    )


def purpose(required: Any | None, town: Any | None) -> str:
    """Return what a document is for: the code of a required document, with the town's key; "other" for the rest."""
    code = required.code if required else "other"
    return f"{code}:{town.ags}" if town else code
