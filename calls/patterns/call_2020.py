"""The call of May to September 2020 (funding-law 8.03, N03): at most 400,000 EUR and 80 %, 1.2 million EUR in all."""

from decimal import Decimal

from calls.patterns.base import CallPattern
from calls.patterns.parts import CRITERIA, DOCUMENTS, POSITIONS, QUESTIONS, SCORING

CALL_2020 = CallPattern(
    name="2020",
    label="Aufruf 2020: höchstens 400.000 EUR je Vorhaben, höchstens 80 % der Ausgaben",
    title="Kleinstadtentwicklung – vielfältig, innovativ und zukunftsfähig!",
    summary=(
        "Mindestens vier Kleinstädte, möglichst verschieden, erproben gemeinsam ein Vorhaben der "
        "Kleinstadtentwicklung. Das Thema ist offen. Mindestens 20 % der Ausgaben tragen die Städte selbst, vor allem "
        "durch die Arbeitszeit ihrer Beschäftigten."
    ),
    cap=Decimal("400000.00"),
    rate=Decimal("80.00"),
    min_towns=4,
    min_months=12,
    budget=Decimal("1200000.00"),
    open_weeks=17,
    questions=QUESTIONS,
    positions=POSITIONS,
    documents=DOCUMENTS,
    scoring=SCORING,
    criteria=CRITERIA,
)
