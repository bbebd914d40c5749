"""Filters and tags of every page (built in: no `load` needed); a tag draws a file of `templates/components/`.

The page /bausteine/ shows them all with examples.
"""

import re
import tomllib
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.db import models
from django.forms import Field
from django.urls import NoReverseMatch, reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from core import door, money, wording
from core.models import Document, Event

register = template.Library()

SHOWN_EVENTS = 10
TONES = {"plain", "info", "warning", "danger", "success"}
OUTCOMES = {
    "met": ("erfüllt", "success"),
    "not_met": ("nicht erfüllt", "danger"),
    "case_by_case": ("Einzelfallentscheidung", "warning"),
}
FIELD_KINDS = {
    "RadioSelect": "radios",
    "CheckboxSelectMultiple": "checkboxes",
    "CheckboxInput": "checkbox",
    "Select": "select",
    "NullBooleanSelect": "select",
    "SelectMultiple": "list",
    "Textarea": "input",
    "DayWidget": "day",
}


# --- Filters -----------------------------------------------------------------------------------------------


@register.filter
def whole_numbers(text: str) -> SafeString:
    """Keep numbers like 2026-014 on one line (the rest of the text is escaped)."""
    parts = re.split(r"(\d{4}-\d+)", str(text))
    kept = (
        format_html('<span class="nowrap">{}</span>', part) if place % 2 else escape(part)
        for place, part in enumerate(parts)
    )
    return mark_safe("".join(kept))  # every part is escaped above


@register.filter
def euro(amount: Decimal | None) -> str:
    """Show an amount: 400.000,00 EUR; None is "keine Angabe"."""
    return wording.NONE if amount is None else money.euro(amount)


@register.filter
def percent(share: Decimal | None) -> str:
    """Show percent: 82,29 %."""
    return wording.NONE if share is None else money.percent(share)


@register.filter
def day(value: date | datetime | None) -> str:
    """Show a day in a text: 15. Juni 2026."""
    return wording.day(value) if value else wording.NONE


@register.filter
def day_short(value: date | datetime | None) -> str:
    """Show a day in a table: 15.06.2026."""
    return wording.day_short(value) if value else wording.NONE


@register.filter
def moment(value: datetime | None) -> str:
    """Show an instant in Berlin's time: 15. Juni 2026, 16:42 Uhr."""
    return wording.moment(value) if value else wording.NONE


@register.filter
def clock_time(value: datetime | None) -> str:
    """Show the wall clock in Berlin: 16:42 Uhr."""
    return wording.clock_time(value) if value else wording.NONE


@register.filter
def deadline(value: date | datetime | None) -> str:
    """Show a deadline: bis Dienstag, 30. Juni 2026, 12:00 Uhr (noch 15 Tage); None is "keine"."""
    return wording.deadline(value) if value else "keine"


@register.filter
def number_de(value: int | Decimal | None) -> str:
    """Show a number: 8.185."""
    return wording.NONE if value is None else wording.number(value)


@register.filter
def filesize_de(size: int | None) -> str:
    """Show the size of a file given in byte: 184 KB."""
    return wording.NONE if size is None else wording.filesize(size)


@register.filter
def file_format(name: str) -> str:
    """Show the format of a file by its ending: PDF."""
    return wording.file_format(name)


# --- Frame -------------------------------------------------------------------------------------------------


@register.inclusion_tag("components/navigation.html", takes_context=True)
def main_navigation(context: template.Context) -> dict[str, Any]:
    """Draw the main navigation from the context's `navigation`, without entries whose page does not exist."""
    path = context["request"].path if "request" in context else ""
    entries = []
    for label, name in context.get("navigation") or []:
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        here = "page" if path == url else "true" if path.startswith(url) and url != "/" else ""
        entries.append({"label": label, "url": url, "here": here})
    return {"entries": entries}


@register.inclusion_tag("components/breadcrumb.html")
def breadcrumb(*parts: str) -> dict[str, Any]:
    """Draw where the page stands: label, address or URL name, label, … from the top down, without itself."""
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return {"trail": [(label, url if url.startswith("/") else reverse(url)) for label, url in pairs]}


@register.simple_tag
@lru_cache(maxsize=1)
def version() -> str:
    """Return the version of the product, from pyproject.toml."""
    text = (settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text)["project"]["version"])


# --- Forms -------------------------------------------------------------------------------------------------


