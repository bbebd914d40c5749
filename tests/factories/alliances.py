"""Alliances and applications for tests; a state is reached by performing the steps with the cast.

The first alliance: Beispielstadt (lead), Musterhausen, Altmusterburg, Neu Probe; the second: Modellingen (lead),
Testerode, Versuchsdorf, Vorlagenburg. In each town one person of the cast holds all four roles.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from alliances import services
from alliances.models import Alliance, Application
from calls.models import Call
from core import clock, door
from tests.cast import person
from tests.factories.calls import call as make_call
from tests.factories.towns import town as make_town
from towns.enums import TownRole
from towns.models import Town
from towns.services import add_member

FIRST = (("99000001", "beispiel"), ("99000002", "vorlage"), ("99000003", "skizze"), ("99000004", "entwurf"))
SECOND = (("99000005", "anders"), ("99000006", "drueben"), ("99000007", "nebenan"), ("99000008", "fern"))
EXPENDITURE = (
    "200000.00",
    "120000.00",
    "100000.00",
    "80000.00",
)  # EUR by town, 500,000.00 in all; a fifth is staff
GRANT = Decimal("400000.00")
START, END = date(2027, 4, 1), date(2029, 3, 31)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def town_with_people(ags: str, name: str | None, coordinator_key: str) -> Town:
    """Return a town for which one person of the cast coordinates, edits, signs and keeps the money."""
    found = make_town(ags, name)
    add_member(found, person(coordinator_key), *TownRole.values)
    return found


def alliance(
    state: str = "complete",
    *,
    call: Call | None = None,
    second: bool = False,
    towns: int = 4,
    title: str = "Leerstand gemeinsam nutzen",
) -> Alliance:
    """Return an alliance: "founded" (lead alone), "invited" (the others have not answered), or "complete"."""
    found_call = call or make_call()
    people = (SECOND if second else FIRST)[:towns]
    members = [(town_with_people(ags, None, key), person(key)) for ags, key in people]
    lead_town, lead = members[0]
    with _after(found_call.opens_at, days=8):
        made = services.found_alliance(lead_town, title=title, call=found_call, by=lead)
        for town, user in members[1:] if state != "founded" else []:
            partner = services.invite(made, town, by=lead)
            if state == "complete":
                door.perform(partner, "accept", by=user)
    return made


def application(
    state: str = "filled",
    *,
    call: Call | None = None,
    second: bool = False,
    towns: int = 4,
    grant: Decimal = GRANT,
    of: Alliance | None = None,
) -> Application:
    """Return an application: "draft" (empty), "filled" (500,000.00 EUR planned), "signed", or "submitted"."""
    found = of or alliance(call=call, second=second, towns=towns)
    lead = signatories(found)[0]
    with _after(found.call.opens_at, days=30):
        made = services.start_application(found, found.call, title=found.title, by=lead)
        if state != "draft":
            fill(made, by=lead, grant=grant)
        if state in ("signed", "submitted"):
            sign(made)
    if state == "submitted":
        with _after(found.call.closes_at, days=-15):
            submit(made)
    return Application.objects.get(pk=made.pk)


def fill(made: Application, *, by: Any, grant: Decimal = GRANT) -> None:
    """Answer everything, plan 500,000.00 EUR (four towns), one milestone, all documents."""
    services.save_basics(
        made,
        title=made.title,
        summary="Vier Kleinstädte nutzen leere Läden gemeinsam.",
        start=START,
        end=END,
        requested_grant=grant,
        by=by,
    )
    for question in made.call.questions.all():
        services.save_answer(made, question, f"Unsere Antwort zu {question.title}.", by=by)
    towns = towns_of(made.alliance)
    for town, amount in zip(towns, EXPENDITURE, strict=False):
        plan(made, town, Decimal(amount), by=by)
    services.add_milestone(
        made, title="Leerstand erfasst", town=towns[0], due=date(2027, 9, 30), evidence="Karte", by=by
    )
    for required in made.call.required_documents.all():
        for town in towns if required.per_town else [None]:
            file = SimpleUploadedFile("Unterlage.pdf", PDF, content_type="application/pdf")
            services.add_document(made, file, required=required, town=town, by=by)


def plan(made: Application, town: Town, amount: Decimal, *, by: Any) -> None:
    """Plan an amount for a town: a fifth is working time (brought by the town), the rest contracts in two years."""
    staff = made.call.positions.filter(staff=True).first()
    orders = made.call.positions.filter(staff=False).first()
    fifth = amount / 5
    own = fifth.quantize(Decimal("0.01"))
    half = ((amount - own) / 2).quantize(Decimal("0.01"))
    cells = {(staff.pk, 2027): own, (orders.pk, 2027): half, (orders.pk, 2028): amount - own - half}
    services.save_town_plan(made, town, cells=cells, funding={"own_staff": own}, by=by)


def sign(made: Application) -> None:
    """Let every town sign."""
    for town, user in zip(towns_of(made.alliance), signatories(made.alliance), strict=True):
        door.perform(made, "sign", by=user, data={"town": town})


def submit(made: Application, **data: Any) -> Application:
    """Submit as the lead's coordinator."""
    submitted: Application = door.perform(made, "submit", by=signatories(made.alliance)[0], data=data).record
    return submitted


def towns_of(found: Alliance) -> list[Town]:
    """Return the towns that joined, the lead first."""
    partners = found.partners.accepted().select_related("town").order_by("-is_lead", "town__ags")
    return [partner.town for partner in partners]


def signatories(found: Alliance) -> list[Any]:
    """Return the person of each town that joined, the lead's first."""
    keys = dict((*FIRST, *SECOND))
    return [person(keys[town.ags]) for town in towns_of(found)]


@contextmanager
def _after(moment: Any, *, days: int) -> Iterator[None]:
    """Set the clock to some days after (or before) a moment of the call."""
    with clock.at(moment + timedelta(days=days)):
        yield
