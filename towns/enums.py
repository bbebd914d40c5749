"""Words of the towns stage."""

from django.db import models


class TownRole(models.TextChoices):
    """What a person does for a town."""

    COORDINATOR = "coordinator", "Koordination"
    EDITOR = "editor", "Bearbeitung"
    SIGNATORY = "signatory", "Zeichnung"
    FINANCE = "finance", "Finanzen"


class FigureName(models.TextChoices):
    """Which figure of a town."""

    POPULATION = "population", "Einwohner"
    AREA = "area_ha", "Fläche in Hektar"


class TownType(models.IntegerChoices):
    """BBSR's Stadt- und Gemeindetyp, given to Einheitsgemeinden and Gemeindeverbände (funding-law 7.01)."""

    LARGE_METROPOLIS = 11, "Große Großstadt"
    METROPOLIS = 12, "Kleinere Großstadt"
    LARGER_MEDIUM = 21, "Größere Mittelstadt"
    SMALLER_MEDIUM = 22, "Kleinere Mittelstadt"
    LARGER_SMALL = 30, "Größere Kleinstadt"
    SMALLER_SMALL = 40, "Kleine Kleinstadt"
    RURAL = 50, "Landgemeinde"
