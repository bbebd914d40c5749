"""The world of test_rights.py and test_routes.py: every record that has a page, in the states that pages depend on.

It is built by the services and the steps that people take. All of it lies before NOW, the day of the tests.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from alliances import services as alliances
from alliances.models import Alliance, Application, Partner
from calls import services as calls
from calls.models import Call
from core import access, clock, door
from core.documents import store_made
from core.models import Counter, Document, User
from projects import services as projects
from projects.models import Award, PaymentRequest, Project, Statement
from reporting.services import start_call_report
from review import services as review
from review.models import Assessment, BoardMember, Case
from tests.cast import person
from tests.factories import alliances as alliance_factory
from tests.factories import review as review_factory
from tests.factories.calls import programme
from tests.factories.towns import town
from tests.rights.people import gather

NOW = clock.berlin(2027, 9, 20, 10)
OPENS, CLOSES = clock.berlin(2026, 3, 2, 8), clock.berlin(2026, 6, 30, 12)
REVIEW, DECIDED = clock.berlin(2026, 7, 15, 10), clock.berlin(2026, 12, 1, 10)
GRANT = Decimal("100000.00")
BUDGET = {2027: Decimal("2000000.00"), 2028: Decimal("2000000.00")}
NOTE = {"note": "Beispielgrund."}
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
TOKEN = "8f4f4d4e-7c7b-4a1c-9c52-1d3c5a7e9b10"


@dataclass
class World:
    """People by actor; places: what stands in the address of a page, by the name of the record and its state."""

    people: dict[str, User | None]
    places: dict[str, dict[str, Any]] = field(default_factory=dict)

    def put(self, name: str, /, **parts: Any) -> None:
        """Keep the parts of the addresses of a record."""
        self.places[name] = parts


def step(record: Any, name: str, key: str | None, **data: Any) -> Any:
    """Take a step as a person of the cast (None: the system) and return the fresh record."""
    return door.perform(record, name, by=person(key) if key else None, data=data).record


def build() -> World:
    """Build the world; call it inside `clock.at(NOW)`."""
    world = World(gather())
    calls.load_reference()
    world.put("town", ags="99000001")
    world.put("reset", uidb36="1", key="set-password")
    _calls(world)
    _alliances(world)
    _cases(world)
    _round(world)
    _awards(world)
    _jobs(world)
    return world


def _call(opens: datetime, closes: datetime, *, publish: bool = True) -> Call:
    """Return a call with money for all, published unless told otherwise."""
    with clock.at(opens - timedelta(days=30)):
        made = calls.create_call(
            programme(), by=person("muster"), pattern="2020", title="Gemeinsam Neues erproben", opens_at=opens,
            closes_at=closes, decision_planned=closes.date() + timedelta(weeks=20), earliest_start=date(2027, 1, 1),
            latest_end=date(2029, 12, 31),
        )  # fmt: skip
        rows = [{"fiscal_year": year, "amount": amount, "title": ""} for year, amount in BUDGET.items()]
        calls.replace_rows(made, "budgets", rows, by=person("muster"))
        return step(made, "publish", "muster") if publish else made


def _calls(world: World) -> None:
    """A draft and the open call."""
    soon = NOW + timedelta(days=60)
    draft = _call(soon, soon + timedelta(days=90), publish=False)
    world.put("draft call", number=draft.number, section="regeln")
    opened = _call(NOW - timedelta(days=50), NOW + timedelta(days=40))
    world.put("open call", number=opened.number, section="regeln")


def _alliances(world: World) -> None:
    """Alliances of the open call: one without an application, and three with one."""
    call = Call.objects.get(number=world.places["open call"]["number"])
    bare = alliance_factory.alliance(call=call, title="Wege am Fluss")
    invited = alliances.invite(bare, town("99000005"), by=person("beispiel"))
    world.put("alliance", number=bare.number)
    world.put("invitation", number=bare.number, ags=invited.town.ags)
    world.put("joined town", number=bare.number, ags="99000002")
    for state in ("filled", "signed", "submitted"):
        _put_application(world, f"{state} application", _application(call, state))


def _application(call: Call, state: str, *, second: bool = False, towns: int = 4) -> Application:
    """Return an application with two milestones, the second of the second town; state as in the factory."""
    made = alliance_factory.application("filled", call=call, second=second, towns=towns, grant=GRANT)
    members = alliance_factory.towns_of(made.alliance)
    lead = alliance_factory.signatories(made.alliance)[0]
    with clock.at(call.opens_at + timedelta(days=31)):
        for title, place in (("Läden geöffnet", 1), ("Leitfaden geschrieben", 0)):
            alliances.add_milestone(
                made, title=title, town=members[place], due=date(2028, 6, 30), evidence="Bericht", by=lead
            )
        if state != "filled":
            alliance_factory.sign(made)
        if state == "submitted":
            alliance_factory.submit(made)
    return Application.objects.get(pk=made.pk)


def twin(first: Application, call: Call) -> Application:
    """Return a copy of a submitted application, of an alliance of the same towns: quicker than walking there again."""
    partners = first.alliance.partners.accepted()
    other = Alliance.objects.create(
        number=Counter.take("alliance", call.opens_at.year), title=first.title, call=call
    )
    for one in partners:
        Partner.objects.create(
            alliance=other, town=one.town, is_lead=one.is_lead, state=one.state, respond_by=one.respond_by
        )
    access.sync(other)
    names = ("title", "summary", "start", "end", "requested_grant", "submitted_at")
    made = Application.objects.create(
        alliance=other, call=call, number=Counter.take("application", call.opens_at.year), state="submitted",
        **{name: getattr(first, name) for name in names},
    )  # fmt: skip
    frozen = first.submissions.get()
    made.submissions.create(count=1, at=frozen.at, by=frozen.by, content=frozen.content, sha256=frozen.sha256)
    return made


def _put_application(world: World, name: str, made: Application) -> None:
    """Keep the addresses of an application, of its parts and documents."""
    codes = {
        "application-answer": made.call.questions.all()[0].code,
        "application-position": made.call.positions.all()[0].code,
        "application-milestone": "M1",
        "application-milestone-remove": "M1",
    }
    upload = Document.objects.of(made)[0]
    parts = {f"{route}.code": code for route, code in codes.items()}
    world.put(name, number=made.number, ags="99000001", pk=upload.pk, **parts)
    world.put("upload", pk=upload.pk, name=upload.name)
    submission = made.submissions.first()
    if submission:
        world.put("submission", number=made.number, count=submission.count)
        for document in Document.objects.of(submission):
            if document.purpose in ("receipt", "version"):
                world.put(document.purpose, pk=document.pk, name=document.name)


def _cases(world: World) -> None:
    """A call in review: cases in each state before the decision; the last one belongs to the other alliance."""
    call = _call(OPENS, CLOSES)
    first = _application(call, "submitted")
    made = {"at the board": first, "unmet": _application(call, "submitted", towns=3)}
    made |= {state: twin(first, call) for state in ("received", "in check", "eligible")}
    made["other"] = _application(call, "submitted", second=True)
    with clock.at(CLOSES):
        step(call, "close", None)
    by_state = {
        state: Case.objects.select_related("call").get(application=one) for state, one in made.items()
    }
    with clock.at(REVIEW):
        for state in ("in check", "unmet"):
            by_state[state] = step(by_state[state], "start_check", "muster")
        for state in ("eligible", "at the board", "other"):
            review_factory.advance(by_state[state], "eligible")
        _jurors(world, by_state)
    for state, case in by_state.items():
        world.put(f"case {state}", number=case.number, position=1)
    world.put("review call", number=call.number, section="regeln")
    copy = Document.objects.of(by_state["at the board"])[0]
    world.put("case's document", pk=copy.pk, name=copy.name)


def _jurors(world: World, by_state: dict[str, Case]) -> None:
    """Assign the jurors and let each come as far as the actor's name says."""
    keys = ("modell", "test", "probe", "versuch")
    _assign(by_state["eligible"], review_factory.members(*keys))
    _assign(by_state["at the board"], review_factory.members(*keys))
    elsewhere = BoardMember.objects.filter(user=world.people["juror-elsewhere"])
    _assign(by_state["other"], list(elsewhere))
    for state in ("at the board", "other"):
        by_state[state] = step(by_state[state], "send_to_jury", "muster")
    rows = {one.member.user.email.split("@")[0]: one for one in _assessments(by_state["at the board"])}
    _score(rows["modell"])
    review_factory.score(rows["test"])
    step(rows["versuch"], "decline", "versuch", **NOTE)
    other = _assessments(by_state["other"])[0]
    door.perform(other, "accept", by=other.member.user)
    world.put("open assessment", number=rows["modell"].case.number, member_id=rows["modell"].member_id)
    world.put("submitted assessment", number=rows["test"].case.number, member_id=rows["test"].member_id)


