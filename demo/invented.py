"""Invented calls with invented towns: every state of every machine occurs in them, or in the real calls."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from alliances import services as alliances
from alliances.models import Application
from calls import services as calls
from calls.models import Call, Programme
from core import clock
from core.access import sync
from demo import money, walk
from demo.people import acting_for, person
from demo.real import judge, publish
from projects.models import Award, Project
from review import services as review
from review.models import Assessment, Case
from towns.models import Town

EUR = Decimal
Towns = dict[str, Town]
GROUPS = [
    ("Beispielstadt", "Musterhausen", "Altmusterburg", "Neu Probe"),
    ("Vorlagenberg", "Skizzenbach", "Entwurfshain", "Testlingen"),
    ("Musterfelde", "Probenau", "Schablonsdorf", "Attrappenhof"),
    ("Entwurfshain", "Musterfelde", "Vorlagenberg", "Probenau"),
    ("Testlingen", "Schablonsdorf", "Skizzenbach", "Attrappenhof"),
]
TITLES = [
    "Leerstand gemeinsam nutzen",
    "Bibliothek als Treffpunkt",
    "Wege ohne Barrieren",
    "Kleine Läden, kurze Wege",
    "Jugend plant den Markt",
    "Wohnen im Alter",
    "Ein Bauhof für vier Städte",
    "Der Bahnhof wird Werkstatt",
]


def noon(days: int) -> datetime:
    """Return noon in Germany, some days from today (negative: before)."""
    return clock.start_of(clock.today() + timedelta(days=days)) + timedelta(hours=12)


def build(programme: Programme, towns: Towns) -> None:
    """Build the invented calls, the oldest first."""
    _funded_call(programme, towns)
    _cancelled_call(programme)
    _prepared_call(programme, towns)
    _call_in_review(programme, towns)
    _closed_call(programme, towns)
    _open_call(programme, towns)
    _next_call(programme)


def _call(programme: Programme, title: str, closes: datetime, *, years: dict[int, str] | None = None) -> Call:
    """Publish a call by the pattern of 2020 that closes at an instant."""
    start = date(closes.year + 1, 1, 1)
    budget = years or {start.year: "800000.00", start.year + 1: "400000.00"}
    with clock.at(closes - timedelta(days=100)):
        return publish(
            programme,
            person("muster", "Frau Muster"),
            pattern="2020",
            title=title,
            opens_at=closes - timedelta(days=90),
            closes_at=closes,
            earliest_start=start,
            latest_end=date(start.year + 2, 12, 31),
            decision_planned=closes.date() + timedelta(weeks=10),
            budget=budget,
        )


def _apply(
    call: Call, towns: Sequence[Town], title: str, *, grant: str = "400000.00", expenditure: str = "500000.00"
) -> Application:
    """Write a complete application of the given towns (not yet signed)."""
    start = call.earliest_start
    return walk.fill(
        walk.draft(towns, title, call),
        expenditure=EUR(expenditure),
        grant=EUR(grant),
        start=start,
        end=date(start.year + 1, 12, 31),
        staff=EUR("60000.00"),
    )


def _applications(call: Call, towns: Towns, count: int, **amounts: str) -> None:
    """Submit some applications of the groups of towns, ten days before the deadline."""
    with clock.at(call.closes_at - timedelta(days=10)):
        for number in range(count):
            group = [towns[name] for name in GROUPS[number % len(GROUPS)]]
            title = TITLES[number % len(TITLES)]
            walk.submit(_apply(call, group, title, **amounts))


def _funded_call(programme: Programme, towns: Towns) -> None:
    """A decided call whose projects stand at every point of the money side."""
    closes = noon(-900)
    first = closes.year + 1
    years = {first: "2400000.00", first + 1: "2400000.00"}
    call = _call(programme, "Beispielaufruf: Ortsmitten beleben", closes, years=years)
    _applications(call, towns, 5)
    with clock.at(call.closes_at - timedelta(days=8)):
        for number in (5, 6, 7):
            group = [towns[name] for name in GROUPS[number - 5]]
            walk.submit(_apply(call, group, TITLES[number], grant="380000.00"))
        three = [towns[name] for name in ("Großbeispiel", "Probenau", "Musterfelde")]
        walk.submit(_apply(call, three, "Zu dritt für die Mitte", grant="300000.00"))
    with clock.at(closes + timedelta(days=7)):
        judge(call, points=[4, 4, 5, 4, 3, 4, 4, 3, 4])
    with clock.at(closes + timedelta(weeks=8)):
        prepared = review.prepare_round(call, by=person("muster", "Frau Muster"))
        walk.step(prepared, "release", person("exempel", "Frau Exempel"))
    stories: list[Callable[[Award], None]] = [
        _closed_with_cut,
        _returned_statement,
        _in_audit,
        _handed_in,
        _running,
        _only_received,
        _only_issued,
    ]
    awards = list(Award.objects.filter(call=call).order_by("number"))
    for award, story in zip(awards, stories, strict=False):
        story(award)


def _closed_with_cut(award: Award) -> None:
    """A project that was closed with a cut."""
    project = _finished(award)
    with clock.at(noon(-60)):
        handed_in = money.hand_in(project)
    with clock.at(noon(-30)):
        money.close_with_cut(handed_in, EUR("4800.00"))


def _returned_statement(award: Award) -> None:
    """A project whose statement was returned."""
    project = _finished(award)
    with clock.at(noon(-40)):
        handed_in = money.hand_in(project)
    with clock.at(noon(-20)):
        walk.step(
            handed_in,
            "give_back",
            money.officer(),
            note="Beispielgrund: Der Sachbericht nennt keine Ergebnisse.",
        )


def _in_audit(award: Award) -> None:
    """A project whose statement is being audited."""
    project = _finished(award)
    with clock.at(noon(-15)):
        walk.step(money.hand_in(project), "begin_audit", money.officer())


def _handed_in(award: Award) -> None:
    """A project whose statement waits for the audit."""
    project = _finished(award)
    with clock.at(noon(-4)):
        money.hand_in(project)


def _finished(award: Award) -> Project:
    """Fund a project, pay everything, end it."""
    with clock.at(award.call.closes_at + timedelta(weeks=10)):
        project = money.begin(award)
    for tranche in award.tranches.all():
        day = date(tranche.fiscal_year, 9, 15)
        with clock.at(clock.start_of(day) + timedelta(hours=10)):
            money.pay(project, tranche.amount, day)
    with clock.at(noon(-70)):
        return walk.step(Project.objects.get(pk=project.pk), "report_completion", money.lead_of(project))


def _running(award: Award) -> None:
    """A running project: a milestone noted, reported, returned; a payment request at every point; a statement begun."""
    with clock.at(award.call.closes_at + timedelta(weeks=10)):
        project = money.begin(award)
        money.reach(project, 1)
    lead, officer = money.lead_of(project), money.officer()
    year = project.award.tranches.order_by("-fiscal_year").first().fiscal_year  # type: ignore[union-attr]
    early = project.award.tranches.order_by("fiscal_year").first().fiscal_year  # type: ignore[union-attr]
    with clock.at(clock.start_of(date(early, 9, 1)) + timedelta(hours=9)):
        money.pay(project, EUR("100000.00"), date(early, 9, 1))
        money.reach(project, 2, note=False)
        reason = "Beispielgrund: Der Nachweis fehlt noch."
        last = project.milestones.filter(state="reported").order_by("-code")[0]
        walk.step(last, "give_back", person("muster", "Frau Muster"), note=reason)
        part = EUR("20000.00")
        refused = walk.step(money.request(project, part, year), "submit", lead)
        walk.step(refused, "reject", officer, note="Beispielgrund: Die Ausgaben sind noch nicht fällig.")
        walk.step(money.request(project, part, year), "withdraw", lead)
        queried = walk.step(money.request(project, part, year), "submit", lead)
        walk.step(queried, "query", officer, note="Beispielfrage: Wofür ist die zweite Rechnung?")
        walk.step(money.request(project, part, year), "submit", lead)
        checked = walk.step(money.request(project, part, year), "submit", lead)
        walk.step(checked, "confirm", officer)
        ordered = walk.step(walk.step(money.request(project, part, year), "submit", lead), "confirm", officer)
        walk.step(ordered, "order", person("kasse", "Frau Kasse"))
        money.request(project, part, year)
    with clock.at(noon(-10)):
        money.statement(project)


def _only_received(award: Award) -> None:
    """An award that was received; the remedy still runs."""
    with clock.at(noon(-5)):
        money.receive(money.issue(award))


def _only_issued(award: Award) -> None:
    """An award that waits for the town to confirm its receipt."""
    with clock.at(noon(-3)):
        money.issue(award)


def _cancelled_call(programme: Programme) -> None:
    """A call that was stopped."""
    call = _call(programme, "Beispielaufruf: Digitale Rathäuser", noon(-500))
    with clock.at(noon(-540)):
        reason = "Beispielgrund: Der Bundeshaushalt enthält dafür keine Mittel."
        walk.step(call, "cancel", person("exempel", "Frau Exempel"), note=reason)


def _prepared_call(programme: Programme, towns: Towns) -> None:
    """A call whose decision round waits for the release; one application has three towns only."""
    call = _call(programme, "Beispielaufruf: Zusammenhalt in der Stadt", noon(-150))
    _applications(call, towns, 5, grant="390000.00")
    with clock.at(call.closes_at - timedelta(days=5)):
        three = [towns[name] for name in ("Großbeispiel", "Skizzenbach", "Testlingen")]
        walk.submit(_apply(call, three, "Drei sind auch ein Verbund"))
    with clock.at(noon(-140)):
        judge(call, points=[5, 4, 4, 4, 4, 3, 4, 4, 5])
    with clock.at(noon(-2)):
        made = review.prepare_round(call, by=person("muster", "Frau Muster"))
        last = made.items.filter(proposal="reserve").order_by("-rank").first()
        if last:
            reason = "Beispielgrund: Der Arbeitsplan überzeugt den Beirat nicht."
            review.change_proposal(last, "reject", reason, by=person("exempel", "Frau Exempel"))


def _call_in_review(programme: Programme, towns: Towns) -> None:
    """A call before the board: cases and assessments at every point."""
    call = _call(programme, "Beispielaufruf: Grüne Plätze", noon(-40))
    _applications(call, towns, 5)
    with clock.at(noon(-30)):
        calls.close_due_calls()
        cases = list(Case.objects.filter(call=call))
        walk.step(cases[0], "start_check", person("muster", "Frau Muster"))
        eligible = [walk.check(case) for case in cases[1:4]]
        members = walk.members(call)
        due = clock.today() + timedelta(days=60)
        review.assign_jurors(
            call, by=person("muster", "Frau Muster"), cases=eligible[:2], members=members, due=due
        )
        for case in eligible[:2]:
            walk.step(case, "send_to_jury", person("muster", "Frau Muster"))
        _assessments(eligible[0])


def _assessments(case: Case) -> None:
    """Leave the assessments of a case at different points."""
    points = [4, 4, 3, 4, 5, 4, 4, 3, 4]
    found = list(Assessment.objects.filter(case=case).order_by("pk"))
    walk.score(walk.accept(found[0]), points[:2])
    walk.assess(found[1], points)
    done = walk.assess(found[2], points)
    office = person("muster", "Frau Muster")
    walk.step(done, "reopen", office, note="Beispielgrund: Das Mitglied möchte eine Begründung ergänzen.")
    walk.step(found[3], "decline", found[3].member.user, note="Beispielgrund: Ich habe den Verbund beraten.")
    other = Assessment.objects.filter(case__call=case.call, state="assigned").exclude(case=case)
    for number, assessment in enumerate(other.order_by("pk")[:2]):
        if number:
            walk.accept(assessment)
        else:
            walk.step(
                walk.assess(assessment, points),
                "set_aside",
                office,
                note="Beispielgrund: nachträglich befangen.",
            )


def _closed_call(programme: Programme, towns: Towns) -> None:
    """A call that has just closed: the cases wait for the check."""
    call = _call(programme, "Beispielaufruf: Werkstätten im Ort", noon(-3))
    _applications(call, towns, 2)
    with clock.at(call.closes_at - timedelta(days=1)):
        _apply(call, [towns[name] for name in GROUPS[2]], "Zu spät fertig")
    with clock.at(noon(-2)):
        calls.close_due_calls()
        alliances.expire_drafts()


def _open_call(programme: Programme, towns: Towns) -> None:
    """The open call; it closes 60 days later."""
    call = _call(programme, "Gemeinsam Neues erproben", noon(60))
    with clock.at(noon(-14)):
        group = [towns[name] for name in GROUPS[0]]
        application = _apply(call, group, "Leerstand gemeinsam nutzen")
        walk.sign(application, group[1:3])
        walk.submit(_apply(call, [towns[name] for name in GROUPS[1]], "Bibliothek als Treffpunkt"))
        given_up = walk.draft([towns[name] for name in GROUPS[2]], "Idee ohne Zukunft", call)
        walk.step(
            given_up, "withdraw", acting_for(towns[GROUPS[2][0]]), note="Beispielgrund: kein Beschluss."
        )
        _invitations(call, towns)


def _invitations(call: Call, towns: Towns) -> None:
    """An alliance in the making: invited, declined, expired, left."""
    lead = acting_for(towns["Probenau"])
    made = alliances.found_alliance(towns["Probenau"], title="Wege am Fluss", call=call, by=lead)
    alliances.invite(made, towns["Beispielstadt"], by=lead, respond_by=clock.today() + timedelta(days=30))
    refused = alliances.invite(made, towns["Testlingen"], by=lead)
    walk.step(refused, "decline", acting_for(towns["Testlingen"]), note="Beispielgrund: Uns fehlt Personal.")
    alliances.invite(made, towns["Skizzenbach"], by=lead, respond_by=clock.today() + timedelta(days=1))
    joined = walk.step(
        alliances.invite(made, towns["Musterfelde"], by=lead), "accept", acting_for(towns["Musterfelde"])
    )
    walk.step(joined, "leave", acting_for(towns["Musterfelde"]), note="Beispielgrund: anderes Vorhaben.")
    with clock.at(clock.now() + timedelta(days=5)):
        alliances.expire_invitations()
    sync(made)


def _next_call(programme: Programme) -> None:
    """A call that is still being written."""
    calls.create_call(
        programme,
        by=person("muster", "Frau Muster"),
        pattern="2020",
        title="Beispielaufruf: Entwurf des nächsten Jahres",
    )
