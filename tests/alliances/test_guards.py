"""The deadline: the end is the first instant that is too late."""

from datetime import timedelta

import pytest

from alliances.models import Application
from core import clock, door
from tests.cast import person
from tests.factories import alliances as make


def test_one_second_before_the_end_is_in_time(signed: Application) -> None:
    with clock.at(signed.call.closes_at - timedelta(seconds=1)):
        assert make.submit(signed).state == "submitted"


@pytest.mark.parametrize(("seconds", "shown"), [(0, "12:00:00"), (3, "12:00:03")])
def test_the_end_itself_is_too_late(signed: Application, seconds: int, shown: str) -> None:
    with clock.at(signed.call.closes_at + timedelta(seconds=seconds)), pytest.raises(door.Refused) as refused:
        make.submit(signed)
    assert str(refused.value) == (
        f"Die Frist endete am 30.06.2026 um 12:00:00 Uhr, Ihr Antrag kam am 30.06.2026 um {shown} Uhr an. "
        "Er ist nicht eingereicht. Ihr Entwurf bleibt erhalten. War unsere Technik schuld, rufen Sie uns heute an."
    )
    signed.refresh_from_db()
    assert signed.state == "draft"


def test_the_deadline_ends_taking_back_too(submitted: Application) -> None:
    with clock.at(submitted.call.closes_at), pytest.raises(door.Refused):
        door.perform(submitted, "take_back", by=person("anders"))


def test_the_lead_cannot_leave_and_nobody_leaves_a_submitted_application(submitted: Application) -> None:
    for key, ags in (("anders", "99000005"), ("drueben", "99000006")):
        partner = submitted.alliance.partners.get(town__ags=ags)
        with clock.at(clock.berlin(2026, 6, 20)), pytest.raises(door.Refused):
            door.perform(partner, "leave", by=person(key), data={"note": "Wir wollen nicht."})
