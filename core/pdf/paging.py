"""What a laid-out document is made of, and how its strips fill pages. All lengths are points (1/72 inch)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from core.pdf.fonts import BOLD, REGULAR, Face, face

MM = 72 / 25.4
Color = tuple[float, float, float]
INK: Color = (0.09, 0.10, 0.16)
MUTED: Color = (0.33, 0.35, 0.42)
HAIRLINE: Color = (0.80, 0.81, 0.85)
ACCENT: Color = (0.13, 0.24, 0.47)


class Style(NamedTuple):
    """How text looks: size and distance of lines in points."""

    size: float
    leading: float
    bold: bool = False
    color: Color = INK

    @property
    def face(self) -> Face:
        """The font of this style."""
        return face(BOLD if self.bold else REGULAR)


@dataclass(slots=True, eq=False)
class Node:
    """An element of the structure tree (ISO 32000-1, 14.8.4): either with children or with text on pages."""

    tag: str
    children: list["Node"] = field(default_factory=list)
    scope: str = ""
    numbering: str = ""
    title: str = ""

    def add(self, tag: str, *, scope: str = "", numbering: str = "", title: str = "") -> "Node":
        """Append a child and return it."""
        child = Node(tag, scope=scope, numbering=numbering, title=title)
        self.children.append(child)
        return child


class Run(NamedTuple):
    """A line of text: `y` is its baseline below the strip's top; without a node it is an artifact."""

    text: str
    x: float
    y: float
    style: Style
    node: Node | None


class Rule(NamedTuple):
    """A horizontal line, `y` below the strip's top; always an artifact."""

    x: float
    y: float
    width: float
    weight: float = 0.5
    color: Color = HAIRLINE


@dataclass(slots=True)
class Strip:
    """A band of the page that is never divided. `before` is dropped at the top of a page, `glued` keeps it
    with the next strip, `head` is repeated above it when it opens a page."""

    height: float
    runs: list[Run]
    rules: list[Rule] = field(default_factory=list)
    before: float = 0.0
    glued: bool = False
    head: Sequence["Strip"] = ()


class Placed(NamedTuple):
    """A strip and the distance of its top from the top of the page's content."""

    strip: Strip
    top: float


def first_baseline(style: Style) -> float:
    """Distance of the first baseline from the top of a block of text in this style."""
    return (style.leading - style.size) / 2 + style.size * 0.8


def text_strips(lines: Sequence[str], x: float, style: Style, node: Node, before: float) -> list[Strip]:
    """One strip per line; no single first or last line of a paragraph stands alone on a page."""
    last = len(lines) - 1
    return [
        Strip(
            style.leading,
            [Run(line, x, first_baseline(style), style, node)],
            before=before if index == 0 else 0.0,
            glued=index < last and index in (0, last - 1),
        )
        for index, line in enumerate(lines)
    ]


def paginate(strips: Iterable[Strip], height: float) -> list[list[Placed]]:
    """Fill pages of the given content height from top to bottom. Out: at least one page."""
    pages: list[list[Placed]] = [[]]
    used = 0.0
    for group in _groups(strips):
        if pages[-1] and used + sum(strip.before + strip.height for strip in group) > height:
            pages.append([])
            used = 0.0
        for strip in group:
            if pages[-1] and used + strip.before + strip.height > height:
                pages.append([])
                used = 0.0
            if not pages[-1]:
                for head in strip.head:
                    pages[-1].append(Placed(_as_artifact(head), used))
                    used += head.height
            top = used + (strip.before if pages[-1] else 0.0)
            pages[-1].append(Placed(strip, top))
            used = top + strip.height
    return pages


def _groups(strips: Iterable[Strip]) -> Iterable[list[Strip]]:
    """Strips that want to stay together."""
    group: list[Strip] = []
    for strip in strips:
        group.append(strip)
        if not strip.glued:
            yield group
            group = []
    if group:
        yield group


def _as_artifact(strip: Strip) -> Strip:
    return replace(strip, runs=[run._replace(node=None) for run in strip.runs])
