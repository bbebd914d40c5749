"""The decision round: the frozen ranking, changed proposals, the release."""

import re
import uuid
from decimal import Decimal

import pytest

from calls.models import Call
from core import door
from core.models import Document, Event, Mail
from review import services
from review.models import Case, DecisionRound
from tests.cast import person
from tests.factories import review as make

pytestmark = pytest.mark.django_db
LARGE = (Decimal("400000.00"), Decimal("390000.00"))


def tight_round(state: str = "prepared") -> DecisionRound:
    """Return a round whose budget carries the first of two cases only."""
    call = make.closed_call(2, grants=LARGE)
    call.budgets.exclude(pk=call.budgets.all()[0].pk).delete()
    call.budgets.update(amount=Decimal("410000.00"))
    for case, points in zip(call.cases.all(), (4, 3), strict=True):
        make.advance(case, "in_jury")
        make.score_all(case, points)
    found = services.prepare_round(call, by=person("muster"))
    if state == "released":
        make.release(call)
    return found


def test_a_round_freezes_the_ranking_and_proposes() -> None:
    found = tight_round()
    first, second = found.items.select_related("case")
    assert (first.rank, first.score, first.proposal, first.case.state) == (
        1,
        Decimal("80.00"),
        "award",
        "recommended",
    )
    assert (second.rank, second.score, second.proposal, second.case.state) == (
        2,
        Decimal("60.00"),
        "reserve",
        "reserve",
    )
    assert (first.assessments, first.lowest, first.highest) == (4, Decimal("80.00"), Decimal("80.00"))
    assert second.running_total == Decimal("790000.00")
    assert second.reason == (
        "Rang 2 mit 60,00 von 100 Punkten. Der Antrag liegt unter der Bewilligungsgrenze: 400.000,00\u00a0EUR sind für "
        "bessere Ränge vorgesehen, 10.000,00\u00a0EUR sind frei. Die Reihenfolge wird eingehalten."
    )


def test_an_outstanding_assessment_bars_the_round_and_is_counted() -> None:
    case = make.case("in_jury")
    make.assessment("submitted", of=case)
    with pytest.raises(door.Refused, match="3 von 4 Bewertungen fehlen"):
        services.prepare_round(case.call, by=person("muster"))


def test_a_case_that_nobody_could_judge_bars_the_round() -> None:
    case = make.case("in_jury")
    for juror in make.JURORS:
        make.assessment("declined", juror=juror, of=case)
    with pytest.raises(door.Refused, match="zählt keine Bewertung"):
        services.prepare_round(case.call, by=person("muster"))


def test_a_case_before_the_board_bars_the_round() -> None:
    case = make.case("eligible")
    with pytest.raises(door.Refused, match=f"Vorgang {case.number} ist im Stand „Förderfähig“"):
        services.prepare_round(case.call, by=person("muster"))


def test_an_ineligible_case_is_proposed_for_refusal_with_its_reasons() -> None:
    case = make.case("ineligible_proposed")
    item = services.prepare_round(case.call, by=person("muster")).items.get()
    assert (item.proposal, item.rank) == ("reject", None)
    assert "ist nicht erfüllt: " in item.reason


def test_preparing_twice_with_one_token_is_once_and_without_it_refused() -> None:
    case, token = make.case("scored"), uuid.uuid4()
    first = services.prepare_round(case.call, by=person("muster"), token=token)
    assert services.prepare_round(case.call, by=person("muster"), token=token) == first
    with pytest.raises(door.Refused, match="schon eine Runde vorbereitet"):
        services.prepare_round(case.call, by=person("exempel"))


def test_only_whoever_prepares_may_prepare() -> None:
    case = make.case("scored")
    with pytest.raises(door.Refused, match="nicht für Sie freigegeben"):
        services.prepare_round(case.call, by=person("zweitblick"))


def test_a_fixed_ranking_fixes_the_assessments() -> None:
    case = make.case("recommended")
    with pytest.raises(door.Refused, match="Rangliste des Aufrufs ist schon festgestellt"):
        door.perform(case.assessments.all()[0], "reopen", by=person("muster"), data={"note": "Noch einmal."})


def test_an_assessment_that_is_set_aside_does_not_count() -> None:
    case = make.case("in_jury")
    make.assessment("submitted", of=case, juror="modell", points=4)
    make.assessment("submitted", of=case, juror="probe", points=3)
    for juror in ("test", "versuch"):
        make.assessment("set_aside", of=case, juror=juror)
    item = services.prepare_round(case.call, by=person("muster")).items.get()
    assert (item.assessments, item.score, item.lowest, item.highest) == (
        2, Decimal("70.00"), Decimal("60.00"), Decimal("80.00"),
    )  # fmt: skip


