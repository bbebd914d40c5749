"""The lives of a case, an assessment and a decision round."""

from typing import Any, ClassVar

from django_fsm import FSMField, transition

from core.access import right
from core.models import Workflow
from review.enums import AssessmentState, CaseState, RoundState
from review.guards import (
    awards_fit_the_budget,
    call_is_closed,
    every_case_by_case_ruled,
    every_criterion_answered,
    every_criterion_met,
    is_own_assessment,
    jurors_assigned,
    ranking_not_fixed,
    released_by_another,
    some_criterion_judged,
    some_criterion_unmet,
)

RECEIVED, IN_CHECK, ELIGIBLE = CaseState.RECEIVED, CaseState.IN_CHECK, CaseState.ELIGIBLE
INELIGIBLE_PROPOSED, IN_JURY, RECOMMENDED = (
    CaseState.INELIGIBLE_PROPOSED,
    CaseState.IN_JURY,
    CaseState.RECOMMENDED,
)
RESERVE, NOT_RECOMMENDED = CaseState.RESERVE, CaseState.NOT_RECOMMENDED
ASSIGNED, ACCEPTED, DRAFTED = AssessmentState.ASSIGNED, AssessmentState.ACCEPTED, AssessmentState.DRAFTED
SUBMITTED, REOPENED = AssessmentState.SUBMITTED, AssessmentState.REOPENED


def release_text(decision_round: Any) -> str:
    """Return what the release of a round leads to, with its numbers."""
    return str(decision_round.release_text())


