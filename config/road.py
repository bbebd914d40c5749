"""The page of effects: what follows each step, beside that step. The door runs them in the step's transaction.

Nothing else causes anything: there are no signals. A system check resolves every name.
"""

EFFECTS: dict[str, list[str]] = {
    "alliances.Partner.accept": ["alliances.services.sync_alliance", "alliances.mails.invitation_accepted"],
    "alliances.Partner.decline": ["alliances.mails.invitation_declined"],
    "alliances.Partner.leave": ["alliances.services.part_with_town", "alliances.mails.town_left"],
    "alliances.Application.sign": ["alliances.services.record_signature"],
    "alliances.Application.submit": ["alliances.services.freeze_submission", "alliances.mails.receipt"],
}

# Anchors of later stages that draw on the members of an anchor: their rights follow when its members change.
DEPENDANTS: dict[str, list[str]] = {
    "towns.Town": ["alliances.querysets.alliances_of_town"],
    "calls.Programme": ["alliances.querysets.alliances_of_programme"],
}

# Steps of the daily job: each performs what is due by date and returns how many.
DAILY: list[str] = [
    "alliances.services.expire_invitations",
    "alliances.services.expire_drafts",
]

# The areas of the product: who sees which main navigation.
AREAS: dict[str, str] = {
    "town": "towns.querysets.acts_for_a_town",
}