def _assign(case: Case, members: list[BoardMember]) -> None:
    """Assign members to one case."""
    review.assign_jurors(
        case.call,
        by=person("muster"),
        cases=[Case.objects.get(pk=case.pk)],
        members=members,
        due=date(2027, 12, 31),
    )


def _assessments(case: Case) -> list[Assessment]:
    """Return the assessments of a case."""
    return list(case.assessments.select_related("member__user", "case__call"))


def _score(assessment: Assessment) -> None:
    """Accept and score everything without submitting."""
    juror = assessment.member.user
    door.perform(assessment, "accept", by=juror)
    for criterion in assessment.case.call.scoring_criteria.all():
        door.perform(assessment, "draft", by=juror, data=review_factory.given(criterion, 4))


def _round(world: World) -> None:
    """A call whose ranking can be fixed, and one whose decision round waits for the release."""
    world.put("judged call", number=_judged_call(world, 1).number)
    call = _judged_call(world, 1)
    with clock.at(DECIDED):
        prepared = review.prepare_round(call, by=person("muster"))
    item = prepared.items.select_related("case").get()
    world.put("prepared round", number=call.number, case=item.case.number)


def _judged_call(world: World, count: int) -> Call:
    """Return a call with some applications of the first alliance's towns, all scored."""
    call = _call(OPENS, CLOSES)
    pattern = Application.objects.get(number=world.places["case at the board"]["number"])
    for _ in range(count):
        twin(pattern, call)
    with clock.at(CLOSES):
        call = step(call, "close", None)
    with clock.at(REVIEW):
        for case in Case.objects.filter(call=call):
            review_factory.advance(case, "eligible")
            review_factory.to_the_board(case, "modell")
            review_factory.score_all(case)
    return Call.objects.get(pk=call.pk)


