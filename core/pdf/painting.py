"""Drawing pages with ReportLab: text is marked for the structure tree, the rest is an artifact."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from threading import Lock

from reportlab.pdfgen.canvas import Canvas

from core.pdf.fonts import REGULAR, face
from core.pdf.paging import Node, Placed, Rule, Run

ARTIFACT = "/Artifact BMC"
PAGE_FURNITURE = "/Artifact <</Type /Pagination>> BDC"
# ReportLab's font objects keep a reading position while they cut subsets: one document at a time.
_one_at_a_time = Lock()

Furniture = Callable[[int, int], tuple[list[Run], list[Rule]]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page: size and margins in points."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float

    @property
    def content_width(self) -> float:
        """Width between the margins."""
        return self.width - self.left - self.right

    @property
    def content_height(self) -> float:
        """Height between the margins."""
        return self.height - self.top - self.bottom


def paint(
    pages: Sequence[Sequence[Placed]], sheet: Sheet, furniture: Furniture
) -> tuple[bytes, list[list[Node]]]:
    """In: filled pages; what stands around them as `(page, of pages) -> runs and rules`, measured from the
    sheet's top left corner. Out: an untagged PDF, and for each page its nodes by mark (MCID)."""
    face(REGULAR)  # registers the font, so that ReportLab's Helvetica is never named
    with _one_at_a_time:
        buffer = BytesIO()
        canvas = Canvas(
            buffer,
            pagesize=(sheet.width, sheet.height),
            pageCompression=0,
            invariant=1,
            initialFontName=REGULAR,
        )
        marks = []
        for number, page in enumerate(pages, start=1):
            marks.append(_content(canvas, page, sheet))
            runs, rules = furniture(number, len(pages))
            _rules(canvas, rules, 0.0, sheet.height)
            _text(canvas, PAGE_FURNITURE, runs, 0.0, sheet.height)
            canvas.showPage()
        canvas.save()
    return buffer.getvalue(), marks


def _content(canvas: Canvas, page: Sequence[Placed], sheet: Sheet) -> list[Node]:
    origin = sheet.height - sheet.top
    for strip, top in page:
        _rules(canvas, strip.rules, sheet.left, origin - top)
    marks: list[Node] = []
    lines = (run._replace(y=run.y + top) for strip, top in page for run in strip.runs if run.text)
    for node, runs in groupby(lines, key=lambda run: run.node):
        if node is None:
            _text(canvas, PAGE_FURNITURE, runs, sheet.left, origin)
        else:
            _text(canvas, f"/{node.tag} <</MCID {len(marks)}>> BDC", runs, sheet.left, origin)
            marks.append(node)
    return marks


def _text(canvas: Canvas, mark: str, runs: Iterable[Run], x: float, y: float) -> None:
    """Draw runs inside one marked-content sequence."""
    canvas.addLiteral(mark)
    for run in runs:
        text = canvas.beginText(x + run.x, y - run.y)
        text.setFont(run.style.face.name, run.style.size)
        text.setFillColorRGB(*run.style.color)
        text.textOut(run.text)
        canvas.drawText(text)
    canvas.addLiteral("EMC")


def _rules(canvas: Canvas, rules: Sequence[Rule], x: float, y: float) -> None:
    if not rules:
        return
    canvas.addLiteral(ARTIFACT)
    for rule in rules:
        canvas.setLineWidth(rule.weight)
        canvas.setStrokeColorRGB(*rule.color)
        canvas.line(x + rule.x, y - rule.y, x + rule.x + rule.width, y - rule.y)
    canvas.addLiteral("EMC")