class CaseWorkflow(Workflow):
    """received → in_check → eligible | ineligible_proposed → in_jury → recommended | reserve | not_recommended →
    awarded | rejected."""

    state = FSMField("Stand", choices=CaseState.choices, default=RECEIVED, protected=True)
    tones: ClassVar[dict[str, str]] = {
        RECEIVED: "info",
        IN_CHECK: "info",
        CaseState.AWARDED: "success",
        CaseState.REJECTED: "danger",
        INELIGIBLE_PROPOSED: "warning",
    }

    class Meta:
        abstract = True

    @transition(
        field=state,
        source=RECEIVED,
        target=IN_CHECK,
        permission=right("check"),
        conditions=[call_is_closed],
        custom={
            "label": "Formal prüfen",
            "done": "Formale Prüfung begonnen",
            "path": "pruefen",
            "rank": "primary",
            "consequence": "Die fünf Voraussetzungen werden an der eingereichten Fassung geprüft und mit den "
            "verwendeten Angaben festgehalten.",
            "next": "check_url",
        },
    )
    def start_check(self) -> None:
        """Freeze the findings together with the facts judged."""

    @transition(
        field=state,
        source=IN_CHECK,
        target=IN_CHECK,
        permission=right("rule"),
        custom={
            "label": "Einzelfall entscheiden",
            "done": "Einzelfall entschieden",
            "path": "einzelfall",
            "form": "review.forms.RulingForm",
            "log": ["finding", "fulfilled"],
            "consequence": "Ihre Entscheidung und Ihre Begründung stehen dauerhaft im Vorgang.",
            "next": "check_url",
        },
    )
    def rule(self) -> None:
        """A person decides a finding, with a reason."""

    @transition(
        field=state,
        source=IN_CHECK,
        target=ELIGIBLE,
        permission=right("check"),
        conditions=[every_case_by_case_ruled, every_criterion_met],
        custom={
            "label": "Förderfähigkeit feststellen",
            "done": "Förderfähigkeit festgestellt",
            "path": "foerderfaehig",
            "rank": "primary",
            "consequence": "Der Vorgang kann danach dem Beirat vorgelegt werden.",
        },
    )
    def confirm_eligible(self) -> None:
        """All criteria are met."""

    @transition(
        field=state,
        source=IN_CHECK,
        target=INELIGIBLE_PROPOSED,
        permission=right("check"),
        conditions=[every_case_by_case_ruled, some_criterion_unmet],
        custom={
            "label": "Nicht förderfähig vorschlagen",
            "done": "Als nicht förderfähig vorgeschlagen",
            "path": "nicht-foerderfaehig",
            "rank": "final",
            "form": "core.forms.NoteForm",
            "consequence": "Über die Ablehnung entscheidet die Bewilligungsbehörde mit der Freigabe der Runde.",
        },
    )
    def propose_ineligible(self) -> None:
        """The check proposes a refusal; the granting authority decides."""

    @transition(
        field=state,
        source=ELIGIBLE,
        target=IN_JURY,
        permission=right("check"),
        conditions=[jurors_assigned],
        custom={
            "label": "Dem Beirat vorlegen",
            "done": "Dem Beirat vorgelegt",
            "path": "dem-beirat-vorlegen",
            "rank": "primary",
            "consequence": "Die zugewiesenen Mitglieder bekommen eine Nachricht und erklären sich zur Befangenheit.",
        },
    )
    def send_to_jury(self) -> None:
        """The assigned jurors may declare themselves and read."""

    @transition(
        field=state,
        source=[IN_JURY, RESERVE, NOT_RECOMMENDED],
        target=RECOMMENDED,
        permission=right.system,
        custom={"label": "Empfehlen", "done": "Empfohlen"},
    )
    def recommend(self) -> None:
        """The ranking proposes the award."""

    @transition(
        field=state,
        source=[IN_JURY, RECOMMENDED, NOT_RECOMMENDED],
        target=RESERVE,
        permission=right.system,
        custom={"label": "Auf die Reserve setzen", "done": "Auf die Reserve gesetzt"},
    )
    def hold_in_reserve(self) -> None:
        """Worth funding, but below the funding line."""

    @transition(
        field=state,
        source=[IN_JURY, RECOMMENDED, RESERVE],
        target=NOT_RECOMMENDED,
        permission=right.system,
        custom={"label": "Nicht empfehlen", "done": "Nicht empfohlen"},
    )
    def not_recommend(self) -> None:
        """The ranking proposes a refusal."""

    @transition(
        field=state,
        source=[RECOMMENDED, RESERVE],
        target=CaseState.AWARDED,
        permission=right.system,
        custom={"label": "Bewilligen", "done": "Bewilligt"},
    )
    def award(self) -> None:
        """The granting authority released the award."""

    @transition(
        field=state,
        source=[NOT_RECOMMENDED, RESERVE, INELIGIBLE_PROPOSED],
        target=CaseState.REJECTED,
        permission=right.system,
        custom={"label": "Ablehnen", "done": "Abgelehnt"},
    )
    def reject(self) -> None:
        """The granting authority released the refusal."""