@register.filter
def field_kind(field: Any) -> str:
    """Return how a bound field is drawn: input, select, list, checkbox, radios, checkboxes, day."""
    names = [cls.__name__ for cls in type(field.field.widget).__mro__]
    return next((FIELD_KINDS[name] for name in names if name in FIELD_KINDS), "input")


@register.simple_tag
def kern_widget(field: Any, css_class: str) -> Any:
    """Draw the widget of a bound field with KERN's class, its own, that of an error; never a placeholder."""
    wrong = f"{css_class}--error" if field.errors else ""
    classes = dict.fromkeys(f"{css_class} {field.field.widget.attrs.get('class', '')} {wrong}".split())
    return field.as_widget(attrs={"class": " ".join(classes), "placeholder": False})


@register.filter
def first_input(field: Any) -> str:
    """Return the id of the first input of a bound field: where a link to the field leads."""
    return f"{field.auto_id}_0" if field.use_fieldset else str(field.id_for_label or field.auto_id)


@register.filter
def understood(field: Any) -> str:
    """Return the amount that was understood from what was typed into a bound field, or an empty text."""
    if not isinstance(field.field, money.EuroFormField) or not field.form.is_bound or field.errors:
        return ""
    amount = field.form.cleaned_data.get(field.name)
    return "" if amount is None or str(field.value()) == money.plain_euro(amount) else money.euro(amount)


@register.filter
def error_texts(field: Any) -> list[str]:
    """Return the errors of a bound field as sentences; an empty field without its own sentence is named."""
    if field.is_hidden and field.errors:
        return ["Das Formular kam unvollständig an. Laden Sie die Seite neu."]
    default = str(Field.default_error_messages["required"])
    return [_missing(field) if str(text) == default else str(text) for text in field.errors]


def _missing(field: Any) -> str:
    """Return the sentence for an empty field: what to do, with its label."""
    kind = field_kind(field)
    if kind == "checkbox":
        return f"Kreuzen Sie „{field.label}“ an."
    if kind in ("select", "list", "radios", "checkboxes"):
        return f"Wählen Sie bei „{field.label}“ etwas aus."
    if str(field.label).endswith("?"):
        return f"Beantworten Sie die Frage „{field.label}“."
    return f"Füllen Sie das Feld „{field.label}“ aus."


def collect_errors(form: Any, refused: Iterable[Any] | None) -> list[dict[str, str]]:
    """Return what is wrong, in the order of the page: text and address of the place that mends it."""
    found = [{"text": str(reason), "url": str(getattr(reason, "url", ""))} for reason in refused or ()]
    if form is None or not form.is_bound:
        return found
    found += [{"text": str(text), "url": ""} for text in form.non_field_errors()]
    for field in form:
        url = "" if field.is_hidden else f"#{first_input(field)}"
        found += [{"text": text, "url": url} for text in error_texts(field)]
    return found


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: Any = None, refused: Any = None, focus: bool = True) -> dict[str, Any]:
    """Draw the errors of a form and the reasons of a refusal on top of the page, or nothing."""
    only_refused = bool(refused) and not (form is not None and form.errors)
    return {"errors": collect_errors(form, refused), "only_refused": only_refused, "focus": focus}


@register.simple_tag
def error_prefix(form: Any = None, refused: Iterable[Any] | None = None) -> str:
    """Return the beginning of the page title when there are errors: "2 Fehler: "."""
    count = len(collect_errors(form, refused))
    return f"{count} Fehler: " if count else ""


@register.inclusion_tag("components/filter_form.html", takes_context=True)
def filter_form(context: template.Context, form: Any) -> dict[str, Any]:
    """Draw the filters of a list as a form that asks by address (GET)."""
    request = context["request"]
    return {"form": form, "path": request.path, "filtered": bool(request.GET)}


# --- Records -----------------------------------------------------------------------------------------------


@register.inclusion_tag("components/badge.html")
def badge(record: Any) -> dict[str, str]:
    """Draw the state of a record: word and tone."""
    return badge_word(record.state_label(), record.state_tone())


@register.inclusion_tag("components/badge.html")
def badge_word(word: str, tone: str = "plain") -> dict[str, str]:
    """Draw a word with a tone: plain, info, warning, danger or success."""
    return {"word": word, "tone": tone if tone in TONES else "plain"}


