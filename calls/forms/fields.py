"""The forms of a call: founding it, and the sections that are single fields."""

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from calls.criteria import ALL
from calls.models import Call
from calls.patterns import PATTERNS
from core import clock
from core.forms import DayField, TokenForm
from core.money import EuroFormField, percent
from core.wording import day_short

COPY = "kopie"
TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?:\s*Uhr)?")


class TimeField(forms.Field):
    """A time of day typed as 12:00; gives a `time`."""

    widget = forms.TextInput

    def prepare_value(self, value: Any) -> Any:
        """Show a stored time as a person would type it."""
        return f"{value:%H:%M}" if isinstance(value, time) else value

    def to_python(self, value: Any) -> Any:
        """Return the time; raise ValidationError with a sentence."""
        typed = str(value or "").strip()
        if not typed:
            return None
        match = TIME.fullmatch(typed)
        if match and int(match[1]) <= 23 and int(match[2]) <= 59:
            return time(int(match[1]), int(match[2]))
        raise ValidationError(f"„{typed}“ ist keine Uhrzeit. Schreiben Sie zum Beispiel 12:00.")


class PercentField(forms.CharField):
    """Percent between 0 and 100 with at most two decimals, comma or dot; gives a Decimal."""

    def prepare_value(self, value: Any) -> Any:
        """Show a stored share without the sign."""
        return percent(value)[:-2] if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Any:
        """Return the share; raise ValidationError with a sentence."""
        typed = super().to_python(value)
        if not typed:
            return None
        plain = typed.removesuffix("%").strip()
        share = (
            Decimal(plain.replace(",", ".")) if re.fullmatch(r"\d{1,3}([.,]\d{1,2})?", plain) else Decimal(0)
        )
        if 0 < share <= 100:
            return share
        raise ValidationError(
            f"„{typed}“ ist kein Förderanteil. Geben Sie eine Zahl über 0 bis 100 ein, zum Beispiel 80."
        )


def whole(label: str, least: int, most: int, help_text: str = "") -> forms.IntegerField:
    """Return a field for a whole number between two bounds, with sentences that name what was typed."""
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=least,
        max_value=most,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": f"„{label}“ ist keine ganze Zahl. Geben Sie eine Zahl von {least} bis {most} ein.",
            "min_value": f"„{label}“ ist zu klein. Geben Sie eine Zahl von {least} bis {most} ein.",
            "max_value": f"„{label}“ ist zu groß. Geben Sie eine Zahl von {least} bis {most} ein.",
        },
    )


