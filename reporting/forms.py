"""What people type in this stage."""

from django import forms


class SearchForm(forms.Form):
    """The search by number or town; asks by address (GET)."""

    q = forms.CharField(
        label="Nummer oder Kommune",
        help_text="Zum Beispiel 2026-014 oder Mücheln",
        max_length=100,
        error_messages={
            "required": "Geben Sie eine Nummer oder den Namen einer Kommune ein.",
            "max_length": "Der Suchtext hat mehr als 100 Zeichen. Kürzen Sie ihn.",
        },
    )
