"""The rights table: who may open which page, and who may act on it. One row for each route and state.

Read it so: `route | record | who may open the page | who may send its form`. The page does not exist (404) for
everybody else; visitors are asked to sign in. Whoever may open but not send, reads; "-" is nobody. The words are
people with exactly one part each (tests/rights/people.py); some words stand for several:

    towns        coordinator, editor, signatory and finance of the lead town and of a partner town
    writers      the towns without the signatories
    signatories  those of both towns
    coordinators those of both towns, and of a town in another alliance
    reporters    both towns' coordinators and editors, and the lead's finance
    lead-reporters  those of them in the lead town
    lead-money   the lead's coordinator and finance
    preparers    office and officer
    checkers     office, officer and second officer
    file         office, officer, second officer, federal auditor
    programme    the file and the cashier
    users        everybody who is signed in, also strangers, other alliances, other programmes and technicians
    everyone     users and visitors

A route that is not in the table fails the build, and so does a row without a route.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.test import Client

from core import clock
from tests.rights.pages import PARAMETERS, SIGN_IN, Writing, address, client_of, content_of, form_data
from tests.rights.people import ACTORS, actors_of
from tests.rights.world import NOW, World, build

TABLE = """
# Open to everyone
home                                |                         | everyone                        | -
imprint                             |                         | everyone                        | -
privacy                             |                         | everyone                        | -
accessibility                       |                         | everyone                        | -
contact                             |                         | everyone                        | -
components                          |                         | everyone                        | -
gallery                             |                         | everyone                        | -
town-list                           |                         | everyone                        | -
town                                | town                    | everyone                        | -
call-list                           |                         | everyone                        | -
call                                | open call               | everyone                        | -
call                                | draft call              | file                            | -
language                            |                         | -                               | -
account_login                       |                         | everyone                        | -
account_reset_password              |                         | everyone                        | -
account_reset_password_done         |                         | everyone                        | -
account_reset_password_from_key     | reset                   | everyone                        | -
account_reset_password_from_key_done|                         | everyone                        | -
account_inactive                    |                         | everyone                        | -

# Everybody who is signed in: what they see there is their own
tasks                               |                         | users                           | -
search                              |                         | users                           | -
my-town                             |                         | users                           | -
alliance-list                       |                         | users                           | -
case-list                           |                         | users                           | -
assessment-list                     |                         | users                           | -
project-list                        |                         | users                           | -
payment-list                        |                         | users                           | -
account_logout                      |                         | users                           | -
account_signup                      |                         | users                           | -
account_change_password             |                         | users                           | -
account_reauthenticate              |                         | users                           | -

# The programme and its calls
programme                           |                         | programme other-programme       | -
call-create                         |                         | preparers other-programme       | the same
call-setup                          | draft call              | file                            | -
call-section                        | draft call              | file                            | preparers
call-section                        | open call               | file                            | -
call-publish                        | draft call              | preparers                       | the same
call-cancel                         | open call               | preparers                       | the same
jury                                | review call             | file                            | preparers
ranking                             | judged call             | file                            | preparers
ranking                             | review call             | file                            | -
decision                            | prepared round          | file                            | -
decision-item                       | prepared round          | file                            | preparers
decision-release                    | prepared round          | officer                         | the same
decision                            | decided call            | file                            | -
decision-item                       | decided call            | file                            | -
report-list                         |                         | programme other-programme       | -
report-new                          | decided call            | file                            | the same
job                                 | office's run            | office                          | -
document                            | office's report         | office                          | -

# Alliances and invitations
alliance-found                      |                         | coordinators                    | the same
alliance                            | alliance                | towns auditor                   | -
alliance-invite                     | alliance                | towns auditor                   | lead-coordinator
application-start                   | alliance                | writers                         | the same
partner                             | invitation              | towns auditor other-alliance    | -
partner-accept                      | invitation              | other-alliance                  | the same
partner-decline                     | invitation              | other-alliance                  | the same
partner-leave                       | joined town             | partner-coordinator             | the same

