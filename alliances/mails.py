"""Mails of the alliances stage: invitation, answer, receipt (pages.md section 5)."""

from typing import Any

from django.conf import settings

from alliances.models import Application, Partner
from core import outbox
from core.models import Document, Event
from core.money import euro
from core.wording import day
from towns.enums import TownRole
from towns.models import TownMember


def invitation(partner: Partner) -> None:
    """Invite the coordinators of a town."""
    alliance = partner.alliance
    lines = [f"{alliance.lead.town} lädt {partner.town} ein, Partnerkommune zu werden: „{alliance.title}“."]
    if alliance.call:
        call = alliance.call
        lines.append(
            f"Es geht um den {call.heading()}: höchstens {euro(call.cap)} für mindestens {call.min_towns} Kleinstädte."
        )
    lines += [
        f"Antworten Sie bis {day(partner.respond_by)}: {_address(partner)}",
        "Mit der Zusage arbeiten Sie mit. Geld und Pflichten übernimmt Ihre Stadt erst mit der Zeichnung.",
        f"Zusagen kann nur, wer für {partner.town} handeln darf.",
        "Sind Sie das nicht, leiten Sie die Einladung dort weiter.",
    ]
    outbox.write(
        _people([partner.town_id], TownRole.COORDINATOR),
        f"Einladung in den Verbund {alliance.number}",
        _text(lines),
    )


def invitation_accepted(partner: Partner, event: Event) -> None:
    """Tell the lead that a town joined (effect of `accept`; the lead's own joining is no news)."""
    if not partner.is_lead:
        _tell_lead(
            partner, f"{partner.town} ist dem Verbund {partner.alliance.number} beigetreten.", "beigetreten"
        )


def invitation_declined(partner: Partner, event: Event) -> None:
    """Tell the lead that a town said no, and why (effect of `decline`)."""
    text = (
        f"{partner.town} hat die Einladung in den Verbund {partner.alliance.number} abgesagt: „{event.note}“"
    )
    _tell_lead(partner, text, "abgesagt")


def town_left(partner: Partner, event: Event) -> None:
    """Tell the lead that a town left, and why (effect of `leave`)."""
    text = f"{partner.town} ist aus dem Verbund {partner.alliance.number} ausgetreten: „{event.note}“"
    _tell_lead(partner, text, "ausgetreten")


def _tell_lead(partner: Partner, text: str, word: str) -> None:
    """Write to the coordinators of the lead."""
    alliance = partner.alliance
    lines = [text, f"Verbund ansehen: {_address(alliance)}"]
    people = _people([alliance.lead.town_id], TownRole.COORDINATOR)
    outbox.write(people, f"Verbund {alliance.number}: {partner.town} {word}"[:60], _text(lines))


def receipt(application: Application, event: Event) -> None:
    """Send the receipt to all who coordinate or sign for a town of the alliance (effect of `submit`)."""
    submission = application.submissions.latest("count")
    document = Document.objects.of(submission).get(purpose="receipt")
    call = application.call
    came = f"am {submission.berlin_time()} eingegangen (Einreichung {submission.count})"
    lines = [
        f"Ihr Antrag {application.number} ist {came}.",
        f"Die Eingangsbestätigung hängt an: {_address(submission)}",
        f"Nach der Frist prüft {call.programme.prepares} die Unterlagen.",
        f"Bis {call.closes_text()} können Sie den Antrag zurücknehmen und neu einreichen.",
    ]
    towns = application.alliance.partners.accepted().values_list("town_id", flat=True)
    people = _people(list(towns), TownRole.COORDINATOR, TownRole.SIGNATORY)
    outbox.write(people, f"{application.number}: Eingangsbestätigung", _text(lines), attachment=document)


def _people(towns: list[int], *roles: str) -> list[Any]:
    """Return who holds one of the roles for one of the towns today."""
    members = TownMember.objects.filter(town__in=towns, role__in=roles, until=None).select_related("user")
    return [member.user for member in members]


def _address(record: Any) -> str:
    """Return the full address of a record's page."""
    return f"{settings.BASE_URL}{record.get_absolute_url()}"


def _text(lines: list[str]) -> str:
    """Join sentences to paragraphs."""
    return "\n\n".join(lines)
