"""What must hold before a partner or an application takes a step."""

from collections.abc import Iterator
from typing import Any

from core import clock
from core.guards import guard

LAST_SECOND = "%d.%m.%Y um %H:%M:%S"


@guard(lambda p: f"Die Einladung galt bis {p.respond_by:%d.%m.%Y}. Bitten Sie um eine neue Einladung.")
def invitation_still_open(partner: Any) -> bool:
    """The last day to answer is not over."""
    return bool(partner.act.at.astimezone(clock.BERLIN).date() <= partner.respond_by)


@guard(lambda p: f"Die Einladung gilt noch bis {p.respond_by:%d.%m.%Y}.")
def invitation_is_over(partner: Any) -> bool:
    """The last day to answer is over."""
    return bool(partner.act.at.astimezone(clock.BERLIN).date() > partner.respond_by)


@guard("Die federführende Kommune kann nicht austreten. Übergeben Sie zuerst die Federführung.")
def is_not_the_lead(partner: Any) -> bool:
    """The lead stays."""
    return not partner.is_lead


@guard("Ein Antrag des Verbundes ist eingereicht. Nehmen Sie ihn zuerst zurück.")
def nothing_is_submitted(partner: Any) -> bool:
    """No submitted application binds the towns."""
    return not partner.alliance.applications.filter(state__in=["submitted", "accepted_for_review"]).exists()


def _late(application: Any) -> str:
    """Say when the deadline was and when the request arrived."""
    end = application.call.closes_at.astimezone(clock.BERLIN)
    came = application.act.at.astimezone(clock.BERLIN)
    return (
        f"Die Frist endete am {end:{LAST_SECOND}} Uhr, Ihr Antrag kam am {came:{LAST_SECOND}} Uhr an. "
        "Er ist nicht eingereicht. Ihr Entwurf bleibt erhalten. War unsere Technik schuld, rufen Sie uns heute an."
    )


@guard(_late)
def before_the_deadline(application: Any) -> bool:
    """The request arrived before the first instant that is too late."""
    return bool(application.act.at < application.call.closes_at)


@guard(lambda a: f"Bewerben können Sie ab {a.call.opens_at.astimezone(clock.BERLIN):%d.%m.%Y, %H:%M} Uhr.")
def call_has_opened(application: Any) -> bool:
    """The call takes applications already."""
    return bool(application.act.at >= application.call.opens_at)


@guard("Der Aufruf ist abgebrochen.")
def call_not_cancelled(application: Any) -> bool:
    """The call still stands."""
    return bool(application.call.state != "cancelled")


def _gaps(application: Any) -> Iterator[str]:
    """Name each empty part."""
    yield from application.gaps()


@guard(_gaps, lambda a: a.get_absolute_url())
def every_mandatory_part_filled(application: Any) -> bool:
    """No question, plan, period or milestone is empty."""
    return not application.gaps()


def _unsigned(application: Any) -> Iterator[str]:
    """Name each town that has not signed, and who can."""
    for town, people in application.unsigned_towns():
        who = " oder ".join(people)
        can = (
            f" {who} kann zeichnen."
            if who
            else " Für die Stadt ist noch keine zeichnende Person eingetragen."
        )
        yield f"Für {town} fehlt die Zeichnung.{can}"


@guard(_unsigned, lambda a: a.get_absolute_url())
def every_town_has_signed(application: Any) -> bool:
    """Each town of the alliance has signed the present content."""
    return not application.unsigned_towns()


@guard("Sie haben schon für Ihre Kommune gezeichnet. Seitdem hat sich nichts geändert.")
def signs_for_an_unsigned_town(application: Any) -> bool:
    """The person is signatory of a town of the alliance (of the chosen one) that has not signed the present content."""
    towns = application.towns_to_sign(application.act.by)
    chosen = application.act.data.get("town")
    return bool(towns) if chosen is None else chosen in towns


@guard("Der Aufruf ist noch offen. Der Antrag verfällt erst mit der Frist.")
def deadline_is_over(application: Any) -> bool:
    """The call takes no more applications."""
    return bool(application.act.at >= application.call.closes_at)
