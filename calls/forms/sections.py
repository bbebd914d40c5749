"""The sections of a call's set-up: what each is called, its form or rows, and what it says in the task list."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from calls.forms.fields import CriteriaForm, DatesForm, KeyFactsForm, RulesForm
from calls.forms.rows import BudgetRow, DocumentRow, PositionRow, QuestionRow, RowForm, ScoringRow
from calls.models import Call
from core.money import euro, percent
from core.wording import day, moment

Told = tuple[str, bool]


@dataclass(frozen=True)
class Section:
    """One section: either a form of fields (`form`) or a list (`rows` and the accessor `related`)."""

    slug: str
    title: str
    group: str
    intro: str
    tell: Callable[[Call], Told]
    form: Any = None
    rows: type[RowForm] | None = None
    related: str = ""
    empty: str = ""


def _counted(related: str, one: str, many: str) -> Callable[[Call], Told]:
    """Return what a list says: how many rows, and whether there is any."""

    def tell(call: Call) -> Told:
        count = getattr(call, related).count()
        return (f"{count} {one if count == 1 else many}" if count else f"noch keine {one}", bool(count))

    return tell


def _rules(call: Call) -> Told:
    """Tell the rules in one line."""
    text = f"höchstens {euro(call.cap)}, höchstens {percent(call.rate)}, mindestens {call.min_towns} Kommunen"
    return text, True


def _dates(call: Call) -> Told:
    """Tell the deadline and the period."""
    return f"Bewerben bis {moment(call.closes_at)}, Beginn frühestens {day(call.earliest_start)}", True


def _budget(call: Call) -> Told:
    """Tell the sum of all years."""
    total = call.budget_total()
    return (f"zusammen {euro(total)}", True) if total else ("noch kein Ansatz", False)


def _scoring(call: Call) -> Told:
    """Tell the sum of the weights."""
    weights = call.weight_sum()
    return f"Gewichte zusammen {weights} von 100 %", weights == 100


def _documents(call: Call) -> Told:
    """Tell how many documents; none is an answer too."""
    text, some = _counted("required_documents", "Unterlage", "Unterlagen")(call)
    return (text if some else "keine verlangt"), True


SECTIONS: dict[str, Section] = {
    section.slug: section
    for section in (
        Section(
            "eckdaten",
            "Eckdaten",
            "Was ausgeschrieben wird",
            "So heißt der Aufruf, und so beginnt seine öffentliche Seite.",
            lambda call: (call.title, True),
            form=KeyFactsForm,
        ),
        Section(
            "termine",
            "Termine",
            "Was ausgeschrieben wird",
            "Wann sich Verbünde bewerben können und wann Vorhaben laufen.",
            _dates,
            form=DatesForm,
        ),
        Section(
            "regeln",
            "Regeln",
            "Was ausgeschrieben wird",
            "Wie viel Geld, welcher Anteil, wie viele Kommunen, wie lange.",
            _rules,
            form=RulesForm,
        ),
        Section(
            "haushalt",
            "Haushalt",
            "Geld",
            "Der Ansatz je Haushaltsjahr. Alle Bewilligungen eines Jahres bleiben darunter.",
            _budget,
            rows=BudgetRow,
            related="budgets",
            empty="Noch kein Ansatz. Ohne Ansatz kann kein Bescheid erlassen werden.",
        ),
        Section(
            "positionen",
            "Positionen",
            "Geld",
            "Unter diesen Positionen planen die Kommunen ihre Ausgaben.",
            _counted("positions", "Position", "Positionen"),
            rows=PositionRow,
            related="positions",
            empty="Noch keine Position.",
        ),
        Section(
            "fragen",
            "Fragen",
            "Was Verbünde einreichen",
            "Jede Frage beantwortet ein Verbund auf einer eigenen Seite.",
            _counted("questions", "Frage", "Fragen"),
            rows=QuestionRow,
            related="questions",
            empty="Noch keine Frage.",
        ),
        Section(
            "unterlagen",
            "Unterlagen",
            "Was Verbünde einreichen",
            "Dateien, die dem Antrag beiliegen, einmal oder von jeder Kommune.",
            _documents,
            rows=DocumentRow,
            related="required_documents",
            empty="Noch keine Unterlage. Der Aufruf kann auch ohne auskommen.",
        ),
        Section(
            "voraussetzungen",
            "Voraussetzungen",
            "Wie entschieden wird",
            "Diese Regeln sehen Verbünde schon beim Ausfüllen. Die formale Prüfung urteilt danach.",
            _counted("criteria", "Voraussetzung", "Voraussetzungen"),
            form=CriteriaForm,
            related="criteria",
        ),
        Section(
            "kriterien",
            "Kriterien",
            "Wie entschieden wird",
            "Danach vergibt der Beirat Punkte. Die Gewichte ergeben zusammen 100 %.",
            _scoring,
            rows=ScoringRow,
            related="scoring_criteria",
            empty="Noch kein Kriterium.",
        ),
    )
}


def task_groups(call: Call) -> list[dict[str, Any]]:
    """Return the set-up of a call as groups of tasks, for the task list."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for section in SECTIONS.values():
        line, done = section.tell(call)
        row = {
            "title": section.title,
            "line": line,
            "status": "Fertig" if done else "Noch nicht begonnen",
            "url": call.section_url(section.slug),
        }
        groups.setdefault(section.group, []).append(row)
    return [{"title": title, "rows": rows} for title, rows in groups.items()]


def write_section(call: Call, section: Section, filled: Any) -> tuple[str, Any]:
    """Return what to write for a valid form: the accessor of a list and its rows, or "" and the call's fields."""
    if section.related:
        return section.related, filled.rows()
    return "", filled.changes()
