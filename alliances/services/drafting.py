"""Writing an application while it is a draft: each change is a line in its course of events."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q

from alliances import facts
from alliances.enums import ApplicationState, FundingSource
from alliances.models import Alliance, Answer, Application, BudgetLine, FundingLine, PlannedMilestone
from alliances.services.founding import born_once
from calls.enums import CallState
from calls.models import Call, CallPosition, Question, RequiredDocument
from core import access, clock, door
from core.documents import store_upload
from core.guards import Reason
from core.models import Counter, Document, Event
from towns.models import Town

DRAFT = frozenset({str(ApplicationState.DRAFT)})
Cells = Mapping[tuple[int, int], Decimal]


def start_application(
    alliance: Alliance, call: Call, *, title: str, by: Any, token: UUID | None = None
) -> Application:
    """Return a new draft of the alliance to a published call; raises `Refused` without the right "write"."""

    def create() -> Application:
        Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
        fresh = Alliance.objects.select_for_update(of=("self",)).get(pk=alliance.pk)
        _check_start(fresh, call, by)
        if fresh.call_id is None:
            fresh.call = call
            fresh.save(update_fields=["call"])
            access.sync_with_dependants(fresh)
        number = Counter.take("application", call.opens_at.astimezone(clock.BERLIN).year)
        application = Application.objects.create(alliance=fresh, call=call, number=number, title=title)
        door.record_birth(application, by=by, label="Antrag begonnen", token=token)
        return application

    found: Application = born_once(Application, token, create)
    return found


def _check_start(alliance: Alliance, call: Call, by: Any) -> None:
    """Raise `Refused` where no application can begin."""
    if not access.holds(by, "write", alliance):
        raise door.Refused([Reason("Für diesen Verbund können Sie keinen Antrag beginnen.")], "right")
    if call.state != CallState.PUBLISHED or clock.now() >= call.closes_at:
        raise door.Refused([Reason(f"Der {call} nimmt keine Anträge an.")])
    if alliance.applications.alive().filter(call=call).exists():
        raise door.Refused([Reason("Ihr Verbund hat zu diesem Aufruf schon einen Antrag.")], "validation")


@contextmanager
def _writing(application: Application, by: Any, label: str) -> Iterator[Application]:
    """Open a draft for a change of its content; a change is noted in the course of events."""
    with door.editing(application, "write", by=by, on="alliance", states=DRAFT) as draft:
        before = facts.content_hash(draft.content())
        yield draft
        if facts.content_hash(draft.content()) != before:
            door.note(draft, label, by=by)


def _earlier(token: UUID | None, name: str) -> int | None:
    """Return the key of what a form with this token already added."""
    event = Event.objects.filter(token=token, transition="edit").first() if token else None
    return event.data.get(name) if event else None


def save_basics(
    application: Application,
    *,
    title: str,
    summary: str,
    start: date | None,
    end: date | None,
    requested_grant: Decimal | None,
    by: Any,
) -> None:
    """Save what the project is called, its period and the grant (EUR); raises `Refused` if the end lies before."""
    problem = facts.period_problem(start, end)
    if problem:
        raise door.Refused([Reason(problem)], "validation")
    with _writing(application, by, "Angaben zum Vorhaben geändert") as draft:
        draft.title, draft.summary, draft.start, draft.end = title, summary, start, end
        draft.requested_grant = requested_grant
        draft.save(update_fields=["title", "summary", "start", "end", "requested_grant"])


def save_grant(application: Application, amount: Decimal | None, *, by: Any) -> None:
    """Save the requested grant in EUR."""
    with _writing(application, by, "Beantragte Zuwendung geändert") as draft:
        draft.requested_grant = amount
        draft.save(update_fields=["requested_grant"])


def save_answer(application: Application, question: Question, text: str, *, by: Any) -> None:
    """Save the answer to a question of the call; raises `Refused` if it has too many words."""
    problem = facts.word_problem(question, text)
    if problem:
        raise door.Refused([Reason(problem)], "validation")
    with _writing(application, by, f"Antwort „{question.title}“ geändert") as draft:
        if question.call_id != draft.call_id:
            raise door.Refused([Reason("Diese Frage gehört zu einem anderen Aufruf.")], "validation")
        Answer.objects.update_or_create(application=draft, question=question, defaults={"text": text})


def save_town_plan(
    application: Application,
    town: Town,
    *,
    cells: Cells,
    funding: Mapping[str, Decimal],
    by: Any,
    notes: Mapping[tuple[int, int], str] | None = None,
) -> None:
    """Save cells (position id, fiscal year) -> EUR and financing (source) -> EUR of one town.

    What is not named stays; zero empties. Raises `Refused` for a town that has not joined, a position of another
    call, an amount below zero, or an amount in a year outside the project's period.
    """
    with _writing(application, by, f"Finanzierungsplan von {town} geändert") as draft:
        _check_plan(draft, town, cells, funding)
        _write_cells(draft, town, cells, notes)
        _write_funding(draft, town, funding)


def _write_cells(
    draft: Application, town: Town, cells: Cells, notes: Mapping[tuple[int, int], str] | None
) -> None:
    """Write the cells of a town in two statements, however many there are; zero empties."""
    named = Q(pk__in=[])
    for position_id, year in cells:
        named |= Q(position=position_id, fiscal_year=year)
    old = {(line.position_id, line.fiscal_year): line for line in draft.budget_lines.filter(named, town=town)}
    draft.budget_lines.filter(named, town=town).delete()
    BudgetLine.objects.bulk_create(
        BudgetLine(
            application=draft, town=town, position_id=key[0], fiscal_year=key[1], amount=amount,
            note=notes.get(key, "") if notes is not None else old[key].note if key in old else "",
        )
        for key, amount in cells.items()
        if amount
    )  # fmt: skip


def _write_funding(draft: Application, town: Town, funding: Mapping[str, Decimal]) -> None:
    """Write what a town brings, by source, in two statements; zero empties."""
    draft.funding_lines.filter(town=town, source__in=list(funding)).delete()
    FundingLine.objects.bulk_create(
        FundingLine(application=draft, town=town, source=source, amount=amount)
        for source, amount in funding.items()
        if amount
    )


def _check_plan(draft: Application, town: Town, cells: Cells, funding: Mapping[str, Decimal]) -> None:
    """Raise `Refused` with every reason why a plan is malformed."""
    _check_town(draft, town)
    reasons = []
    positions = dict(CallPosition.objects.filter(call=draft.call_id).values_list("pk", "title"))
    for (position_id, year), amount in cells.items():
        if position_id not in positions:
            reasons.append("Diese Position gehört zu einem anderen Aufruf.")
        elif amount:
            problem = facts.year_problem(draft, year)
            reasons += [f"{positions[position_id]}: {problem}"] if problem else []
    if any(amount < 0 for amount in [*cells.values(), *funding.values()]):
        reasons.append("Ein Betrag ist kleiner als 0,00 EUR.")
    if not set(funding) <= set(FundingSource.values):
        reasons.append("Diese Quelle gibt es nicht.")
    if reasons:
        raise door.Refused([Reason(text) for text in reasons], "validation")


def _check_town(draft: Application, town: Town) -> None:
    """Raise `Refused` for a town that is not in the alliance."""
    if not draft.alliance.partners.accepted().filter(town=town).exists():
        raise door.Refused([Reason(f"{town} ist Ihrem Verbund nicht beigetreten.")], "validation")


def add_milestone(
    application: Application,
    *,
    title: str,
    town: Town,
    due: date,
    evidence: str,
    by: Any,
    token: UUID | None = None,
) -> PlannedMilestone:
    """Return a new milestone of the work plan; its code is the next free one (M1, M2, …)."""
    with door.editing(application, "write", by=by, on="alliance", states=DRAFT) as draft:
        earlier: PlannedMilestone | None = draft.milestones.filter(
            pk=_earlier(token, "milestone") or 0
        ).first()
        if earlier:
            return earlier
        _check_town(draft, town)
        taken = {int(code[1:]) for code in draft.milestones.values_list("code", flat=True)}
        code = f"M{max(taken, default=0) + 1}"
        milestone: PlannedMilestone = draft.milestones.create(
            code=code, title=title, town=town, due=due, evidence=evidence
        )
        door.note(
            draft, f"Meilenstein {code} hinzugefügt", by=by, token=token, data={"milestone": milestone.pk}
        )
        return milestone


def change_milestone(
    application: Application,
    milestone: PlannedMilestone,
    *,
    title: str,
    town: Town,
    due: date,
    evidence: str,
    by: Any,
) -> None:
    """Change a milestone of the work plan."""
    with _writing(application, by, f"Meilenstein {milestone.code} geändert") as draft:
        _check_town(draft, town)
        draft.milestones.filter(pk=milestone.pk).update(title=title, town=town, due=due, evidence=evidence)


def remove_milestone(application: Application, milestone: PlannedMilestone, *, by: Any) -> None:
    """Take a milestone out of the work plan."""
    with _writing(application, by, f"Meilenstein {milestone.code} entfernt") as draft:
        draft.milestones.filter(pk=milestone.pk).delete()


def add_document(
    application: Application,
    file: Any,
    *,
    required: RequiredDocument | None = None,
    town: Town | None = None,
    by: Any,
    token: UUID | None = None,
) -> Document:
    """Return the stored file; what it is for is the code of the required document, with the town's key where asked.

    Raises `ValidationError` with a sentence for an empty, too large or forbidden file.
    """
    with door.editing(application, "write", by=by, on="alliance", states=DRAFT) as draft:
        earlier = Document.objects.of(draft).filter(pk=_earlier(token, "document") or 0).first()
        if earlier:
            return earlier
        if town:
            _check_town(draft, town)
        purpose = facts.purpose(required, town)
        title = required.title if required else "Weitere Unterlage"
        title = f"{title} ({town})" if town else title
        document = store_upload(draft, file, purpose=purpose, title=title, by=by)
        label = f"Unterlage „{document.name}“ hochgeladen"
        door.note(draft, label, by=by, token=token, data={"document": document.pk})
        return document


def remove_document(application: Application, document: Document, *, by: Any) -> None:
    """Take a document out of the draft; former submissions keep theirs."""
    with _writing(application, by, f"Unterlage „{document.name}“ entfernt") as draft:
        Document.objects.of(draft).filter(pk=document.pk).delete()
