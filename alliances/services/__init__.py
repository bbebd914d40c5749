"""What changes alliances and applications; every call is one transaction."""

from alliances.services.drafting import (
    add_document,
    add_milestone,
    change_milestone,
    remove_document,
    remove_milestone,
    save_answer,
    save_basics,
    save_grant,
    save_town_plan,
    start_application,
)
from alliances.services.founding import (
    expire_invitations,
    found_alliance,
    invite,
    part_with_town,
    sync_alliance,
)
from alliances.services.submitting import expire_drafts, freeze_submission, record_signature

__all__ = [
    "add_document",
    "add_milestone",
    "change_milestone",
    "expire_drafts",
    "expire_invitations",
    "found_alliance",
    "freeze_submission",
    "invite",
    "part_with_town",
    "record_signature",
    "remove_document",
    "remove_milestone",
    "save_answer",
    "save_basics",
    "save_grant",
    "save_town_plan",
    "start_application",
    "sync_alliance",
]
