"""Founding, inviting, writing, signing, submitting: every change goes through a right and leaves a line."""

import uuid
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from alliances import services
from alliances.models import Alliance, Application, BudgetLine, Signature, Submission
from core import access, clock, door
from core.models import Document, Event, Mail
from tests.cast import person
from tests.factories import alliances as make
from tests.factories.towns import town

JUNE = clock.berlin(2026, 6, 20, 9)


@pytest.fixture(autouse=True)
def _june(signed: Application, submitted: Application):
    """Let every test happen in June 2026, ten days before the deadline."""
    with clock.at(JUNE):
        yield


def test_the_coordination_founds_once_for_one_token() -> None:
    token = uuid.uuid4()
    first = services.found_alliance(town(), title="Läden", by=person("beispiel"), token=token)
    again = services.found_alliance(town(), title="Läden", by=person("beispiel"), token=token)
    assert first == again
    assert Alliance.objects.filter(title="Läden").count() == 1
    assert first.lead.state == "accepted"
    assert access.holds(person("beispiel"), "submit", first)


def test_nobody_founds_for_a_foreign_town() -> None:
    with pytest.raises(door.Refused, match="nur die Koordination"):
        services.found_alliance(town(), title="Fremd", by=person("fremd"))


def test_a_town_stands_in_an_alliance_once(signed: Application) -> None:
    with pytest.raises(
        door.Refused, match=r"Musterhausen steht schon in Ihrem Verbund\. Wählen Sie eine andere Kommune\."
    ):
        services.invite(signed.alliance, town("99000002"), by=person("beispiel"))


def test_only_the_lead_invites_and_only_into_the_future(signed: Application) -> None:
    with pytest.raises(door.Refused, match="federführenden"):
        services.invite(signed.alliance, town("99000005"), by=person("vorlage"))
    with pytest.raises(door.Refused, match=r"Der 19\.06\.2026 ist vorbei"):
        services.invite(
            signed.alliance, town("99000005"), by=person("beispiel"), respond_by=date(2026, 6, 19)
        )


def test_an_invitation_reaches_the_coordination_and_may_come_again(signed: Application) -> None:
    invited = services.invite(signed.alliance, town("99000005"), by=person("beispiel"))
    mail = Mail.objects.get(to=person("anders"), subject=f"Einladung in den Verbund {signed.alliance.number}")
    assert "Beispielstadt lädt Modellingen ein, Partnerkommune zu werden" in mail.body
    assert "höchstens 400.000,00\u00a0EUR für mindestens 4 Kleinstädte" in mail.body
    assert "Antworten Sie bis 20. Juli 2026" in mail.body
    door.perform(invited, "decline", by=person("anders"), data={"note": "Wir haben keine Leute."})
    assert Mail.objects.filter(to=person("beispiel"), body__contains="Wir haben keine Leute.").exists()
    again = services.invite(signed.alliance, town("99000005"), by=person("beispiel"))
    joined = door.perform(again, "accept", by=person("anders")).record
    assert joined.state == "accepted"
    assert access.holds(person("anders"), "write", signed.alliance)


def test_invitations_run_out_after_their_last_day(signed: Application) -> None:
    invited = services.invite(
        signed.alliance, town("99000005"), by=person("beispiel"), respond_by=date(2026, 6, 20)
    )
    assert services.expire_invitations() == 0
    with clock.at(JUNE + timedelta(days=1)):
        assert services.expire_invitations() == 1
    invited.refresh_from_db()
    assert invited.state == "expired"


def test_who_leaves_loses_rights_and_plan_and_hands_milestones_to_the_lead(signed: Application) -> None:
    services.add_milestone(
        signed,
        title="Karte",
        town=town("99000002"),
        due=date(2028, 1, 1),
        evidence="Karte",
        by=person("vorlage"),
    )
    partner = signed.alliance.partners.get(town__ags="99000002")
    door.perform(partner, "leave", by=person("vorlage"), data={"note": "Der Rat will nicht."})
    assert not access.holds(person("vorlage"), "view", signed.alliance)
    assert not BudgetLine.objects.filter(application=signed, town=partner.town).exists()
    assert signed.milestones.get(title="Karte").town.ags == "99000001"


def test_one_living_application_for_each_call(signed: Application) -> None:
    with pytest.raises(door.Refused, match="schon einen Antrag"):
        services.start_application(signed.alliance, signed.call, title="Noch einer", by=person("beispiel"))
    with pytest.raises(door.Refused, match="keinen Antrag beginnen"):
        services.start_application(signed.alliance, signed.call, title="Fremd", by=person("fremd"))


def test_an_end_before_the_start_is_refused(signed: Application) -> None:
    with pytest.raises(
        door.Refused, match=r"Das Ende \(31\.03\.2027\) liegt vor dem Beginn \(01\.04\.2027\)\."
    ):
        services.save_basics(
            signed, title="T", summary="", start=date(2027, 4, 1), end=date(2027, 3, 31), requested_grant=None,
            by=person("beispiel"),
        )  # fmt: skip


