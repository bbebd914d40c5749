"""What every template may use: the frame of the page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from core import clock
from core.road import load_road

NAVIGATION = {
    "public": [("Projektaufrufe", "call-list"), ("Modellvorhaben", "gallery"), ("Kleinstädte", "town-list")],
    "town": [
        ("Meine Aufgaben", "tasks"),
        ("Projektaufrufe", "call-list"),
        ("Anträge und Vorhaben", "alliance-list"),
        ("Kleinstädte", "town-list"),
    ],
    "board": [
        ("Meine Aufgaben", "tasks"),
        ("Bewertungen", "assessment-list"),
        ("Projektaufrufe", "call-list"),
    ],
    "office": [
        ("Meine Aufgaben", "tasks"),
        ("Vorgänge", "case-list"),
        ("Vorhaben", "project-list"),
        ("Berichte", "report-list"),
        ("Programm", "programme"),
    ],
    "cashier": [("Meine Aufgaben", "tasks"), ("Zahlungen", "payment-list")],
    "auditor": [("Vorgänge", "case-list"), ("Vorhaben", "project-list"), ("Berichte", "report-list")],
}


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the parts of the frame: banners, operator, time, the areas of the person and their navigation."""
    areas = areas_of(getattr(request, "user", None))
    entries = [entry for area in areas for entry in NAVIGATION[area]]
    return {
        "demo": settings.DEMO,
        "operator": settings.OPERATOR,
        "source_url": settings.SOURCE_URL,
        "official_website": settings.OFFICIAL_WEBSITE,
        "server_time": clock.now(),
        "areas": areas,
        "navigation": list(dict.fromkeys(entries))[:7],
    }


def areas_of(user: Any) -> list[str]:
    """Return the areas whose navigation a person sees: those whose question in the road says yes."""
    if user is None or not user.is_authenticated:
        return ["public"]
    return [name for name, asks in load_road().areas().items() if asks(user)] or ["public"]
