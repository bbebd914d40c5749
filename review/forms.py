"""Forms of the review stage."""

from typing import Any

import django_filters
from django import forms

from calls.models import Call, ScoringCriterion
from core import clock
from core.forms import DayField, NoteForm, StepForm, TokenForm
from review.enums import CaseState, Proposal
from review.models import Case, Finding
from review.services import reason_missing

NOT_BIASED, BIASED, UNSURE = "none", "biased", "unsure"
CANNOT_JUDGE = "none"


def reason_field(label: str = "Begründung", **kwargs: Any) -> forms.CharField:
    """Return a field for some sentences."""
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": 4}), max_length=4000, **kwargs)


class ConditionalReason(forms.CharField):
    """Some sentences that another answer asks for: the form checks them, and the page does not call them optional."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 4}), max_length=4000, **kwargs)

    def validate(self, value: Any) -> None:
        """Leave it to the form whether they are needed."""


class CaseFilter(django_filters.FilterSet):
    """Which cases the list shows."""

    aufruf = django_filters.ModelChoiceFilter(
        field_name="call",
        to_field_name="number",
        label="Projektaufruf",
        empty_label="alle",
        queryset=lambda request: Call.objects.visible_to(request.user),
    )
    stand = django_filters.ChoiceFilter(
        field_name="state", label="Stand", empty_label="alle", choices=CaseState.choices
    )

    class Meta:
        model = Case
        fields: list[str] = []


class FindingChoice(forms.ModelChoiceField):
    """A choice among findings, named by title and outcome."""

    def label_from_instance(self, obj: Any) -> str:
        """Return what the radio says."""
        return f"{obj.title}: {obj.get_outcome_display()}"


class RulingForm(StepForm):
    """A person's decision on one finding."""

    finding = FindingChoice(
        label="Über welche Voraussetzung entscheiden Sie?",
        queryset=Finding.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": "Wählen Sie die Voraussetzung, über die Sie entscheiden.",
            "invalid_choice": "Über diese Voraussetzung ist schon entschieden. Laden Sie die Seite neu.",
        },
    )
    fulfilled = forms.TypedChoiceField(
        label="Ihre Entscheidung",
        choices=[("yes", "gilt als erfüllt"), ("no", "gilt als nicht erfüllt")],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Wählen Sie, ob die Voraussetzung als erfüllt gilt."},
    )
    note = reason_field(error_messages={"required": "Begründen Sie Ihre Entscheidung."})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_ = self.record.findings_to_decide()
        self.fields["finding"].queryset = self.record.findings.filter(pk__in=[f.pk for f in open_])  # type: ignore[attr-defined]
        named = [finding.pk for finding in open_ if finding.code == self.record.preselected]
        self.fields["finding"].initial = (named or [finding.pk for finding in open_[:1]] or [None])[0]


class BiasForm(NoteForm):
    """Why a juror takes no part."""


class DeclarationForm(StepForm):
    """A juror's declaration on bias, before any content opens."""

    use_required_attribute = False

    declaration = forms.ChoiceField(
        label="Ihre Erklärung",
        widget=forms.RadioSelect,
        choices=[
            (NOT_BIASED, "Ich bin nicht befangen"),
            (BIASED, "Ich bin befangen"),
            (UNSURE, "Ich bin unsicher. Der Beirat entscheidet ohne mich"),
        ],
        error_messages={"required": "Wählen Sie aus, ob Sie befangen sind."},
    )
    note = ConditionalReason(
        label="Grund",
        help_text="Nötig, wenn Sie befangen oder unsicher sind. Ihren Grund sehen nur die Geschäftsstelle, der Vorsitz "
        "und, wenn er entscheidet, der Beirat.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.record.state != "assigned":
            field: Any = self.fields["declaration"]
            field.choices = [choice for choice in field.choices if choice[0] != NOT_BIASED]

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of a bias or a doubt."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("declaration") in (BIASED, UNSURE) and not cleaned.get("note"):
            self.add_error("note", "Nennen Sie den Grund in mindestens einem Satz.")
        return cleaned

    def step(self) -> str:
        """Return the step that the declaration means."""
        return "accept" if self.cleaned_data["declaration"] == NOT_BIASED else "decline"

    def values(self) -> dict[str, Any]:
        """Return the reason; a doubt says so."""
        doubt = "Unsicher: " if self.cleaned_data["declaration"] == UNSURE else ""
        return {"note": f"{doubt}{self.cleaned_data['note']}"}


class CriterionForm(StepForm):
    """Points and reason for one criterion."""

    use_required_attribute = False

    points = forms.TypedChoiceField(
        label="Ihre Punkte",
        widget=forms.RadioSelect,
        coerce=lambda value: None if value == CANNOT_JUDGE else int(value),
        empty_value=None,
        error_messages={"required": "Wählen Sie Punkte oder „Kann ich nicht beurteilen“."},
    )
    reason = ConditionalReason(
        label="Begründung",
        help_text="Ein bis drei Sätze. Nötig bei der niedrigsten und der höchsten Punktzahl und bei "
        "„Kann ich nicht beurteilen“.",
    )

    def __init__(self, *args: Any, criterion: ScoringCriterion, **kwargs: Any) -> None:
        self.criterion = criterion
        super().__init__(*args, **kwargs)
        self.highest: int = self.record.case.call.max_points
        field: Any = self.fields["points"]
        field.choices = [*_anchors(self.highest), (CANNOT_JUDGE, "Kann ich nicht beurteilen")]

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where points need one."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "points" in cleaned:
            missing = reason_missing(cleaned["points"], cleaned.get("reason", ""), self.highest)
            if missing:
                self.add_error("reason", missing)
        return cleaned

    def values(self) -> dict[str, Any]:
        """Return what the step `draft` takes."""
        return {**super().values(), "criterion": self.criterion}


def _anchors(highest: int) -> list[tuple[str, str]]:
    """Return the points with what the lowest, the middle and the highest mean."""
    words = {0: "nicht erkennbar", (highest + 1) // 2: "überzeugt teilweise", highest: "überzeugt voll"}
    return [(str(x), f"{x} {words[x]}" if x in words else str(x)) for x in range(highest + 1)]


class SubmitAssessmentForm(StepForm):
    """The last word of a juror on a case."""

    comment = reason_field("Gesamtbegründung", required=False)


class AssignForm(TokenForm):
    """Assign every member of the board to every eligible case."""

    due = DayField(label="Bewertungen abgeben bis")

    def clean_due(self) -> Any:
        """Refuse a day that is over."""
        due = self.cleaned_data["due"]
        if due < clock.today():
            raise forms.ValidationError(f"Der {due:%d.%m.%Y} ist vorbei. Wählen Sie einen Tag ab heute.")
        return due


class ProposalForm(TokenForm):
    """Another proposal for a case than the ranking's."""

    proposal = forms.ChoiceField(
        label="Vorschlag",
        choices=Proposal.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Wählen Sie einen Vorschlag."},
    )
    reason = reason_field(error_messages={"required": "Begründen Sie die Änderung."})
