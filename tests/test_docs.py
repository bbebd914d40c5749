"""What is written about the house is true: drawn pages, words, links, button labels, decisions, changes."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import models
from guardian.models import UserObjectPermissionBase

from core import door
from core.models import Workflow

ROOT = Path(settings.BASE_DIR)
DOCS = ROOT / "docs"
OURS = ["core", "towns", "calls", "alliances", "review", "projects", "reporting"]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.rglob("*.md")])
HANDBOOK = sorted((DOCS / "handbuch").glob("*.md"))
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
QUOTED = re.compile(r"„([^“]+)“")


def text(path: Path) -> str:
    """Return a file's text."""
    return path.read_text(encoding="utf-8")


def name(path: Path) -> str:
    """Return a path as people write it."""
    return str(path.relative_to(ROOT))


def our_models() -> list[type[models.Model]]:
    """Return every model of the product with a table of its own, but not the tables of rights."""
    found = (model for app in OURS for model in apps.get_app_config(app).get_models())
    return [m for m in found if not m._meta.proxy and not issubclass(m, UserObjectPermissionBase)]


def glossary() -> dict[str, list[str]]:
    """Return the code word of each row with its German words."""
    rows = [
        line.strip("|").split("|") for line in text(DOCS / "glossary.md").splitlines() if line.startswith("|")
    ]
    return {row[1].strip(" `"): [word.strip() for word in row[0].split(",")] for row in rows[2:]}


def said_in_pages() -> str:
    """Return all that pages, forms, mails and machines can say, as one text."""
    folders = [ROOT / "templates", *(ROOT / app for app in OURS)]
    files = [p for folder in folders for p in folder.rglob("*") if p.suffix in (".py", ".html", ".txt")]
    return "\n".join(text(path) for path in files if "migrations" not in path.parts)


def test_drawn_machines_and_rights_are_up_to_date() -> None:
    call_command("draw_workflows", "--check")


def test_every_machine_is_drawn_and_listed() -> None:
    machines = [m for m in our_models() if issubclass(m, Workflow)]
    drawn = {f"{m._meta.app_label}-{m._meta.model_name}.md" for m in machines}
    assert drawn | {"README.md"} == {path.name for path in (DOCS / "workflows").glob("*.md")}
    assert [page for page in sorted(drawn) if page not in text(DOCS / "workflows/README.md")] == []


def test_the_glossary_names_every_model() -> None:
    assert [m.__name__ for m in our_models() if m.__name__ not in glossary()] == []


def test_the_glossary_names_nothing_else() -> None:
    """A row is a model or a field of one (`lead` is a partner's)."""
    known = {m.__name__ for m in our_models()} | {"lead"}
    assert sorted(set(glossary()) - known) == []


def test_each_german_word_of_the_glossary_is_in_use() -> None:
    """It is what the model is called, or it stands in a page, a form, a mail or a machine."""
    called = {
        str(n).lower() for m in our_models() for n in (m._meta.verbose_name, m._meta.verbose_name_plural)
    }
    said = said_in_pages().lower()
    unused = [
        f"{code}: {word}"
        for code, words in glossary().items()
        for word in words
        if word.lower() not in called and not re.search(rf"\b{re.escape(word.lower())}", said)
    ]
    assert unused == []


def test_the_first_german_word_is_what_the_model_is_called() -> None:
    words = glossary()
    other = {m.__name__: str(m._meta.verbose_name) for m in our_models()
             if str(m._meta.verbose_name) not in words.get(m.__name__, [])}  # fmt: skip
    assert other == {}


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_every_link_leads_somewhere(path: Path) -> None:
    """Relative links of a page name files of this repository, pictures too."""
    targets = [t for t in LINK.findall(text(path)) if not re.match(r"[a-z]+:|#", t)]
    assert [t for t in targets if not (path.parent / t.split("#")[0]).exists()] == []


def test_the_readme_is_short_and_names_the_two_commands() -> None:
    readme, makefile = text(ROOT / "README.md"), text(ROOT / "Makefile")
    for target in ("run", "test", "check"):
        assert f"make {target}" in readme
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    assert len(readme.splitlines()) <= 120


def test_the_files_that_the_readme_names_in_code_exist() -> None:
    named = re.findall(r"`([\w./]+/[\w./]*|[\w/]+\.(?:py|md|csv|toml))`", text(ROOT / "README.md"))
    assert [one for one in named if not one.startswith("/") and not _is_there(one)] == []


def _is_there(named: str) -> bool:
    """Say whether a path exists, or a file of that name in an app ("guards.py" stands for each app's)."""
    return (ROOT / named).exists() or bool(list(ROOT.glob(f"*/{named}")))


def labels() -> str:
    """Return the words of buttons, navigation and pages: transition labels, templates, contexts, forms."""
    machines = [m for m in our_models() if issubclass(m, Workflow)]
    steps = [str((door.edges(meta)[0].custom or {}).get("label", "")) for m in machines
             for meta in door.transitions_of(m).values()]  # fmt: skip
    return "\n".join([*steps, said_in_pages()])


@pytest.mark.parametrize("path", HANDBOOK, ids=name)
def test_what_the_handbook_quotes_stands_on_a_page(path: Path) -> None:
    said = labels()
    assert [words for words in QUOTED.findall(text(path)) if words not in said] == []


def test_the_handbook_has_a_page_for_each_role() -> None:
    listed = text(DOCS / "handbuch/README.md")
    assert [page.name for page in HANDBOOK if page.name != "README.md" and page.name not in listed] == []


def test_every_decision_is_listed_once_and_numbered() -> None:
    index = text(DOCS / "decisions/README.md")
    files = sorted(path.name for path in (DOCS / "decisions").glob("*.md") if path.name != "README.md")
    assert re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", index) == files
    assert [int(file[:4]) for file in files] == list(range(1, len(files) + 1))


def test_every_package_says_what_it_is() -> None:
    """Packages of the product carry a docstring (migrations and Django's command folders hold nothing of their own)."""
    silent = {"migrations", "management", "commands", "templatetags"}
    packages = [
        p for app in [*OURS, "demo"] for p in (ROOT / app).rglob("__init__.py") if p.parent.name not in silent
    ]
    assert [name(p) for p in packages if not ast.get_docstring(ast.parse(text(p)))] == []


def test_the_changelog_keeps_its_form() -> None:
    """Keep a Changelog: [Unreleased] first, then versions with a day, newest first; known headings only."""
    lines = text(ROOT / "CHANGELOG.md").splitlines()
    versions = [line for line in lines if line.startswith("## ")]
    assert versions[0] == "## [Unreleased]"
    assert [v for v in versions[1:] if not re.fullmatch(r"## \[\d+\.\d+\.\d+\] - \d{4}-\d{2}-\d{2}", v)] == []
    days = [v[-10:] for v in versions[1:]]
    assert days == sorted(days, reverse=True)
    kinds = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    assert [line for line in lines if line.startswith("### ") and line[4:] not in kinds] == []
