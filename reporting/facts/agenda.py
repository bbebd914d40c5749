"""The tasks page: all duties of a person, in groups, with a summary, counts for staff, and what others have to move."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from core import wording
from reporting.facts import board_duties, office_duties, town_duties
from reporting.facts.duty import Duty, Group, grouped, summary
from reporting.facts.person import Person
from reporting.facts.waiting import Wait, waiting_for_others

SHOWN_OF_A_KIND = 20


@dataclass(frozen=True)
class Kind:
    """A kind of duty: whom it may concern (rights on an anchor), how it is found, and its count with a list's route."""

    anchor: str
    rights: str
    find: Callable[[Person], Iterable[Duty]]
    counted: str = ""
    route: str = ""


KINDS = [
    Kind("town", "answer_invitation", town_duties.invitations),
    Kind("alliance", "lead_alliance", town_duties.more_partners),
    Kind("alliance", "lead_alliance", town_duties.unbegun_applications),
    Kind("alliance", "write sign submit", town_duties.applications),
    Kind("alliance", "receive_award", town_duties.awards_to_receive),
    Kind("project", "report_milestone", town_duties.milestones),
    Kind("project", "request_payment", town_duties.payment_requests),
    Kind("project", "write_statement", town_duties.statements),
    Kind("case", "declare", board_duties.declarations),
    Kind("case", "score", board_duties.assessments),
    Kind("case", "check", office_duties.checks, "Vorgänge formal prüfen", "case-list"),
    Kind(
        "case",
        "rule",
        office_duties.rulings,
        "Einzelfälle entscheiden und Prüfungen abschließen",
        "case-list",
    ),
    Kind("call", "assign_jurors", office_duties.assignments),
    Kind("case", "check", office_duties.handovers_to_jury, "Dem Beirat vorlegen", "case-list"),
    Kind("call", "prepare_decision", office_duties.rounds_to_prepare),
    Kind("call", "release_decision", office_duties.rounds_to_release),
    Kind("case", "issue_award", office_duties.awards_to_issue, "Bescheide erlassen", "case-list"),
    Kind(
        "project",
        "note_milestone",
        office_duties.milestones_to_note,
        "Meilensteine lesen",
        "project-list",
    ),
    Kind(
        "project",
        "check_payment",
        office_duties.payments_to_check,
        "Zahlungsanforderungen prüfen",
        "payment-list",
    ),
    Kind(
        "project", "order_payment", office_duties.payments_to_order, "Auszahlungen anordnen", "payment-list"
    ),
    Kind("project", "order_payment", office_duties.payments_to_book, "Auszahlungen buchen", "payment-list"),
    Kind(
        "project",
        "audit_statement",
        office_duties.statements_to_audit,
        "Nachweise prüfen",
        "project-list",
    ),
]


@dataclass(frozen=True)
class Count:
    """How many duties of one kind there are, and the route of the list that holds them all."""

    label: str
    count: int
    route: str


@dataclass(frozen=True)
class Agenda:
    """What the tasks page shows."""

    summary: str
    groups: list[Group]
    counts: list[Count]
    waiting: list[Wait]
    upcoming: str
    is_new: bool


def agenda(user: Any) -> Agenda:
    """Return the tasks of a person: a constant number of queries, bounded by the person's rights."""
    person = Person(user)
    found = [(kind, list(kind.find(person))) for kind in KINDS if person.may(kind.anchor, kind.rights)]
    every = [duty for _, duties in found for duty in duties]
    shown = [duty for _, duties in found for duty in nearest(duties)]
    return Agenda(
        summary=summary(every),
        groups=grouped(shown),
        counts=[
            Count(kind.counted, len(duties), kind.route) for kind, duties in found if kind.route and duties
        ],
        waiting=waiting_for_others(person),
        upcoming="" if every else upcoming(person),
        is_new=not person.rights,
    )


def nearest(duties: list[Duty]) -> list[Duty]:
    """Return the most urgent duties of one kind; the rest stands in the list that its count links to."""
    return sorted(duties, key=lambda duty: (duty.last_day(), duty.number))[:SHOWN_OF_A_KIND]


def upcoming(person: Person) -> str:
    """Return the next milestone of the person's towns as a sentence, or an empty text."""
    milestone = (
        town_duties.own_milestones(person).first() if person.may("project", "report_milestone") else None
    )
    if milestone is None:
        return ""
    return f"Als Nächstes: Meilenstein {milestone.code} „{milestone.title}“ bis {wording.day(milestone.due)}."
