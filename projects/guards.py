"""What must hold before an award, a project or money takes a step."""

from collections.abc import Iterator
from typing import Any

from core import clock
from core.guards import guard
from core.money import euro


def _missing_year(award: Any) -> Iterator[str]:
    """Name each fiscal year whose budget does not carry the award."""
    yield from award.budget_problems()


@guard(_missing_year)
def award_fits_the_budget_of_each_year(award: Any) -> bool:
    """All awards of the call together stay within the budget of each fiscal year (design section 5)."""
    return not award.budget_problems()


@guard(lambda a: f"Die Zuwendung ({euro(a.amount)}) ist höher als zulässig ({euro(a.highest_grant())}).")
def award_within_the_call(award: Any) -> bool:
    """award ≤ min(cap, rate × eligible expenditure, expenditure without staff time)."""
    return bool(award.amount <= award.highest_grant())


@guard(lambda a: f"Die Rechtsbehelfsfrist läuft noch bis {a.remedy_until:%d.%m.%Y}.")
def remedy_is_over(award: Any) -> bool:
    """The remedy period has passed."""
    return bool(award.act.at.astimezone(clock.BERLIN).date() > award.remedy_until)


@guard("Der Zuwendungsbescheid ist noch nicht bestandskräftig. Geld können Sie danach anfordern.")
def award_is_final(request: Any) -> bool:
    """Money flows only on a final award."""
    return bool(request.project.award.state == "final")


@guard(lambda p: f"Das Vorhaben läuft noch bis {p.end:%d.%m.%Y}.")
def last_day_is_over(project: Any) -> bool:
    """The period of the project has ended."""
    return bool(project.act.at.astimezone(clock.BERLIN).date() > project.end)


@guard(
    "Der Meilenstein gehört einer anderen Kommune. Melden kann ihn die zuständige oder die federführende Kommune."
)
def reports_for_own_town(milestone: Any) -> bool:
    """The person acts for the milestone's town or for the lead."""
    return bool(milestone.may_report(milestone.act.by))


@guard("Geben Sie einen Betrag über 0,00 EUR an.")
def amount_is_positive(request: Any) -> bool:
    """There is something to pay."""
    return bool(request.amount > 0)


@guard(
    lambda r: (
        f"Sie fordern {euro(r.amount)} an. Abrufbar sind {euro(r.drawable())}. "
        "Verringern Sie den Betrag oder ergänzen Sie fällige Ausgaben."
    )
)
def within_what_is_drawable(request: Any) -> bool:
    """paid + requested ≤ drawable ≤ award, reckoned under the project's lock."""
    return bool(request.amount <= request.drawable())


@guard(
    lambda r: (
        f"Für das Haushaltsjahr {r.fiscal_year} sind noch {euro(r.left_of_year())} bewilligt. "
        f"Angefordert sind {euro(r.amount)}."
    )
)
def within_the_year(request: Any) -> bool:
    """The tranche of the fiscal year is not exceeded."""
    return bool(request.amount <= request.left_of_year())


@guard(
    lambda r: (
        f"Auszahlen dürfen Sie höchstens {euro(r.payable())}, angefordert sind {euro(r.amount)}. "
        "Seit der Einreichung wurde anderes ausgezahlt oder angeordnet."
    )
)
def still_payable(request: Any) -> bool:
    """What was paid or ordered since the submission leaves enough of claim and tranche."""
    return bool(request.amount <= request.payable())


@guard(lambda r: r.value_date_problem(r.act.data["value_date"]))
def value_date_in_its_year(request: Any) -> bool:
    """The payment is booked in its fiscal year, after the order and not in the future."""
    day = request.act.data.get("value_date")
    return day is None or not request.value_date_problem(day)


@guard("Das Vorhaben ist in der Schlussprüfung oder beendet. Geld können Sie dafür nicht mehr anfordern.")
def not_in_final_audit(request: Any) -> bool:
    """No money is asked for once the final statement is in."""
    return request.project.state in ("founded", "running", "completed")


@guard(
    "Das Vorhaben läuft noch nicht oder nicht mehr. Melden können Sie Meilensteine eines laufenden Vorhabens."
)
def project_is_under_way(milestone: Any) -> bool:
    """Milestones are reported from the beginning of the project until its final statement."""
    return milestone.project.state in ("running", "completed")


@guard(
    "Das Vorhaben läuft noch. Beenden Sie zuerst die Durchführung, oder warten Sie bis zu seinem letzten Tag.",
    lambda s: s.project.get_absolute_url(),
)
def project_is_completed(statement: Any) -> bool:
    """The statement follows the end of the project."""
    return statement.project.state == "completed"  # type: ignore[no-any-return]


@guard("Sie haben diese Zahlungsanforderung geprüft. Anordnen muss eine andere Person.")
def ordered_by_another(request: Any) -> bool:
    """Four eyes: who checks does not order."""
    by = request.act.by
    return bool(by is not None and request.checked_by_id != by.pk)


@guard("Sie haben diese Zahlungsanforderung gestellt. Prüfen muss eine andere Person.")
def checked_by_another(request: Any) -> bool:
    """Who asks for money does not check the request."""
    by = request.act.by
    return bool(by is not None and request.requested_by_id != by.pk)


@guard("Der Sachbericht ist leer. Beschreiben Sie, wofür das Geld verwendet und was erreicht wurde.")
def narrative_written(statement: Any) -> bool:
    """A statement has a narrative (ANBest-Gk 6.2)."""
    return bool(statement.narrative.strip())


@guard("Tragen Sie zu mindestens einer Position ein, was Sie ausgegeben haben.")
def something_spent(statement: Any) -> bool:
    """The figures are filled in."""
    return bool(statement.spent_total() > 0)


def _open_milestones(statement: Any) -> Iterator[str]:
    """Name each milestone that nobody reported."""
    for milestone in statement.project.milestones.filter(state__in=["planned", "returned"]):
        yield f"Der Meilenstein {milestone.code} „{milestone.title}“ ist noch nicht gemeldet."


@guard(_open_milestones)
def every_milestone_reported(statement: Any) -> bool:
    """The narrative can be held against the plan."""
    return not statement.project.milestones.filter(state__in=["planned", "returned"]).exists()


@guard("Es sind noch Zahlungsanforderungen offen. Schließen Sie sie zuerst ab.")
def no_open_requests(statement: Any) -> bool:
    """The money side is at rest before the final reckoning."""
    return not statement.project.payment_requests.filter(
        state__in=["submitted", "queried", "checked", "ordered"]
    ).exists()


@guard("Für diesen Nachweis sind Kürzungen eingetragen. Schließen Sie ihn mit Kürzung ab.")
def nothing_cut(statement: Any) -> bool:
    """Every amount was recognised as claimed."""
    return bool(statement.cut_total() == 0)


@guard("Für diesen Nachweis ist keine Kürzung eingetragen. Tragen Sie zuerst Betrag und Grund ein.")
def something_cut(statement: Any) -> bool:
    """At least one amount was not recognised."""
    return bool(statement.cut_total() > 0)
