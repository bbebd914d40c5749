"""The letter of an award (Zuwendungsbescheid) as PDF."""

from decimal import Decimal
from typing import Any

from django.conf import settings

from core import wording
from core.money import euro
from core.pdf import Paper
from projects import facts


def award_letter(award: Any) -> bytes:
    """Return the letter of an award that is being issued (its time and tranches are set) as PDF."""
    paper = Paper(
        title=f"Zuwendungsbescheid {award.number}",
        created=award.issued_at,
        reference=award.number,
        author=award.call.programme.decides,
        footer=award.call.programme.decides,
    )
    operator = settings.OPERATOR
    paper.letterhead(
        [award.call.programme.decides, operator["address"], operator["email"]],
        [award.recipient.full_name()],
        wording.day(award.issued_at),
        [f"Nummer: {award.number}", f"Projektaufruf: {award.call.number}"],
    )
    paper.heading(f"Zuwendungsbescheid {award.number}: {award.title}")
    _decision(paper, award)
    _money(paper, award)
    _duties(paper, award)
    _remedy(paper)
    return paper.render()


def _decision(paper: Paper, award: Any) -> None:
    """Write what is granted to whom for what."""
    towns = ", ".join(town["name"] for town in award.plan["towns"])
    paper.text(
        f"Auf Ihren Antrag bewilligen wir Ihnen eine Zuwendung von höchstens {euro(award.amount)}.\n\n"
        "Die Zuwendung ist ein Anteil an den zuwendungsfähigen Ausgaben (Anteilfinanzierung) und wird als Zuschuss "
        "gezahlt."
    )
    paper.facts(
        [
            ("Zuwendungsempfängerin", award.recipient.full_name()),
            ("Vorhaben", award.title),
            ("Zweck", award.plan["summary"] or award.title),
            ("Kommunen des Verbundes", towns),
            ("Bewilligungszeitraum", f"{wording.day_short(award.start)} bis {wording.day_short(award.end)}"),
            ("Rechtsgrundlage", award.call.programme.legal_basis),
        ]
    )
    paper.text(
        "Sie dürfen die Anteile an die genannten Kommunen weiterleiten, damit sie ihren Teil des Plans ausführen. "
        "Die Nebenbestimmungen gelten auch dort."
    )


def _money(paper: Paper, award: Any) -> None:
    """Write how the amount comes about, the plan by position, and the sums per year."""
    paper.heading("Höhe der Zuwendung", 2)
    lines = award.reckoning()
    rows = [(line.text, euro(line.amount)) for line in lines if not line.result]
    paper.table(
        ["Grenze", "Betrag"],
        rows,
        numeric={1},
        total=(lines[-1].text, euro(lines[-1].amount)),
        caption="Rechnung",
    )
    positions = [(f"{p['code']} {p['title']}", euro(p["amount"])) for p in award.plan_by_position()]
    paper.table(
        ["Position", "Ausgaben"],
        positions,
        numeric={1},
        total=("Zuwendungsfähige Ausgaben", euro(award.expenditure)),
        caption="Bewilligter Plan",
    )
    years = [(str(tranche.fiscal_year), euro(tranche.amount)) for tranche in award.tranches.all()]
    total = ("Zusammen", euro(sum((t.amount for t in award.tranches.all()), Decimal("0.00"))))
    paper.table(["Haushaltsjahr", "Betrag"], years, numeric={1}, total=total, caption="Jahresbeträge")
    paper.text("Fordern Sie das Geld erst an, wenn dieser Bescheid bestandskräftig ist.")


def _duties(paper: Paper, award: Any) -> None:
    """Write the side provisions."""
    paper.heading("Nebenbestimmungen", 2)
    paper.text(
        f"Bestandteil dieses Bescheides sind die {facts.side_provisions(facts.day_of(award))}. "
        "Für Sie heißt das vor allem:"
    )
    paper.numbered(
        f"{duty.text} ({f'bis {wording.day(duty.until)}, ' if duty.until else ''}{duty.source})"
        for duty in award.duties()
    )


def _remedy(paper: Paper) -> None:
    """Write the remedy notice (§ 37 (6) VwVfG, § 74 VwGO)."""
    paper.heading("Rechtsbehelfsbelehrung", 2)
    paper.text(
        "Gegen diesen Bescheid können Sie innerhalb eines Monats nach Bekanntgabe Klage erheben, und zwar bei "
        f"{settings.OPERATOR['court']}."
    )