# The application while it is written
application                         | filled application      | towns auditor                   | -
application-basics                  | filled application      | towns auditor                   | writers
application-answer                  | filled application      | towns auditor                   | writers
application-plan                    | filled application      | towns auditor                   | -
application-town-plan               | filled application      | towns auditor                   | writers
application-position                | filled application      | towns auditor                   | writers
application-milestones              | filled application      | towns auditor                   | writers
application-milestone               | filled application      | towns auditor                   | writers
application-milestone-remove        | filled application      | writers                         | the same
application-documents               | filled application      | towns auditor                   | writers
application-document-remove         | filled application      | writers                         | the same
document                            | upload                  | towns auditor                   | -
application-sign                    | filled application      | signatories                     | the same
application-submit                  | signed application      | lead-coordinator                | the same
application-withdraw                | signed application      | lead-coordinator                | the same

# The application after it was submitted
application                         | submitted application   | towns auditor                   | -
application-basics                  | submitted application   | towns auditor                   | -
application-town-plan               | submitted application   | towns auditor                   | -
application-take_back               | submitted application   | lead-coordinator                | the same
submission                          | submission              | towns auditor                   | -
document                            | receipt                 | towns auditor                   | -
document                            | version                 | towns auditor                   | -

# The case: its file is the programme's; jurors read the frozen application on their own pages, towns see nothing
case                                | case received           | file                            | -
case-check                          | case in check           | file                            | -
case-start_check                    | case received           | preparers                       | the same
case-rule                           | case unmet              | preparers                       | the same
case-confirm_eligible               | case in check           | preparers                       | the same
case-propose_ineligible             | case unmet              | preparers                       | the same
case-send_to_jury                   | case eligible           | preparers                       | the same
case                                | case at the board       | file                            | -
document                            | case's document         | file juror juror-done           | -
case-assessment-reopen              | submitted assessment    | preparers                       | the same
case-assessment-set_aside           | open assessment         | preparers                       | the same

# The juror's own: before the declaration nothing but the declaration; after a declared bias nothing at all
assessment                          | case eligible           | -                               | -
assessment-declare                  | case eligible           | -                               | -
assessment-declare                  | case at the board       | juror-assigned juror juror-done | juror-assigned juror
assessment                          | case at the board       | juror-assigned juror juror-done | -
assessment-draft                    | case at the board       | juror juror-done                | -
assessment-criterion                | case at the board       | juror juror-done                | juror
assessment-submit                   | case at the board       | juror juror-done                | juror
assessment                          | case other              | juror-elsewhere                 | -

# The award: towns see it once it is issued
award                               | drafted award           | file                            | -
award-issue                         | drafted award           | officer                         | the same
award                               | issued award            | file towns                      | -
document                            | letter                  | file towns                      | -
award-receive                       | issued award            | lead-coordinator                | the same
award-waive_remedy                  | received award          | lead-coordinator                | the same

# The project and its milestones
project                             | running project         | towns programme                 | -
project-report_completion           | running project         | lead-money                      | the same
milestones                          | running project         | towns programme                 | -
milestone                           | lead's milestone        | towns programme                 | -
milestone-report                    | lead's milestone        | reporters                       | lead-reporters
milestone-report                    | partner's milestone     | reporters                       | the same
milestone-note                      | reported milestone      | preparers                       | the same
milestone-give_back                 | reported milestone      | preparers                       | the same
document                            | evidence                | towns programme                 | -

# Payments: a draft is the lead's own; who checks does not order
payment-new                         | running project         | lead-money                      | the same
payment                             | draft payment           | lead-money                      | -
payment-edit                        | draft payment           | lead-money                      | the same
payment-submit                      | draft payment           | lead-money                      | the same
payment-withdraw                    | draft payment           | lead-money                      | the same
payment                             | submitted payment       | towns programme                 | -
payment-query                       | submitted payment       | checkers                        | the same
payment-confirm                     | submitted payment       | checkers                        | the same
payment-edit                        | queried payment         | lead-money                      | the same
payment-submit                      | queried payment         | lead-money                      | the same
payment-order                       | checked payment         | cashier                         | the same
payment-reject                      | checked payment         | checkers                        | the same
payment-pay                         | ordered payment         | cashier                         | the same

