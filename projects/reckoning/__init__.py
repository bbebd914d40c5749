"""What the law of grants reckons, in plain Python without Django: tranches, drawing, the final grant, last days.

Amounts are Decimal in EUR with two places; days are dates in Germany.
"""

from projects.reckoning.days import end_of_remedy, statement_due, working_day
from projects.reckoning.grant import FinalGrant, pro_rata, tranches
from projects.reckoning.money_bar import MoneyBar

__all__ = [
    "FinalGrant",
    "MoneyBar",
    "end_of_remedy",
    "pro_rata",
    "statement_due",
    "tranches",
    "working_day",
]
