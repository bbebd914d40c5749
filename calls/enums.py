"""Words of the calls stage."""

from django.db import models


class CallState(models.TextChoices):
    """The life of a call."""

    DRAFT = "draft", "Entwurf"
    PUBLISHED = "published", "Veröffentlicht"
    CLOSED = "closed", "Geschlossen"
    IN_REVIEW = "in_review", "In Auswahl"
    DECIDED = "decided", "Entschieden"
    COMPLETED = "completed", "Abgeschlossen"
    CANCELLED = "cancelled", "Abgebrochen"


class ProgrammeRole(models.TextChoices):
    """What a person does in a programme."""

    OFFICE = "office", "Geschäftsstelle"
    OFFICER = "officer", "Sachbearbeitung"
    SECOND_OFFICER = "second_officer", "zweite Sachbearbeitung"
    CASHIER = "cashier", "Kasse"
    AUDITOR = "auditor", "Bundesrechnungshof"
