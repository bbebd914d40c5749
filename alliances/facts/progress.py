"""Who is next: the task list of an application, and the state of each town of an alliance."""

from collections import defaultdict
from typing import Any

from django.urls import reverse

from alliances.enums import ApplicationState, PartnerState
from alliances.facts.content import purpose, word_count
from alliances.facts.plan import town_sums
from core import access, clock
from core.models import Document
from core.money import euro
from towns.enums import TownRole
from towns.models import TownMember

DONE, OPEN, STARTED = "Fertig", "Noch nicht begonnen", "In Arbeit"
Row = dict[str, Any]
Group = dict[str, Any]
People = dict[tuple[int, str], list[str]]


def people_of(towns: Any) -> People:
    """Return (town id, role) -> names of those who act today, in one query."""
    found: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    members = TownMember.objects.filter(town__in=towns, until=None).select_related("user").order_by("pk")
    for member in members:
        found[member.town_id, member.role].append(member.user.name)
    return dict(found)


def _who(people: People, town_id: int, role: str) -> str:
    """Return the names of those who do something for a town."""
    return " oder ".join(people.get((town_id, role), [])) or "noch niemand eingetragen"


def town_matrix(alliance: Any, application: Any | None) -> list[list[str]]:
    """Return a row for each town: name, joining, financing plan, signature; each "erledigt" or who is next."""
    partners = list(alliance.partners.living().select_related("town"))
    people = people_of([partner.town_id for partner in partners])
    planned = set(application.budget_lines.values_list("town_id", flat=True)) if application else set()
    unsigned = {town.pk for town, _ in application.unsigned_towns()} if application else set()
    rows = []
    for partner in partners:
        name = f"{partner.town} (federführend)" if partner.is_lead else str(partner.town)
        if partner.state != PartnerState.ACCEPTED:
            answer = _who(people, partner.town_id, TownRole.COORDINATOR)
            rows.append([name, f"offen: {answer}", "wartet auf Beitritt", "wartet auf Beitritt"])
            continue
        plan = f"offen: {_who(people, partner.town_id, TownRole.FINANCE)}"
        sign = f"offen: {_who(people, partner.town_id, TownRole.SIGNATORY)}"
        if application is None:
            rows.append([name, "erledigt", "wartet auf den Antrag", "wartet auf den Antrag"])
        else:
            has_plan, has_signed = partner.town_id in planned, partner.town_id not in unsigned
            rows.append(
                [name, "erledigt", "erledigt" if has_plan else plan, "erledigt" if has_signed else sign]
            )
    return rows


def task_groups(application: Any, user: Any) -> list[Group]:
    """Return the task list of an application, own towns first."""
    sums = town_sums(application)
    own = set(TownMember.objects.filter(user=user, until=None).values_list("town_id", flat=True))
    sums.sort(key=lambda one: one.town.pk not in own)
    groups = [
        ("Verbund", [_towns_row(application, len(sums))]),
        ("Vorhaben", [_basics_row(application), *_question_rows(application)]),
        ("Finanzierungsplan je Kommune", [_plan_row(application, one) for one in sums]),
        ("Finanzierungsplan im Ganzen", [_whole_plan_row(application, sums)]),
        ("Arbeitsplan", [_milestones_row(application)]),
        ("Unterlagen", [_documents_row(application)]),
        ("Zeichnungen", [_signatures_row(application, len(sums), user)]),
    ]
    return [{"title": f"{n} {title}", "rows": rows} for n, (title, rows) in enumerate(groups, start=1)]


def done_and_all(groups: list[Group]) -> tuple[int, int]:
    """Return how many tasks are done, of how many."""
    rows = [row for group in groups for row in group["rows"]]
    return sum(row["status"] == DONE for row in rows), len(rows)


def _row(application: Any, title: str, line: str, status: str, page: str, *args: Any) -> Row:
    """Return one task."""
    return {
        "title": title,
        "line": line,
        "status": status,
        "url": reverse(page, args=[application.number, *args]),
    }


def _towns_row(application: Any, joined: int) -> Row:
    """The towns: how many joined."""
    alliance = application.alliance
    invited = alliance.partners.filter(state=PartnerState.INVITED).count()
    line = f"{joined} beigetreten" + (f", {invited} eingeladen" if invited else "")
    return {
        "title": "Kommunen",
        "line": line,
        "status": STARTED if invited else DONE,
        "url": alliance.get_absolute_url(),
    }