# Statements: a draft is the lead's own
statement-new                       | completed project       | lead-money                      | the same
statement                           | drafted statement       | lead-money                      | -
statement-edit                      | drafted statement       | lead-money                      | the same
statement-submit                    | drafted statement       | lead-money                      | the same
statement                           | submitted statement     | towns programme                 | -
statement-begin_audit               | submitted statement     | officer                         | the same
statement-give_back                 | submitted statement     | officer                         | the same
statement-cut                       | audited statement       | officer                         | the same
statement-close_without_objection   | audited statement       | officer                         | the same
statement-close_with_cuts           | cut statement           | officer                         | the same
"""

# Lists show their readers their own only: list | page of a record | record | who finds a link to it there.
# The search is asked for the number of the record.
LISTS = """
alliance-list    | alliance    | alliance            | towns auditor
case-list        | case        | case at the board   | file
assessment-list  | assessment  | case at the board   | juror juror-done
assessment-list  | assessment-declare | case at the board | juror-assigned
assessment-list  | assessment  | case other          | juror-elsewhere
project-list     | project     | running project     | towns programme
payment-list     | payment     | draft payment       | lead-money
payment-list     | payment     | submitted payment   | towns programme
report-list      | report-new  | decided call        | file
programme        | call-setup  | draft call          | programme
search           | application | filled application  | towns auditor
search           | case        | case received       | file
search           | assessment  | case at the board   | juror juror-done
search           | project     | running project     | towns programme
search           | call-setup  | draft call          | file
"""

# What is typed where a form needs more than what it shows already; a field that the form does not have is left out.
TYPED = {
    "": {"note": "Beispielgrund.", "reason": "Beispielgrund.", "title": "Neuer Titel", "result": "Erreicht."},
    "alliance-invite": {"q": "Testerode"},
    "alliance-found": {"call": ""},
    "jury": {"due_tag": "31", "due_monat": "12", "due_jahr": "2027"},
    "application-milestones": {"due_tag": "30", "due_monat": "9", "due_jahr": "2028", "evidence": "Bericht"},
    "payment-new": {
        "paid_expenses": "0,00",
        "due_expenses": "40.000,00",
        "amount": "1.000,00",
        "purpose": "Strom",
    },
    "payment-edit": {"purpose": "Andere Rechnungen"},
    "payment-pay": {"value_date_tag": "20", "value_date_monat": "9", "value_date_jahr": "2027"},
}


@dataclass(frozen=True)
class Row:
    """One row of the table."""

    route: str
    record: str
    readers: frozenset[str]
    senders: frozenset[str]

    def __str__(self) -> str:
        return f"{self.route} {self.record}".strip()


def rows() -> Iterator[Row]:
    """Yield the rows of the table."""
    for line in TABLE.splitlines():
        if "|" in line:
            route, record, readers, senders = (cell.strip() for cell in line.split("|"))
            senders = senders.replace("the same", readers)
            yield Row(route, record, actors_of(readers), actors_of(senders))


ROWS = list(rows())
SENT = [row for row in ROWS if row.senders]
PUBLIC = {row.route for row in ROWS if "visitor" in row.readers} | {"language"}
EVERYONE_FOR_ONE = ("visitor", "stranger", "auditor", "lead-coordinator")
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[World]:
    """Build the world once; nothing of it stays."""
    with django_db_blocker.unblock(), clock.at(NOW), transaction.atomic():  # type: ignore[attr-defined]
        yield build()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def browsers(world: World) -> dict[str, Client]:
    """Return a browser for each actor."""
    return {actor: client_of(world.people[actor]) for actor in ACTORS}


def page_of(row: Row, world: World) -> str:
    """Return the address of a row's page."""
    return address(row.route, world.places[row.record] if row.record else {})