AWARDS = (
    "drafted award", "issued award", "received award", "running project", "completed project", "drafted statement",
    "submitted statement", "audited statement", "cut statement",
)  # fmt: skip


def _awards(world: World) -> None:
    """A decided call: awards and projects, each at another point."""
    call = _judged_call(world, len(AWARDS))
    with clock.at(DECIDED):
        prepared = review.prepare_round(call, by=person("muster"))
        step(prepared, "release", "exempel")
        awards = dict(zip(AWARDS, Award.objects.filter(call=call).order_by("number"), strict=True))
        for name, award in awards.items():
            if name != "drafted award":
                step(award, "issue", "exempel")
            if name not in AWARDS[:2]:
                step(award, "receive", "beispiel")
            if name not in AWARDS[:3]:
                step(award, "waive_remedy", "beispiel")
    world.put("decided call", number=call.number, case=awards["drafted award"].number)
    for name in AWARDS[:3]:
        world.put(name, number=awards[name].number)
    letter = Document.objects.of(awards["issued award"])[0]
    world.put("letter", pk=letter.pk, name=letter.name)
    founded = {name: Project.objects.get(award=awards[name]) for name in AWARDS[3:]}
    _milestones(world, founded["running project"])
    _payments(world, founded["running project"])
    world.put("running project", number=founded["running project"].number)
    for name in AWARDS[4:]:
        _statement(world, name, founded[name])


def _milestones(world: World, project: Project) -> None:
    """One reported with its evidence, one planned of a partner town, one planned of the lead."""
    first, second, third = project.milestones.order_by("code")
    step(first, "report", "beispiel", result="Erreicht.", file=None)
    proof = store_made(
        first, PDF, name="Karte.pdf", content_type="application/pdf", purpose="evidence", title="Karte"
    )
    world.put("evidence", pk=proof.pk, name=proof.name)
    for name, milestone in (("reported", first), ("partner's", second), ("lead's", third)):
        world.put(f"{name} milestone", number=project.number, code=milestone.code)


def _payments(world: World, project: Project) -> None:
    """Payment requests at every point that a page depends on."""
    lead = person("beispiel")
    for place, state in enumerate(["draft", "submitted", "queried", "checked", "ordered"], start=1):
        values = {
            "paid_expenses": Decimal("0.00"), "due_expenses": Decimal("5000.00") * 5, "purpose": "Rechnungen",
            "amount": Decimal("1000.00"), "fiscal_year": 2027,
        }  # fmt: skip
        made: PaymentRequest = projects.start_payment_request(project, values, by=lead)
        if state != "draft":
            made = step(made, "submit", "beispiel")
        if state == "queried":
            made = step(made, "query", "exempel", **NOTE)
        if state in ("checked", "ordered"):
            made = step(made, "confirm", "exempel")
        if state == "ordered":
            made = step(made, "order", "kasse")
        assert made.count == place
        world.put(f"{state} payment", number=project.number, count=made.count)


def _statement(world: World, name: str, project: Project) -> None:
    """A completed project and its statement, as far as the name says."""
    for milestone in project.milestones.all():
        step(milestone, "report", "beispiel", result="Erreicht.", file=None)
    project = step(Project.objects.get(pk=project.pk), "report_completion", "beispiel")
    world.put(name, number=project.number, year=project.end.year)
    if name == "completed project":
        return
    values = {
        "narrative": "Wir haben alles erreicht.", "own_funds": Decimal("0.00"), "own_staff": Decimal("0.00"),
        "third_party": Decimal("0.00"), "spent": {line.code: line.amount for line in project.plan_lines.all()},
    }  # fmt: skip
    made: Statement = projects.start_statement(project, values, by=person("beispiel"))
    if name != "drafted statement":
        made = step(made, "submit", "beispiel")
    if name in ("audited statement", "cut statement"):
        made = step(made, "begin_audit", "exempel")
    if name == "cut statement":
        cuts = {
            made.lines.all()[0].plan_line.code: {"amount": Decimal("10.00"), "reason": "Nicht im Zeitraum."}
        }
        step(made, "cut", "exempel", cuts=cuts)


def _jobs(world: World) -> None:
    """The office asked for a report; the worker has not come yet."""
    call = Call.objects.get(number=world.places["decided call"]["number"])
    job = start_call_report(call, by=world.people["office"], token=TOKEN)  # type: ignore[arg-type]
    report = store_made(
        job, PDF, name="Bericht.pdf", content_type="application/pdf", purpose="report", title="Förderbericht"
    )
    world.put("office's run", pk=job.pk)
    world.put("office's report", pk=report.pk, name=report.name)