@register.inclusion_tag("components/record_header.html")
def record_header(record: Any, facts: Sequence[tuple[str, Any]] = ()) -> dict[str, Any]:
    """Draw the heading of a record and its facts (label, value); the state and since when comes first."""
    since = None
    if isinstance(record, models.Model) and record.pk:
        moved = Event.objects.of(record).exclude(from_state=models.F("to_state")).first()
        since = moved.at if moved else None
    return {"record": record, "facts": facts or (), "since": since}


@register.inclusion_tag("components/transition_bar.html")
def transition_bar(record: Any, user: Any, idle: str = "") -> dict[str, Any]:
    """Draw what a person can do now, what is still missing, or `idle` (default: nothing is to be done)."""
    return sorted_offers(door.offers(record, user), idle)


def sorted_offers(offers: Sequence[door.Offer], idle: str = "") -> dict[str, Any]:
    """Return offers as the bar shows them: buttons, plain links (final steps), and those not yet possible."""
    possible = [offer for offer in offers if offer.possible]
    return {
        "buttons": [offer for offer in possible if offer.rank != "final"],
        "finals": [offer for offer in possible if offer.rank == "final"],
        "missing": [offer for offer in offers if not offer.possible],
        "idle": idle,
    }


@register.inclusion_tag("components/course_of_events.html")
def course_of_events(record: Any, user: Any = None, show_secret: bool = False) -> dict[str, Any]:
    """Draw the course of events, newest first; notes of confidential steps only where the page says so."""
    events = list(Event.objects.of(record))
    return {"first": events[:SHOWN_EVENTS], "rest": events[SHOWN_EVENTS:], "show_secret": show_secret}


@register.inclusion_tag("components/document_list.html")
def document_list(record: Any) -> dict[str, Any]:
    """Draw the documents of a record."""
    return {"documents": list(Document.objects.of(record))}


@register.inclusion_tag("components/task_list.html")
def task_list(groups: Iterable[Any], level: int = 2) -> dict[str, Any]:
    """Draw groups of tasks: `title` (a heading of this level), `rows` (title, line, status, url, tone)."""
    return {"groups": groups, "level": level}


@register.inclusion_tag("components/summary_rows.html")
def summary_rows(rows: Iterable[tuple[Any, ...]]) -> dict[str, Any]:
    """Draw answers to check: rows of (label, value), or (label, value, address to change, hidden name)."""
    names = ("label", "value", "url", "name")
    return {"rows": [dict(zip(names, row, strict=False)) for row in rows]}


@register.inclusion_tag("components/reckoning.html")
def reckoning(lines: Iterable[money.ReckoningLine], caption: str = "Rechnung") -> dict[str, Any]:
    """Draw how an amount is reckoned: one row per line, the result bold."""
    return {"lines": lines, "caption": caption}


@register.inclusion_tag("components/progress.html")
def progress(done: int, total: int, unit: str, label: str) -> dict[str, Any]:
    """Draw how far a work is: a bar and the words "3.200 von 10.000 Zeilen"."""
    return {"done": done, "total": total, "unit": unit, "label": label}


@register.inclusion_tag("components/findings.html")
def findings(found: Iterable[Any]) -> dict[str, Any]:
    """Draw findings: title, outcome (met, not_met, case_by_case), reason, source, and perhaps url."""
    rows = []
    for finding in found:
        outcome = str(getattr(finding.outcome, "value", finding.outcome)).lower()
        word, tone = OUTCOMES[outcome]
        rows.append({"finding": finding, "word": word, "tone": tone, "url": getattr(finding, "url", "")})
    return {"rows": rows}


# --- Lists -------------------------------------------------------------------------------------------------


@register.inclusion_tag("components/data_table.html")
def data_table(caption: str, columns: Sequence[Any], rows: Iterable[Sequence[Any]]) -> dict[str, Any]:
    """Draw a table: columns are labels, or (label, "number" or "amount"); the first cell heads its row."""
    heads = [(column, "") if isinstance(column, str) else tuple(column) for column in columns]
    body = [[(value, kind) for value, (_, kind) in zip(row, heads, strict=True)] for row in rows]
    return {"caption": caption, "heads": heads, "body": body}


@register.inclusion_tag("components/paging.html", takes_context=True)
def paging(context: template.Context, page_obj: Any) -> dict[str, Any]:
    """Draw "Seite 1 von 3" with links that keep the filters."""
    return {"page": page_obj, "request": context["request"]}
