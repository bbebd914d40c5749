"""The life of a partner town in an alliance, and of an application."""

from typing import ClassVar

from django_fsm import FSMField, transition

from alliances.enums import ApplicationState, PartnerState
from alliances.guards import (
    before_the_deadline,
    call_has_opened,
    call_not_cancelled,
    deadline_is_over,
    every_mandatory_part_filled,
    every_town_has_signed,
    invitation_is_over,
    invitation_still_open,
    is_not_the_lead,
    nothing_is_submitted,
    signs_for_an_unsigned_town,
)
from core.access import right
from core.models import Workflow

INVITED, ACCEPTED, DECLINED = PartnerState.INVITED, PartnerState.ACCEPTED, PartnerState.DECLINED
DRAFT, SUBMITTED = ApplicationState.DRAFT, ApplicationState.SUBMITTED
ACCEPTED_FOR_REVIEW, WITHDRAWN = ApplicationState.ACCEPTED_FOR_REVIEW, ApplicationState.WITHDRAWN


class PartnerWorkflow(Workflow):
    """invited → accepted | declined | expired; left."""

    state = FSMField("Stand", choices=PartnerState.choices, default=INVITED, protected=True)
    tones: ClassVar[dict[str, str]] = {INVITED: "info", ACCEPTED: "success", PartnerState.EXPIRED: "warning"}

    class Meta:
        abstract = True

    @transition(
        field=state,
        source=INVITED,
        target=ACCEPTED,
        permission=right("answer_invitation", on="town"),
        conditions=[invitation_still_open],
        custom={
            "label": "Einladung annehmen",
            "done": "Einladung angenommen",
            "path": "annehmen",
            "rank": "primary",
            "consequence": "Ihre Kommune arbeitet im Verbund mit. "
            "Geld und Pflichten übernimmt sie erst mit der Zeichnung.",
            "next": "alliance_url",
        },
    )
    def accept(self) -> None:
        """The town joins."""
        self.answered_at = self.act.at  # type: ignore[union-attr]

    @transition(
        field=state,
        source=INVITED,
        target=DECLINED,
        permission=right("answer_invitation", on="town"),
        custom={
            "label": "Einladung absagen",
            "done": "Einladung abgesagt",
            "path": "absagen",
            "rank": "final",
            "form": "core.forms.NoteForm",
            "consequence": "Die federführende Kommune liest Ihre Begründung. Sie kann Sie neu einladen.",
            "next": "tasks_url",
        },
    )
    def decline(self) -> None:
        """The town says no."""
        self.answered_at = self.act.at  # type: ignore[union-attr]

    @transition(
        field=state,
        source=INVITED,
        target=PartnerState.EXPIRED,
        permission=right.system,
        conditions=[invitation_is_over],
        custom={"label": "Einladung ablaufen lassen", "done": "Einladung abgelaufen"},
    )
    def expire(self) -> None:
        """Nobody answered in time."""

    @transition(
        field=state,
        source=ACCEPTED,
        target=PartnerState.LEFT,
        permission=right("answer_invitation", on="town"),
        conditions=[is_not_the_lead, nothing_is_submitted],
        custom={
            "label": "Aus dem Verbund austreten",
            "done": "Aus dem Verbund ausgetreten",
            "path": "austreten",
            "rank": "final",
            "form": "core.forms.NoteForm",
            "consequence": "Ihre Kommune verliert den Zugang zum Antrag. Ihr Teil des Finanzierungsplans entfällt.",
            "next": "tasks_url",
        },
    )
    def leave(self) -> None:
        """The town leaves."""


class ApplicationWorkflow(Workflow):
    """draft ⇄ submitted → accepted_for_review; withdrawn; expired. Each submission is frozen, the last one counts."""

    state = FSMField("Stand", choices=ApplicationState.choices, default=DRAFT, protected=True)
    tones: ClassVar[dict[str, str]] = {DRAFT: "info", ApplicationState.EXPIRED: "danger"}

    class Meta:
        abstract = True

    @transition(
        field=state,
        source=DRAFT,
        target=DRAFT,
        permission=right("sign", on="alliance"),
        conditions=[every_mandatory_part_filled, signs_for_an_unsigned_town],
        custom={
            "label": "Für Ihre Kommune zeichnen",
            "done": "Gezeichnet",
            "path": "zeichnen",
            "rank": "primary",
            "form": "alliances.forms.SignForm",
            "own_page": True,
            "log": ["town"],
        },
    )
    def sign(self) -> None:
        """A signatory signs the present content for a town; a later change of content voids it."""

    @transition(
        field=state,
        source=DRAFT,
        target=SUBMITTED,
        permission=right("submit", on="alliance"),
        conditions=[
            call_not_cancelled,
            call_has_opened,
            before_the_deadline,
            every_mandatory_part_filled,
            every_town_has_signed,
        ],
        custom={
            "label": "Antrag verbindlich einreichen",
            "done": "Antrag eingereicht",
            "path": "einreichen",
            "rank": "primary",
            "form": "alliances.forms.SubmitForm",
            "own_page": True,
            "next": "receipt_url",
            "log": ["explanation"],
        },
    )
    def submit(self) -> None:
        """Freeze the content; the receipt goes to every town."""
        self.submitted_at = self.act.at  # type: ignore[union-attr]

    @transition(
        field=state,
        source=SUBMITTED,
        target=DRAFT,
        permission=right("submit", on="alliance"),
        conditions=[before_the_deadline],
        custom={
            "label": "Antrag zurücknehmen",
            "done": "Antrag zurückgenommen",
            "path": "zuruecknehmen",
            "rank": "final",
            "consequence": "Sie können den Antrag ändern und bis zur Frist neu einreichen. "
            "Ohne neue Einreichung nimmt er nicht an der Auswahl teil.",
        },
    )
    def take_back(self) -> None:
        """Work on it again before the deadline."""
        self.submitted_at = None

    @transition(
        field=state,
        source=SUBMITTED,
        target=ACCEPTED_FOR_REVIEW,
        permission=right.system,
        custom={"label": "Zur Prüfung annehmen", "done": "Zur Prüfung angenommen"},
    )
    def accept_for_review(self) -> None:
        """The review opened a case on the frozen submission."""

    @transition(
        field=state,
        source=[DRAFT, SUBMITTED],
        target=WITHDRAWN,
        permission=right("submit", on="alliance"),
        custom={
            "label": "Antrag zurückziehen",
            "done": "Antrag zurückgezogen",
            "path": "zurueckziehen",
            "rank": "final",
            "form": "core.forms.NoteForm",
            "consequence": "Der Antrag nimmt nicht mehr an der Auswahl teil. Das lässt sich nicht zurückholen.",
        },
    )
    def withdraw(self) -> None:
        """Give the application up."""

    @transition(
        field=state,
        source=DRAFT,
        target=ApplicationState.EXPIRED,
        permission=right.system,
        conditions=[deadline_is_over],
        custom={"label": "Verfallen lassen", "done": "Frist abgelaufen, Antrag nicht eingereicht"},
    )
    def expire(self) -> None:
        """The deadline passed with the draft unsubmitted."""
