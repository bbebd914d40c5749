"""Draws every machine from the code: a Mermaid diagram, its states, and who may do what. Also the table of rights."""

import inspect
from typing import Any

from django.apps import apps

from core.access import SYSTEM, Right
from core.door import edges, transitions_of
from core.models import Workflow
from core.road import load_road
from core.roles import ROLE_NAMES, ROLES


def machines() -> list[type[Workflow]]:
    """Return every record with a machine, in the order of the road."""
    return [model for model in apps.get_models() if issubclass(model, Workflow)]


def page_of(model: type[Workflow]) -> str:
    """Return the page of one machine as Markdown."""
    name = str(model._meta.verbose_name)
    parts = [f"# {name} (`{model._meta.label}`)", inspect.cleandoc(model.__mro__[1].__doc__ or "")]
    parts += ["Drawn from the code by `manage.py draw_workflows`; a test compares it.", _diagram(model)]
    parts += ["## States", _states(model), "## Steps", _steps(model)]
    return "\n\n".join(parts) + "\n"


def _diagram(model: type[Workflow]) -> str:
    """Return the Mermaid diagram."""
    lines = ["```mermaid", "stateDiagram-v2"]
    initial = _field(model).default
    lines += [f"    {value}: {label}" for value, label in _choices(model)]
    lines.append(f"    [*] --> {initial}")
    for step, meta in transitions_of(model).items():
        for edge in edges(meta):
            lines.append(f"    {edge.source} --> {edge.target}: {step}")
    return "\n".join([*lines, "```"])


def _field(model: Any) -> Any:
    """Return the field of the state."""
    return model._meta.get_field("state")


def _choices(model: type[Workflow]) -> list[tuple[str, str]]:
    """Return the states with their words."""
    return [(str(value), str(label)) for value, label in _field(model).choices or []]


def _states(model: type[Workflow]) -> str:
    """Return the table of states."""
    rows = [f"| `{value}` | {label} |" for value, label in _choices(model)]
    return "\n".join(["| state | on the pages |", "|---|---|", *rows])


def _steps(model: type[Workflow]) -> str:
    """Return the table of steps: from, to, who, what must hold, what follows."""
    rows = []
    for step, meta in transitions_of(model).items():
        edge = edges(meta)[0]
        sources = ", ".join(f"`{e.source}`" for e in edges(meta))
        holds = "; ".join(f"`{c.__name__}`" for c in edge.conditions) or "–"
        effects = (
            "; ".join(f"`{n}`" for n in load_road().effect_names.get(f"{model._meta.label}.{step}", []))
            or "–"
        )
        label = (edge.custom or {}).get("label", step)
        who = _who(model, edge.permission)
        rows.append(f"| `{step}` | {label} | {sources} → `{edge.target}` | {who} | {holds} | {effects} |")
    head = [
        "| step | on the button | from → to | who | must hold | what follows |",
        "|---|---|---|---|---|---|",
    ]
    return "\n".join([*head, *rows])


def _who(model: type[Workflow], right: Right) -> str:
    """Return the right with the roles that hold it."""
    if right.name == SYSTEM:
        return "the system"
    anchor = _anchor_name(model, right.on)
    roles = [role for role, rights in ROLES[anchor].items() if right.name in rights.split()]
    return f"`{right.name}` on {anchor}: {', '.join(roles) or 'nobody'}"


def _anchor_name(model: Any, path: str) -> str:
    """Return the model name that a right's path leads to."""
    if path != "self":
        for part in path.split("."):
            model = model._meta.get_field(part).related_model
    return str(model._meta.model_name)


def rights_page() -> str:
    """Return the table of roles and rights as Markdown."""
    parts = [
        "# Roles and rights",
        "Made from `core/roles.py` by `manage.py draw_workflows`; a test compares it.",
        "A right stands on an anchor; rows are derived from memberships and nothing else grants anything.",
    ]
    for anchor, roles in ROLES.items():
        rows = [f"| {role} | {_german(role)} | {rights} |" for role, rights in roles.items()]
        parts += [f"## {anchor}", "\n".join(["| role | German | rights |", "|---|---|---|", *rows])]
    return "\n\n".join(parts) + "\n"


def _german(role: str) -> str:
    """Return the German name of a role, with the side of a town in an alliance."""
    side, _, own = role.partition("_")
    if side in ("lead", "partner") and own in ROLE_NAMES:
        return f"{ROLE_NAMES[own]} der {'federführenden Kommune' if side == 'lead' else 'Partnerkommune'}"
    return ROLE_NAMES.get(role, role)


def pages() -> dict[str, str]:
    """Return every drawn page: path below `docs/` -> content."""
    drawn = {f"workflows/{m._meta.app_label}-{m._meta.model_name}.md": page_of(m) for m in machines()}
    index = [f"- [{m._meta.verbose_name}]({m._meta.app_label}-{m._meta.model_name}.md)" for m in machines()]
    drawn["workflows/README.md"] = (
        "# The machines\n\nOne page each, drawn from the code.\n\n" + "\n".join(index) + "\n"
    )
    drawn["rights.md"] = rights_page()
    return drawn
