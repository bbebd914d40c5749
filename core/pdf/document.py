"""`Paper`: write a document from top to bottom, then `render()` it to an accessible, archivable PDF."""

import re
from collections.abc import Iterable, Sequence, Set
from datetime import datetime

from core.pdf.archive import Info, finish
from core.pdf.fonts import clean
from core.pdf.letter import letterhead_strip
from core.pdf.paging import (
    HAIRLINE,
    INK,
    MM,
    MUTED,
    Node,
    Rule,
    Run,
    Strip,
    Style,
    first_baseline,
    paginate,
    text_strips,
)
from core.pdf.painting import Sheet, paint
from core.pdf.tables import fact_strips, read_table, table_strips
from core.pdf.wrapping import wrap

BODY = Style(10.5, 15)
SMALL = Style(8, 11, color=MUTED)
CAPTION = Style(9.5, 13, bold=True)
HEADINGS = {1: Style(18, 23, bold=True), 2: Style(13, 18, bold=True), 3: Style(11, 15, bold=True)}
SUBJECT = Style(13, 18, bold=True)  # the first heading of a letter
GAPS = {1: 20.0, 2: 18.0, 3: 13.0}  # above headings
BLANK_LINES = re.compile(r"\n\s*\n")
WORDS = {
    "de": {"page": "Seite {page} von {pages}", "date": "Datum"},
    "en": {"page": "Page {page} of {pages}", "date": "Date"},
}


