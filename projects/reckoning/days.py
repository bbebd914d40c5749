"""Last days that the law sets, moved off weekends and holidays."""

from datetime import date, timedelta

import holidays
from dateutil.relativedelta import relativedelta  # type: ignore[import-untyped]

SATURDAY = 5


def working_day(day: date) -> date:
    """Return the day itself, or the next one that is neither Saturday, Sunday nor a holiday of all Germany.

    § 31 (3) VwVfG, § 193 BGB, § 222 (2) ZPO. Holidays of single Länder are not counted: the day is never later than the
    law allows for anyone.
    """
    free = holidays.country_holidays("DE", years=[day.year, day.year + 1])
    while day.weekday() >= SATURDAY or day in free:
        day += timedelta(days=1)
    return day


def end_of_remedy(notified: date, months: int) -> date:
    """Return the last day to go to court: `months` (1) after notification (§ 74 (1) VwGO, § 188 (2) BGB)."""
    return working_day(notified + relativedelta(months=months))


def statement_due(end: date, fulfilled: date | None, months: int) -> date:
    """Return until when the statement is due: `months` (12) after the purpose was fulfilled.

    At the latest it is that long after the end of the period (ANBest-Gk 6.1).
    """
    last = min(end, fulfilled) if fulfilled else end
    return working_day(last + relativedelta(months=months))
