"""A part of the work in which the database refuses every change."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def read_only() -> Iterator[None]:
    """Read one state of the database in a transaction that cannot write; a write inside raises.

    PostgreSQL: a read-only transaction of one snapshot (inside another transaction: read-only until the savepoint is
    rolled back). SQLite: `PRAGMA query_only`.
    """
    nested = connection.in_atomic_block
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(_switch_on(nested))
            yield
            transaction.set_rollback(
                True
            )  # nothing to keep; on PostgreSQL a savepoint gets its old mode back
    finally:
        if connection.vendor == "sqlite":
            connection.connection.execute(
                "PRAGMA query_only = OFF"
            )  # past Django, which may await a rollback


def _switch_on(nested: bool) -> str:
    """Return the statement that forbids writing."""
    if connection.vendor == "sqlite":
        return "PRAGMA query_only = ON"
    return (
        "SET TRANSACTION READ ONLY"
        if nested
        else "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
    )
