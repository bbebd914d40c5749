"""Assigning jurors, biases and scores."""

import uuid
from datetime import date

import pytest

from core import access, door
from review import services
from review.models import Assessment, Bias, Case
from tests.cast import person
from tests.factories import review as make

pytestmark = pytest.mark.django_db
REASON = (
    "Frau Befangen ist Bürgermeisterin von Beispielstadt. "
    "Beispielstadt bewirbt sich in diesem Aufruf (Antrag {number})."
)


def assign(case: Case, *keys: str, by: str = "muster", token: uuid.UUID | None = None) -> services.Assignment:
    return services.assign_jurors(
        case.call, by=person(by), cases=[case], members=make.members(*keys), due=make.DUE, token=token
    )


def test_a_mayor_of_a_town_that_applies_is_out_of_the_whole_call() -> None:
    call = make.closed_call(2)
    for case in call.cases.all():
        make.advance(case, "eligible")
    own, other = call.cases.all()
    result = services.assign_jurors(
        call, by=person("muster"), cases=[own, other], members=make.members(), due=make.DUE
    )
    assert (result.created, list(result.excluded.values())) == (8, [REASON.format(number=own.number)])
    assert result.text() == "8 Bewertungen zugewiesen, 1 Mitglied wirkt nicht mit"
    biases = Bias.objects.filter(member__user=person("befangen"))
    assert [(b.case, b.source, b.reason) for b in biases] == [
        (own, "register", REASON.format(number=own.number)),
        (other, "register", REASON.format(number=own.number)),
    ]
    assert not Assessment.objects.filter(member__user=person("befangen")).exists()


def test_a_mayor_of_another_town_takes_part() -> None:
    make.board(mayor_of="99000008")
    assert assign(make.case("eligible")).excluded == {}


def test_assigning_twice_assigns_once() -> None:
    case, token = make.case("eligible"), uuid.uuid4()
    assert assign(case, token=token).created == 4
    assert assign(case, token=token).created == 0
    assert assign(case).created == 0
    assert case.assessments.count() == 4


def test_a_case_that_is_not_eligible_and_a_past_day_are_refused_together() -> None:
    case = make.case("in_check")
    with pytest.raises(door.Refused) as refused:
        services.assign_jurors(
            case.call, by=person("muster"), cases=[case], members=make.members(), due=date(2026, 7, 14)
        )
    assert [str(reason) for reason in refused.value.reasons] == [
        f"Vorgang {case.number} ist im Stand „In formaler Prüfung“. Zuweisen lässt sich ein förderfähiger Vorgang.",
        "Der 14.07.2026 ist vorbei. Wählen Sie einen Tag ab heute.",
    ]


@pytest.mark.parametrize("who", ["zweitblick", "pruefer", "modell", "beispiel"])
def test_only_office_and_officer_assign(who: str) -> None:
    case = make.case("eligible")
    with pytest.raises(door.Refused, match="nicht für Sie freigegeben"):
        assign(case, by=who)


def test_before_the_hand_over_jurors_hold_no_right_at_all() -> None:
    case = make.case("eligible")
    assign(case)
    assert access.rights_on(person("modell"), case) == frozenset()
    door.perform(case, "send_to_jury", by=person("muster"))
    assert access.rights_on(person("modell"), case) == {"declare"}


def test_accepting_opens_the_case_and_declining_closes_it() -> None:
    assessment = make.assessment("accepted")
    case = assessment.case
    assert access.rights_on(person("modell"), case) == {"declare", "read", "score"}
    door.perform(
        assessment, "decline", by=person("modell"), data={"note": "Meine Schwester hat mitgeschrieben."}
    )
    assert access.rights_on(person("modell"), case) == frozenset()
    bias = Bias.objects.get(member__user=person("modell"))
    assert (bias.source, bias.reason) == ("declared", "Meine Schwester hat mitgeschrieben.")


def test_an_assessment_that_is_set_aside_is_closed_to_its_juror() -> None:
    assessment = make.assessment("set_aside")
    assert access.rights_on(person("modell"), assessment.case) == frozenset()


def test_scores_are_saved_one_by_one_and_replaced() -> None:
    assessment = make.assessment("drafted", points=4)
    first = assessment.case.call.scoring_criteria.all()[0]
    door.perform(assessment, "draft", by=person("modell"), data=make.given(first, 2))
    assert [score.points for score in assessment.scores.all()] == [2]


@pytest.mark.parametrize(
    ("points", "reason", "sentence"),
    [
        (0, "", "Begründen Sie die 0 Punkte in mindestens einem Satz."),
        (5, " ", "Begründen Sie die 5 Punkte in mindestens einem Satz."),
        (None, "", "warum Sie das nicht beurteilen können"),
        (6, "Gut.", "Möglich sind 0 bis 5 Punkte"),
        (-1, "Gut.", "Möglich sind 0 bis 5 Punkte"),
    ],
)
def test_points_out_of_range_and_missing_reasons_are_refused(
    points: int | None, reason: str, sentence: str
) -> None:
    assessment = make.assessment("accepted")
    first = assessment.case.call.scoring_criteria.all()[0]
    with pytest.raises(door.Refused, match=sentence):
        door.perform(
            assessment,
            "draft",
            by=person("modell"),
            data={"criterion": first, "points": points, "reason": reason},
        )
    assert not assessment.scores.exists()


def test_what_cannot_be_judged_takes_no_part_and_is_never_zero() -> None:
    assessment = make.assessment("accepted")
    criteria = list(assessment.case.call.scoring_criteria.all())
    for place, criterion in enumerate(criteria):
        data = make.given(criterion, None if place == 0 else 5)
        door.perform(assessment, "draft", by=person("modell"), data=data)
    done = door.perform(assessment, "submit", by=person("modell")).record
    assert str(done.shown_score()) == "100.00"


def test_without_any_points_there_is_nothing_to_submit() -> None:
    assessment = make.assessment("accepted")
    for criterion in assessment.case.call.scoring_criteria.all():
        door.perform(assessment, "draft", by=person("modell"), data=make.given(criterion, None))
    with pytest.raises(door.Refused, match="zu keinem Kriterium Punkte"):
        door.perform(assessment, "submit", by=person("modell"))


def test_an_unanswered_criterion_is_named() -> None:
    assessment = make.assessment("drafted")
    titles = [criterion.title for criterion in assessment.case.call.scoring_criteria.all()][1:]
    with pytest.raises(door.Refused) as refused:
        door.perform(assessment, "submit", by=person("modell"))
    assert [str(r) for r in refused.value.reasons] == [
        f"Zum Kriterium „{title}“ fehlen Ihre Punkte." for title in titles
    ]


def test_nobody_scores_for_another() -> None:
    assessment = make.assessment("accepted", juror="probe")
    make.assessment("accepted", juror="modell", of=assessment.case)
    first = assessment.case.call.scoring_criteria.all()[0]
    with pytest.raises(door.Refused, match="gehört einem anderen Beiratsmitglied"):
        door.perform(assessment, "draft", by=person("modell"), data=make.given(first, 5))
