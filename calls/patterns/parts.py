"""Parts that the patterns share: questions, positions, documents, scoring criteria, rules of eligibility.

Scoring criteria: funding-law 8.08 (a catalogue to begin with; each call sets its own weights). Positions: numbers of
the federal forms for expenditure-based grants.
"""

from calls.patterns.base import (
    CriterionPattern,
    DocumentPattern,
    PositionPattern,
    QuestionPattern,
    ScoringPattern,
)

QUESTIONS = (
    QuestionPattern(
        "ziele",
        "Ziele",
        "Welches Problem lösen Sie gemeinsam, und woran merken Sie am Ende, dass es gelungen ist?",
    ),
    QuestionPattern(
        "methode",
        "Methode",
        "Was ist an Ihrem Vorgehen neu, und aus welchen Stärken Ihrer Städte entsteht es?",
    ),
    QuestionPattern(
        "uebertragbarkeit",
        "Übertragbarkeit",
        "Was können andere Kleinstädte übernehmen, und wie geben Sie es weiter?",
        400,
    ),
    QuestionPattern(
        "beteiligung",
        "Beteiligung",
        "Wie wirken die Menschen in Ihren Städten mit, auch die, die sonst selten kommen?",
        400,
    ),
    QuestionPattern(
        "verstetigung",
        "Verstetigung",
        "Was bleibt nach dem Ende der Förderung, wer führt es weiter, und wovon wird es bezahlt?",
        400,
    ),
)

POSITIONS = (
    PositionPattern(
        "0817",
        "Beschäftigte",
        "Arbeitszeit von Beschäftigten Ihrer Kommune: Stunden mal Stundensatz. Sie zählt zum Eigenanteil.",
        staff=True,
    ),
    PositionPattern(
        "0835", "Vergabe von Aufträgen", "Leistungen anderer, zum Beispiel Agentur, Moderation, Planung."
    ),
    PositionPattern("0841", "Öffentlichkeitsarbeit", "Druck, Internetseite, Ausstellung, Veranstaltungen."),
    PositionPattern("0844", "Dienstreisen", "Fahrten zu den anderen Kommunen und zu Treffen der Akademie."),
    PositionPattern(
        "0850", "Gegenstände über 800 EUR", "Einzelne Anschaffungen über 800 EUR ohne Umsatzsteuer."
    ),
)

DOCUMENTS = (
    DocumentPattern(
        "absichtserklaerung",
        "Absichtserklärung",
        "Ihre Kommune will mitmachen und trägt ihren Anteil. Die Bürgermeisterin oder der Bürgermeister unterschreibt.",
        per_town=True,
    ),
)

SCORING = (
    ScoringPattern(
        "Innovativer methodischer Ansatz",
        "Ist das Vorgehen neu, und entsteht es aus den eigenen Stärken der Städte?",
        25,
    ),
    ScoringPattern(
        "Bezug zur Kleinstadtentwicklung", "Löst das Vorhaben eine Aufgabe, die Kleinstädte haben?", 15
    ),
    ScoringPattern("Übertragbarkeit", "Können andere Kleinstädte das Ergebnis übernehmen?", 15),
    ScoringPattern(
        "Vielfalt des Verbunds",
        "Unterscheiden sich die Städte nach Lage, Fläche, Einwohnern und Wirtschaft?",
        10,
    ),
    ScoringPattern("Kooperation und Lernnetzwerk", "Lernen die Städte voneinander, und ist klar, wie?", 10),
    ScoringPattern("Beteiligung der Stadtgesellschaft", "Wirken die Menschen vor Ort wirklich mit?", 10),
    ScoringPattern("Umsetzbarkeit", "Passen Arbeitsplan, Zeit und Geld zusammen?", 10),
    ScoringPattern("Verstetigung", "Bleibt etwas, wenn die Förderung endet?", 5),
)

CRITERIA = (
    CriterionPattern("minimum_towns"),
    CriterionPattern("small_town_type", {"minimum": 5000, "below": 20000}),
    CriterionPattern("cap_and_rate"),
    CriterionPattern("period"),
    CriterionPattern("documents"),
)
