"""Founding an alliance, inviting a town, beginning an application."""

from datetime import timedelta
from typing import Any

from django import forms

from alliances.models import Alliance
from calls.enums import CallState
from calls.models import Call
from core import clock
from core.access import anchors_for
from core.forms import DayField, TokenForm
from towns.models import Town
from towns.querysets import plain

MOST_HITS = 20
DAYS_TO_ANSWER = 30


def _calls() -> Any:
    """Return the calls that an alliance can still apply to."""
    return Call.objects.public().filter(state=CallState.PUBLISHED, closes_at__gt=clock.now())


class FoundForm(TokenForm):
    """A working title, the call, and the lead where a person acts for several towns."""

    title = forms.CharField(
        label="Arbeitstitel",
        help_text="Zum Beispiel „Leerstand gemeinsam nutzen“. Sie können ihn später ändern.",
        max_length=200,
        error_messages={"required": "Geben Sie einen Arbeitstitel ein."},
    )
    call = forms.ModelChoiceField(
        label="Projektaufruf",
        queryset=Call.objects.none(),
        required=False,
        empty_label="noch kein Aufruf",
        to_field_name="number",
    )
    town = forms.ModelChoiceField(
        label="Federführende Kommune",
        queryset=Town.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Wählen Sie die federführende Kommune aus."},
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        call: Any = self.fields["call"]
        town: Any = self.fields["town"]
        call.queryset = _calls()
        call.label_from_instance = lambda found: found.heading()
        town.queryset = anchors_for(user, "found", Town).order_by("name")
        own = list(town.queryset[:2])
        if len(own) == 1:
            town.initial, town.widget = own[0].pk, forms.HiddenInput()


class StartForm(TokenForm):
    """The title of the project and the call."""

    title = forms.CharField(
        label="Titel des Vorhabens",
        max_length=200,
        error_messages={"required": "Geben Sie an, wie Ihr Vorhaben heißt."},
    )
    call = forms.ModelChoiceField(
        label="Projektaufruf",
        queryset=Call.objects.none(),
        to_field_name="number",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Wählen Sie den Aufruf aus, zu dem Sie sich bewerben."},
    )

    def __init__(self, *args: Any, alliance: Alliance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].initial = alliance.title
        call: Any = self.fields["call"]
        call.queryset = _calls()
        call.label_from_instance = lambda found: found.heading()
        call.initial = alliance.call.number if alliance.call else None


class InviteForm(TokenForm):
    """A town by name, postcode or key; where several fit, one of them is chosen."""

    q = forms.CharField(
        label="Kommune",
        help_text="Name, Postleitzahl oder Gemeindeschlüssel",
        max_length=100,
        error_messages={"required": "Geben Sie ein, welche Kommune Sie einladen."},
    )
    respond_by = DayField(label="Antwort bis", help_text="Zum Beispiel 30 04 2026")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["respond_by"].initial = clock.today() + timedelta(days=DAYS_TO_ANSWER)
        self.hits = self._search(self.data.get("q", "")) if self.is_bound else []
        if 1 < len(self.hits) <= MOST_HITS:
            self.fields["town"] = forms.ChoiceField(
                label=f"Welches {self.data['q'].strip()} meinen Sie?",
                choices=[(town.ags, f"{town.name} ({town.place()})") for town in self.hits],
                widget=forms.RadioSelect,
                error_messages={"required": "Es gibt mehrere Kommunen, die passen. Wählen Sie eine aus."},
            )
            self.order_fields(["q", "town", "respond_by"])

    def _search(self, typed: str) -> list[Town]:
        """Return the towns that fit, at most one more than can be shown; those named exactly so go first and alone."""
        if not typed.strip():
            return []
        towns = Town.objects.listed().present()
        found = list(towns.named(typed)[: MOST_HITS + 1])
        same = [town for town in found if plain(town.name) == plain(typed.strip())]
        return same or found

    def clean(self) -> dict[str, Any]:
        """Put the chosen town into the input, or say why there is none."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "q" not in cleaned:
            return cleaned
        if not self.hits:
            self.add_error("q", self._nothing_found(cleaned["q"]))
        elif len(self.hits) > MOST_HITS:
            self.add_error(
                "q", f"Zu „{cleaned['q']}“ passen sehr viele Kommunen. Geben Sie den ganzen Namen ein."
            )
        elif len(self.hits) == 1:
            cleaned["town"] = self.hits[0]
        elif cleaned.get("town"):
            cleaned["town"] = next(town for town in self.hits if town.ags == cleaned["town"])
        return cleaned

    def _nothing_found(self, typed: str) -> str:
        """Say that no town is called so, with those spelt nearly so."""
        near = Town.objects.listed().present().similar(typed)
        names = " oder ".join(f"{town.name} ({town.place()})" for town in near)
        return f"Keine Kommune heißt „{typed}“." + (
            f" Meinen Sie {names}?" if names else " Prüfen Sie den Namen."
        )