def refused(response: object, row: Row, actor: str) -> bool:
    """Say whether a page does not exist for somebody, or a visitor is asked to sign in."""
    status, target = response.status_code, response.headers.get("Location", "")  # type: ignore[attr-defined]
    if actor == "visitor" and row.route not in PUBLIC:
        return bool(status == 302 and target.startswith(SIGN_IN))
    return status in (404, 405)


def test_the_table_has_every_route_and_no_other() -> None:
    """A new page needs a row, and a page that went loses it."""
    named = {row.route for row in ROWS}
    assert sorted(set(PARAMETERS) - named) == []
    assert sorted(named - set(PARAMETERS)) == []


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_who_opens_the_page(row: Row, world: World, browsers: dict[str, Client]) -> None:
    """Readers get the page, or its own way on; for all others it does not exist."""
    url = page_of(row, world)
    wrong = []
    for actor in EVERYONE_FOR_ONE if row.readers == actors_of("everyone") else ACTORS:
        response = browsers[actor].get(url)
        content_of(response)
        opened = response.status_code in (200, 302) and not response.headers.get("Location", "").startswith(
            SIGN_IN
        )
        if not (opened if actor in row.readers else refused(response, row, actor)):
            wrong.append(f"{actor}: {response.status_code}")
    assert wrong == []


@pytest.mark.parametrize(
    "line", [line for line in LISTS.splitlines() if line], ids=lambda line: line.split("| ")[2]
)
def test_who_finds_it_in_a_list(line: str, world: World, browsers: dict[str, Client]) -> None:
    """A list, the search too, leads nobody to what is not theirs, and everybody to what is."""
    route, page, record, words = (cell.strip() for cell in line.split("|"))
    place = world.places[record]
    query = f"?q={place['number']}" if route == "search" else ""
    wanted = f'"{address(page, place)}"'
    found = {
        actor
        for actor in ACTORS
        if wanted in browsers[actor].get(address(route, {}) + query).content.decode()
    }
    assert found == actors_of(words)


@pytest.mark.parametrize("row", SENT, ids=str)
def test_who_sends_the_form(row: Row, world: World, browsers: dict[str, Client]) -> None:
    """The same true input: from senders it is taken, from all others nothing changes."""
    url = page_of(row, world)
    typed = {**TYPED[""], **TYPED.get(row.route, {})}
    pages = {actor: browsers[actor].get(url).content for actor in sorted(row.senders)}
    wrong = []
    for actor in sorted(
        {*row.readers, "visitor", "stranger", "other-alliance", "other-programme", "auditor"}
    ):
        data = form_data(pages.get(actor, next(iter(pages.values()))), typed)
        with transaction.atomic():
            with Writing() as writing:
                response = browsers[actor].post(url, data)
            transaction.set_rollback(True)
        taken = response.status_code == 302 and writing.anything
        if not (taken if actor in row.senders else not writing.anything):
            wrong.append(f"{actor}: {response.status_code}, {writing.statements[:1]}")
        if actor not in row.readers and not refused(response, row, actor):
            wrong.append(f"{actor}: {response.status_code}")
    assert wrong == []


@pytest.mark.parametrize("row", [row for row in ROWS if not row.senders], ids=str)
def test_nobody_sends_what_is_only_read(row: Row, world: World, browsers: dict[str, Client]) -> None:
    """A page without senders changes nothing, whoever sends whatever."""
    url = page_of(row, world)
    for actor in {*sorted(row.readers)[:1], "auditor", "stranger"}:
        with transaction.atomic():
            with Writing() as writing:
                content_of(browsers[actor].post(url, TYPED[""]))
            transaction.set_rollback(True)
        assert not writing.anything, actor


def test_the_auditor_writes_nothing() -> None:
    """The federal auditor reads; the only thing that one may send is the wish for a report."""
    assert [row.route for row in ROWS if "auditor" in row.senders] == ["report-new"]
