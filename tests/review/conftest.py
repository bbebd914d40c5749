"""The clock of these tests stands after the deadline of the call of the factories."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType

from core import clock
from tests.factories.review import REVIEW


@pytest.fixture
def known_kinds(db: None) -> None:
    """Read all content types in one query, as any running process has."""
    ContentType.objects.get_for_models(*apps.get_models())


@pytest.fixture(autouse=True)
def after_the_deadline() -> Iterator[None]:
    with clock.at(REVIEW):
        yield