def _basics_row(application: Any) -> Row:
    """Title, period and grant."""
    filled = [application.start, application.end, application.requested_grant is not None]
    status = DONE if all(filled) else STARTED if any(filled) else OPEN
    return _row(application, "Titel, Zeitraum und Zuwendung", application.title, status, "application-basics")


def _question_rows(application: Any) -> list[Row]:
    """One task for each question."""
    texts = dict(application.answers.values_list("question_id", "text"))
    rows = []
    for question in application.call.questions.all():
        words = word_count(texts.get(question.pk, ""))
        line = f"{words} von höchstens {question.max_words} Wörtern"
        rows.append(
            _row(
                application,
                question.title,
                line,
                DONE if words else OPEN,
                "application-answer",
                question.code,
            )
        )
    return rows


def _plan_row(application: Any, one: Any) -> Row:
    """The plan of one town."""
    status = DONE if one.expenditure else OPEN
    return _row(
        application,
        str(one.town),
        f"{euro(one.expenditure)} Ausgaben",
        status,
        "application-town-plan",
        one.town.ags,
    )


def _whole_plan_row(application: Any, sums: list[Any]) -> Row:
    """The plan of all towns."""
    expenditure = sum(one.expenditure for one in sums)
    ready = sum(bool(one.expenditure) for one in sums)
    status = DONE if ready == len(sums) else STARTED if ready else OPEN
    line = f"{euro(expenditure)} Ausgaben, in {ready} von {len(sums)} Kommunen begonnen" if ready else ""
    return _row(application, "Überblick und höchste Zuwendung", line, status, "application-plan")


def _milestones_row(application: Any) -> Row:
    """The work plan."""
    count = application.milestones.count()
    line = "1 Meilenstein" if count == 1 else f"{count} Meilensteine"
    return _row(application, "Meilensteine", line, DONE if count else OPEN, "application-milestones")


def wanted_documents(application: Any) -> list[tuple[Any, Any | None, list[Document]]]:
    """Return (required document, town or None, what was given) for each document that the call asks for."""
    given: defaultdict[str, list[Document]] = defaultdict(list)
    for document in Document.objects.of(application):
        given[document.purpose].append(document)
    partners = (
        application.alliance.partners.accepted().select_related("town").order_by("-is_lead", "town__name")
    )
    towns = [partner.town for partner in partners]
    rows: list[tuple[Any, Any | None, list[Document]]] = []
    for required in application.call.required_documents.all():
        for town in towns if required.per_town else [None]:
            rows.append((required, town, given[purpose(required, town)]))
    return rows


def _documents_row(application: Any) -> Row:
    """The documents: given of wanted."""
    wanted = wanted_documents(application)
    given = sum(bool(documents) for _, _, documents in wanted)
    status = DONE if given == len(wanted) else STARTED if given else OPEN
    line = f"{given} von {len(wanted)}" if wanted else "Der Aufruf verlangt keine Unterlagen."
    return _row(application, "Unterlagen", line, status, "application-documents")


def _signatures_row(application: Any, towns: int, user: Any) -> Row:
    """The signatures under the present content; the page to sign is for those who can."""
    signed = towns - len(application.unsigned_towns())
    status = DONE if signed == towns else STARTED if signed else OPEN
    row = _row(application, "Zeichnungen", f"{signed} von {towns} gezeichnet", status, "application-sign")
    return row if access.holds(user, "sign", application.alliance) else {**row, "url": ""}


def next_person(application: Any) -> str:
    """Return who must act next, by name."""
    if application.state in (ApplicationState.SUBMITTED, ApplicationState.ACCEPTED_FOR_REVIEW):
        return str(application.call.programme.prepares)
    if application.state != ApplicationState.DRAFT:
        return "niemand"
    unsigned = [] if application.gaps() else application.unsigned_towns()
    if unsigned:
        town, names = unsigned[0]
        return f"{' oder '.join(names) or 'noch niemand eingetragen'} ({town}), Zeichnung"
    lead = application.alliance.lead.town
    return f"{_who(people_of([lead.pk]), lead.pk, TownRole.COORDINATOR)} ({lead}), Koordination"


def locked(application: Any, user: Any) -> str:
    """Return the sentence why a person cannot change the application now, or an empty text."""
    call = application.call
    if application.state == ApplicationState.SUBMITTED and clock.now() < call.closes_at:
        return f"Gesperrt, weil der Antrag eingereicht ist. Bis {call.closes_text()} können Sie ihn zurücknehmen."
    if application.state != ApplicationState.DRAFT:
        return f"Gesperrt: Der Stand ist „{application.state_label()}“."
    if not access.holds(user, "write", application.alliance):
        return "Sie lesen mit und können hier nichts ändern."
    return ""