def test_a_changed_proposal_takes_the_step_of_the_case_and_can_be_taken_back() -> None:
    found = tight_round()
    item, token = found.items.all()[1], uuid.uuid4()
    for _ in range(2):
        item = services.change_proposal(
            item, "reject", "Inhaltlich nicht tragfähig.", by=person("exempel"), token=token
        )
    assert (item.proposal, item.reason) == ("reject", "Inhaltlich nicht tragfähig.")
    assert Case.objects.get(pk=item.case_id).state == "not_recommended"
    event = Event.objects.of(found).first()
    assert (event.label, event.note) == (
        f"Vorschlag zu {item.case.number}: Ablehnen",
        "Inhaltlich nicht tragfähig.",
    )
    services.change_proposal(item, "reserve", "Doch auf die Reserve.", by=person("muster"))
    assert Case.objects.get(pk=item.case_id).state == "reserve"


def test_a_change_needs_a_reason_and_a_right() -> None:
    item = tight_round().items.all()[0]
    with pytest.raises(door.Refused, match="begründen Sie ihn"):
        services.change_proposal(item, "reserve", " ", by=person("muster"))
    with pytest.raises(door.Refused, match="nicht für Sie freigegeben"):
        services.change_proposal(item, "reserve", "Weil.", by=person("pruefer"))


def test_whoever_prepared_does_not_release() -> None:
    case = make.case("scored")
    found = services.prepare_round(case.call, by=person("exempel"))
    with pytest.raises(door.Refused, match="Freigeben muss eine andere Person"):
        door.perform(found, "release", by=person("exempel"))
    assert door.perform(found, "release", by=person("doppel")).record.state == "released"


def test_the_office_that_prepared_holds_no_right_to_release() -> None:
    with pytest.raises(door.Refused) as refused:
        door.perform(tight_round(), "release", by=person("muster"))
    assert refused.value.kind == "right"


def test_awards_over_the_budget_are_refused_with_the_sums() -> None:
    found = tight_round()
    services.change_proposal(found.items.all()[1], "award", "Beide sind gut.", by=person("muster"))
    with pytest.raises(door.Refused) as refused:
        door.perform(found, "release", by=person("exempel"))
    assert str(refused.value).replace("\u00a0", " ") == (
        "Die Bewilligungen ergeben 790.000,00 EUR, der Haushalt des Aufrufs hat 410.000,00 EUR. "
        "Es fehlen 380.000,00 EUR."
    )


def test_the_release_decides_all_cases_at_once_and_tells_the_towns() -> None:
    found = tight_round("released")
    assert [item.case.state for item in found.items.select_related("case")] == ["awarded", "reserve"]
    assert Call.objects.get(pk=found.call_id).state == "decided"
    told = Mail.objects.filter(subject__endswith="Ihr Antrag steht auf der Reserve")
    assert sorted(mail.to.name for mail in told) == [
        "Frau Anders",
        "Frau Nebenan",
        "Herr Drüben",
        "Herr Fern",
    ]
    assert "Platz 1 der Reserve" in told[0].body


def test_a_refusal_is_told_without_scores() -> None:
    case = make.case("ineligible_proposed")
    services.prepare_round(case.call, by=person("muster"))
    make.release(case.call)
    assert Case.objects.get(pk=case.pk).state == "rejected"
    mail = Mail.objects.filter(subject=f"{case.number}: Entscheidung über Ihren Antrag").first()
    assert mail is not None
    assert "wird nicht gefördert" in mail.body
    assert re.search(r"\d,\d", mail.body) is None
    letter = Document.objects.of(case.submission).get(purpose="refusal")
    assert letter in Document.objects.visible_to(person("skizze"))
    assert letter not in Document.objects.visible_to(person("anders"))
    assert letter.facts["points"] == []
    assert "Mindestzahl der Kommunen" in letter.facts["reason"]


def test_nothing_changes_after_the_release() -> None:
    item = tight_round("released").items.all()[0]
    with pytest.raises(door.Refused, match="Die Runde ist schon freigegeben"):
        services.change_proposal(item, "reject", "Zu spät.", by=person("exempel"))


def test_the_release_names_its_numbers() -> None:
    assert tight_round().release_text() == (
        "Mit der Freigabe gehen 1 Bewilligung und 0 Ablehnungen zugleich hinaus, auf der Reserve: 1. "
        "Das lässt sich nicht zurückholen."
    )
