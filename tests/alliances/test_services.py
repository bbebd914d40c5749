"""Founding, inviting, writing, signing, submitting."""

import pytest
from tests.factories import alliances as make

pytestmark = pytest.mark.django_db


def test_smoke():
    a = make.application("submitted")
    assert a.state == "submitted"
