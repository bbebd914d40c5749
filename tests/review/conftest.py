"""The clock of these tests stands after the deadline of the call of the factories."""

from collections.abc import Iterator

import pytest

from core import clock
from tests.factories.review import REVIEW


@pytest.fixture(autouse=True)
def after_the_deadline() -> Iterator[None]:
    with clock.at(REVIEW):
        yield
