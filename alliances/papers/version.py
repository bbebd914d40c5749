"""Eingereichte Fassung: the whole content of a submission on paper."""

from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from core.money import euro
from core.pdf import Paper
from core.wording import day

ZERO = Decimal("0.00")
SOURCES = {
    "own_funds": "Eigenmittel",
    "own_staff": "Eigenleistung (Personal)",
    "third_party": "Mittel Dritter",
}


def render(content: dict[str, Any], told: dict[str, Any], arrived: datetime) -> bytes:
    """Return the submitted version as PDF; `content` as frozen (dates and amounts as text)."""
    paper = Paper(
        title=f"Antrag {content['number']}: {content['title']}",
        created=arrived,
        reference=f"Antrag {content['number']}, Einreichung {told['count']}",
    )
    paper.heading(f"Antrag {content['number']}: {content['title']}")
    paper.facts(
        [
            ("Zum Aufruf", told["call"]),
            ("Einreichung", f"{told['count']}, Eingang {told['arrived']}"),
            ("Zeitraum", f"{day(_date(content['start']))} bis {day(_date(content['end']))}"),
            ("Beantragte Zuwendung", euro(Decimal(content["requested_grant"]))),
            ("Prüfsumme (SHA-256)", told["sha256"]),
        ]
    )
    paper.heading("Kommunen", 2)
    rows = [[t["name"], t["ags"], t["land"], "federführend" if t["lead"] else ""] for t in content["towns"]]
    paper.table(["Kommune", "Gemeindeschlüssel", "Land", "Rolle"], rows)
    paper.heading("Vorhaben", 2)
    paper.text(content["summary"] or "Ohne Kurzbeschreibung.")
    for answer in content["answers"]:
        paper.heading(answer["question"], 3)
        paper.text(answer["text"])
    _plan(paper, content)
    _milestones(paper, content)
    return paper.render()


def _plan(paper: Paper, content: dict[str, Any]) -> None:
    """Print expenditure by town and position, and where the rest of the money comes from."""
    names = {town["ags"]: town["name"] for town in content["towns"]}
    sums: defaultdict[tuple[str, str, int], Decimal] = defaultdict(lambda: ZERO)
    for line in content["budget"]:
        sums[names[line["town"]], f"{line['position']} {line['title']}", line["year"]] += Decimal(
            line["amount"]
        )
    paper.heading("Finanzierungsplan", 2)
    paper.table(
        ["Kommune", "Position", "Jahr", "Ausgaben"],
        [[town, title, str(year), euro(amount)] for (town, title, year), amount in sums.items()],
        numeric={3},
        total=["Summe", "", "", euro(sum(sums.values(), ZERO))],
        caption="Ausgaben",
    )
    rows = [[names[f["town"]], SOURCES[f["source"]], euro(Decimal(f["amount"]))] for f in content["funding"]]
    if rows:
        total = sum((Decimal(f["amount"]) for f in content["funding"]), ZERO)
        paper.table(
            ["Kommune", "Quelle", "Betrag"],
            rows,
            numeric={2},
            total=["Summe", "", euro(total)],
            caption="Eigenanteil",
        )


def _milestones(paper: Paper, content: dict[str, Any]) -> None:
    """Print the work plan."""
    names = {town["ags"]: town["name"] for town in content["towns"]}
    paper.heading("Arbeitsplan", 2)
    rows = [
        [m["code"], m["title"], names[m["town"]], day(_date(m["due"])), m["evidence"]]
        for m in content["milestones"]
    ]
    paper.table(["Kennung", "Meilenstein", "Kommune", "Bis", "Nachweis"], rows)


def _date(text: str) -> date:
    """Read a frozen day."""
    return date.fromisoformat(text)
