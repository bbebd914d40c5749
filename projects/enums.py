"""Words of the projects stage."""

from django.db import models


class AwardState(models.TextChoices):
    """The life of an award."""

    DRAFTED = "drafted", "Entwurf"
    ISSUED = "issued", "Erlassen"
    RECEIVED = "received", "Zugegangen"
    FINAL = "final", "Bestandskräftig"


class ProjectState(models.TextChoices):
    """The life of a project."""

    FOUNDED = "founded", "Angelegt"
    RUNNING = "running", "Läuft"
    COMPLETED = "completed", "Durchgeführt"
    IN_FINAL_AUDIT = "in_final_audit", "In Schlussprüfung"
    CLOSED = "closed", "Abgeschlossen"


class MilestoneState(models.TextChoices):
    """The life of a milestone."""

    PLANNED = "planned", "Geplant"
    REPORTED = "reported", "Gemeldet"
    NOTED = "noted", "Zur Kenntnis genommen"
    RETURNED = "returned", "Zurückgegeben"


class PaymentState(models.TextChoices):
    """The life of a payment request."""

    DRAFT = "draft", "Entwurf"
    SUBMITTED = "submitted", "Eingereicht"
    QUERIED = "queried", "Rückfrage"
    CHECKED = "checked", "Geprüft"
    ORDERED = "ordered", "Angeordnet"
    PAID = "paid", "Ausgezahlt"
    REJECTED = "rejected", "Abgelehnt"
    WITHDRAWN = "withdrawn", "Zurückgezogen"


class StatementState(models.TextChoices):
    """The life of a statement."""

    DRAFT = "draft", "Entwurf"
    SUBMITTED = "submitted", "Eingereicht"
    IN_AUDIT = "in_audit", "In Prüfung"
    CLOSED_WITHOUT_OBJECTION = "closed_without_objection", "Ohne Beanstandung abgeschlossen"
    CLOSED_WITH_CUTS = "closed_with_cuts", "Mit Kürzung abgeschlossen"
    RETURNED = "returned", "Zurückgegeben"


class EntryKind(models.TextChoices):
    """What an entry of the ledger is."""

    PAYMENT = "payment", "Auszahlung"
    COUNTER_ENTRY = "counter_entry", "Gegenbuchung"
