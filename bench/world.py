"""The measured world: one call with many submitted applications, each with three submitted assessments.

The rows of the mass are written in bulk; people, call, towns and the drafts to submit come through the services.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType

from alliances.models import Alliance, Application, Partner, Submission
from calls import services as calls
from calls.models import Call, Programme
from core import clock
from core.roles import rights_of_role
from demo import towns as invented
from demo import walk
from demo.people import BOARD, PROGRAMME, acting_for, person
from demo.real import publish
from review.models import Assessment, Board, BoardMember, Case, CaseUserObjectPermission, Finding, Score
from towns.models import Town

JURORS = 3
TITLES = ["Leerstand nutzen", "Wege ohne Barrieren", "Wohnen im Alter", "Kleine Läden"]


def programme() -> Programme:
    """Found the programme with its people and the board."""
    found = calls.create_programme(
        name="Messung", prepares="Geschäftsstelle", decides="Ministerium", legal_basis="BHO"
    )
    for key, (name, roles) in PROGRAMME.items():
        calls.add_programme_member(found, person(key, name), *roles)
    board = Board.objects.create(programme=found, name="Beirat")
    for key, (name, group) in list(BOARD.items())[:JURORS]:
        BoardMember.objects.create(board=board, user=person(key, name), group=group)
    return found


def open_call(found: Programme) -> Call:
    """Publish a call that is open now."""
    now = clock.now()
    with clock.at(now - timedelta(days=60)):
        return publish(
            found,
            person("muster", "Frau Muster"),
            pattern="2020",
            opens_at=now - timedelta(days=50),
            closes_at=now + timedelta(days=30),
            earliest_start=date(now.year + 1, 1, 1),
            latest_end=date(now.year + 3, 12, 31),
            budget={now.year + 1: "9000000.00"},
        )


def drafts(call: Call, count: int) -> list[Application]:
    """Fill and sign some applications that wait for their submission."""
    group = [
        Town.objects.get(name=name)
        for name in ("Beispielstadt", "Musterhausen", "Altmusterburg", "Neu Probe")
    ]
    made = []
    for number in range(count):
        draft = walk.draft(group, f"Messung {number}", call)
        filled = walk.fill(
            draft,
            expenditure=Decimal("500000.00"),
            grant=Decimal("400000.00"),
            start=call.earliest_start,
            end=date(call.earliest_start.year, 12, 31),
            staff=Decimal("60000.00"),
        )
        made.append(walk.sign(filled))
    return made


def mass(found: Programme, count: int) -> Call:
    """Return a call in review with `count` cases of three submitted assessments each."""
    call = open_call(found)
    model = drafts(call, 1)[0]
    content = model.content()
    towns = [partner.town for partner in model.alliance.partners.select_related("town")]
    applications = _applications(call, count, towns)
    submissions = Submission.objects.bulk_create(
        Submission(
            application=a,
            count=1,
            at=call.opens_at,
            by=acting_for(towns[0]),
            content=content,
            sha256="0" * 64,
        )
        for a in applications
    )
    cases = _cases(call, applications, submissions, content)
    _assessments(call, cases)
    _rights(call, cases)
    Call.objects.filter(pk=call.pk).update(closes_at=clock.now() - timedelta(days=1))
    calls.close_due_calls()
    return call


def _applications(call: Call, count: int, towns: list[Town]) -> list[Application]:
    """Write alliances with their partners, and an application each."""
    alliances = Alliance.objects.bulk_create(
        Alliance(number=f"2020-{n:04d}", title=TITLES[n % 4], call=call) for n in range(1, count + 1)
    )
    Partner.objects.bulk_create(
        Partner(alliance=a, town=town, is_lead=town == towns[0], respond_by=clock.today(), state="accepted")
        for a in alliances
        for town in towns
    )
    return Application.objects.bulk_create(
        Application(
            alliance=a,
            call=call,
            number=f"2021-{n:04d}",
            title=TITLES[n % 4],
            requested_grant=Decimal("400000.00"),
            start=call.earliest_start,
            end=date(call.earliest_start.year, 12, 31),
            state="accepted_for_review",
            submitted_at=call.opens_at,
        )
        for n, a in enumerate(alliances, 1)
    )


def _cases(call: Call, applications: Any, submissions: Any, content: dict[str, Any]) -> list[Case]:
    """Write the cases with five findings each."""
    cases = Case.objects.bulk_create(
        Case(
            number=a.number,
            call=call,
            application=a,
            submission=s,
            title=a.title,
            state="in_jury",
            snapshot=content,
            requested_grant=a.requested_grant,
        )
        for a, s in zip(applications, submissions, strict=True)
    )
    codes = ["minimum_towns", "small_town_type", "cap_and_rate", "period", "documents"]
    Finding.objects.bulk_create(
        Finding(case=c, code=code, title=code, source="Messung", outcome="met", reason="erfüllt", position=n)
        for c in cases
        for n, code in enumerate(codes)
    )
    return cases


def _assessments(call: Call, cases: list[Case]) -> None:
    """Write three submitted assessments for each case, with points for every criterion."""
    members = walk.members(call)
    criteria = list(call.scoring_criteria.all())
    made = Assessment.objects.bulk_create(
        Assessment(case=c, member=m, state="submitted", submitted_at=clock.now(), due=clock.today())
        for c in cases
        for m in members
    )
    Score.objects.bulk_create(
        (
            Score(assessment=a, criterion=k, points=(a.pk + k.pk) % 5 + 1, reason="Messung")
            for a in made
            for k in criteria
        ),
        batch_size=2000,
    )


def _rights(call: Call, cases: list[Case]) -> None:
    """Write the rows of rights that `access.sync` would write, in bulk."""
    kind = ContentType.objects.get_for_model(Case)
    ids = dict(Permission.objects.filter(content_type=kind).values_list("codename", "pk"))
    model = cases[0]
    wanted = [(user, role) for user, role in Case.objects.get(pk=model.pk).people()]

    rows = {(user.pk, name) for user, role in wanted for name in rights_of_role("case", role)}
    CaseUserObjectPermission.objects.bulk_create(
        (
            CaseUserObjectPermission(content_object=c, user_id=user, permission_id=ids[name])
            for c in cases
            for user, name in rows
        ),
        batch_size=5000,
    )


def load_towns() -> None:
    """Write the invented towns and the figures of the law."""
    invented.load()
    calls.load_reference()
