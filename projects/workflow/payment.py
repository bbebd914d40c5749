"""The life of a payment request: who checks does not order."""

from typing import Any, ClassVar

from django_fsm import FSMField, transition

from core.access import right
from core.models import Workflow
from projects.enums import PaymentState
from projects.guards import (
    amount_is_positive,
    award_is_final,
    checked_by_another,
    not_in_final_audit,
    ordered_by_another,
    still_payable,
    value_date_in_its_year,
    within_the_year,
    within_what_is_drawable,
)

DRAFT, SUBMITTED, QUERIED = PaymentState.DRAFT, PaymentState.SUBMITTED, PaymentState.QUERIED
CHECKED, ORDERED, PAID = PaymentState.CHECKED, PaymentState.ORDERED, PaymentState.PAID


class PaymentRequestWorkflow(Workflow):
    """draft → submitted → queried → checked → ordered → paid; rejected; withdrawn."""

    state = FSMField("Stand", choices=PaymentState.choices, default=DRAFT, protected=True)
    tones: ClassVar[dict[str, str]] = {
        DRAFT: "info",
        QUERIED: "warning",
        PAID: "success",
        PaymentState.REJECTED: "danger",
    }
    checked_by: Any
    checked_at: Any

    class Meta:
        abstract = True

    @transition(
        field=state,
        source=[DRAFT, QUERIED],
        target=SUBMITTED,
        permission=right("request_payment", on="project"),
        conditions=[
            award_is_final,
            not_in_final_audit,
            amount_is_positive,
            within_what_is_drawable,
            within_the_year,
        ],
        custom={
            "label": "Zahlungsanforderung einreichen",
            "done": "Zahlungsanforderung eingereicht",
            "path": "einreichen",
            "rank": "primary",
            "consequence": "Sie erklären: Das Geld wird innerhalb von sechs Wochen für fällige Zahlungen gebraucht.",
        },
    )
    def submit(self) -> None:
        """Ask for the money."""
        self.submitted_at = self.act.at  # type: ignore[union-attr]
        self.requested_by = self.act.by  # type: ignore[union-attr]
        self.checked_by, self.checked_at = None, None

    @transition(
        field=state,
        source=[SUBMITTED, CHECKED],
        target=QUERIED,
        permission=right("check_payment", on="project"),
        custom={
            "label": "Rückfrage stellen",
            "done": "Rückfrage gestellt",
            "path": "rueckfrage",
            "rank": "secondary",
            "form": "core.forms.NoteForm",
            "consequence": "Die Auszahlung ruht, bis die Kommune geantwortet hat.",
        },
    )
    def query(self) -> None:
        """Ask the town something."""

    @transition(
        field=state,
        source=SUBMITTED,
        target=CHECKED,
        permission=right("check_payment", on="project"),
        conditions=[checked_by_another],
        custom={
            "label": "Prüfung bestätigen",
            "done": "Zahlungsanforderung geprüft",
            "path": "pruefung-bestaetigen",
            "rank": "primary",
            "consequence": "Sie bestätigen, dass die Anforderung sachlich und rechnerisch richtig ist. "
            "Anordnen muss eine andere Person.",
        },
    )
    def confirm(self) -> None:
        """Confirm that the request is right."""
        self.checked_by = self.act.by  # type: ignore[union-attr]
        self.checked_at = self.act.at  # type: ignore[union-attr]

    @transition(
        field=state,
        source=CHECKED,
        target=ORDERED,
        permission=right("order_payment", on="project"),
        conditions=[ordered_by_another, still_payable],
        custom={
            "label": "Auszahlung anordnen",
            "done": "Auszahlung angeordnet",
            "path": "anordnen",
            "rank": "primary",
            "consequence": "Die Auszahlung geht an die Kasse.",
        },
    )
    def order(self) -> None:
        """Order the payment."""
        self.ordered_by = self.act.by  # type: ignore[union-attr]
        self.ordered_at = self.act.at  # type: ignore[union-attr]

    @transition(
        field=state,
        source=ORDERED,
        target=PAID,
        permission=right("order_payment", on="project"),
        conditions=[still_payable, value_date_in_its_year],
        custom={
            "label": "Auszahlung buchen",
            "done": "Ausgezahlt",
            "path": "auszahlung-buchen",
            "rank": "primary",
            "form": "projects.forms.PaidForm",
            "log": ["value_date"],
            "consequence": "Die Auszahlung wird mit dem Wertstellungstag gebucht. "
            "Eine Buchung wird nie geändert, nur durch eine Gegenbuchung berichtigt.",
        },
    )
    def pay(self) -> None:
        """The money left; the ledger gets its entry in the same transaction."""
        self.paid_on = self.act.data["value_date"]  # type: ignore[union-attr]

    @transition(
        field=state,
        source=[SUBMITTED, QUERIED, CHECKED, ORDERED],
        target=PaymentState.REJECTED,
        permission=right("check_payment", on="project"),
        custom={
            "label": "Zahlungsanforderung ablehnen",
            "done": "Zahlungsanforderung abgelehnt",
            "path": "ablehnen",
            "rank": "final",
            "form": "core.forms.NoteForm",
            "consequence": "Die Kommune liest Ihre Begründung und kann neu anfordern.",
        },
    )
    def reject(self) -> None:
        """Refuse the request."""

    @transition(
        field=state,
        source=[DRAFT, SUBMITTED, QUERIED],
        target=PaymentState.WITHDRAWN,
        permission=right("request_payment", on="project"),
        custom={
            "label": "Zahlungsanforderung zurückziehen",
            "done": "Zahlungsanforderung zurückgezogen",
            "path": "zurueckziehen",
            "rank": "final",
            "consequence": "Der Betrag bleibt abrufbar.",
        },
    )
    def withdraw(self) -> None:
        """Take the request back."""
