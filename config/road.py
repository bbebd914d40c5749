"""The page of effects: what follows each step, beside that step. The door runs them in the step's transaction.

Nothing else causes anything: there are no signals. A system check resolves every name.
"""

EFFECTS: dict[str, list[str]] = {}

# Anchors of later stages that draw on the members of an anchor: their rights follow when its members change.
DEPENDANTS: dict[str, list[str]] = {}

# Steps of the daily job: each performs what is due by date and returns how many.
DAILY: list[str] = []

# The areas of the product: who sees which main navigation.
AREAS: dict[str, str] = {}
