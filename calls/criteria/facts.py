"""The facts that criteria judge: plain values, read from an application, a submission, or a self-check."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from towns.register import TownFacts

NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class ApplicationFacts:
    """What an alliance states; amounts in EUR, `end` is the last day, None is "not stated yet".

    `own_staff` is the working time of the towns' own people (a contribution without cash). `documents` holds the codes
    of documents given once, `documents_per_town` pairs of (code, ags) of those given by a town.
    """

    towns: tuple[TownFacts, ...] = ()
    start: date | None = None
    end: date | None = None
    expenditure: Decimal = NOTHING
    requested_grant: Decimal | None = None
    own_staff: Decimal = NOTHING
    third_party: Decimal = NOTHING
    own_funds: Decimal = NOTHING
    documents: frozenset[str] = frozenset()
    documents_per_town: frozenset[tuple[str, str]] = frozenset()
