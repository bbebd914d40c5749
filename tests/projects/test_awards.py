"""Awards: drafted by the round, issued with letter and project, received, final."""

import hashlib
from datetime import date
from decimal import Decimal

import page
import pytest

from core import clock, door
from core.models import Document, Event, Mail
from projects import services
from projects.models import Award, AwardTranche, Project
from tests.cast import person
from tests.factories import projects as make

pytestmark = [pytest.mark.usefixtures("drafted"), pytest.mark.django_db]


def test_the_released_round_drafts_the_award_from_the_frozen_application() -> None:
    award = make.award()
    assert award.state == "drafted"
    assert award.number == award.case.number
    assert (award.amount, award.expenditure, award.own_staff) == (
        Decimal("400000.00"), Decimal("500000.00"), Decimal("100000.00"),
    )  # fmt: skip
    assert (award.start, award.end) == (date(2027, 4, 1), date(2029, 3, 31))
    assert award.recipient.name == "Beispielstadt"
    assert {t.fiscal_year: t.amount for t in award.tranches.all()} == {
        2027: Decimal("240000.00"), 2028: Decimal("160000.00"),
    }  # fmt: skip
    assert Event.objects.of(award).get().by == person("exempel")


def test_issuing_founds_the_project_writes_the_letter_and_tells_all_towns() -> None:
    Mail.objects.all().delete()
    award = make.award("issued")
    project = Project.objects.get(award=award)
    assert project.number == award.number
    assert project.state == "founded"
    lines = list(project.plan_lines.values_list("code", "amount"))
    assert sorted(amount for _, amount in lines) == [Decimal("100000.00"), Decimal("400000.00")]
    milestone = project.milestones.get()
    assert (milestone.code, milestone.due, milestone.town.name) == ("M1", date(2027, 9, 30), "Beispielstadt")
    mails = Mail.objects.filter(subject=f"{award.number}: Ihr Antrag ist bewilligt")
    assert {mail.to.name for mail in mails} == {
        "Herr Beispiel",
        "Frau Vorlage",
        "Frau Skizze",
        "Herr Entwurf",
    }
    assert "Alle vier Kommunen" in mails[0].body


def test_the_letter_is_frozen_with_its_facts_and_hash() -> None:
    award = make.award("issued")
    letter = award.letter()
    assert letter is not None
    with letter.file.open("rb") as file:
        content = file.read()
    assert letter.sha256 == hashlib.sha256(content).hexdigest()
    assert letter.facts["amount"] == "400000.00"
    assert letter.facts["tranches"] == {"2027": "240000.00", "2028": "160000.00"}
    for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A):
        report = page.validate_pdf_bytes(content, profile=profile, limits=page.SafetyLimits.unlimited())
        assert report.is_compliant, [failure.message for failure in report.failures]


def test_only_the_granting_authority_issues() -> None:
    award = make.award()
    for who in ("muster", "zweitblick", "kasse", "pruefer", "beispiel", "fremd"):
        with pytest.raises(door.Refused) as refused:
            door.perform(award, "issue", by=person(who))
        assert refused.value.kind == "right"
    assert not Document.objects.of(award).exists()


def test_an_award_above_its_ceilings_is_refused_with_the_figures() -> None:
    award = make.award()
    Award.objects.filter(pk=award.pk).update(own_staff=Decimal("100000.01"))
    with pytest.raises(door.Refused, match="höher als zulässig"):
        door.perform(award, "issue", by=person("exempel"))


def test_awards_stay_within_the_budget_of_each_year() -> None:
    award = make.award()
    award.call.budgets.filter(fiscal_year=2028).update(amount=Decimal("159999.99"))
    with pytest.raises(door.Refused) as refused:
        door.perform(award, "issue", by=person("exempel"))
    assert [str(reason) for reason in refused.value.reasons] == [
        "Für 2028 sind noch 159.999,99\u00a0EUR frei, gebraucht werden 160.000,00\u00a0EUR."
    ]


def test_the_remedy_period_begins_with_the_receipt() -> None:
    award = make.award("received")
    assert award.remedy_until == date(2027, 1, 8)
    with clock.at(clock.berlin(2027, 1, 8, 23, 59)):
        assert services.finalise_awards() == 0
        with pytest.raises(door.Refused):
            door.perform(award, "become_final", by=None)
    with clock.at(clock.berlin(2027, 1, 9)):
        assert services.finalise_awards() == 1
        assert services.finalise_awards() == 0
    assert Award.objects.get().state == "final"
    assert Project.objects.get().state == "running"


def test_waiving_the_remedy_begins_the_project_at_once() -> None:
    award = make.award("received")
    with pytest.raises(door.Refused):
        door.perform(award, "waive_remedy", by=person("vorlage"))
    with clock.at(make.RECEIVED):
        final = door.perform(award, "waive_remedy", by=person("beispiel")).record
    assert final.state == "final"
    assert Project.objects.get().state == "running"


def test_towns_see_the_award_once_it_is_issued() -> None:
    drafted = make.award()
    seen = {who for who in ("exempel", "muster", "pruefer", "kasse", "beispiel", "vorlage", "fremd")
            if Award.objects.visible_to(person(who)).exists()}  # fmt: skip
    assert seen == {"exempel", "muster", "pruefer"}
    with clock.at(make.ISSUED):
        door.perform(drafted, "issue", by=person("exempel"))
    assert Award.objects.visible_to(person("vorlage")).exists()
    assert not Award.objects.visible_to(person("fremd")).exists()


def test_tranches_sum_to_the_award_whatever_the_cents() -> None:
    award = make.award(grant=Decimal("333333.33"))
    assert sorted(AwardTranche.objects.filter(award=award).values_list("amount", flat=True)) == [
        Decimal("133333.33"), Decimal("200000.00"),
    ]  # fmt: skip
