"""Forms as KERN draws them, the one-time token of every form that writes, and the fields of this product."""

import uuid
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting

from core.documents import check_upload


class KernRenderer(TemplatesSetting):
    """Draws every form and field with our templates."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"


class TokenForm(forms.Form):
    """A form that writes: its hidden one-time token makes pressing twice the same as pressing once."""

    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = uuid.uuid4()

    def values(self) -> dict[str, Any]:
        """Return the cleaned input without the token."""
        return {name: value for name, value in self.cleaned_data.items() if name != "token"}


class StepForm(TokenForm):
    """The form of a step; steps that need input declare a subclass in their `custom`."""

    def __init__(self, *args: Any, record: Any, user: Any, **kwargs: Any) -> None:
        self.record = record
        self.user = user
        super().__init__(*args, **kwargs)


class NoteForm(StepForm):
    """A step that needs a reason."""

    note = forms.CharField(
        label="Begründung",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        error_messages={"required": "Geben Sie eine Begründung ein."},
    )


class DayWidget(forms.MultiWidget):
    """Tag, Monat, Jahr as three small fields."""

    template_name = "components/day.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        parts: dict[str, forms.Widget | type[forms.Widget]] = {
            "tag": forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 2}),
            "monat": forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 2}),
            "jahr": forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4}),
        }
        super().__init__(parts, attrs)

    def decompress(self, value: Any) -> list[Any]:
        """Split a date into its parts."""
        return [value.day, value.month, value.year] if isinstance(value, date) else [None, None, None]


class DayField(forms.MultiValueField):
    """A day, typed as Tag, Monat, Jahr; gives a `date`."""

    widget = DayWidget
    default_error_messages: ClassVar[dict[str, Any]] = {
        "required": "Geben Sie Tag, Monat und Jahr ein, zum Beispiel 30 06 2026.",
    }

    def __init__(self, **kwargs: Any) -> None:
        whole: dict[str, Any] = {
            "error_messages": {"invalid": "Geben Sie den Tag in Ziffern ein, zum Beispiel 30 06 2026."}
        }
        fields = (forms.IntegerField(**whole), forms.IntegerField(**whole), forms.IntegerField(**whole))
        super().__init__(fields, require_all_fields=True, **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the day; a half-typed one is refused, also where the day is optional."""
        typed = [part for part in value or [] if str(part or "").strip()]
        if typed and len(typed) < len(self.fields):
            raise ValidationError(self.error_messages["required"], code="incomplete")
        return super().clean(value)

    def compress(self, data_list: list[Any]) -> date | None:
        """Join the parts; raise ValidationError when there is no such day."""
        if not data_list or any(part is None for part in data_list):
            return None
        day, month, year = data_list
        try:
            if not 1900 <= year <= 2200:
                raise ValueError
            return date(year, month, day)
        except ValueError:
            raise ValidationError(
                f"Den Tag {day}.{month}.{year} gibt es nicht. Geben Sie einen Tag des Kalenders ein."
            ) from None


class UploadField(forms.FileField):
    """A file, checked by content, name and size with the sentences of `core.documents`."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "required": "Wählen Sie eine Datei aus.",
        "missing": "Wählen Sie eine Datei aus.",
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "PDF, Word, Excel, PNG oder JPEG, höchstens 20 MB")
        super().__init__(allow_empty_file=True, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the file; raise ValidationError with a sentence."""
        file = super().clean(data, initial)
        if file:
            check_upload(file)
        return file
