"""Words of the review stage."""

from django.db import models


class CaseState(models.TextChoices):
    """The life of a case."""

    RECEIVED = "received", "Eingegangen"
    IN_CHECK = "in_check", "In formaler Prüfung"
    ELIGIBLE = "eligible", "Förderfähig"
    INELIGIBLE_PROPOSED = "ineligible_proposed", "Nicht förderfähig (Vorschlag)"
    IN_JURY = "in_jury", "Beim Beirat"
    RECOMMENDED = "recommended", "Empfohlen"
    RESERVE = "reserve", "Reserve"
    NOT_RECOMMENDED = "not_recommended", "Nicht empfohlen"
    AWARDED = "awarded", "Bewilligt"
    REJECTED = "rejected", "Abgelehnt"


class AssessmentState(models.TextChoices):
    """The life of a juror's assessment."""

    ASSIGNED = "assigned", "Zugewiesen"
    ACCEPTED = "accepted", "Übernommen"
    DECLINED = "declined", "Nicht übernommen"
    DRAFTED = "drafted", "In Arbeit"
    SUBMITTED = "submitted", "Abgegeben"
    REOPENED = "reopened", "Wieder geöffnet"
    SET_ASIDE = "set_aside", "Nicht gewertet"


class RoundState(models.TextChoices):
    """The life of a decision round."""

    PREPARED = "prepared", "Vorbereitet"
    RELEASED = "released", "Freigegeben"


class Outcome(models.TextChoices):
    """What a criterion finds (the same words as in `calls.criteria`)."""

    MET = "met", "erfüllt"
    NOT_MET = "not_met", "nicht erfüllt"
    CASE_BY_CASE = "case_by_case", "Einzelfallentscheidung"


class Group(models.TextChoices):
    """Which group a member of the board comes from."""

    MAYOR = "mayor", "Bürgermeisterinnen und Bürgermeister"
    SCIENCE = "science", "Wissenschaft"
    ASSOCIATION = "association", "Verbände"
    MINISTRY = "ministry", "Ministerien"


class Proposal(models.TextChoices):
    """What the decision round proposes for a case."""

    AWARD = "award", "Bewilligen"
    RESERVE = "reserve", "Reserve"
    REJECT = "reject", "Ablehnen"


class BiasSource(models.TextChoices):
    """How a bias became known."""

    REGISTER = "register", "aus den Ämtern bekannt"
    DECLARED = "declared", "selbst erklärt"
