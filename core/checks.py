"""System checks: what production needs of the settings, and that the road names real things."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from core.road import load_road


@register(Tags.urls)
def road_resolves(**kwargs: Any) -> list[CheckMessage]:
    """Every name on the page of effects must exist."""
    from django.utils.module_loading import import_string  # noqa: PLC0415

    problems: list[CheckMessage] = []
    for name in load_road().names():
        try:
            import_string(name)
        except ImportError as error:
            problems.append(Error(f"config/road.py names {name}: {error}", id="quartett.E001"))
    return problems
