"""Founding an alliance, inviting towns, and what follows when they join or leave."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from alliances import mails
from alliances.enums import ApplicationState
from alliances.models import Alliance, Partner
from calls.models import Call
from core import access, clock, door
from core.guards import Reason
from core.models import Counter, Event
from towns.models import Town

DAYS_TO_ANSWER = 30


def born_once(model: type[Any], token: UUID | None, create: Callable[[], Any]) -> Any:
    """Return what `create` makes, or what a form with this token already made; raises `Refused` as `create` does."""
    try:
        with transaction.atomic():
            return door.earlier_outcome(token, model) or create()
    except IntegrityError as error:
        earlier = door.earlier_outcome(token, model)
        if earlier is None:
            raise door.Refused(
                [Reason("Jemand anderes war schneller. Laden Sie die Seite neu.")], "conflict"
            ) from error
        return earlier


def found_alliance(
    town: Town, *, title: str, call: Call | None = None, by: Any, token: UUID | None = None
) -> Alliance:
    """Return a new alliance with `town` as its lead, which has joined; raises `Refused` without the right "found"."""

    def create() -> Alliance:
        if not access.holds(by, "found", town):
            raise door.Refused(
                [Reason(f"Für {town} kann nur die Koordination einen Verbund gründen.")], "right"
            )
        number = Counter.take("alliance", clock.today().year)
        alliance = Alliance.objects.create(number=number, title=title, call=call)
        door.record_birth(alliance, by=by, label="Verbund gegründet", token=token)
        lead = Partner.objects.create(
            alliance=alliance, town=town, is_lead=True, respond_by=_last_day_to_answer()
        )
        door.perform(lead, "accept", by=by)
        return alliance

    found: Alliance = born_once(Alliance, token, create)
    return found


def _last_day_to_answer() -> date:
    """Return the last day to answer an invitation of today."""
    return clock.today() + timedelta(days=DAYS_TO_ANSWER)


def invite(
    alliance: Alliance, town: Town, *, by: Any, respond_by: date | None = None, token: UUID | None = None
) -> Partner:
    """Return the invitation of a town (the lead's coordination invites); its coordinators get a mail.

    Raises `Refused` without the right, for a town that is in the alliance already, and for a day that is over.
    """

    def create() -> Partner:
        Alliance.objects.select_for_update(of=("self",)).get(pk=alliance.pk)
        _check_invitation(alliance, town, by, respond_by)
        last_day = respond_by or _last_day_to_answer()
        partner = Partner.objects.create(alliance=alliance, town=town, respond_by=last_day)
        door.record_birth(partner, by=by, label=f"{town} eingeladen", token=token)
        mails.invitation(partner)
        return partner

    found: Partner = born_once(Partner, token, create)
    return found


def _check_invitation(alliance: Alliance, town: Town, by: Any, respond_by: date | None) -> None:
    """Raise `Refused` for an invitation that may not go out."""
    if not access.holds(by, "lead_alliance", alliance):
        reason = Reason("Kommunen einladen kann nur die Koordination der federführenden Kommune.")
        raise door.Refused([reason], "right")
    if Partner.objects.living().filter(alliance=alliance, town=town).exists():
        raise door.Refused(
            [Reason(f"{town} steht schon in Ihrem Verbund. Wählen Sie eine andere Kommune.")], "validation"
        )
    if respond_by is not None and respond_by < clock.today():
        raise door.Refused(
            [Reason(f"Der {respond_by:%d.%m.%Y} ist vorbei. Geben Sie einen späteren Tag ein.")], "validation"
        )


def sync_alliance(partner: Partner, event: Event) -> None:
    """Let the rights on the alliance follow its members (effect of joining)."""
    access.sync_with_dependants(partner.alliance)


def part_with_town(partner: Partner, event: Event) -> None:
    """Take a town that left out of the rights and the drafts: its plan goes, its milestones fall to the lead."""
    sync_alliance(partner, event)
    lead = partner.alliance.partners.get(is_lead=True)
    for draft in partner.alliance.applications.filter(state=ApplicationState.DRAFT):
        draft.budget_lines.filter(town=partner.town).delete()
        draft.funding_lines.filter(town=partner.town).delete()
        draft.milestones.filter(town=partner.town).update(town=lead.town_id)


def expire_invitations() -> int:
    """Let invitations run out whose last day is over (daily); return how many."""
    due = list(Partner.objects.unanswered_too_long().select_related("alliance"))
    for partner in due:
        door.perform(partner, "expire", by=None)
    return len(due)
