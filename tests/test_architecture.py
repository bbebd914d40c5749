"""The rules of the house that no linter knows (design, sections 1, 2 and 9). A rule here has no exceptions."""

import ast
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django_fsm import FSMFieldMixin

from core import door
from core.access import Right
from core.models import Workflow

ROOT = Path(settings.BASE_DIR)
STAGES = ["towns", "calls", "alliances", "review", "projects", "reporting"]
APPS = ["core", *STAGES]
INSIDE = {
    "__init__", "apps", "enums", "querysets", "facts", "guards", "workflow", "models", "mails", "services", "tasks",
    "forms", "views", "admin", "urls", "migrations", "management", "templatetags",
}  # fmt: skip
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_TEMPLATE = 400, 40, 150

Function = ast.FunctionDef | ast.AsyncFunctionDef


def sources(*folders: str) -> list[Path]:
    found = [
        path for folder in folders for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts
    ]
    return sorted(found)


def trees(*folders: str) -> Iterator[tuple[str, ast.Module]]:
    for path in sources(*folders):
        yield str(path.relative_to(ROOT)), ast.parse(path.read_text())


def machines() -> list[type[Workflow]]:
    return [model for model in apps.get_models() if issubclass(model, Workflow)]


def names(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every module that a file imports, with the names that it takes from it, but for type checking."""
    skipped = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            yield node.lineno, str(node.module)
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def test_files_are_short() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text().splitlines())
        for path in sources(*APPS, "config", "tests")
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_functions_are_short() -> None:
    long = [
        f"{name}:{node.lineno} {node.name}: {node.end_lineno - node.lineno + 1}"
        for name, tree in trees(*APPS, "config", "demo", "bench")
        for node in ast.walk(tree)
        if isinstance(node, Function)
        and node.end_lineno
        and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    ]
    assert long == []


def test_templates_are_short() -> None:
    lengths = {
        str(p.relative_to(ROOT)): len(p.read_text().splitlines()) for p in (ROOT / "templates").rglob("*.*")
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_TEMPLATE} == {}


def test_no_junk_drawers() -> None:
    drawers = {"utils", "helpers", "common", "misc", "util", "helper"}
    assert [str(path) for path in sources(*APPS, "config", "tests") if path.stem in drawers] == []


@pytest.mark.parametrize("app", STAGES)
def test_every_app_holds_the_same_few_files(app: str) -> None:
    assert {path.stem for path in (ROOT / app).glob("*.py")} - INSIDE == set()


@pytest.mark.parametrize("app", [stage for stage in STAGES if stage != "reporting"])
def test_other_packages_are_plain_python(app: str) -> None:
    """Packages named by their subject (calls/criteria) stand below `enums` and know no Django.

    The reports of `reporting` read records: it is the last stage and writes nothing.
    """
    folders = [
        f"{app}/{path.name}" for path in (ROOT / app).iterdir() if path.is_dir() and path.name not in INSIDE
    ]
    above = tuple(f"{stage}.{part}" for stage in STAGES for part in INSIDE - {"enums", "__init__"})
    found = [
        f"{name}:{line} {module}"
        for name, tree in trees(*folders)
        for line, module in names(tree)
        if module.startswith(("django", "guardian", "core.models", *above))
    ]
    assert found == []


def test_every_public_function_says_what_it_does() -> None:
    silent = [
        f"{name}:{node.lineno} {node.name}"
        for name, tree in trees(*APPS, "config")
        for node in public_definitions(tree)
        if not ast.get_docstring(node)
    ]
    assert silent == []


def public_definitions(tree: ast.Module) -> Iterator[Function | ast.ClassDef]:
    """Public functions and classes of a module, and public methods of its classes (Meta and dunder methods aside)."""
    for node in tree.body:
        if isinstance(node, (*Function.__args__, ast.ClassDef)) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from (n for n in node.body if isinstance(n, Function) and not n.name.startswith("_"))


def test_no_signals() -> None:
    banned = ("django.dispatch", "django.db.models.signals", "django.core.signals")
    found = [
        f"{name}:{line}"
        for name, tree in trees(*APPS, "config")
        for line, module in names(tree)
        if module.startswith(banned)
    ]
    assert found == []


def test_imports_stand_on_top() -> None:
    found = [
        f"{name}:{inner.lineno}"
        for name, tree in trees(*APPS, "config")
        for node in ast.walk(tree)
        if isinstance(node, Function) and node.name != "ready"
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert found == []


def test_only_the_clock_asks_for_the_time() -> None:
    """Beside ruff's ban of the functions: their other names, and columns that fill themselves."""
    banned = {"auto_now", "auto_now_add", "utcnow", "localdate"}
    found = [
        f"{name}:{node.lineno}"
        for name, tree in trees(*APPS, "config")
        if name != "core/clock.py"
        for node in ast.walk(tree)
        if (isinstance(node, ast.keyword) and node.arg in banned)
        or (isinstance(node, ast.Attribute) and node.attr in banned)
        or (
            isinstance(node, ast.Attribute)
            and ast.unparse(node) in ("datetime.now", "date.today", "timezone.now")
        )
    ]
    assert found == []


def test_reporting_takes_neither_workflow_nor_services_of_a_stage() -> None:
    banned = {
        f"{stage}.{part}" for stage in STAGES for part in ("workflow", "services") if stage != "reporting"
    }
    found = [
        f"{name}:{line} {module}"
        for name, tree in trees("reporting")
        for line, module in names(tree)
        if module in banned or module == "core.door.perform"
    ]
    assert found == []


def test_nothing_goes_round_the_door() -> None:
    found = []
    for name, tree in trees(*APPS):
        for node in (
            n for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)
        ):
            keywords = {keyword.arg for keyword in node.keywords}
            if node.func.attr in ("update", "update_or_create") and "state" in keywords:
                found.append(f"{name}:{node.lineno} .update(state=…)")
            if node.func.attr in ("bulk_update", "bulk_create") and "'state'" in ast.unparse(node):
                found.append(f"{name}:{node.lineno} .{node.func.attr}(… state …)")
    assert found == []


