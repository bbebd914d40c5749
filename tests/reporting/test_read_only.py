"""While a report reads, the database refuses every change."""

import pytest
from django.db import DatabaseError, connection, transaction

from core.models import User
from reporting.reports.read_only import read_only
from tests.cast import person


@pytest.mark.django_db(transaction=True)
def test_a_write_inside_raises_and_changes_nothing() -> None:
    with pytest.raises(DatabaseError), read_only():
        person("muster")
    assert not User.objects.filter(name="Frau Muster").exists()


@pytest.mark.django_db(transaction=True)
def test_raw_sql_is_refused_too() -> None:
    muster = person("muster")
    with pytest.raises(DatabaseError), read_only(), connection.cursor() as cursor:
        cursor.execute("UPDATE core_user SET name = 'Anders'")
    muster.refresh_from_db()
    assert muster.name == "Frau Muster"


@pytest.mark.django_db(transaction=True)
def test_writing_works_again_afterwards() -> None:
    with read_only():
        assert User.objects.count() == 0
    assert person("muster").pk


@pytest.mark.django_db(transaction=True)
def test_inside_another_transaction_only_the_inner_part_is_read_only() -> None:
    with transaction.atomic():
        person("muster")
        with pytest.raises(DatabaseError), read_only():
            person("exempel")
        person("kasse")
    assert set(User.objects.values_list("name", flat=True)) == {"Frau Muster", "Frau Kasse"}
