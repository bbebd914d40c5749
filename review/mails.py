"""Mails of the review stage (pages.md section 5): no scores, no reasons of bias, one link each."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse

from core import clock, outbox
from core.models import Mail, User
from core.wording import day
from review.models import Case


def address(path: str) -> str:
    """Return the whole address of a page, for a mail."""
    return settings.BASE_URL.rstrip("/") + path


def bias_asked(call: Any, people: Iterable[User], due: date | None) -> list[Mail]:
    """Ask jurors for their declarations (mail 8); at most one such mail for each person, call and day."""
    subject = f"Projektaufruf {call.number}: Erklärung zur Befangenheit"
    asked_today = Mail.objects.filter(subject=subject, created_at__gte=clock.start_of(clock.today()))
    known = set(asked_today.values_list("to_id", flat=True))
    until = f"Geben Sie Ihre Bewertungen bis {day(due)}, 24 Uhr ab. " if due else ""
    body = (
        "Bevor Sie Anträge lesen, brauchen wir zu jedem Ihre Erklärung, ob Sie befangen sind.\n\n"
        f"Sie sehen je Antrag die Kommunen, sonst nichts: {address(reverse('assessment-list'))}\n\n"
        f"{until}Sie können jederzeit unterbrechen.\n\n"
        "Wählen Sie „unsicher“, wenn Sie zweifeln. Dann entscheidet der Beirat ohne Sie.\n\n"
        "Ihre Gründe sehen nur die Geschäftsstelle, der Vorsitz und, wenn er entscheidet, der Beirat."
    )
    return outbox.write([person for person in people if person.pk not in known], subject, body)


def refused(case: Case) -> list[Mail]:
    """Tell the towns of a case that it is not funded (mail 9)."""
    body = (
        f"Ihr Antrag {case.number} „{case.title}“ wird nicht gefördert.\n\n"
        f"Der Bescheid liegt bereit: {address(case.submission.get_absolute_url())}\n\n"
        "Darin stehen die Gründe, die Punkte je Kriterium und die Frist für einen Rechtsbehelf.\n\n"
        f"{settings.OPERATOR['contact']} bespricht die Bewertung gern mit Ihnen: {settings.OPERATOR['phone']}.\n\n"
        "Ihren Antrag können Sie für einen späteren Aufruf übernehmen."
    )
    return outbox.write(_towns_people(case), f"{case.number}: Entscheidung über Ihren Antrag", body)


def held_in_reserve(case: Case, place: int) -> list[Mail]:
    """Tell the towns of a case that it may move up: `place` in the reserve."""
    body = (
        f"Ihr Antrag {case.number} „{case.title}“ steht auf Platz {place} der Reserve.\n\n"
        "Er kann nachrücken, wenn Geld frei wird. Bis dahin ist er nicht abgelehnt. Sie müssen jetzt nichts tun.\n\n"
        "Beginnen Sie nicht mit dem Vorhaben, sonst entfällt die Förderung.\n\n"
        f"Ihr Antrag: {address(case.application.get_absolute_url())}"
    )
    return outbox.write(_towns_people(case), f"{case.number}: Ihr Antrag steht auf der Reserve", body)


def _towns_people(case: Case) -> list[User]:
    """Return everyone who works on the application for one of its towns."""
    return [person for person, role in case.application.alliance.people() if role != "auditor"]