def test_a_plan_knows_its_towns_years_and_positions(signed: Application) -> None:
    orders = signed.call.positions.get(code="0835")
    by = person("beispiel")
    ten = Decimal("10.00")
    with pytest.raises(door.Refused, match=r"nach dem letzten Tag des Vorhabens \(31\.03\.2029\)"):
        services.save_town_plan(signed, town(), cells={(orders.pk, 2030): ten}, funding={}, by=by)
    with pytest.raises(door.Refused, match="nicht beigetreten"):
        services.save_town_plan(signed, town("99000005"), cells={(orders.pk, 2028): ten}, funding={}, by=by)
    with pytest.raises(door.Refused, match="kleiner als"):
        services.save_town_plan(signed, town(), cells={(orders.pk, 2028): -ten}, funding={}, by=by)
    services.save_town_plan(signed, town(), cells={(orders.pk, 2028): Decimal("0.00")}, funding={}, by=by)
    assert not signed.budget_lines.filter(town=town(), position=orders, fiscal_year=2028).exists()
    assert signed.budget_lines.filter(town=town(), position=orders, fiscal_year=2027).exists()


def test_what_a_form_adds_is_added_once(signed: Application) -> None:
    token = uuid.uuid4()
    values = {"title": "Fest", "town": town(), "due": date(2028, 5, 1), "evidence": "Bericht"}
    first = services.add_milestone(signed, **values, by=person("beispiel"), token=token)
    assert services.add_milestone(signed, **values, by=person("beispiel"), token=token) == first
    assert first.code == "M2"
    token = uuid.uuid4()
    for _ in range(2):
        file = SimpleUploadedFile("Plan.pdf", make.PDF)
        services.add_document(signed, file, by=person("beispiel"), token=token)
    assert Document.objects.of(signed).filter(name="Plan.pdf").count() == 1


def test_an_empty_file_is_refused(signed: Application) -> None:
    with pytest.raises(ValidationError, match="leer"):
        services.add_document(signed, SimpleUploadedFile("Plan.pdf", b""), by=person("beispiel"))


def test_a_change_voids_signatures_and_saving_the_same_does_not(signed: Application) -> None:
    goals = signed.call.questions.first()
    services.save_answer(signed, goals, "Unsere Antwort zu Ziele.", by=person("vorlage"))
    assert signed.unsigned_towns() == []
    assert Event.objects.of(signed).first().label == "Gezeichnet"
    services.save_answer(signed, goals, "Etwas anderes.", by=person("vorlage"))
    assert len(signed.unsigned_towns()) == 4
    assert Event.objects.of(signed).first().by == person("vorlage")
    with pytest.raises(
        door.Refused, match=r"Für Musterhausen fehlt die Zeichnung\. Frau Vorlage kann zeichnen\."
    ):
        make.submit(signed)


def test_a_new_document_voids_signatures_too(signed: Application) -> None:
    services.add_document(signed, SimpleUploadedFile("Plan.pdf", make.PDF), by=person("beispiel"))
    assert len(signed.unsigned_towns()) == 4


def test_nobody_signs_for_a_foreign_town(signed: Application) -> None:
    services.save_grant(signed, Decimal("399000.00"), by=person("beispiel"))
    with pytest.raises(door.Refused):
        door.perform(signed, "sign", by=person("vorlage"), data={"town": town("99000003")})
    door.perform(signed, "sign", by=person("vorlage"), data={"town": town("99000002")})
    assert Signature.objects.filter(application=signed, by=person("vorlage")).count() == 2


def test_a_submission_is_frozen_and_everyone_gets_the_receipt(submitted: Application) -> None:
    submission = Submission.objects.get(application=submitted)
    assert (submission.count, submission.by) == (1, person("anders"))
    assert submission.content["requested_grant"] == "400000.00"
    assert [town["name"] for town in submission.content["towns"]] == [
        "Modellingen", "Testerode", "Versuchsdorf", "Vorlagenburg",
    ]  # fmt: skip
    purposes = [document.purpose for document in Document.objects.of(submission)]
    assert len([purpose for purpose in purposes if purpose.startswith("absichtserklaerung:")]) == 4
    assert purposes[-2:] == ["receipt", "version"]
    mails = Mail.objects.filter(subject=f"{submitted.number}: Eingangsbestätigung").order_by("to__name")
    assert [mail.to.name for mail in mails] == ["Frau Anders", "Frau Nebenan", "Herr Drüben", "Herr Fern"]
    assert {mail.attachment.purpose for mail in mails} == {"receipt"}


def test_taken_back_and_submitted_again_counts_two_and_keeps_the_first(submitted: Application) -> None:
    first = Submission.objects.get(application=submitted)
    lead = person("anders")
    door.perform(submitted, "take_back", by=lead)
    services.save_answer(submitted, submitted.call.questions.first(), "Neu gedacht.", by=lead)
    make.sign(submitted)
    make.submit(submitted, explanation="Das ist so gewollt.")
    second = Submission.objects.get(application=submitted, count=2)
    first_again = Submission.objects.get(pk=first.pk)
    assert second.explanation == "Das ist so gewollt."
    assert second.content["answers"][0]["text"] == "Neu gedacht."
    assert first_again.content == first.content
    assert second.sha256 != first.sha256


def test_one_token_submits_once(signed: Application) -> None:
    token = uuid.uuid4()
    for changed in (True, False):
        outcome = door.perform(signed, "submit", by=person("beispiel"), token=token)
        assert outcome.changed is changed
    assert signed.submissions.count() == 1


def test_a_submitted_application_is_locked(submitted: Application) -> None:
    with pytest.raises(door.Refused, match="Eingereicht"):
        services.save_grant(submitted, None, by=person("anders"))


def test_drafts_expire_with_the_deadline(signed: Application) -> None:
    assert services.expire_drafts() == 0
    with clock.at(signed.call.closes_at):
        assert services.expire_drafts() == 1
    signed.refresh_from_db()
    assert signed.state == "expired"
