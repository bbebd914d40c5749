"""The real calls of 2019 and 2020 and the known alliances (facts: BBSR, kleinstadtakademie.de; design: example data).

Real are towns, titles, years and the key data of the calls. Sums of the single projects are not published: they are
examples within the call's limits, as the banner on every page says.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from calls import services as calls
from calls.models import Call, Programme
from core import clock
from core.clock import berlin
from demo import money, walk
from demo.people import person
from projects.models import Award, Project
from review import services as review
from review.models import Assessment, Case
from towns.models import Town

EUR = Decimal


@dataclass(frozen=True)
class Funded:
    """A known model project: title, municipality keys (the first leads), example sums in EUR, period."""

    title: str
    keys: tuple[str, ...]
    grant: Decimal
    expenditure: Decimal
    start: date
    end: date


P2019 = [
    Funded(
        "Reallabor Stadtentwicklung – Wohnen gestalten im Wandel von Digitalisierung und Mobilität",
        ("15088235", "15084285", "16075062", "14523360"),
        EUR("62500.00"),
        EUR("62500.00"),
        date(2020, 1, 1),
        date(2022, 3, 31),
    )
]
BUDGET_2019 = {2020: "62500.00", 2021: "31250.00", 2022: "31250.00"}
BUDGET_2020 = {2021: "1200000.00", 2022: "700000.00", 2023: "500000.00"}
PERIOD = (date(2021, 1, 1), date(2023, 3, 31))
P2020 = [
    Funded(
        "StadtLabor Kleinstadt – Digitale Arbeitswelten",
        ("12070424", "01053090", "09181114", "06439012", "14628060"),
        EUR("350000.00"),
        EUR("437500.00"),
        *PERIOD,
    ),
    Funded(
        "Innenstadt (be)leben!",
        ("14521710", "05978008", "13071029", "09672135"),
        EUR("350000.00"),
        EUR("437500.00"),
        *PERIOD,
    ),
    Funded(
        "Lokale Demokratie gestalten – Beteiligungspraxis",
        ("14730110", "14729410", "15090415", "12066112", "05970004"),
        EUR("350000.00"),
        EUR("437500.00"),
        *PERIOD,
    ),
    Funded(
        "Kleine Städte. Große Vielfalt. Gute Zukunft. – Innenentwicklung",
        ("06435002", "13075107", "12064448", "16074094"),
        EUR("350000.00"),
        EUR("437500.00"),
        *PERIOD,
    ),
]


def build(programme: Programme) -> None:
    """Walk both real calls from the draft to the closed projects."""
    _walk_call(
        programme,
        "2019",
        P2019,
        opens=berlin(2019, 9, 2, 8),
        closes=berlin(2019, 10, 31, 12),
        budget=BUDGET_2019,
        start=date(2020, 1, 1),
        end=date(2022, 12, 31),
    )
    _walk_call(
        programme,
        "2020",
        P2020,
        opens=berlin(2020, 5, 18, 8),
        closes=berlin(2020, 9, 15, 12),
        budget=BUDGET_2020,
        start=date(2021, 1, 1),
        end=date(2023, 12, 31),
    )


def _walk_call(
    programme: Programme,
    pattern: str,
    funded: Sequence[Funded],
    *,
    opens: datetime,
    closes: datetime,
    budget: dict[int, str],
    start: date,
    end: date,
) -> None:
    """Publish, apply, check, judge, decide, fund, close."""
    office = person("muster", "Frau Muster")
    with clock.at(opens - timedelta(days=20)):
        call = publish(
            programme,
            office,
            pattern=pattern,
            opens_at=opens,
            closes_at=closes,
            earliest_start=start,
            latest_end=end,
            decision_planned=closes.date() + timedelta(weeks=10),
            budget=budget,
        )
    with clock.at(closes - timedelta(days=10)):
        for one in funded:
            towns = [Town.objects.get(ags=key) for key in one.keys]
            draft = walk.draft(towns, one.title, call)
            walk.submit(
                walk.fill(draft, expenditure=one.expenditure, grant=one.grant, start=one.start, end=one.end)
            )
    decide(call, closes + timedelta(days=7), points=[5, 4, 4, 4, 4, 4, 4, 4, 4])
    for award in Award.objects.filter(call=call).order_by("number"):
        _fund(award, closes + timedelta(weeks=9))


def publish(programme: Programme, by: Any, *, pattern: str, budget: dict[int, str], **fields: Any) -> Call:
    """Make a call from a pattern with its budget by year, and publish it."""
    call = calls.create_call(programme, by=by, pattern=pattern, **fields)
    rows = [{"fiscal_year": year, "amount": EUR(amount), "title": ""} for year, amount in budget.items()]
    calls.replace_rows(call, "budgets", rows, by=by)
    return walk.step(call, "publish", by)


def decide(call: Call, moment: datetime, *, points: list[int]) -> None:
    """Check every case of a closed call, let the board score, prepare and release the round."""
    with clock.at(moment):
        judge(call, points=points)
    with clock.at(moment + timedelta(weeks=7)):
        prepared = review.prepare_round(call, by=person("muster", "Frau Muster"))
        walk.step(prepared, "release", person("exempel", "Frau Exempel"))


def judge(call: Call, *, points: list[int]) -> None:
    """Check every case and let the free members of the board score it."""
    calls.close_due_calls()
    cases = [walk.check(case) for case in Case.objects.filter(call=call)]
    eligible = [case for case in cases if case.state == "eligible"]
    due = clock.today() + timedelta(weeks=5)
    review.assign_jurors(
        call, by=person("muster", "Frau Muster"), cases=eligible, members=walk.members(call)[-3:], due=due
    )
    for place, case in enumerate(eligible):
        walk.step(case, "send_to_jury", person("muster", "Frau Muster"))
        for assessment in Assessment.objects.filter(case=case):
            walk.assess(assessment, [max(1, p - place % 3) for p in points])


def _fund(award: Award, moment: datetime) -> None:
    """Issue the letter, pay, reach the milestones, hand in the statement and close."""
    with clock.at(moment):
        project = money.begin(award)
    for tranche in award.tranches.all():
        if tranche.amount:
            day = max(project.start, min(project.end, date(tranche.fiscal_year, 3, 15)))
            with clock.at(clock.start_of(day) + timedelta(hours=10)):
                money.pay(project, tranche.amount, day)
    with clock.at(clock.start_of(award.end + timedelta(days=2))):
        project = walk.step(Project.objects.get(pk=project.pk), "report_completion", money.lead_of(project))
    with clock.at(clock.start_of(award.end + timedelta(days=150))):
        handed_in = money.hand_in(project)
    with clock.at(clock.start_of(award.end + timedelta(days=240))):
        money.close(handed_in)
