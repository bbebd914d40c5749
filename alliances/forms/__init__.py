"""What people type on the pages of alliances and applications."""

from alliances.forms.alliance import FoundForm, InviteForm, StartForm
from alliances.forms.application import (
    AnswerForm,
    BasicsForm,
    DocumentForm,
    MilestoneForm,
    RemoveForm,
    SignForm,
    SubmitForm,
)
from alliances.forms.plan import PositionForm, TownPlanForm

__all__ = [
    "AnswerForm",
    "BasicsForm",
    "DocumentForm",
    "FoundForm",
    "InviteForm",
    "MilestoneForm",
    "PositionForm",
    "RemoveForm",
    "SignForm",
    "StartForm",
    "SubmitForm",
    "TownPlanForm",
]