class CallCreateForm(TokenForm):
    """Begin a call: which programme, what to begin with, what it is called."""

    programme: Any = forms.ModelChoiceField(label="Förderprogramm", queryset=None, empty_label=None)
    start = forms.ChoiceField(label="Womit möchten Sie beginnen?", widget=forms.RadioSelect)
    title = forms.CharField(
        label="Titel",
        max_length=200,
        required=False,
        help_text="Leer: der Titel der Vorlage. Sie können ihn später ändern.",
    )

    def __init__(self, *args: Any, programmes: Any, latest: Call | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = programmes  # type: ignore[attr-defined]
        self.latest = latest
        choices = [(name, pattern.label) for name, pattern in PATTERNS.items()]
        if latest:
            choices.insert(0, (COPY, f"Kopie von {latest.number}: {latest.title}"))
        self.fields["start"].choices = choices  # type: ignore[attr-defined]
        self.fields["start"].initial = choices[0][0]
        self.fields["programme"].initial = programmes.first()


class SectionForm(TokenForm):
    """A section of a call that is single fields; `initial` comes from the call, `changes` goes back to it."""

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        self.call = call
        super().__init__(*args, initial=self.stored(call), **kwargs)

    def stored(self, call: Call) -> dict[str, Any]:
        """Return what the call holds, by field name."""
        return {name: getattr(call, name) for name in self.base_fields if name != "token"}

    def changes(self) -> dict[str, Any]:
        """Return the fields of the call with their new values."""
        return self.values()


class KeyFactsForm(SectionForm):
    """Eckdaten."""

    title = forms.CharField(label="Titel", max_length=200)
    summary = forms.CharField(
        label="Kurz gesagt",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Worum geht es, wer kann sich bewerben, was wird erwartet? Steht oben auf der öffentlichen Seite.",
    )


class DatesForm(SectionForm):
    """Termine: when one may apply, when it is decided, when projects run."""

    opens_day = DayField(label="Bewerben ab: Tag")
    opens_time = TimeField(label="Bewerben ab: Uhrzeit", help_text="Ortszeit Berlin, zum Beispiel 8:00")
    closes_day = DayField(
        label="Bewerbungsfrist: Tag", help_text="Ein Werktag um 12 Uhr, dann ist jemand am Telefon."
    )
    closes_time = TimeField(
        label="Bewerbungsfrist: Uhrzeit", help_text="Der erste Augenblick, der zu spät ist"
    )
    decision_planned = DayField(label="Entscheidung geplant", required=False)
    earliest_start = DayField(label="Frühester Beginn der Vorhaben")
    latest_end = DayField(
        label="Spätestes Ende der Vorhaben", help_text="Der letzte Tag, der noch gefördert wird"
    )

    def stored(self, call: Call) -> dict[str, Any]:
        """Return the days and times in Berlin."""
        opens, closes = call.opens_at.astimezone(clock.BERLIN), call.closes_at.astimezone(clock.BERLIN)
        return {
            "opens_day": opens.date(),
            "opens_time": opens.time(),
            "closes_day": closes.date(),
            "closes_time": closes.time(),
            "decision_planned": call.decision_planned,
            "earliest_start": call.earliest_start,
            "latest_end": call.latest_end,
        }

    def clean(self) -> dict[str, Any]:
        """Refuse an end before its beginning, with the sentence at the later field."""
        cleaned = super().clean() or {}
        opens, closes = self._instant(cleaned, "opens"), self._instant(cleaned, "closes")
        if opens and closes and closes <= opens:
            self._before(
                "closes_day", "Die Bewerbungsfrist", closes.date(), "Beginn der Bewerbung", opens.date()
            )
        start, end = cleaned.get("earliest_start"), cleaned.get("latest_end")
        if start and end and end <= start:
            self._before("latest_end", "Das späteste Ende", end, "frühesten Beginn", start)
        return cleaned

    def changes(self) -> dict[str, Any]:
        """Return the instants and days of the call."""
        names = ("decision_planned", "earliest_start", "latest_end")
        return {
            "opens_at": self._instant(self.cleaned_data, "opens"),
            "closes_at": self._instant(self.cleaned_data, "closes"),
            **{name: self.cleaned_data[name] for name in names},
        }

    def _before(self, field: str, what: str, day: date, other: str, other_day: date) -> None:
        """Put the sentence for a day that is not after another at its field."""
        relation = "ist nicht nach dem" if day == other_day else "liegt vor dem"
        text = (
            f"{what} ({day_short(day)}) {relation} {other} ({day_short(other_day)}). "
            f"Geben Sie einen Tag nach dem {day_short(other_day)} ein."
        )
        self.add_error(field, text)

    def _instant(self, cleaned: dict[str, Any], name: str) -> datetime | None:
        """Join day and time, in Berlin."""
        day, at = cleaned.get(f"{name}_day"), cleaned.get(f"{name}_time")
        return datetime.combine(day, at, tzinfo=clock.BERLIN) if day and at is not None else None


class RulesForm(SectionForm):
    """Regeln: how much, which share, how many towns, how long, how many points."""

    cap = EuroFormField(label="Höchstbetrag je Vorhaben in EUR", help_text="Zum Beispiel 400.000,00")
    rate = PercentField(label="Höchster Förderanteil in Prozent", help_text="Zum Beispiel 80")
    min_towns = whole("Mindestzahl der Kommunen", 1, 50)
    min_months = whole("Mindestdauer in Monaten", 1, 120)
    max_points = whole(
        "Höchste Punktzahl je Kriterium",
        1,
        100,
        "So viele Punkte kann ein Beiratsmitglied je Kriterium geben.",
    )

    def clean_cap(self) -> Decimal:
        """Refuse 0,00 EUR."""
        cap: Decimal = self.cleaned_data["cap"]
        if cap <= 0:
            raise ValidationError("Der Höchstbetrag ist 0,00 EUR. Geben Sie einen Betrag über 0,00 EUR ein.")
        return cap


class CriteriaForm(TokenForm):
    """Fördervoraussetzungen: which rules the call applies."""

    codes = forms.MultipleChoiceField(
        label="Welche Voraussetzungen gelten?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(code, criterion.title) for code, criterion in ALL.items()],
        help_text="Beträge, Termine und Zahlen dazu stehen unter „Regeln“ und „Termine“.",
    )

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        self.stored = {row.code: row.parameters for row in call.criteria.all()}
        super().__init__(*args, initial={"codes": list(self.stored)}, **kwargs)

    def rows(self) -> list[dict[str, Any]]:
        """Return the chosen rules in the order of the registry, with the parameters that the call keeps."""
        chosen = self.cleaned_data["codes"]
        return [{"code": code, "parameters": self.stored.get(code, {})} for code in ALL if code in chosen]
