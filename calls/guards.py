"""What must hold before a call takes a step."""

from typing import Any

from core.guards import guard
from core.money import plain_euro


@guard(
    "Mindestens ein Haushaltsjahr braucht einen Ansatz. Tragen Sie ihn unter „Haushalt“ ein.",
    lambda c: c.section_url("haushalt"),
)
def has_a_budget(call: Any) -> bool:
    """There is money for at least one fiscal year."""
    return bool(call.budgets.exists())


@guard(
    lambda c: f"Die Gewichte der Bewertungskriterien ergeben {c.weight_sum()} %, nötig sind 100 %.",
    lambda c: c.section_url("kriterien"),
)
def weights_sum_to_100(call: Any) -> bool:
    """The weights of the scoring criteria make 100 percent."""
    return bool(call.weight_sum() == 100)


@guard(
    "Der Aufruf hat noch keine Frage an die Verbünde. Legen Sie mindestens eine an.",
    lambda c: c.section_url("fragen"),
)
def has_questions(call: Any) -> bool:
    """There is something to answer."""
    return bool(call.questions.exists())


@guard(
    "Der Aufruf hat noch keine Position für den Finanzierungsplan. Legen Sie mindestens eine an.",
    lambda c: c.section_url("positionen"),
)
def has_positions(call: Any) -> bool:
    """There is at least one position that expenditure can be planned under."""
    return bool(call.positions.exists())


@guard(
    lambda c: (
        f"Der Ansatz aller Jahre ({plain_euro(c.budget_total())} EUR) reicht nicht für ein Vorhaben "
        f"mit {plain_euro(c.cap)} EUR."
    ),
    lambda c: c.section_url("haushalt"),
)
def budget_covers_one_project(call: Any) -> bool:
    """The budget carries at least one project at the cap."""
    return bool(call.budget_total() >= call.cap)


@guard(lambda c: f"Die Bewerbungsfrist läuft noch bis {c.closes_text()}.")
def deadline_has_come(call: Any) -> bool:
    """The first instant that is too late has come."""
    return bool(call.act.at >= call.closes_at)


@guard(
    lambda c: (
        f"Die Bewerbungsfrist ({c.closes_text()}) liegt in der Vergangenheit. Wählen Sie einen späteren Tag."
    ),
    lambda c: c.section_url("termine"),
)
def deadline_lies_ahead(call: Any) -> bool:
    """Nobody can apply to a call whose deadline is over."""
    return bool(call.act.at < call.closes_at)
