"""Forms of the projects stage. What was typed is kept; figures are read by the one parser of amounts."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet

from calls.models import Call
from core import clock
from core.forms import DayField, StepForm, TokenForm, UploadField
from core.money import EuroFormField, euro
from projects.enums import ProjectState
from projects.models import PaymentRequest, Project, Statement

ZERO = Decimal("0.00")


class ReportMilestoneForm(StepForm):
    """What was reached, with a proof if there is a file."""

    result = forms.CharField(
        label="Was haben Sie erreicht?",
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4000,
        error_messages={"required": "Beschreiben Sie, was Sie erreicht haben."},
    )
    file = UploadField(label="Nachweis als Datei", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["result"].help_text = f"Geplanter Nachweis: {self.record.evidence}"
        self.fields["result"].initial = self.record.result


class PaidForm(StepForm):
    """When the money left."""

    value_date = DayField(
        label="Wertstellung", help_text="Der Tag, an dem das Geld abgeht, zum Beispiel 27 9 2027"
    )

    def clean_value_date(self) -> date:
        """Refuse a day in the future, before the order, or outside the fiscal year."""
        day: date = self.cleaned_data["value_date"]
        problem = self.record.value_date_problem(day)
        if problem:
            raise forms.ValidationError(problem)
        return day


class CutForm(StepForm):
    """What is not recognised, by position, each with its reason."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = list(self.record.lines.select_related("plan_line"))
        for line in self.lines:
            name = f"{line.plan_line.code} {line.plan_line.title}"
            self.fields[f"cut_{line.pk}"] = EuroFormField(
                label=f"{name}: nicht anerkannt in EUR",
                help_text=f"Ausgegeben: {euro(line.spent)}",
                required=False,
                initial=line.cut,
            )
            self.fields[f"reason_{line.pk}"] = forms.CharField(
                label=f"{name}: Grund der Kürzung", required=False, max_length=500, initial=line.cut_reason
            )

    def clean(self) -> dict[str, Any]:
        """Ask a reason for each cut, and never cut more than was spent."""
        for line in self.lines:
            cut = self.cleaned_data.get(f"cut_{line.pk}") or ZERO
            if cut > line.spent:
                text = f"Ausgegeben sind {euro(line.spent)}. Kürzen können Sie höchstens diesen Betrag."
                self.add_error(f"cut_{line.pk}", text)
            if cut and not self.cleaned_data.get(f"reason_{line.pk}"):
                self.add_error(
                    f"reason_{line.pk}", f"Geben Sie einen Grund für die Kürzung von {euro(cut)} an."
                )
        return self.cleaned_data

    def values(self) -> dict[str, Any]:
        """Return the cuts by the code of the plan line."""
        cuts = {}
        for line in self.lines:
            amount = self.cleaned_data.get(f"cut_{line.pk}") or ZERO
            reason = self.cleaned_data.get(f"reason_{line.pk}", "") if amount else ""
            cuts[line.plan_line.code] = {"amount": amount, "reason": reason}
        return {"cuts": cuts}


class PaymentForm(TokenForm):
    """What was spent, what falls due, how much is asked for, in which fiscal year."""

    paid_expenses = EuroFormField(
        label="Bezahlte Ausgaben bisher in EUR", help_text="Alle Ausgaben des Vorhabens seit dem Beginn"
    )
    due_expenses = EuroFormField(
        label="In den nächsten sechs Wochen fällig in EUR",
        help_text="Nur, was Sie in den nächsten sechs Wochen zahlen müssen. Nichts: 0,00",
    )
    purpose = forms.CharField(
        label="Wofür brauchen Sie das Geld?", widget=forms.Textarea(attrs={"rows": 4}), max_length=2000
    )
    fiscal_year = forms.TypedChoiceField(label="Haushaltsjahr", coerce=int)
    amount = EuroFormField(label="Angeforderter Betrag in EUR")

    def __init__(
        self, *args: Any, project: Project, request: PaymentRequest | None = None, **kwargs: Any
    ) -> None:
        kwargs.setdefault("initial", _payment_start(project, request))
        super().__init__(*args, **kwargs)
        years = [tranche.fiscal_year for tranche in project.award.tranches.all()]
        field: Any = self.fields["fiscal_year"]
        field.choices = [(year, str(year)) for year in years]
        shown = ", ".join(f"{t.fiscal_year}: {euro(t.amount)}" for t in project.award.tranches.all())
        field.help_text = f"Bewilligt sind {shown}"


def _payment_start(project: Project, request: PaymentRequest | None) -> dict[str, Any]:
    """Return what a payment form shows first: the request, or what the last request said."""
    if request:
        names = ("paid_expenses", "due_expenses", "purpose", "fiscal_year", "amount")
        return {name: getattr(request, name) for name in names}
    last = project.payment_requests.told().order_by("-count").first()
    return {"paid_expenses": last.paid_expenses if last else None, "fiscal_year": clock.today().year}


class StatementForm(TokenForm):
    """Narrative, what was spent by position, and where the rest of the money came from."""

    narrative = forms.CharField(
        label="Sachbericht",
        help_text="Wofür haben Sie das Geld verwendet, und was haben Sie erreicht? Vergleichen Sie mit Ihren Zielen.",
        widget=forms.Textarea(attrs={"rows": 12}),
        max_length=20000,
        required=False,
    )

    def __init__(
        self, *args: Any, project: Project, statement: Statement | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.plan_lines = list(project.plan_lines.all())
        spent = {line.plan_line_id: line.spent for line in statement.lines.all()} if statement else {}
        self.fields["narrative"].initial = statement.narrative if statement else ""
        for line in self.plan_lines:
            self.fields[f"spent_{line.pk}"] = EuroFormField(
                label=f"{line.code} {line.title}: ausgegeben in EUR",
                help_text=f"Bewilligt: {euro(line.amount)}",
                required=False,
                initial=spent.get(line.pk, ZERO),
            )
        incomes = {
            "own_funds": "Eigenmittel",
            "own_staff": "Eigenleistung (Personal)",
            "third_party": "Mittel Dritter",
        }
        for name, label in incomes.items():
            initial = getattr(statement, name) if statement else ZERO
            self.fields[name] = EuroFormField(label=f"{label} in EUR", required=False, initial=initial)

    def values(self) -> dict[str, Any]:
        """Return narrative, income, and what was spent by the code of the plan line (empty: 0.00)."""
        spent = {line.code: self.cleaned_data.get(f"spent_{line.pk}") or ZERO for line in self.plan_lines}
        incomes = {
            name: self.cleaned_data.get(name) or ZERO for name in ("own_funds", "own_staff", "third_party")
        }
        return {"narrative": self.cleaned_data["narrative"], "spent": spent, **incomes}


class ProjectFilterForm(forms.Form):
    """The filters of the list of projects."""

    call = forms.ModelChoiceField(
        Call.objects.none(), label="Aufruf", required=False, empty_label="alle Aufrufe"
    )
    state = forms.ChoiceField(
        label="Stand", required=False, choices=[("", "jeder Stand"), *ProjectState.choices]
    )

    def __init__(self, *args: Any, projects: QuerySet[Project], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["call"]
        field.queryset = Call.objects.filter(pk__in=projects.values("call"))

    def apply(self, projects: QuerySet[Project]) -> QuerySet[Project]:
        """Return the projects that pass the filters (all of them while a filter is wrong)."""
        if not self.is_valid():
            return projects
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        return projects.filter(**chosen)
