"""The one clock."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest

from core import clock

SOME_DAY = datetime(2027, 3, 1, 12, tzinfo=UTC)


def test_is_the_real_time_unless_set() -> None:
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)  # noqa: TID251 - the comparison itself


def test_lives_through_years() -> None:
    with clock.at(SOME_DAY):
        assert clock.now() == SOME_DAY
        with clock.at(SOME_DAY + timedelta(days=365)):
            assert clock.today() == date(2028, 2, 29)
        assert clock.now() == SOME_DAY


def test_leases_see_the_real_time() -> None:
    with clock.at(SOME_DAY):
        assert clock.real_now() != SOME_DAY


def test_holds_one_instant_within() -> None:
    with clock.hold() as arrival:
        assert clock.now() == arrival == clock.now()
    with clock.hold(SOME_DAY), clock.at(SOME_DAY + timedelta(days=1)):
        assert clock.now() == SOME_DAY, "a request keeps the instant of its arrival"


def test_lets_go_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError), clock.hold(SOME_DAY), clock.at(SOME_DAY):
        raise ZeroDivisionError
    assert clock.now() != SOME_DAY


def test_holds_for_its_own_thread_only() -> None:
    seen: list[datetime] = []
    with clock.hold(SOME_DAY):
        thread = threading.Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
    assert seen[0] != SOME_DAY


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2027, 6, 30, 21, 59, tzinfo=UTC), date(2027, 6, 30)),
        (datetime(2027, 6, 30, 22, 0, tzinfo=UTC), date(2027, 7, 1)),
        (datetime(2027, 12, 31, 22, 59, tzinfo=UTC), date(2027, 12, 31)),
        (datetime(2027, 12, 31, 23, 0, tzinfo=UTC), date(2028, 1, 1)),
    ],
)
def test_today_is_the_day_in_germany(instant: datetime, day: date) -> None:
    with clock.at(instant):
        assert clock.today() == day


def test_a_wall_clock_in_germany() -> None:
    assert clock.berlin(2027, 3, 28, 1, 59).astimezone(UTC) == datetime(2027, 3, 28, 0, 59, tzinfo=UTC)
    assert clock.berlin(2027, 3, 28, 3, 0).astimezone(UTC) == datetime(2027, 3, 28, 1, 0, tzinfo=UTC)
    assert clock.start_of(date(2027, 7, 1)).astimezone(UTC) == datetime(2027, 6, 30, 22, tzinfo=UTC)