class AssessmentWorkflow(Workflow):
    """assigned → accepted | declined → drafted → submitted → reopened → drafted → submitted; set_aside."""

    state = FSMField("Stand", choices=AssessmentState.choices, default=ASSIGNED, protected=True)
    tones: ClassVar[dict[str, str]] = {
        ASSIGNED: "info",
        ACCEPTED: "info",
        REOPENED: "warning",
        SUBMITTED: "success",
    }

    class Meta:
        abstract = True

    @transition(
        field=state,
        source=ASSIGNED,
        target=ACCEPTED,
        permission=right("declare", on="case"),
        conditions=[is_own_assessment],
        custom={
            "label": "Unbefangen erklären und übernehmen",
            "done": "Unbefangen erklärt",
            "path": "befangenheit",
            "rank": "primary",
            "own_page": True,
        },
    )
    def accept(self) -> None:
        """The juror declares to be free of bias; from now on the case can be read."""
        self.declared_at = self.act.at  # type: ignore[union-attr]

    @transition(
        field=state,
        source=[ASSIGNED, ACCEPTED, DRAFTED],
        target=AssessmentState.DECLINED,
        permission=right("declare", on="case"),
        conditions=[is_own_assessment],
        custom={
            "label": "Befangen: nicht übernehmen",
            "done": "Befangen erklärt",
            "path": "befangenheit",
            "rank": "final",
            "form": "review.forms.BiasForm",
            "secret": True,
            "own_page": True,
            "next": "list_url",
        },
    )
    def decline(self) -> None:
        """The juror declares a bias; the reason stays with those who may see it."""
        self.declared_at = self.act.at  # type: ignore[union-attr]

    @transition(
        field=state,
        source=[ACCEPTED, DRAFTED, REOPENED],
        target=DRAFTED,
        permission=right("score", on="case"),
        conditions=[is_own_assessment],
        custom={
            "label": "Punkte speichern",
            "done": "Punkte gespeichert",
            "path": "punkte",
            "own_page": True,
        },
    )
    def draft(self) -> None:
        """Keep points and reason for one criterion."""

    @transition(
        field=state,
        source=DRAFTED,
        target=SUBMITTED,
        permission=right("score", on="case"),
        conditions=[is_own_assessment, every_criterion_answered, some_criterion_judged],
        custom={
            "label": "Bewertung abgeben",
            "done": "Bewertung abgegeben",
            "path": "abgeben",
            "rank": "primary",
            "form": "review.forms.SubmitAssessmentForm",
            "own_page": True,
            "consequence": "Danach können Sie nichts mehr ändern, außer die Geschäftsstelle öffnet sie wieder.",
        },
    )
    def submit(self) -> None:
        """Fix the scores; only now may others' scores be seen."""
        self.submitted_at = self.act.at  # type: ignore[union-attr]
        self.comment = str(self.act.data.get("comment", ""))  # type: ignore[union-attr]

    @transition(
        field=state,
        source=SUBMITTED,
        target=REOPENED,
        permission=right("reopen", on="case"),
        conditions=[ranking_not_fixed],
        custom={
            "label": "Bewertung wieder öffnen",
            "done": "Bewertung wieder geöffnet",
            "path": "wieder-oeffnen",
            "form": "core.forms.NoteForm",
            "log": ["note"],
            "consequence": "Das Beiratsmitglied kann seine Punkte wieder ändern.",
            "next": "case_url",
        },
    )
    def reopen(self) -> None:
        """Let the juror change the scores again."""

    @transition(
        field=state,
        source=[ASSIGNED, ACCEPTED, DRAFTED, SUBMITTED, REOPENED],
        target=AssessmentState.SET_ASIDE,
        permission=right("reopen", on="case"),
        conditions=[ranking_not_fixed],
        custom={
            "label": "Bewertung nicht werten",
            "done": "Bewertung nicht gewertet",
            "path": "nicht-werten",
            "rank": "final",
            "form": "core.forms.NoteForm",
            "secret": True,
            "consequence": "Die Bewertung bleibt erhalten und zählt nicht mehr. Die Begründung ist vertraulich.",
            "next": "case_url",
        },
    )
    def set_aside(self) -> None:
        """Keep the assessment, count it no more."""


class DecisionRoundWorkflow(Workflow):
    """prepared → released."""

    state = FSMField("Stand", choices=RoundState.choices, default=RoundState.PREPARED, protected=True)
    tones: ClassVar[dict[str, str]] = {RoundState.PREPARED: "info", RoundState.RELEASED: "success"}

    class Meta:
        abstract = True

    @transition(
        field=state,
        source=RoundState.PREPARED,
        target=RoundState.RELEASED,
        permission=right("release_decision", on="call"),
        conditions=[released_by_another, awards_fit_the_budget],
        custom={
            "label": "Entscheidungen freigeben",
            "done": "Entscheidungen freigegeben",
            "path": "freigeben",
            "rank": "primary",
            "consequence": release_text,
        },
    )
    def release(self) -> None:
        """The deciding body makes all decisions of the round at once."""
        self.released_at = self.act.at  # type: ignore[union-attr]
        self.released_by = self.act.by  # type: ignore[union-attr]
