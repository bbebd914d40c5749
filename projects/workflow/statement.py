"""The life of a statement (Verwendungsnachweis)."""

from typing import ClassVar

from django_fsm import FSMField, transition

from core.access import right
from core.models import Workflow
from projects.enums import StatementState
from projects.guards import (
    every_milestone_reported,
    narrative_written,
    no_open_requests,
    nothing_cut,
    project_is_completed,
    something_cut,
    something_spent,
)

DRAFT, SUBMITTED, IN_AUDIT = StatementState.DRAFT, StatementState.SUBMITTED, StatementState.IN_AUDIT
RETURNED = StatementState.RETURNED


class StatementWorkflow(Workflow):
    """draft → submitted → in_audit → closed_without_objection | closed_with_cuts | returned → submitted."""

    state = FSMField("Stand", choices=StatementState.choices, default=DRAFT, protected=True)
    tones: ClassVar[dict[str, str]] = {
        DRAFT: "info",
        RETURNED: "warning",
        StatementState.CLOSED_WITHOUT_OBJECTION: "success",
        StatementState.CLOSED_WITH_CUTS: "warning",
    }

    class Meta:
        abstract = True

    @transition(
        field=state,
        source=[DRAFT, RETURNED],
        target=SUBMITTED,
        permission=right("write_statement", on="project"),
        conditions=[
            project_is_completed,
            narrative_written,
            something_spent,
            every_milestone_reported,
            no_open_requests,
        ],
        custom={
            "label": "Verwendungsnachweis einreichen",
            "done": "Verwendungsnachweis eingereicht",
            "path": "einreichen",
            "rank": "primary",
            "consequence": "Sie erklären: Die Ausgaben waren notwendig, wirtschaftlich und stimmen mit den "
            "Büchern überein.",
        },
    )
    def submit(self) -> None:
        """Hand the statement in."""
        self.submitted_at = self.act.at  # type: ignore[union-attr]

    @transition(
        field=state,
        source=SUBMITTED,
        target=IN_AUDIT,
        permission=right("audit_statement", on="project"),
        custom={
            "label": "Prüfung beginnen",
            "done": "Prüfung begonnen",
            "path": "pruefen",
            "rank": "primary",
            "consequence": "Die Kommune sieht, dass Sie prüfen.",
        },
    )
    def begin_audit(self) -> None:
        """Take the statement up."""

    @transition(
        field=state,
        source=IN_AUDIT,
        target=IN_AUDIT,
        permission=right("audit_statement", on="project"),
        custom={
            "label": "Ausgaben anerkennen oder kürzen",
            "done": "Anerkannte Ausgaben festgehalten",
            "path": "kuerzen",
            "rank": "secondary",
            "form": "projects.forms.CutForm",
            "log": ["cuts"],
            "consequence": "Je Position halten Sie fest, was Sie anerkennen, bei einer Kürzung mit Grund.",
        },
    )
    def cut(self) -> None:
        """Recognise the amounts of the positions, or less, with a reason."""

    @transition(
        field=state,
        source=IN_AUDIT,
        target=StatementState.CLOSED_WITHOUT_OBJECTION,
        permission=right("audit_statement", on="project"),
        conditions=[nothing_cut],
        custom={
            "label": "Ohne Beanstandung abschließen",
            "done": "Ohne Beanstandung abgeschlossen",
            "path": "abschliessen",
            "rank": "primary",
            "consequence": "Das Modellvorhaben ist damit abgeschlossen.",
        },
    )
    def close_without_objection(self) -> None:
        """Everything was recognised."""
        self.closed_at = self.act.at  # type: ignore[union-attr]

    @transition(
        field=state,
        source=IN_AUDIT,
        target=StatementState.CLOSED_WITH_CUTS,
        permission=right("audit_statement", on="project"),
        conditions=[something_cut],
        custom={
            "label": "Mit Kürzung abschließen",
            "done": "Mit Kürzung abgeschlossen",
            "path": "mit-kuerzung-abschliessen",
            "rank": "secondary",
            "consequence": "Das Modellvorhaben ist damit abgeschlossen. "
            "Zu viel gezahltes Geld wird in einem eigenen Verfahren zurückgefordert.",
        },
    )
    def close_with_cuts(self) -> None:
        """Less was recognised than claimed."""
        self.closed_at = self.act.at  # type: ignore[union-attr]

    @transition(
        field=state,
        source=[SUBMITTED, IN_AUDIT],
        target=RETURNED,
        permission=right("audit_statement", on="project"),
        custom={
            "label": "Nachweis zurückgeben",
            "done": "Nachweis zurückgegeben",
            "path": "zurueckgeben",
            "rank": "final",
            "form": "core.forms.NoteForm",
            "consequence": "Die Kommune liest Ihre Begründung und reicht den Nachweis neu ein.",
        },
    )
    def give_back(self) -> None:
        """Ask the towns to complete the statement."""
