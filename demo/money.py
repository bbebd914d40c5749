"""The money side of the demo: awards, milestones, payments, statements."""

from datetime import date
from decimal import Decimal
from typing import Any

from core.models import User
from demo import texts
from demo.people import acting_for, person
from demo.walk import step
from projects import services as projects
from projects.models import Award, PaymentRequest, Project, Statement

ZERO = Decimal("0.00")


def officer() -> User:
    """Return the officer of the granting authority."""
    return person("exempel", "Frau Exempel")


def lead_of(project: Project | Award) -> User:
    """Return the example person of the lead."""
    return acting_for(project.alliance.lead.town)


def issue(award: Award) -> Award:
    """Issue the letter; the project is founded."""
    return step(award, "issue", officer())


def receive(award: Award) -> Award:
    """Confirm receipt; the remedy period begins."""
    return step(award, "receive", lead_of(award))


def begin(award: Award) -> Project:
    """Issue, confirm receipt, waive the remedy: the project runs."""
    step(receive(issue(award)), "waive_remedy", lead_of(award))
    return Project.objects.get(award=award)


def reach(project: Project, count: int, *, note: bool = True) -> None:
    """Report the next `count` milestones, and let the office note them."""
    for milestone in list(project.milestones.filter(state="planned"))[:count]:
        told = step(
            milestone, "report", lead_of(project), result="Beispieltext: erreicht wie geplant.", file=None
        )
        if note:
            step(told, "note", person("muster", "Frau Muster"))


def request(project: Project, amount: Decimal, year: int) -> PaymentRequest:
    """Write the draft of a payment request whose expenses carry the amount."""
    award = project.award
    drawn = project.paid() + project.payment_requests.binding().total()
    share = ((drawn + amount) * award.expenditure / award.amount).quantize(
        Decimal("0.01"), rounding="ROUND_UP"
    )
    expenses = min(share, award.expenditure)
    values = {
        "paid_expenses": ZERO,
        "due_expenses": expenses,
        "amount": amount,
        "purpose": "Beispieltext: Rechnungen für die Erprobung.",
        "fiscal_year": year,
    }
    return projects.start_payment_request(project, values, by=lead_of(project))


def pay(project: Project, amount: Decimal, value_date: date) -> PaymentRequest:
    """Request, check, order, pay: three people."""
    asked = step(request(project, amount, value_date.year), "submit", lead_of(project))
    ordered = step(step(asked, "confirm", officer()), "order", person("kasse", "Frau Kasse"))
    return step(ordered, "pay", person("kasse", "Frau Kasse"), value_date=value_date)


def pay_all(project: Project) -> None:
    """Pay every tranche at the end of November of its year."""
    for tranche in project.award.tranches.all():
        if tranche.amount:
            pay(project, tranche.amount, date(tranche.fiscal_year, 11, 28))


def statement(project: Project) -> Statement:
    """Write the draft of the final statement: all spent as planned."""
    award = project.award
    values: dict[str, Any] = {
        "narrative": texts.NARRATIVE,
        "own_funds": award.expenditure - award.amount - award.own_staff,
        "own_staff": award.own_staff,
        "third_party": ZERO,
        "spent": {line.code: line.amount for line in project.plan_lines.all()},
    }
    return projects.start_statement(project, values, by=lead_of(project))


def hand_in(project: Project) -> Statement:
    """Report the rest of the milestones and hand the final statement in."""
    reach(project, 99)
    return step(statement(project), "submit", lead_of(project))


def close(found: Statement) -> Statement:
    """Audit without objection."""
    return step(step(found, "begin_audit", officer()), "close_without_objection", officer())


def close_with_cut(found: Statement, amount: Decimal) -> Statement:
    """Audit with a cut on the first position."""
    found = step(found, "begin_audit", officer())
    line = found.lines.select_related("plan_line").order_by("-spent")[0]
    reason = "Beispielgrund: Rechnung liegt außerhalb des Bewilligungszeitraums."
    cuts = {line.plan_line.code: {"amount": amount, "reason": reason}}
    return step(step(found, "cut", officer(), cuts=cuts), "close_with_cuts", officer())
