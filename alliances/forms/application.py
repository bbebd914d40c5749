"""The sections of an application, signing and submitting."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from alliances import facts
from alliances.models import Application
from calls.models import Question
from core.forms import DayField, StepForm, TokenForm, UploadField
from core.money import EuroFormField
from towns.models import Town

DECLARATION = "Die Angaben sind vollständig und richtig. Wir haben mit dem Vorhaben noch nicht begonnen."
OTHER = "other"


class BasicsForm(TokenForm):
    """What the project is called, what it is about, from when to when, for how much."""

    title = forms.CharField(
        label="Titel des Vorhabens",
        max_length=200,
        error_messages={"required": "Geben Sie an, worum es in Ihrem Vorhaben geht."},
    )
    summary = forms.CharField(
        label="Kurzbeschreibung",
        help_text="Zwei oder drei Sätze. Sie stehen später in der öffentlichen Übersicht.",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
        required=False,
    )
    start = DayField(label="Beginn", help_text="Zum Beispiel 01 04 2027", required=False)
    end = DayField(label="Ende", help_text="Der letzte Tag des Vorhabens", required=False)
    requested_grant = EuroFormField(
        label="Beantragte Zuwendung in EUR",
        help_text="Was höchstens möglich ist, steht unter „Überblick und höchste Zuwendung“.",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the start."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        problem = facts.period_problem(cleaned.get("start"), cleaned.get("end"))
        if problem:
            self.add_error("end", problem)
        return cleaned


class AnswerForm(TokenForm):
    """The answer to one question."""

    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 14}), max_length=40_000, required=False)

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.question = question
        self.fields["text"].label = question.title
        self.fields["text"].help_text = f"Höchstens {question.max_words} Wörter"

    def clean_text(self) -> str:
        """Refuse too many words."""
        text = str(self.cleaned_data["text"])
        problem = facts.word_problem(self.question, text)
        if problem:
            raise ValidationError(problem)
        return text


class MilestoneForm(TokenForm):
    """A milestone: what, which town, until when, proved by what."""

    title = forms.CharField(
        label="Meilenstein",
        help_text="Was ist dann erreicht?",
        max_length=200,
        error_messages={"required": "Geben Sie an, was mit dem Meilenstein erreicht ist."},
    )
    town = forms.ModelChoiceField(
        label="Zuständige Kommune",
        queryset=Town.objects.none(),
        empty_label="Wählen Sie eine Kommune",
        error_messages={"required": "Wählen Sie die zuständige Kommune aus."},
    )
    due = DayField(label="Bis", help_text="Zum Beispiel 30 09 2027")
    evidence = forms.CharField(
        label="Nachweis",
        help_text="Woran sieht man es? Zum Beispiel: Karte, Bericht, Niederschrift.",
        max_length=300,
        error_messages={"required": "Geben Sie an, woran man den Meilenstein erkennt."},
    )

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        joined = application.alliance.partners.accepted().values("town")
        town: Any = self.fields["town"]
        town.queryset = Town.objects.filter(pk__in=joined).order_by("name")


class RemoveForm(TokenForm):
    """Takes something out: only the token."""


class DocumentForm(TokenForm):
    """A file and what it is for."""

    wanted = forms.ChoiceField(
        label="Wofür ist die Unterlage?",
        error_messages={"required": "Wählen Sie aus, wofür die Unterlage ist."},
    )
    file = UploadField(label="Datei")

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = facts.wanted_documents(application)
        self.purposes = {facts.purpose(required, town): (required, town) for required, town, _ in wanted}
        choices = [
            (key, f"{required.title} ({town})" if town else required.title)
            for key, (required, town) in self.purposes.items()
        ]
        field: Any = self.fields["wanted"]
        field.choices = [*choices, (OTHER, "Weitere Unterlage")]

    def target(self) -> tuple[Any | None, Any | None]:
        """Return the required document and the town that the file is for, or two times None."""
        return self.purposes.get(self.cleaned_data["wanted"], (None, None))


class SignForm(StepForm):
    """A town's signature: the town (where a person signs for several) and the declaration."""

    town = forms.ModelChoiceField(
        label="Für welche Kommune zeichnen Sie?",
        queryset=Town.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Wählen Sie aus, für welche Kommune Sie zeichnen."},
    )
    declaration = forms.BooleanField(
        label=DECLARATION,
        error_messages={"required": "Bestätigen Sie, dass die Angaben vollständig und richtig sind."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.towns = self.record.towns_to_sign(self.user)
        town: Any = self.fields["town"]
        town.queryset = Town.objects.filter(pk__in=[one.pk for one in self.towns])
        if len(self.towns) == 1:
            town.initial, town.widget = self.towns[0].pk, forms.HiddenInput()


class SubmitForm(StepForm):
    """The declaration, or (where the call's rules are not met) that this is known, with an explanation."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.findings = facts.live_findings(self.record)
        self.not_met = facts.not_met(self.findings)
        if not self.not_met:
            self.fields["declaration"] = forms.BooleanField(
                label=DECLARATION,
                error_messages={"required": "Bestätigen Sie, dass die Angaben vollständig und richtig sind."},
            )
            return
        one = len(self.not_met) == 1
        points = "diesen Punkt" if one else "diese Punkte"
        self.fields["explanation"] = forms.CharField(
            label="Möchten Sie das erklären?",
            widget=forms.Textarea(attrs={"rows": 4}),
            max_length=4000,
            required=False,
        )
        self.fields["known"] = forms.BooleanField(
            label=f"Wir kennen {points} und reichen trotzdem ein.",
            error_messages={
                "required": f"Bestätigen Sie, dass Sie {points} kennen, oder ändern Sie den Antrag."
            },
        )
