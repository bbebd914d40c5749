"""What people are told of awards and money (the texts of pages.md section 5)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings

from core import outbox, wording
from core.access import people_with
from core.money import euro
from projects import facts


def award_issued(award: Any, event: Any) -> None:
    """Tell all towns that their application was granted (5.9)."""
    body = (
        "Ihr Vorhaben wird gefördert. Der Zuwendungsbescheid liegt bereit:\n"
        f"{_link(award)}\n\n"
        "Maßgeblich ist allein der Bescheid mit seinen Auflagen und Fristen.\n\n"
        "Die Koordination der federführenden Kommune bestätigt den Empfang. Geld können Sie anfordern, sobald der "
        "Bescheid bestandskräftig ist. Das geht früher, wenn Sie auf Rechtsbehelf verzichten.\n\n"
        f"{_all_towns(award.plan['towns'])} haben diese Nachricht bekommen."
    )
    outbox.write(_towns(award.alliance), f"{award.number}: Ihr Antrag ist bewilligt", body)


def payment_submitted(request: Any, event: Any) -> None:
    """Tell those who check that a request came in."""
    _to_office(
        request, "check_payment", "zum Prüfen", f"Angefordert sind {euro(request.amount)}. Prüfen Sie hier:"
    )


def payment_checked(request: Any, event: Any) -> None:
    """Tell those who order that a request was checked."""
    _to_office(
        request, "order_payment", "zum Anordnen", f"Geprüft sind {euro(request.amount)}. Ordnen Sie hier an:"
    )


def payment_queried(request: Any, event: Any) -> None:
    """Tell the town the question (5.10)."""
    body = (
        f"Zur Zahlungsanforderung {request.count} hat {event.by.name} eine Frage:\n„{event.note}“\n\n"
        f"Antworten Sie hier:\n{_link(request)}\n\n"
        f"Solange ruht die Auszahlung von {euro(request.amount)}."
    )
    _to_town(request, f"Rückfrage zur Zahlung {request.count}", body)


def payment_ordered(request: Any, event: Any) -> None:
    """Tell the town that the money is on its way."""
    body = (
        f"Die Auszahlung von {euro(request.amount)} ist angeordnet. Sie müssen nichts tun:\n{_link(request)}"
    )
    _to_town(request, f"Zahlung {request.count} ist angeordnet", body)


def payment_paid(request: Any, event: Any) -> None:
    """Tell the town that it was paid, and until when to use the money (5.11)."""
    paid_on: date = request.paid_on
    body = (
        f"{euro(request.amount)} sind am {wording.day(paid_on)} an {request.project.award.recipient.name} "
        f"ausgezahlt worden.\n\nVerwenden Sie das Geld bis {wording.day(facts.last_day_of_use(paid_on))}, sechs Wochen "
        f"nach der Auszahlung.\n\nLeiten Sie die Anteile der anderen Kommunen weiter, die Frist läuft auch dort:\n"
        f"{_link(request)}"
    )
    _to_town(request, f"{euro(request.amount)} ausgezahlt", body)


def payment_rejected(request: Any, event: Any) -> None:
    """Tell the town that the request was refused, and why."""
    body = (
        f"Ihre Zahlungsanforderung {request.count} über {euro(request.amount)} ist abgelehnt:\n„{event.note}“\n\n"
        f"Sie können das Geld neu anfordern:\n{_link(request.project)}"
    )
    _to_town(request, f"Zahlung {request.count} ist abgelehnt", body)


def statement_submitted(statement: Any, event: Any) -> None:
    """Tell those who audit that a statement came in."""
    project = statement.project
    body = f"Der Verwendungsnachweis liegt vor. Prüfen Sie ihn hier:\n{_link(statement)}"
    outbox.write(
        people_with("audit_statement", project), f"{project.number}: Verwendungsnachweis zum Prüfen", body
    )


def statement_closed(statement: Any, event: Any) -> None:
    """Tell the towns the outcome."""
    project = statement.project
    body = (
        f"Die Prüfung des Verwendungsnachweises ist beendet: {statement.state_label()}.\n{_link(statement)}"
    )
    outbox.write(_towns(project.alliance), f"{project.number}: Verwendungsnachweis geprüft", body)


def statement_returned(statement: Any, event: Any) -> None:
    """Tell the town that the statement came back, and why."""
    body = (
        f"{event.by.name} gibt Ihnen den Verwendungsnachweis zurück:\n„{event.note}“\n\n"
        f"Ergänzen Sie ihn und reichen Sie ihn neu ein:\n{_link(statement)}"
    )
    project = statement.project
    outbox.write(
        people_with("write_statement", project),
        f"{project.number}: Ihr Verwendungsnachweis kommt zurück",
        body,
    )


def _to_town(request: Any, subject: str, body: str) -> None:
    """Write to those who ask for the project's money."""
    people = people_with("request_payment", request.project)
    outbox.write(people, f"{request.project.number}: {subject}", body)


def _to_office(request: Any, right: str, what: str, sentence: str) -> None:
    """Write to those who take the next step."""
    subject = f"{request.project.number}: Zahlung {request.count} {what}"
    outbox.write(people_with(right, request.project), subject, f"{sentence}\n{_link(request)}")


def _towns(alliance: Any) -> Iterable[Any]:
    """Return everyone who acts for a town of the alliance."""
    return [user for user, role in alliance.people() if role.startswith(("lead_", "partner_"))]


def _all_towns(towns: list[Any]) -> str:
    """Return "Alle vier Kommunen", with the number in words up to twelve."""
    words = [
        "null",
        "eine",
        "zwei",
        "drei",
        "vier",
        "fünf",
        "sechs",
        "sieben",
        "acht",
        "neun",
        "zehn",
        "elf",
        "zwölf",
    ]
    return f"Alle {words[len(towns)] if len(towns) < len(words) else len(towns)} Kommunen"


def _link(record: Any) -> str:
    """Return the full address of a record's page."""
    return f"{settings.BASE_URL}{record.get_absolute_url()}"
