"""The financing plan of one town: as a grid, and one position on one page. Both write the same cells."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms

from alliances import facts
from alliances.enums import FundingSource
from alliances.models import Application
from calls.models import CallPosition
from core.forms import TokenForm
from core.money import EuroFormField
from towns.models import Town

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class GridRow:
    """One row of the grid: a position or a source, its fields by year, and the sum that is stored (EUR)."""

    key: str
    title: str
    fields: list[Any]
    sum: Decimal
    position: CallPosition | None = None


class AmountsForm(TokenForm):
    """A form of many amounts; an empty one is 0,00 EUR, and each error names its row and column."""

    def __init__(self, *args: Any, application: Application, town: Town, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.application, self.town = application, town
        self.years = facts.years(application)
        self.lines = {
            (line.position_id, line.fiscal_year): line for line in application.budget_lines.filter(town=town)
        }

    def add_amount(self, name: str, label: str, amount: Decimal | None, named_by: str = "") -> None:
        """Add a field for an amount, named by the heads of its row and column."""
        attrs = {"aria-labelledby": named_by} if named_by else {}
        field = EuroFormField(
            label=label, required=False, initial=amount, widget=forms.TextInput(attrs=attrs)
        )
        self.fields[name] = field

    def amount_of(self, position: CallPosition, year: int) -> Decimal | None:
        """Return the stored amount of a cell in EUR."""
        line = self.lines.get((position.pk, year))
        return line.amount if line else None

    def given(self, name: str) -> Decimal:
        """Return the amount of a field; an empty one is zero."""
        return self.cleaned_data.get(name) or ZERO

    def clean(self) -> dict[str, Any]:
        """Name row and column in each error of an amount."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, errors in self.errors.items():
            if isinstance(self.fields.get(name), EuroFormField):
                label = self.fields[name].label
                self.errors[name] = self.error_class([f"{label}: {text}" for text in errors])
        return cleaned


class TownPlanForm(AmountsForm):
    """All positions and years of one town, and what it brings."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.positions = list(self.application.call.positions.all())
        self.funding = dict(
            self.application.funding_lines.filter(town=self.town).values_list("source", "amount")
        )
        for position in self.positions:
            for year in self.years:
                self.add_amount(
                    cell_name(position, year),
                    f"{position.title}, {year}",
                    self.amount_of(position, year),
                    f"row-{position.pk} year-{year}",
                )
        for source, label in FundingSource.choices:
            self.add_amount(f"f_{source}", label, self.funding.get(source))

    def rows(self) -> Iterator[GridRow]:
        """Yield the rows of the grid."""
        for position in self.positions:
            fields = [self[cell_name(position, year)] for year in self.years]
            amounts = [self.amount_of(position, year) or ZERO for year in self.years]
            yield GridRow(
                f"row-{position.pk}",
                f"{position.code} {position.title}",
                fields,
                sum(amounts, ZERO),
                position,
            )

    def funding_fields(self) -> list[Any]:
        """Return the fields of what the town brings."""
        return [self[f"f_{source}"] for source in FundingSource.values]

    def cells(self) -> dict[tuple[int, int], Decimal]:
        """Return (position id, year) -> EUR as typed."""
        return {(p.pk, year): self.given(cell_name(p, year)) for p in self.positions for year in self.years}

    def brought(self) -> dict[str, Decimal]:
        """Return source -> EUR as typed."""
        return {source: self.given(f"f_{source}") for source in FundingSource.values}


class PositionForm(AmountsForm):
    """One position of one town: per year an amount and what it is for."""

    def __init__(self, *args: Any, position: CallPosition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.position = position
        for year in self.years:
            line = self.lines.get((position.pk, year))
            self.add_amount(cell_name(position, year), f"Betrag {year} in EUR", line.amount if line else None)
            self.fields[f"note_{year}"] = forms.CharField(
                label=f"Wofür? {year}", max_length=300, required=False, initial=line.note if line else ""
            )

    def cells(self) -> dict[tuple[int, int], Decimal]:
        """Return (position id, year) -> EUR as typed."""
        return {(self.position.pk, year): self.given(cell_name(self.position, year)) for year in self.years}

    def notes(self) -> dict[tuple[int, int], str]:
        """Return (position id, year) -> what it is for."""
        return {(self.position.pk, year): self.cleaned_data[f"note_{year}"] for year in self.years}


def cell_name(position: CallPosition, year: int) -> str:
    """Return the name of the field of a cell."""
    return f"p{position.pk}_{year}"
