"""Who sees what: one's own alliances, invitations, and nothing else."""

import pytest

from alliances import services
from alliances.models import Alliance, Application, Partner, Submission
from core import access, clock
from core.models import Document
from tests.cast import person
from tests.factories.towns import town


@pytest.mark.parametrize(
    ("key", "seen"), [("anders", 1), ("fern", 1), ("pruefer", 2), ("beispiel", 1), ("fremd", 0)]
)
def test_applications_are_seen_by_their_towns_and_the_auditor(
    signed: Application, submitted: Application, key: str, seen: int
) -> None:
    user = person(key)
    assert Application.objects.visible_to(user).count() == seen
    assert Alliance.objects.visible_to(user).count() == seen
    has_submission = key in ("anders", "fern", "pruefer")
    assert Submission.objects.visible_to(user).exists() is has_submission
    assert Document.objects.visible_to(user).filter(purpose="receipt").exists() is has_submission


def test_the_newest_invitation_of_a_town_counts(signed: Application) -> None:
    with clock.at(clock.berlin(2026, 6, 20)):
        first = services.invite(signed.alliance, town("99000005"), by=person("beispiel"))
        with clock.at(clock.berlin(2026, 8, 20)):
            services.expire_invitations()
        second = services.invite(signed.alliance, town("99000005"), by=person("beispiel"))
    found = Partner.objects.newest().filter(alliance=signed.alliance, town=town("99000005"))
    assert list(found) == [second]
    assert first != second
    assert second in Partner.objects.visible_to(person("anders"))


def test_rights_follow_memberships(signed: Application, submitted: Application) -> None:
    assert access.differences() == []
