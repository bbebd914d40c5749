"""A call to begin with nothing: only the figures that every call must have, as the call of 2020 had them."""

from dataclasses import replace

from calls.patterns.call_2020 import CALL_2020

EMPTY = replace(
    CALL_2020,
    name="leer",
    label="Leerer Aufruf: Sie tragen alles selbst ein",
    title="Neuer Projektaufruf",
    summary="Worum geht es in diesem Aufruf?",
    questions=(),
    positions=(),
    documents=(),
    scoring=(),
    criteria=(),
)
