"""The road to a drafted award is walked once for each module; every test starts from there and is rolled back."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.factories import projects as make


@pytest.fixture(scope="module")
def drafted(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A drafted award over 400,000.00 EUR lies in the database for all tests of the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        make.award()
        yield
        transaction.set_rollback(True)
