"""The steps of the demo's people, each as one small function; dates come from `clock.at` around the call."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any, TypeVar

from django.core.files.uploadedfile import SimpleUploadedFile

from alliances import services as alliances
from alliances.models import Alliance, Application
from calls.models import Call
from core import clock, door
from core.pdf import Paper
from demo import texts
from demo.people import acting_for, person
from review.models import Assessment, BoardMember, Case
from towns.models import Town

ZERO = Decimal("0.00")
M = TypeVar("M")


def step(record: M, name: str, by: Any, **data: Any) -> M:
    """Take one step through the door and return the fresh record."""
    fresh: M = door.perform(record, name, by=by, data=data).record
    return fresh


def alliance(towns: Sequence[Town], title: str, call: Call) -> Alliance:
    """Found an alliance of `towns` (the first leads); all accept."""
    lead = acting_for(towns[0])
    made = alliances.found_alliance(towns[0], title=title, call=call, by=lead)
    for town in towns[1:]:
        step(alliances.invite(made, town, by=lead), "accept", acting_for(town))
    return made


def draft(towns: Sequence[Town], title: str, call: Call) -> Application:
    """Begin an application of a new alliance."""
    lead = acting_for(towns[0])
    return alliances.start_application(alliance(towns, title, call), call, title=title, by=lead)


def fill(
    application: Application,
    *,
    expenditure: Decimal,
    grant: Decimal,
    start: date,
    end: date,
    staff: Decimal = ZERO,
) -> Application:
    """Fill every part: answers, plan (spread over towns and years), funding, milestones, documents."""
    partners = list(application.alliance.partners.accepted().select_related("town"))
    lead = acting_for(application.alliance.lead.town)
    alliances.save_basics(
        application,
        title=application.title,
        summary=texts.ANSWERS["default"][:200],
        start=start,
        end=end,
        requested_grant=grant,
        by=lead,
    )
    for question in application.call.questions.all():
        alliances.save_answer(application, question, texts.ANSWERS["default"], by=lead)
    _plan(application, [p.town for p in partners], expenditure, expenditure - grant, staff)
    for number, (title, evidence, share) in enumerate(texts.MILESTONES):
        due = start + timedelta(days=int((end - start).days * share))
        town = partners[number % len(partners)].town
        alliances.add_milestone(application, title=title, town=town, due=due, evidence=evidence, by=lead)
    _documents(application, [p.town for p in partners], lead)
    application.refresh_from_db()
    return application


def _plan(
    application: Application, towns: list[Town], expenditure: Decimal, own: Decimal, staff: Decimal
) -> None:
    """Spread expenditure evenly over towns and years; odd cents go to the first."""
    years = list(range(application_year(application, "start"), application_year(application, "end") + 1))
    paid = application.call.positions.filter(staff=False).order_by("position")[0]
    work = application.call.positions.filter(staff=True).order_by("position").first()
    for town, amount, part, own_part in zip(
        towns,
        split(expenditure - staff, len(towns)),
        split(staff, len(towns)),
        split(own - staff, len(towns)),
        strict=True,
    ):
        cells = {(paid.pk, year): share for year, share in zip(years, split(amount, len(years)), strict=True)}
        if staff and work:
            cells |= {
                (work.pk, year): share for year, share in zip(years, split(part, len(years)), strict=True)
            }
        funding = {"own_funds": own_part, "own_staff": part}
        alliances.save_town_plan(application, town, cells=cells, funding=funding, by=acting_for(town))


def application_year(application: Application, name: str) -> int:
    """Return the year of the application's start or end, read afresh."""
    day: date = Application.objects.values_list(name, flat=True).get(pk=application.pk)
    return day.year


def split(amount: Decimal, parts: int) -> list[Decimal]:
    """Split an amount (EUR) into equal parts; odd cents go to the first."""
    share = (amount / parts).quantize(Decimal("0.01"), rounding="ROUND_DOWN")
    return [amount - share * (parts - 1)] + [share] * (parts - 1)


def _documents(application: Application, towns: list[Town], by: Any) -> None:
    """Give every document that the call asks for."""
    for required in application.call.required_documents.all():
        for town in towns if required.per_town else [None]:
            whose = f" {town.name}" if town else ""
            alliances.add_document(
                application, paper(f"{required.title}{whose}"), required=required, town=town, by=by
            )


def paper(title: str) -> SimpleUploadedFile:
    """Return a small PDF as somebody would upload it."""
    made = Paper(title=title, created=clock.now(), reference="Beispiel")
    made.heading(title)
    made.text("Beispielunterlage der Beispielwelt.")
    return SimpleUploadedFile(f"{title[:60]}.pdf", BytesIO(made.render()).read(), "application/pdf")


def sign(application: Application, towns: Iterable[Town] | None = None) -> Application:
    """Let the towns sign (all of the alliance unless given)."""
    joined = [p.town for p in application.alliance.partners.accepted().select_related("town")]
    for town in towns if towns is not None else joined:
        application = step(application, "sign", acting_for(town), town=town)
    return application


def submit(application: Application) -> Application:
    """Sign for all towns and submit."""
    return step(sign(application), "submit", acting_for(application.alliance.lead.town), explanation="")


def check(case: Case, *, fulfilled: bool = True) -> Case:
    """Check a case, decide what is case by case, and confirm or propose to refuse."""
    office = person("muster", "Frau Muster")
    case = step(case, "start_check", office)
    note = "Maßgeblich ist der Gemeindeverband; er hat zwischen 5.000 und 20.000 Einwohner."
    for finding in case.findings_to_rule():
        case = step(case, "rule", office, finding=finding, fulfilled=fulfilled, note=note)
    if case.findings_not_met():
        reason = "Eine Voraussetzung ist nicht erfüllt, siehe Prüfergebnis."
        return step(case, "propose_ineligible", office, note=reason)
    return step(case, "confirm_eligible", office)


def accept(assessment: Assessment) -> Assessment:
    """Declare to be free of bias."""
    return step(assessment, "accept", assessment.member.user)


def score(assessment: Assessment, points: Sequence[int]) -> Assessment:
    """Give points to the criteria in order (as many as there are points)."""
    juror = assessment.member.user
    for criterion, given in zip(assessment.case.call.scoring_criteria.all(), points, strict=False):
        assessment = step(
            assessment, "draft", juror, criterion=criterion, points=given, reason=texts.SCORE_REASON
        )
    return assessment


def assess(assessment: Assessment, points: Sequence[int]) -> Assessment:
    """Declare, score everything, hand in."""
    done = score(accept(assessment), points)
    return step(done, "submit", assessment.member.user, comment="Beispielbewertung.")


def members(call: Call) -> list[BoardMember]:
    """Return the members of the programme's board."""
    return list(call.programme.board.members.filter(until=None).select_related("user"))
