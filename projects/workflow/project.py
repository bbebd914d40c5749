"""The lives of a project and of its milestones."""

from typing import ClassVar

from django_fsm import FSMField, transition

from core.access import right
from core.models import Workflow
from projects.enums import MilestoneState, ProjectState
from projects.guards import last_day_is_over, project_is_under_way, reports_for_own_town

FOUNDED, RUNNING, COMPLETED = ProjectState.FOUNDED, ProjectState.RUNNING, ProjectState.COMPLETED
IN_FINAL_AUDIT, CLOSED = ProjectState.IN_FINAL_AUDIT, ProjectState.CLOSED
PLANNED, REPORTED = MilestoneState.PLANNED, MilestoneState.REPORTED
NOTED, RETURNED = MilestoneState.NOTED, MilestoneState.RETURNED


class ProjectWorkflow(Workflow):
    """founded → running → completed → in_final_audit → closed."""

    state = FSMField("Stand", choices=ProjectState.choices, default=FOUNDED, protected=True)
    tones: ClassVar[dict[str, str]] = {CLOSED: "success"}

    class Meta:
        abstract = True

    @transition(
        field=state,
        source=FOUNDED,
        target=RUNNING,
        permission=right.system,
        custom={"label": "Vorhaben beginnen", "done": "Bescheid bestandskräftig, Vorhaben läuft"},
    )
    def begin(self) -> None:
        """The award became final."""

    @transition(
        field=state,
        source=RUNNING,
        target=COMPLETED,
        permission=right("write_statement"),
        custom={
            "label": "Durchführung beenden",
            "done": "Durchführung beendet",
            "path": "durchfuehrung-beenden",
            "rank": "secondary",
            "consequence": "Sie melden, dass der Zweck erfüllt ist. "
            "Danach legen Sie den Verwendungsnachweis vor.",
        },
    )
    def report_completion(self) -> None:
        """The lead reports that the purpose is fulfilled."""
        self.completed_at = self.act.at  # type: ignore[union-attr]

    @transition(
        field=state,
        source=RUNNING,
        target=COMPLETED,
        permission=right.system,
        conditions=[last_day_is_over],
        custom={"label": "Ende feststellen", "done": "Bewilligungszeitraum beendet"},
    )
    def reach_the_end(self) -> None:
        """The last day of the period is over."""
        self.completed_at = self.act.at  # type: ignore[union-attr]

    @transition(
        field=state,
        source=COMPLETED,
        target=IN_FINAL_AUDIT,
        permission=right.system,
        custom={"label": "Schlussprüfung beginnen", "done": "Verwendungsnachweis liegt vor"},
    )
    def begin_final_audit(self) -> None:
        """The final statement was submitted."""

    @transition(
        field=state,
        source=IN_FINAL_AUDIT,
        target=COMPLETED,
        permission=right.system,
        custom={"label": "Schlussprüfung zurückgeben", "done": "Verwendungsnachweis zurückgegeben"},
    )
    def return_to_completed(self) -> None:
        """The final statement was returned."""

    @transition(
        field=state,
        source=IN_FINAL_AUDIT,
        target=CLOSED,
        permission=right.system,
        custom={"label": "Vorhaben abschließen", "done": "Vorhaben abgeschlossen"},
    )
    def close(self) -> None:
        """The final statement was closed."""
        self.closed_at = self.act.at  # type: ignore[union-attr]


class MilestoneWorkflow(Workflow):
    """planned → reported → noted | returned → reported."""

    state = FSMField("Stand", choices=MilestoneState.choices, default=PLANNED, protected=True)
    tones: ClassVar[dict[str, str]] = {REPORTED: "info", RETURNED: "warning", NOTED: "success"}

    class Meta:
        abstract = True

    @transition(
        field=state,
        source=[PLANNED, RETURNED],
        target=REPORTED,
        permission=right("report_milestone", on="project"),
        conditions=[reports_for_own_town, project_is_under_way],
        custom={
            "label": "Meilenstein melden",
            "done": "Meilenstein gemeldet",
            "path": "melden",
            "rank": "primary",
            "form": "projects.forms.ReportMilestoneForm",
            "consequence": "Die Geschäftsstelle liest Ihre Meldung und nimmt sie zur Kenntnis oder fragt nach.",
            "log": ["result"],
        },
    )
    def report(self) -> None:
        """A town reports what was reached."""
        self.result = str(self.act.data["result"])  # type: ignore[union-attr]
        self.reported_at = self.act.at  # type: ignore[union-attr]

    @transition(
        field=state,
        source=REPORTED,
        target=NOTED,
        permission=right("note_milestone", on="project"),
        custom={
            "label": "Zur Kenntnis nehmen",
            "done": "Meilenstein zur Kenntnis genommen",
            "path": "zur-kenntnis-nehmen",
            "rank": "primary",
            "consequence": "Der Meilenstein gilt als erreicht.",
        },
    )
    def note(self) -> None:
        """The office notes the report."""

    @transition(
        field=state,
        source=REPORTED,
        target=RETURNED,
        permission=right("note_milestone", on="project"),
        custom={
            "label": "Meldung zurückgeben",
            "done": "Meldung zurückgegeben",
            "path": "zurueckgeben",
            "rank": "secondary",
            "form": "core.forms.NoteForm",
            "consequence": "Die Kommune liest Ihre Begründung und meldet den Meilenstein noch einmal.",
        },
    )
    def give_back(self) -> None:
        """The office asks for more."""
