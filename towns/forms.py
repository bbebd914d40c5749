"""The search for towns."""

from typing import Any

from django import forms

from core.wording import number
from towns.models import Town
from towns.querysets import TownQuerySet
from towns.register import LAND_NAMES


class TownSearch(forms.Form):
    """Finds towns by name, postcode or key, and by Land; asked by address (GET)."""

    q = forms.CharField(
        label="Name, Postleitzahl oder Gemeindeschlüssel",
        required=False,
        max_length=100,
        error_messages={"max_length": "Geben Sie höchstens 100 Zeichen ein."},
    )
    land = forms.ChoiceField(
        label="Land",
        required=False,
        choices=[("", "alle Länder"), *sorted(LAND_NAMES.items(), key=lambda pair: pair[1])],
        error_messages={"invalid_choice": "Dieses Land gibt es nicht. Wählen Sie eines aus der Liste."},
    )

    @property
    def text(self) -> str:
        """The text that is searched for."""
        return str(self.cleaned_data.get("q") or "").strip()

    def found(self, towns: TownQuerySet) -> TownQuerySet:
        """Return the towns that fit, in the order of the list; without a text only those that still exist."""
        if not self.is_valid():
            return towns.none()
        land = self.cleaned_data["land"]
        listed = towns.listed().filter(land=land) if land else towns.listed()
        chosen = listed.named(self.text) if self.text else listed.present().order_by("search_name", "ags")
        return chosen.select_related("association").with_population()

    def similar(self, towns: TownQuerySet) -> list[Town]:
        """Return towns whose name is nearly what was typed."""
        named = self.is_valid() and self.text and not self._digits()
        return towns.listed().present().similar(self.text) if named else []

    def count_text(self, count: int) -> str:
        """Return how many towns were found: 1 Kommune, 10.751 Kommunen."""
        return "1 Kommune" if count == 1 else f"{number(count)} Kommunen"

    def empty_text(self) -> str:
        """Return what to say when nothing was found."""
        if not self.is_valid() or not self.text:
            return "Noch ist keine Kommune eingelesen."
        land = self.cleaned_data["land"]
        where = f" in {LAND_NAMES[land]}" if land else ""
        has = "hat die Postleitzahl oder den Schlüssel" if self._digits() else "heißt"
        return f"Keine Kommune{where} {has} „{self.text}“."

    def _digits(self) -> bool:
        """Say whether a postcode or key is searched for."""
        return "".join(self.text.split()).isdecimal()


def search_from(data: Any) -> TownSearch:
    """Return the search as it stands in the address."""
    search = TownSearch({"q": data.get("q", ""), "land": data.get("land", "")})
    search.is_valid()
    return search