def test_only_the_door_takes_a_step() -> None:
    """A call `record.submit()`: names of steps that also mean something else in Python or Django are not looked at."""
    ambiguous = {name for cls in (models.QuerySet, models.Model, str, list, dict, set) for name in dir(cls)}
    steps = {name for machine in machines() for name in door.transitions_of(machine)} - ambiguous
    found = [
        f"{name}:{node.lineno} .{node.func.attr}()"
        for name, tree in trees(*APPS)
        if name != "core/door.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in steps
        and not calls_a_module(node.func, tree)
    ]  # fmt: skip
    assert found == []


def calls_a_module(function: ast.Attribute, tree: ast.Module) -> bool:
    """Say whether `x` of `x.step()` is an imported module: a service may be called as the step it takes."""
    imported = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    return (
        isinstance(function.value, ast.Name) and function.value.id in imported and function.value.id.islower()
    )


@pytest.mark.parametrize("model", machines(), ids=lambda model: model.__name__)
def test_the_database_bounds_every_state(model: type[Workflow]) -> None:
    for field in model._meta.concrete_fields:
        if isinstance(field, FSMFieldMixin):
            assert field.protected, f"{model.__name__}.{field.name} may be set from outside"
            bounds = [
                constraint
                for constraint in model._meta.constraints
                if isinstance(constraint, models.CheckConstraint)
                and f"{field.name}__in" in str(constraint.condition)
            ]
            assert bounds, f"{model.__name__}.{field.name} has no check constraint"


@pytest.mark.parametrize("model", machines(), ids=lambda model: model.__name__)
def test_every_step_asks_for_a_right(model: type[Workflow]) -> None:
    for name, meta in door.transitions_of(model).items():
        rights = [edge.permission for edge in door.edges(meta)]
        assert rights, name
        assert all(isinstance(right, Right) for right in rights), f"{model.__name__}.{name} asks for no right"
        assert len({(right.name, right.on) for right in rights}) == 1, (
            f"{model.__name__}.{name}: edges differ"
        )


def test_there_is_one_django_fsm() -> None:
    assert packages_distributions()["django_fsm"] == ["django-fsm-2"]