class Paper:
    """A document in the making. All texts are plain: markup is printed as it stands. Nothing is random: the
    same calls with the same `created` render to the same bytes.

    `created` is an aware datetime; `reference` and `footer` stand at the foot of every page, `title` at the
    head of every page but the first. `landscape` is for wide tables. Raises ValueError for a naive `created`.
    """

    def __init__(
        self,
        *,
        title: str,
        created: datetime,
        lang: str = "de-DE",
        author: str = "Quartett",
        subject: str = "",
        reference: str = "",
        footer: str = "",
        landscape: bool = False,
    ) -> None:
        if created.utcoffset() is None:
            raise ValueError("`created` needs a time zone.")
        self._info = Info(clean(title), clean(author), clean(subject), lang, created)
        self._reference = clean(reference)
        self._footer = clean(footer)
        self._words = WORDS.get(lang[:2], WORDS["de"])
        width, height = (297 * MM, 210 * MM) if landscape else (210 * MM, 297 * MM)
        self._sheet = Sheet(width, height, left=25 * MM, right=20 * MM, top=25 * MM, bottom=27 * MM)
        self._root = Node("Document")
        self._strips: list[Strip] = []
        self._level = 0
        self._is_letter = False

    def letterhead(
        self,
        sender_lines: Sequence[str],
        recipient_lines: Sequence[str],
        date_text: str,
        reference_lines: Sequence[str],
    ) -> None:
        """Begin a letter. The sender's first line is its name; a reference line is „Label: Wert“ or a value.
        Raises ValueError if something was written before."""
        if self._strips:
            raise ValueError("A letterhead comes first.")
        information = [(self._words["date"], clean(date_text))]
        for line in map(clean, reference_lines):
            label, colon, value = line.partition(": ")
            information.append((label, value) if colon else ("", line))
        sender, recipient = list(map(clean, sender_lines)), list(map(clean, recipient_lines))
        self._strips.append(letterhead_strip(sender, recipient, information, self._sheet, self._root))
        self._is_letter = True

    def heading(self, text: str, level: int = 1) -> None:
        """A heading of level 1 to 3. Raises ValueError if a level is skipped, as readers by ear get lost."""
        if level not in HEADINGS or level > self._level + 1:
            raise ValueError(f"A heading of level {level} cannot follow level {self._level}.")
        style = SUBJECT if self._is_letter and not self._level else HEADINGS[level]
        self._level = level
        plain = clean(text)
        node = self._root.add(f"H{level}", title=plain)
        strips = self._flow(plain, style, node, before=GAPS[level])
        for strip in strips:
            strip.glued = True
        self._strips += strips
        self._strips[-1].height += 3 if level > 1 else 6

    def text(self, text: str) -> None:
        """Paragraphs, divided by blank lines; a single line break stays a line break."""
        for part in BLANK_LINES.split(clean(text)):
            if part.strip():
                self._strips += self._flow(part.strip("\n"), BODY, self._root.add("P"), before=8)

    def bullets(self, items: Iterable[str]) -> None:
        """A list with bullets."""
        self._list([("•", item) for item in items], "Disc", indent=14)

    def numbered(self, items: Iterable[str]) -> None:
        """A list with numbers from 1."""
        self._list([(f"{number}.", item) for number, item in enumerate(items, start=1)], "Decimal", indent=20)

    def facts(self, facts: Iterable[tuple[str, object]]) -> None:
        """A table of label and value, read as rows with headers."""
        pairs = [(clean(label), clean(value)) for label, value in facts]
        if pairs:
            width = self._sheet.content_width
            self._block(fact_strips(pairs, width, BODY, self._root.add("Table")), before=10)

    def table(
        self,
        head: Sequence[object],
        rows: Iterable[Sequence[object]],
        *,
        numeric: Set[int] = frozenset(),
        total: Sequence[object] | None = None,
        caption: str = "",
    ) -> None:
        """A table at full width. The head is repeated on every page; columns in `numeric` (indexes from 0)
        are aligned right and not broken; `total` is a last, strong row. Raises ValueError if a row is too
        short or too long."""
        table = read_table(head, list(rows), total, numeric)
        node = self._root.add("Table")
        width = self._sheet.content_width
        strips: list[Strip] = []
        if caption:
            strips = self._flow(clean(caption), CAPTION, node.add("Caption"), before=0)
            for strip in strips:
                strip.glued = True
        self._block(strips + table_strips(table, width, node), before=14)

    def signature_line(self, *labels: str) -> None:
        """Lines to sign on, side by side, each with its label below."""
        gap, space = 10 * MM, 15 * MM
        width = (self._sheet.content_width - gap * (len(labels) - 1)) / len(labels)
        runs, rules, deepest = [], [], 1
        for index, label in enumerate(map(clean, labels)):
            x = index * (width + gap)
            node = self._root.add("P")
            lines = wrap(label, SMALL.face, SMALL.size, width)
            deepest = max(deepest, len(lines))
            rules.append(Rule(x, space, width, 0.6, INK))
            runs += [
                Run(line, x, space + 3 + row * SMALL.leading + first_baseline(SMALL), SMALL, node)
                for row, line in enumerate(lines)
            ]
        if self._strips:
            self._strips[-1].glued = True
        self._strips.append(Strip(space + 3 + deepest * SMALL.leading, runs, rules, before=8))

    def render(self) -> bytes:
        """Out: the finished file. May be called again and gives the same bytes."""
        pages = paginate(self._strips, self._sheet.content_height)
        painted, marks = paint(pages, self._sheet, self._furniture)
        return finish(painted, self._root, marks, self._info)

    def _flow(self, text: str, style: Style, node: Node, *, before: float, x: float = 0.0) -> list[Strip]:
        lines = wrap(text, style.face, style.size, self._sheet.content_width - x)
        return text_strips(lines, x, style, node, before)

    def _block(self, strips: list[Strip], before: float) -> None:
        strips[0].before = before
        strips[-1].height += 6
        self._strips += strips

    def _list(self, items: Sequence[tuple[str, str]], numbering: str, indent: float) -> None:
        if not items:
            return
        parent = self._root.add("L", numbering=numbering)
        for index, (label, item) in enumerate(items):
            entry = parent.add("LI")
            label_node, body = entry.add("Lbl"), entry.add("LBody")
            strips = self._flow(clean(item), BODY, body, before=4 if index else 6, x=indent)
            strips[0].runs.insert(0, Run(label, 2, first_baseline(BODY), BODY, label_node))
            self._strips += strips

    def _furniture(self, page: int, pages: int) -> tuple[list[Run], list[Rule]]:
        """Head (from page 2 on) and foot of a page: artifacts, measured from the sheet's top left."""
        sheet = self._sheet
        width = sheet.content_width
        runs, rules = [], []
        if page > 1:
            title = wrap(self._info.title, SMALL.face, SMALL.size, width)[0]
            runs.append(Run(title, sheet.left, 15 * MM, SMALL, None))
            rules.append(Rule(sheet.left, 17 * MM, width, 0.5, HAIRLINE))
        top = sheet.height - 19 * MM
        rules.append(Rule(sheet.left, top, width, 0.5, HAIRLINE))
        number = self._words["page"].format(page=page, pages=pages)
        right = " · ".join(part for part in (self._reference, number) if part)
        right_width = SMALL.face.width(right, SMALL.size)
        top += 3
        baseline = top + first_baseline(SMALL)
        runs.append(Run(right, sheet.left + width - right_width, baseline, SMALL, None))
        if self._footer:
            lines = wrap(self._footer, SMALL.face, SMALL.size, width - right_width - 5 * MM)[:3]
            runs += [
                Run(line, sheet.left, baseline + row * SMALL.leading, SMALL, None)
                for row, line in enumerate(lines)
            ]
        return runs, rules
