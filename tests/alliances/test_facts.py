"""What an application says: findings on live and frozen content, gaps, sums."""

from decimal import Decimal

from alliances import facts, services
from alliances.models import Application, Submission
from core import clock
from tests.cast import person

JUNE = clock.berlin(2026, 6, 20, 9)


def outcomes(application: Application) -> dict[str, str]:
    return {finding.code: str(finding.outcome) for finding in facts.live_findings(application)}


def test_the_filled_application_meets_every_rule(signed: Application) -> None:
    assert set(outcomes(signed).values()) == {"met"}
    assert facts.gaps(signed) == []


def test_frozen_content_is_judged_like_live_content(submitted: Application) -> None:
    frozen = Submission.objects.get(application=submitted).content
    assert facts.criteria_facts(frozen) == facts.live_facts(submitted)
    stated = facts.criteria_facts(frozen)
    assert stated.expenditure == Decimal("500000.00")
    assert stated.own_staff == Decimal("100000.00")
    assert stated.towns[0].name == "Modellingen"


def test_81_percent_is_a_finding(signed: Application) -> None:
    with clock.at(JUNE):
        services.save_grant(signed, Decimal("405000.00"), by=person("beispiel"))
    found = {finding.code: finding for finding in facts.live_findings(Application.objects.get(pk=signed.pk))}
    assert str(found["cap_and_rate"].outcome) == "not_met"
    assert "81\u00a0%" in found["cap_and_rate"].reason


def test_sums_by_town_and_in_all(signed: Application) -> None:
    sums = facts.town_sums(signed)
    assert [(one.town.name, one.expenditure) for one in sums] == [
        ("Beispielstadt", Decimal("200000.00")),
        ("Altmusterburg", Decimal("100000.00")),
        ("Musterhausen", Decimal("120000.00")),
        ("Neu Probe", Decimal("80000.00")),
    ]
    total = facts.total(sums)
    assert (total.expenditure, total.own_staff, total.open) == (
        Decimal("500000.00"),
        Decimal("100000.00"),
        Decimal("400000.00"),
    )
    assert facts.balance(signed, total) == "Die Finanzierung geht auf."
    assert facts.reckoned_grant(signed)[-1].amount == Decimal("400000.00")


def test_who_is_next(signed: Application) -> None:
    assert facts.town_matrix(signed.alliance, signed)[1] == [
        "Musterhausen",
        "erledigt",
        "erledigt",
        "erledigt",
    ]
    with clock.at(JUNE):
        services.save_grant(signed, Decimal("390000.00"), by=person("beispiel"))
    fresh = Application.objects.get(pk=signed.pk)
    row = facts.town_matrix(fresh.alliance, fresh)[1]
    assert row == ["Musterhausen", "erledigt", "erledigt", "offen: Frau Vorlage"]
