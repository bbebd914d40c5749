"""A person at a browser: signs in, clicks, types, reads. Every new page is looked at by axe, light and dark."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import resolve
from playwright.sync_api import Browser, Page, expect

from tests.cast import CAST, PASSWORD, email, person

AXE = Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


class Stage:
    """Where the journey takes place: the browser, the server's address, and which pages axe has seen."""

    def __init__(self, browser: Browser, address: str, *, javascript: bool, axe: bool) -> None:
        self.browser, self.address, self.javascript, self.axe = browser, address, javascript, axe
        self.seen: set[str] = set()
        self.people: dict[str, Visitor] = {}

    def visitor(self, key: str) -> "Visitor":
        """Return a person of the cast, signed in; each has a browser of their own."""
        if key not in self.people:
            person(key)
            self.people[key] = Visitor(self, key)
        return self.people[key]


class Visitor:
    """One person with a page."""

    def __init__(self, stage: Stage, key: str) -> None:
        self.stage, self.name = stage, CAST[key]
        context = stage.browser.new_context(
            java_script_enabled=stage.javascript, locale="de-DE", viewport={"width": 1280, "height": 900}
        )
        context.set_default_timeout(8000)
        self.page: Page = context.new_page()
        self.problems: list[str] = []
        self.page.on("console", lambda m: self.problems.append(m.text) if m.type == "error" else None)
        self.go("/anmelden/")
        self.type("E-Mail", email(key))
        self.type("Passwort", PASSWORD)
        self.press("Anmelden")
        self.sees(self.name)

    def go(self, path: str) -> "Visitor":
        """Type an address."""
        self.page.goto(f"{self.stage.address}{path}")
        return self._arrived()

    def follow(self, name: str, *, exact: bool = False) -> "Visitor":
        """Click a link of the content (the first with that name)."""
        self.page.locator("main").get_by_role("link", name=name, exact=exact).first.click()
        return self._arrived()

    def menu(self, name: str) -> "Visitor":
        """Click an entry of the main navigation."""
        self.page.get_by_role("navigation", name="Hauptnavigation").get_by_role("link", name=name).click()
        return self._arrived()

    def press(self, name: str) -> "Visitor":
        """Press a button of the content."""
        self.page.locator("main").get_by_role("button", name=name).first.click()
        return self._arrived()

    def step(self, name: str) -> "Visitor":
        """Follow a step of the transition bar to its page and press its button."""
        return self.follow(name).press(name)

    def type(self, label: str, text: str) -> "Visitor":
        """Type into a field."""
        self.page.locator("main").get_by_label(label, exact=False).first.fill(text)
        return self

    def day(self, label: str, day: date) -> "Visitor":
        """Type a day: Tag, Monat, Jahr."""
        group = self.page.get_by_role("group", name=label)
        for part, value in (("Tag", day.day), ("Monat", day.month), ("Jahr", day.year)):
            group.get_by_label(part, exact=True).fill(str(value))
        return self

    def choose(self, option: str, group: str = "") -> "Visitor":
        """Choose a radio button or tick a box."""
        place: Any = self.page.get_by_role("group", name=group) if group else self.page.locator("main")
        place.get_by_label(option, exact=False).first.check()
        return self

    def select(self, label: str, option: str) -> "Visitor":
        """Choose from a list."""
        field = self.page.locator("main").get_by_label(label, exact=False).first
        value = next(o for o in field.locator("option").all() if option in (o.text_content() or ""))
        field.select_option(value.get_attribute("value"))
        return self

    def upload(self, label: str, name: str, content: bytes) -> "Visitor":
        """Choose a file."""
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        self.page.get_by_label(label).first.set_input_files(file)  # type: ignore[arg-type]
        return self

    def sees(self, text: str) -> "Visitor":
        """Read a text on the page."""
        expect(self.page.locator("body")).to_contain_text(re.compile(re.escape(text).replace(r"\ ", r"\s")))
        return self

    def sees_not(self, text: str) -> "Visitor":
        """Make sure that a text is not on the page."""
        expect(self.page.locator("body")).not_to_contain_text(text)
        return self

    def value(self, label: str) -> str:
        """Return what stands in a field."""
        return self.page.locator("main").get_by_label(label, exact=False).first.input_value()

    def path(self) -> str:
        """Return the path of the page."""
        return self.page.url.removeprefix(self.stage.address).split("?")[0].split("#")[0]

    def _arrived(self) -> "Visitor":
        """Check what holds on every page, and let axe look at a page of a kind that it has not seen."""
        assert not self.problems, self.problems
        if self.stage.axe:
            match = resolve(self.path())
            kind = f"{match.view_name} {self.page.locator('form').count()} {self.page.title().startswith('Fehler')}"
            if kind not in self.stage.seen:
                self.stage.seen.add(kind)
                for scheme in ("light", "dark"):
                    self.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                    self._axe(f"{self.path()} ({scheme})")
                self.page.emulate_media(color_scheme="light")
        return self

    def _axe(self, where: str) -> None:
        """Fail with the names of the rules that a page breaks."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        options = json.dumps({"runOnly": {"type": "tag", "values": RULES}})
        found = self.page.evaluate(f"axe.run(document, {options})")
        broken = [f"{v['id']}: {[n['target'] for n in v['nodes']]}" for v in found["violations"]]
        assert not broken, f"{where}: {broken}"
