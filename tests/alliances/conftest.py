"""One signed application and one submitted one for each test file, made once; each test rolls back to them."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from alliances.models import Application
from tests.factories import alliances as make


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, int]]:
    """Make the applications in a transaction of the whole file."""
    with django_db_blocker.unblock(), transaction.atomic():
        signed = make.application("signed")
        submitted = make.application("submitted", call=signed.call, second=True)
        yield {"signed": signed.pk, "submitted": submitted.pk}
        transaction.set_rollback(True)


@pytest.fixture
def signed(_made: dict[str, int], db: None) -> Application:
    """Return the signed application of the first alliance."""
    return Application.objects.get(pk=_made["signed"])


@pytest.fixture
def submitted(_made: dict[str, int], db: None) -> Application:
    """Return the submitted application of the second alliance."""
    return Application.objects.get(pk=_made["submitted"])
