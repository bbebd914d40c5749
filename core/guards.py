"""What a guard is: a small function `(record) -> bool` with a reason, a sentence for the person.

A reason states the fact with its figure, what would change it and who can; it may be a text, or a function of the
record that gives one text or several. `mend` gives the address of the page where it is mended.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Reasons = str | Iterable[str]


@dataclass(frozen=True)
class Reason:
    """Why a step is not possible: a sentence, and the address of the page that mends it (or an empty text)."""

    text: str
    url: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Act:
    """Who acts, when (the arrival of the request), and with which input; `by` is None for the system."""

    by: Any
    at: datetime
    data: dict[str, Any]


class Guard:
    """A condition of a transition, callable by django-fsm."""

    def __init__(
        self,
        holds: Callable[[Any], bool],
        reason: str | Callable[[Any], Reasons],
        mend: Callable[[Any], str] | None,
    ) -> None:
        self.holds = holds
        self.reason = reason
        self.mend = mend
        self.__name__ = holds.__name__
        self.__doc__ = holds.__doc__

    def __call__(self, record: Any) -> bool:
        return self.holds(record)

    def reasons(self, record: Any) -> list[Reason]:
        """Return the sentences for this record."""
        told = self.reason(record) if callable(self.reason) else self.reason
        url = self.mend(record) if self.mend else ""
        return [Reason(text, url) for text in ([told] if isinstance(told, str) else told)]


def guard(
    reason: str | Callable[[Any], Reasons], mend: Callable[[Any], str] | None = None
) -> Callable[[Callable[[Any], bool]], Guard]:
    """Make a function a guard with its reason."""

    def wrap(holds: Callable[[Any], bool]) -> Guard:
        return Guard(holds, reason, mend)

    return wrap
