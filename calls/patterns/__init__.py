"""What a new call can begin with: the real calls of 2019 and 2020 as data, or nothing. No Django."""

from calls.patterns.base import CallDays, CallPattern
from calls.patterns.call_2019 import CALL_2019
from calls.patterns.call_2020 import CALL_2020
from calls.patterns.empty import EMPTY

PATTERNS: dict[str, CallPattern] = {pattern.name: pattern for pattern in (CALL_2020, CALL_2019, EMPTY)}

__all__ = ["CALL_2019", "CALL_2020", "EMPTY", "PATTERNS", "CallDays", "CallPattern"]
