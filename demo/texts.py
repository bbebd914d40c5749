"""What the invented alliances write; short, plain, and clearly an example."""

ANSWERS = {
    "default": "Beispieltext: Die vier Kommunen erproben gemeinsam, was eine allein nicht schafft. Sie teilen "
    "Personal, Wissen und Kosten, beziehen Einwohnerinnen und Einwohner ein und schreiben auf, was andere Städte davon "
    "übernehmen können."
}
MILESTONES = [
    ("Bestand erfasst", "Karte und Liste des Bestands", 0.25),
    ("Erprobung in allen Kommunen begonnen", "Kurzbericht je Kommune", 0.5),
    ("Werkzeug für andere Städte veröffentlicht", "Leitfaden", 0.9),
]
SCORE_REASON = "Beispielbegründung: im Antrag nachvollziehbar dargelegt."
NARRATIVE = (
    "Beispieltext: Das Vorhaben wurde wie geplant durchgeführt. Die Meilensteine sind erreicht, die Ergebnisse "
    "liegen als Leitfaden vor. Die Ausgaben entsprechen dem Finanzierungsplan."
)
