"""Eingangsbestätigung: what came in, when, from whom, and what happens next."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from core.money import euro
from core.pdf import Paper


def render(told: dict[str, Any], arrived: datetime) -> bytes:
    """Return the receipt as PDF; `told` holds the facts of the submission, `arrived` is the aware instant."""
    paper = Paper(
        title=f"Eingangsbestätigung zum Antrag {told['number']}",
        created=arrived,
        reference=f"Antrag {told['number']}",
    )
    paper.heading("Eingangsbestätigung")
    paper.text(f"Ihr Antrag {told['number']} ist eingegangen.")
    paper.facts(
        [
            ("Antrag", f"{told['number']}: {told['title']}"),
            ("Einreichung", told["count"]),
            ("Eingang", told["arrived"]),
            ("Zum Aufruf", told["call"]),
            ("Eingereicht von", told["by"]),
            ("Kommunen", ", ".join(told["towns"])),
            ("Beantragte Zuwendung", euro(Decimal(told["requested_grant"]))),
            ("Prüfsumme des Inhalts (SHA-256)", told["sha256"]),
        ]
    )
    paper.heading("Zeichnungen", 2)
    paper.table(["Kommune", "Gezeichnet von", "Zeit"], told["signatures"])
    paper.heading("Unterlagen", 2)
    if told["documents"]:
        paper.table(["Datei", "Prüfsumme (SHA-256)"], told["documents"])
    else:
        paper.text("Mit dem Antrag kamen keine Unterlagen.")
    _next_steps(paper, told)
    return paper.render()


def _next_steps(paper: Paper, told: dict[str, Any]) -> None:
    """Say what happens now and what the towns can still do."""
    paper.heading("Wie es weitergeht", 2)
    again = f"Bis {told['closes']} können Sie den Antrag zurücknehmen und neu einreichen."
    paper.numbered(
        [
            f"{again} Es zählt die letzte Einreichung.",
            f"Nach der Frist prüft {told['prepares']} die Unterlagen.",
            f"Über den Antrag entscheidet {told['decides']}.",
        ]
    )
    if told["explanation"]:
        paper.heading("Ihre Erklärung zu offenen Voraussetzungen", 2)
        paper.text(told["explanation"])
