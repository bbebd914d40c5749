"""What changes towns: memberships and the loading of facts."""

from typing import Any

from django.db import transaction

from core.access import sync_with_dependants
from towns.models import Town, TownMember


@transaction.atomic
def add_member(town: Town, user: Any, *roles: str) -> None:
    """Let a person act for a town in some roles; their rights on everything of the town follow."""
    for role in roles:
        TownMember.objects.get_or_create(town=town, user=user, role=role, until=None)
    sync_with_dependants(town)
