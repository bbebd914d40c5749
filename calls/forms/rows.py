"""The lists of a call as rows, added, changed and removed without JavaScript: three empty rows stand at the end."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.utils.text import slugify

from calls.forms.fields import whole
from calls.models import Call
from core.money import EuroFormField

EMPTY_ROWS = 3


class RowForm(forms.Form):
    """One row; `label` names it, `stored_names` are the fields of the stored row."""

    label: ClassVar[str] = "Zeile"
    use_required_attribute = False

    def values(self) -> dict[str, Any]:
        """Return the fields of the row."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name != forms.formsets.DELETION_FIELD_NAME
        }


class BudgetRow(RowForm):
    """Money of one fiscal year."""

    label = "Ansatz"
    fiscal_year = whole("Haushaltsjahr", 2019, 2100)
    amount = EuroFormField(label="Ansatz in EUR")
    title = forms.CharField(label="Kapitel und Titel", max_length=40, required=False)


class PositionRow(RowForm):
    """A position of the financing plan."""

    label = "Position"
    code = forms.SlugField(
        label="Nummer",
        max_length=10,
        error_messages={
            "invalid": "Die Nummer darf nur Ziffern, Buchstaben und Striche enthalten, zum Beispiel 0817."
        },
    )
    title = forms.CharField(label="Position", max_length=120)
    help = forms.CharField(
        label="Was hierher gehört", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    staff = forms.BooleanField(label="Arbeitszeit eigener Beschäftigter", required=False)


class CodedRow(RowForm):
    """A row whose short name is made from its title once and then stays."""

    code = forms.SlugField(max_length=40, required=False, widget=forms.HiddenInput)

    def values(self) -> dict[str, Any]:
        """Return the fields with a short name."""
        values = super().values()
        german = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "ae", "Ö": "oe", "Ü": "ue"})
        code = values["code"] or slugify(str(values["title"]).translate(german))[:40].strip("-") or "frage"
        return {**values, "code": code}


class QuestionRow(CodedRow):
    """A question to the alliances."""

    label = "Frage"
    title = forms.CharField(label="Frage", max_length=200)
    help = forms.CharField(
        label="Warum wir fragen", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    max_words = whole("Höchstens so viele Wörter", 10, 5000)


class DocumentRow(CodedRow):
    """A document that the call asks for."""

    label = "Unterlage"
    title = forms.CharField(label="Unterlage", max_length=200)
    help = forms.CharField(label="Hinweis", max_length=400, required=False)
    per_town = forms.BooleanField(label="Von jeder Kommune", required=False)


class ScoringRow(RowForm):
    """A criterion that the board scores."""

    label = "Kriterium"
    title = forms.CharField(label="Kriterium", max_length=200)
    question = forms.CharField(label="Leitfrage", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    weight = whole("Gewicht in Prozent", 1, 100)


class RowFormSet(forms.BaseFormSet):  # type: ignore[type-arg]
    """All rows of a list. For the error summary it looks like one form: it yields every field of every row."""

    deletion_label = "Diese Zeile entfernen"

    def add_fields(self, form: Any, index: int | None) -> None:
        """Say in words what the box for removing does; a new row has none."""
        super().add_fields(form, index)
        if forms.formsets.DELETION_FIELD_NAME in form.fields:
            form.fields[forms.formsets.DELETION_FIELD_NAME].label = self.deletion_label

    def bound_fields(self) -> Iterator[Any]:
        """Yield every field of every row."""
        for form in self.forms:
            yield from form

    def rows(self) -> list[dict[str, Any]]:
        """Return the values of the rows that stay, in order."""
        filled = [*self.initial_forms, *(form for form in self.extra_forms if form.has_changed())]
        return [
            form.values() for form in filled if not form.cleaned_data.get(forms.formsets.DELETION_FIELD_NAME)
        ]


class RowsErrors:
    """A formset as the error summary reads a form: bound, its own errors, its fields."""

    def __init__(self, rows: RowFormSet) -> None:
        self.rows = rows
        self.is_bound = rows.is_bound
        self.errors = [*filter(None, rows.errors), *self.non_field_errors()]

    def non_field_errors(self) -> list[str]:
        """Return what concerns the whole list."""
        return [str(error) for error in self.rows.non_form_errors()]

    def __iter__(self) -> Iterator[Any]:
        return self.rows.bound_fields()


def rows_for(form: type[RowForm], call: Call, name: str, data: Any = None) -> RowFormSet:
    """Return the rows of a list of a call (`name` is the accessor), followed by empty ones."""
    factory: Any = forms.formset_factory(
        form, formset=RowFormSet, extra=EMPTY_ROWS, can_delete=True, can_delete_extra=False
    )
    fields = list(form.base_fields)
    initial = [{field: getattr(row, field) for field in fields} for row in getattr(call, name).all()]
    rows: RowFormSet = factory(data, initial=initial, prefix="zeilen")
    return rows
