"""Words of the alliances stage."""

from django.db import models


class PartnerState(models.TextChoices):
    """The life of a town in an alliance."""

    INVITED = "invited", "Eingeladen"
    ACCEPTED = "accepted", "Beigetreten"
    DECLINED = "declined", "Abgesagt"
    EXPIRED = "expired", "Einladung abgelaufen"
    LEFT = "left", "Ausgeschieden"


class ApplicationState(models.TextChoices):
    """The life of an application."""

    DRAFT = "draft", "In Arbeit"
    SUBMITTED = "submitted", "Eingereicht"
    ACCEPTED_FOR_REVIEW = "accepted_for_review", "Zur Prüfung angenommen"
    WITHDRAWN = "withdrawn", "Zurückgezogen"
    EXPIRED = "expired", "Verfallen"


class Stage(models.TextChoices):
    """Which stage of a call an application belongs to."""

    OUTLINE = "outline", "Projektskizze"
    FULL = "full", "Antrag"


class FundingSource(models.TextChoices):
    """Where the money besides the grant comes from."""

    OWN_FUNDS = "own_funds", "Eigenmittel"
    OWN_STAFF = "own_staff", "Eigenleistung (Personal)"
    THIRD_PARTY = "third_party", "Mittel Dritter"
