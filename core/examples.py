"""Example values for the page of components; people and records are invented."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.paginator import Paginator

from core import clock
from core.door import Offer
from core.forms import DayField, UploadField
from core.guards import Reason
from core.models import Document, Event, User
from core.money import EuroFormField, ReckoningLine

TONES = [
    ("Entwurf", "plain"),
    ("Eingereicht", "info"),
    ("Nachgefordert", "warning"),
    ("Abgelehnt", "danger"),
    ("Bewilligt", "success"),
]


@dataclass(frozen=True)
class ExampleRecord:
    """Stands for a record with a machine."""

    number: str = "2026-014"
    title: str = "Leerstand gemeinsam nutzen"

    def heading(self) -> str:
        """Return kind, number and title."""
        return f"Antrag {self.number}: {self.title}"

    def reference(self) -> str:
        """Return the number."""
        return self.number

    def state_label(self) -> str:
        """Return the state in words."""
        return "Eingereicht"

    def state_tone(self) -> str:
        """Return the tone of the badge."""
        return "info"


@dataclass(frozen=True)
class ExampleFinding:
    """Stands for a finding of the check."""

    title: str
    outcome: str
    reason: str
    source: str
    url: str = ""


class ExampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label="Titel des Vorhabens", help_text="Höchstens 80 Zeichen, ohne Abkürzungen")
    text = forms.CharField(label="Worum geht es in Ihrem Vorhaben?", widget=forms.Textarea(attrs={"rows": 4}))
    amount = EuroFormField(label="Sachausgaben in EUR", help_text="Zum Beispiel 12.000,00")
    start = DayField(label="Beginn des Vorhabens", help_text="Zum Beispiel 1 4 2027")
    land = forms.ChoiceField(
        label="Land", choices=[("", "Wählen Sie ein Land"), ("12", "Brandenburg"), ("14", "Sachsen")]
    )
    role = forms.ChoiceField(
        label="Wofür sprechen Sie?",
        widget=forms.RadioSelect,
        choices=[("lead", "Für die federführende Kommune"), ("partner", "Für eine Partnerkommune")],
    )
    topics = forms.MultipleChoiceField(
        label="Themen",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("a", "Innenstadt und Leerstand"), ("b", "Beteiligung"), ("c", "Mobilität")],
    )
    paper = UploadField(label="Beschluss der Vertretung")
    agree = forms.BooleanField(
        label="Die Angaben sind vollständig.",
        error_messages={"required": "Bestätigen Sie, dass die Angaben vollständig sind."},
    )


class ExampleFilter(forms.Form):
    """Two filters of a list."""

    state = forms.ChoiceField(label="Stand", required=False, choices=[("", "Alle"), ("draft", "Entwurf")])
    word = forms.CharField(label="Kommune", required=False)


def context() -> dict[str, Any]:
    """Return what the page of components shows."""
    return {**_texts(), **_record(), **_lists(), **_forms()}


def _texts() -> dict[str, Any]:
    """Return values for the filters."""
    today = clock.today()
    return {
        "tones": TONES,
        "now": clock.now(),
        "today": today,
        "deadline": clock.start_of(today + timedelta(days=15)) + timedelta(hours=12),
        "midnight": clock.start_of(today + timedelta(days=2)),
        "past": clock.start_of(today) - timedelta(days=30, hours=12),
        "amount": Decimal("400000.00"),
        "negative": Decimal("-12500.00"),
        "none": None,
        "share": Decimal("82.29"),
        "inhabitants": 8185,
    }


def _record() -> dict[str, Any]:
    """Return a record, its steps, events and documents."""
    facts = [
        ("Jetzt dran", "Frau Muster, Geschäftsstelle"),
        ("Frist", "keine"),
        ("Federführende Kommune", "Beispielstadt"),
        ("Beantragt", "400.000,00\u00a0EUR"),
    ]
    person = User(name="Herr Beispiel", email="beispiel@beispielstadt.example")
    return {
        "record": ExampleRecord(),
        "facts": facts,
        "bar": _bar(),
        "events": _events(person),
        "documents": [_document(person)],
    }


def _bar() -> dict[str, Any]:
    """Return the steps of the transition bar."""
    late = Reason("Für Neu Probe fehlt die zweite Zeichnung. Herr Entwurf kann zeichnen.", "#formular")
    return {
        "buttons": [
            Offer("a", "Ergänzung einreichen", "#formular", rank="primary"),
            Offer("b", "Nachricht schreiben", "#formular"),
        ],
        "finals": [Offer("c", "Antrag zurückziehen", "#formular", rank="final")],
        "missing": [Offer("d", "Antrag verbindlich einreichen", "#formular", (late,))],
    }


def _events(person: User) -> list[Event]:
    """Return a course of events."""
    return [
        Event(
            label="Antrag eingereicht",
            from_label="Entwurf",
            to_label="Eingereicht",
            by=person,
            at=clock.now(),
            note="Alle vier Kommunen haben gezeichnet.",
        ),
        Event(label="Erinnerung verschickt", from_label="Entwurf", to_label="Entwurf", at=clock.now()),
    ]


def _document(person: User) -> Document:
    """Return a document."""
    return Document(
        pk=1,
        title="Beschluss der Vertretung",
        name="Beschluss.pdf",
        size=188_416,
        sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        by=person,
        at=clock.now(),
    )


def _tasks() -> list[dict[str, str]]:
    """Return the rows of a task list."""
    return [
        {
            "title": "Vorhaben beschreiben",
            "line": "5 von 5 Fragen beantwortet",
            "status": "Fertig",
            "tone": "success",
            "url": "#text",
        },
        {
            "title": "Finanzierungsplan ausfüllen",
            "line": "In Musterhausen fehlen zwei Beträge",
            "status": "In Arbeit",
            "tone": "info",
            "url": "#geld",
        },
        {
            "title": "Antrag zeichnen",
            "line": "Erst wenn alle Teile fertig sind",
            "status": "Noch nicht möglich",
        },
    ]


def _findings() -> list[ExampleFinding]:
    """Return one finding of each outcome."""
    return [
        ExampleFinding(
            "Mindestens vier Kommunen",
            "met",
            "Ihr Verbund hat vier Kommunen.",
            "Projektaufruf 2026, Abschnitt 3",
        ),
        ExampleFinding(
            "Höchstbetrag",
            "not_met",
            "Beantragt sind 420.000,00 EUR, möglich sind höchstens 400.000,00 EUR.",
            "Projektaufruf 2026, Abschnitt 5",
            "#geld",
        ),
        ExampleFinding(
            "Kleinstadt",
            "case_by_case",
            "Altmusterburg gehört zu einer Verbandsgemeinde vom Typ 50.",
            "BBSR, Stadt- und Gemeindetypen",
        ),
    ]


def _lists() -> dict[str, Any]:
    """Return tasks, answers, findings, a reckoning and a table."""
    rows = _tasks()
    return {
        "groups": [{"title": "Vorbereiten", "rows": rows[:2]}, {"title": "Abschließen", "rows": rows[2:]}],
        "answers": [
            ("Titel", "Leerstand gemeinsam nutzen", "#formular", "Titel"),
            ("Beginn", "1. April 2027", "#formular", "Beginn"),
            ("Mittel Dritter", None),
        ],
        "findings": _findings(),
        "reckoning": [
            ReckoningLine("Zuwendungsfähige Ausgaben", Decimal("500000.00")),
            ReckoningLine("davon 80 %", Decimal("400000.00")),
            ReckoningLine("Zuwendung", Decimal("400000.00"), result=True),
        ],
        "columns": ["Kommune", "Land", ("Einwohner", "number"), ("Ausgaben", "amount")],
        "rows": [
            ("Beispielstadt", "Sachsen", "8.185", "200.000,00\u00a0EUR"),
            ("Musterhausen", "Brandenburg", "12.040", "120.000,00\u00a0EUR"),
            ("Altmusterburg", "Thüringen", "5.311", "9.999.999,99\u00a0EUR"),
        ],
        "page_obj": Paginator(range(60), 20).page(2),
    }


def _forms() -> dict[str, Any]:
    """Return a form, one with errors, and filters."""
    typed = {"amount": "1,500", "start_tag": "31", "start_monat": "2", "start_jahr": "2027"}
    return {
        "form": ExampleForm(initial={"title": "Leerstand gemeinsam nutzen"}),
        "wrong_form": ExampleForm({f"wrong-{name}": value for name, value in typed.items()}, prefix="wrong"),
        "filter_form": ExampleFilter(prefix="filter"),
        "refused": [Reason("Für Neu Probe fehlt die zweite Zeichnung. Herr Entwurf kann zeichnen.")],
    }
