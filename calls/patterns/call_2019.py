"""The call of September 2019 (funding-law 8.02, N02): two grants of at most 62,500 EUR, in full."""

from decimal import Decimal

from calls.patterns.base import CallPattern
from calls.patterns.parts import CRITERIA, DOCUMENTS, POSITIONS, QUESTIONS, SCORING

CALL_2019 = CallPattern(
    name="2019",
    label="Aufruf 2019: höchstens 62.500 EUR je Vorhaben, Vollfinanzierung",
    title="Innovative Ansätze zur nachhaltigen Kleinstadtentwicklung",
    summary=(
        "Mindestens vier Kleinstädte erproben gemeinsam einen neuen Ansatz zu den Themen „Große Kleinstädte“ und "
        "„Wohnen“. Erwartet werden Übertragbarkeit, praktische Umsetzung, Verstetigung und die Vernetzung von Städten, "
        "Zivilgesellschaft, Wissenschaft und Politik."
    ),
    cap=Decimal("62500.00"),
    rate=Decimal("100.00"),
    min_towns=4,
    min_months=12,
    budget=Decimal("125000.00"),
    open_weeks=8,
    questions=QUESTIONS,
    positions=POSITIONS,
    documents=DOCUMENTS,
    scoring=SCORING,
    criteria=CRITERIA,
)
