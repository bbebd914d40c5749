"""The life of a call, on one screen."""

from typing import ClassVar

from django_fsm import FSMField, transition

from calls.enums import CallState
from calls.guards import (
    budget_covers_one_project,
    deadline_has_come,
    deadline_lies_ahead,
    has_a_budget,
    has_positions,
    has_questions,
    weights_sum_to_100,
)
from core.access import right
from core.models import Workflow

DRAFT, PUBLISHED, CLOSED = CallState.DRAFT, CallState.PUBLISHED, CallState.CLOSED
IN_REVIEW, DECIDED, COMPLETED, CANCELLED = (
    CallState.IN_REVIEW,
    CallState.DECIDED,
    CallState.COMPLETED,
    CallState.CANCELLED,
)


class CallWorkflow(Workflow):
    """draft → published → closed → in_review → decided → completed; cancelled."""

    state = FSMField("Stand", choices=CallState.choices, default=DRAFT, protected=True)
    tones: ClassVar[dict[str, str]] = {PUBLISHED: "success", CANCELLED: "danger", DRAFT: "info"}

    class Meta:
        abstract = True

    @transition(
        field=state,
        source=DRAFT,
        target=PUBLISHED,
        permission=right("publish"),
        conditions=[
            deadline_lies_ahead,
            has_a_budget,
            budget_covers_one_project,
            weights_sum_to_100,
            has_questions,
            has_positions,
        ],
        custom={
            "label": "Aufruf veröffentlichen",
            "done": "Aufruf veröffentlicht",
            "path": "veroeffentlichen",
            "rank": "primary",
            "consequence": (
                "Der Aufruf wird für alle sichtbar. Regeln und Kriterien können Sie danach nicht mehr ändern."
            ),
        },
    )
    def publish(self) -> None:
        """Make the call public; its rules are fixed from now on."""
        self.published_at = self.act.at  # type: ignore[union-attr]

    @transition(
        field=state,
        source=PUBLISHED,
        target=CLOSED,
        permission=right.system,
        conditions=[deadline_has_come],
        custom={"label": "Aufruf schließen", "done": "Bewerbungsfrist abgelaufen"},
    )
    def close(self) -> None:
        """The daily job notes that the deadline has come; whether one may apply never depends on it."""

    @transition(
        field=state,
        source=CLOSED,
        target=IN_REVIEW,
        permission=right.system,
        custom={"label": "Auswahl beginnen", "done": "Auswahl begonnen"},
    )
    def begin_review(self) -> None:
        """The first case went to the board."""

    @transition(
        field=state,
        source=[CLOSED, IN_REVIEW],
        target=DECIDED,
        permission=right.system,
        custom={"label": "Entscheidung festhalten", "done": "Alle Vorgänge entschieden"},
    )
    def decide(self) -> None:
        """The decision round was released."""

    @transition(
        field=state,
        source=DECIDED,
        target=COMPLETED,
        permission=right.system,
        custom={"label": "Aufruf abschließen", "done": "Alle Vorhaben abgeschlossen"},
    )
    def complete(self) -> None:
        """The last project of the call was closed."""

    @transition(
        field=state,
        source=[DRAFT, PUBLISHED],
        target=CANCELLED,
        permission=right("publish"),
        custom={
            "label": "Aufruf abbrechen",
            "done": "Aufruf abgebrochen",
            "path": "abbrechen",
            "rank": "final",
            "form": "core.forms.NoteForm",
            "log": ["note"],
            "consequence": "Niemand kann sich mehr bewerben. Die Begründung steht öffentlich beim Aufruf.",
        },
    )
    def cancel(self) -> None:
        """Stop the call before anything was decided."""
        self.cancelled_because = str(self.act.data["note"])  # type: ignore[union-attr]
