"""The life of an award."""

from typing import ClassVar

from django_fsm import FSMField, transition

from core.access import right
from core.models import Workflow
from projects.enums import AwardState
from projects.guards import award_fits_the_budget_of_each_year, award_within_the_call, remedy_is_over

DRAFTED, ISSUED, RECEIVED, FINAL = (
    AwardState.DRAFTED,
    AwardState.ISSUED,
    AwardState.RECEIVED,
    AwardState.FINAL,
)


class AwardWorkflow(Workflow):
    """drafted → issued → received → final (remedy expired or waived)."""

    state = FSMField("Stand", choices=AwardState.choices, default=DRAFTED, protected=True)
    tones: ClassVar[dict[str, str]] = {DRAFTED: "info", ISSUED: "info", FINAL: "success"}

    class Meta:
        abstract = True

    @transition(
        field=state,
        source=DRAFTED,
        target=ISSUED,
        permission=right("issue_award", on="case"),
        conditions=[award_within_the_call, award_fits_the_budget_of_each_year],
        custom={
            "label": "Bescheid erlassen",
            "done": "Zuwendungsbescheid erlassen",
            "path": "erlassen",
            "rank": "primary",
            "consequence": "Der Zuwendungsbescheid wird als PDF festgeschrieben und liegt den Kommunen vor. "
            "Das Modellvorhaben wird angelegt.",
        },
    )
    def issue(self) -> None:
        """The granting authority issues the letter; it is frozen as facts and PDF."""
        self.issued_at = self.act.at  # type: ignore[union-attr]
        self.issued_by = self.act.by  # type: ignore[union-attr]

    @transition(
        field=state,
        source=ISSUED,
        target=RECEIVED,
        permission=right("receive_award", on="alliance"),
        custom={
            "label": "Empfang bestätigen",
            "done": "Empfang bestätigt",
            "path": "empfang-bestaetigen",
            "rank": "primary",
            "consequence": "Mit dem Empfang beginnt die Frist für einen Rechtsbehelf: ein Monat.",
        },
    )
    def receive(self) -> None:
        """The lead confirms that the letter arrived; the remedy period begins (§ 74 VwGO: one month)."""
        self.received_at = self.act.at  # type: ignore[union-attr]
        self.remedy_until = self.end_of_remedy()  # type: ignore[attr-defined]

    @transition(
        field=state,
        source=RECEIVED,
        target=FINAL,
        permission=right("receive_award", on="alliance"),
        custom={
            "label": "Auf Rechtsbehelf verzichten",
            "done": "Auf Rechtsbehelf verzichtet",
            "path": "auf-rechtsbehelf-verzichten",
            "rank": "secondary",
            "consequence": "Der Bescheid wird sofort bestandskräftig. Sie können dann Geld anfordern. "
            "Eine Klage gegen den Bescheid ist nicht mehr möglich.",
        },
    )
    def waive_remedy(self) -> None:
        """The lead waives the remedy."""
        self.final_at = self.act.at  # type: ignore[union-attr]

    @transition(
        field=state,
        source=RECEIVED,
        target=FINAL,
        permission=right.system,
        conditions=[remedy_is_over],
        custom={"label": "Bestandskraft feststellen", "done": "Bescheid bestandskräftig"},
    )
    def become_final(self) -> None:
        """The remedy period passed."""
        self.final_at = self.act.at  # type: ignore[union-attr]
