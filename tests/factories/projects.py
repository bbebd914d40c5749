"""Awards, projects, payment requests and statements for tests; a state is reached by performing the steps.

The award: 500,000.00 EUR planned (100,000.00 of it staff time), 400,000.00 EUR granted: 240,000.00 for 2027 and
160,000.00 for 2028, from 1 April 2027 to 31 March 2029. Herr Beispiel coordinates the lead.
"""

from decimal import Decimal
from typing import Any

from calls.services import load_reference
from core import clock, door
from projects import services
from projects.models import Award, PaymentRequest, Project, Statement
from tests.cast import person
from tests.factories import alliances, review

ISSUED = clock.berlin(2026, 12, 3, 10)
RECEIVED = clock.berlin(2026, 12, 8, 10)
FINAL = clock.berlin(2027, 1, 11, 6)
SPENDING = clock.berlin(2027, 9, 20, 10)
PAID = clock.berlin(2027, 9, 27, 10)
OVER = clock.berlin(2029, 4, 1, 6)
TOLD = clock.berlin(2029, 9, 3, 10)
AWARD_STEPS = {
    "issued": [("issue", "exempel", ISSUED)],
    "received": [("issue", "exempel", ISSUED), ("receive", "beispiel", RECEIVED)],
    "final": [("issue", "exempel", ISSUED), ("receive", "beispiel", RECEIVED), ("become_final", None, FINAL)],
}
PAYMENT_STEPS = {
    "draft": [],
    "submitted": ["submit"],
    "queried": ["submit", "query"],
    "checked": ["submit", "confirm"],
    "ordered": ["submit", "confirm", "order"],
    "paid": ["submit", "confirm", "order", "pay"],
    "rejected": ["submit", "reject"],
    "withdrawn": ["submit", "withdraw"],
}
STATEMENT_STEPS = {
    "draft": [],
    "submitted": ["submit"],
    "in_audit": ["submit", "begin_audit"],
    "returned": ["submit", "give_back"],
    "closed_without_objection": ["submit", "begin_audit", "close_without_objection"],
    "closed_with_cuts": ["submit", "begin_audit", "cut", "close_with_cuts"],
}
WHO = {"submit": "beispiel", "withdraw": "beispiel", "query": "muster", "confirm": "muster", "reject": "muster",
       "order": "kasse", "pay": "kasse"}  # fmt: skip


def award(state: str = "drafted", *, grant: Decimal = alliances.GRANT) -> Award:
    """Return an award: "drafted", "issued", "received" or "final"; a drafted one of this amount is taken up."""
    made = Award.objects.filter(state="drafted", amount=grant).first() or _drafted(grant)
    for step, who, moment in AWARD_STEPS.get(state, []):
        with clock.at(moment):
            made = door.perform(made, step, by=person(who) if who else None).record
    return made


def project(state: str = "running", *, grant: Decimal = alliances.GRANT) -> Project:
    """Return a project: "founded", "running", "completed", "in_final_audit" or "closed"."""
    if state in ("in_final_audit", "closed"):
        told = statement("submitted" if state == "in_final_audit" else "closed_without_objection")
        return Project.objects.get(pk=told.project_id)
    made = award("issued" if state == "founded" else "final", grant=grant)
    if state == "completed":
        with clock.at(OVER):
            services.end_projects()
    return Project.objects.get(award=made)


def payment(state: str = "paid", *, of: Project | None = None, **values: Any) -> PaymentRequest:
    """Return a payment request of 20 September 2027; `values` replace those of its form (100,000.00 EUR asked for)."""
    found = of or project()
    form = {
        "paid_expenses": Decimal("100000.00"),
        "due_expenses": Decimal("25000.00"),
        "amount": Decimal("100000.00"),
        "purpose": "Rechnungen für die ersten drei Läden",
        "fiscal_year": 2027,
        **values,
    }
    with clock.at(SPENDING):
        made = services.start_payment_request(found, form, by=person("beispiel"))
    for step in PAYMENT_STEPS[state]:
        with clock.at(PAID if step == "pay" else SPENDING):
            data = (
                {"value_date": PAID.date()}
                if step == "pay"
                else {"note": "Wofür ist die Rechnung vom 2. September?"}
            )
            made = door.perform(made, step, by=person(WHO[step]), data=data).record
    return made


def statement(state: str = "draft", *, of: Project | None = None, spent: str = "500000.00") -> Statement:
    """Return the statement of a completed project; `spent` is the whole expenditure, 100,000.00 EUR of it staff."""
    found = of or project("completed")
    form = {
        "narrative": "Drei leere Läden sind wieder geöffnet.",
        "own_funds": Decimal("0.00"),
        "own_staff": Decimal("100000.00"),
        "third_party": Decimal("0.00"),
        "spent": spending(found, Decimal(spent)),
    }
    with clock.at(TOLD):
        for milestone in found.milestones.filter(state="planned"):
            door.perform(milestone, "report", by=person("beispiel"), data={"result": "Die Karte liegt vor."})
        made = services.start_statement(found, form, by=person("beispiel"))
        for step in STATEMENT_STEPS[state]:
            who = "beispiel" if step == "submit" else "exempel"
            data = {"note": "Der Sachbericht ist zu kurz."} if step == "give_back" else {}
            made = door.perform(made, step, by=person(who), data=cuts(made) if step == "cut" else data).record
    return made


def spending(of: Project, total: Decimal) -> dict[str, Decimal]:
    """Return an expenditure by position: what was planned but for the last one, which takes the rest."""
    lines = list(of.plan_lines.all())
    spent = {line.code: line.amount for line in lines[:-1]}
    return {**spent, lines[-1].code: total - sum(spent.values(), Decimal("0.00"))}


def cuts(of: Statement, amount: str = "10000.00") -> dict[str, Any]:
    """Return the input of a cut of the last position."""
    code = of.project.plan_lines.last().code
    return {"cuts": {code: {"amount": Decimal(amount), "reason": "Nicht im Zeitraum ausgegeben"}}}


def _drafted(grant: Decimal) -> Award:
    """Return the award that the released round drafts."""
    load_reference()
    return Award.objects.get(case=review.case("awarded", grant=grant))
