"""Rows of cells: widths of columns, lines in cells, and the structure of a table."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from core.pdf.fonts import clean
from core.pdf.paging import INK, MUTED, Node, Rule, Run, Strip, Style, first_baseline
from core.pdf.wrapping import longest_piece, wrap

PADDING_X, PADDING_Y = 5.0, 3.5
SIZES = (9.0, 8.0, 7.0)  # a wide table is set smaller before words are broken
TALLEST_ROW = 220.0  # a taller row may be divided between its lines
LONGEST_WORD = 90.0  # wider words may be broken, so that one address does not starve the other columns
WIDEST_COLUMN = 0.55  # of the table, as far as other columns need the room


@dataclass(frozen=True, slots=True)
class Column:
    """Position and width in points, both without padding; `right` aligns numbers."""

    x: float
    width: float
    style: Style
    right: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Cleaned cells of a table; `numeric` holds the indexes of right-aligned columns."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    total: Sequence[str] | None
    numeric: Set[int]

    def column(self, index: int) -> list[str]:
        """All body cells of a column."""
        return [row[index] for row in self.rows]


def read_table(
    head: Sequence[object],
    rows: Sequence[Sequence[object]],
    total: Sequence[object] | None,
    numeric: Set[int],
) -> Table:
    """Clean all cells. Raises ValueError if a row has more or fewer cells than the head."""
    cells = [[clean(cell) for cell in row] for row in rows]
    last = None if total is None else [clean(cell) for cell in total]
    for row in [*cells, *([] if last is None else [last])]:
        if len(row) != len(head):
            raise ValueError(f"A row has {len(row)} cells, the head has {len(head)}: {row}")
    return Table([clean(cell) for cell in head], cells, last, numeric)


def table_strips(table: Table, width: float, node: Node) -> list[Strip]:
    """Lay out head, body and total at full width, and add their structure to the table's node."""
    columns = _columns(table, width)
    bold = [replace(column, style=column.style._replace(bold=True)) for column in columns]
    head_row = node.add("THead").add("TR")
    head_cells = [head_row.add("TH", scope="Column") for _ in columns]
    head = row_strips(bold, table.head, head_cells, Rule(0, 0, width, 1.0, INK))
    for strip in head:
        strip.glued = True
    strips = list(head)
    body = node.add("TBody")
    line = Rule(0, 0, width)
    for row in table.rows:
        tr = body.add("TR")
        strips += row_strips(columns, row, [tr.add("TD") for _ in columns], line, head=head)
    if table.total is not None:
        strips[-1].glued = True
        strips[-1].rules = [Rule(0, strips[-1].height, width, 1.0, INK)]
        tr = node.add("TFoot").add("TR")
        label = next((index for index, text in enumerate(table.total) if text), None)
        cells = [
            tr.add("TH", scope="Row") if index == label else tr.add("TD") for index in range(len(columns))
        ]
        strips += row_strips(bold, table.total, cells, None, head=head)
    return strips


def fact_strips(facts: Sequence[tuple[str, str]], width: float, style: Style, node: Node) -> list[Strip]:
    """Label and value side by side; the label is the header of its row."""
    label_style = style._replace(color=MUTED)
    natural = max((label_style.face.width(label, style.size) for label, _ in facts), default=0.0)
    left = max(0.25 * width, min(natural + 0.5, 0.42 * width))
    columns = [
        Column(0, left, label_style),
        Column(left + 3 * PADDING_X, width - left - 3 * PADDING_X, style),
    ]
    line = Rule(0, 0, width)
    body = node.add("TBody")
    strips: list[Strip] = []
    for label, value in facts:
        tr = body.add("TR")
        strips += row_strips(columns, (label, value), [tr.add("TH", scope="Row"), tr.add("TD")], line)
    return strips


def row_strips(
    columns: Sequence[Column],
    texts: Sequence[str],
    nodes: Sequence[Node],
    line: Rule | None,
    head: Sequence[Strip] = (),
) -> list[Strip]:
    """One row with `line` below it: a single strip, or one strip for each line of text if it is very tall."""
    cells = [
        wrap(text, column.style.face, column.style.size, column.width)
        for text, column in zip(texts, columns, strict=True)
    ]
    leading = max(column.style.leading for column in columns)
    count = max(map(len, cells))
    step = count if count * leading <= TALLEST_ROW else 1
    strips = []
    for start in range(0, count, step):
        above = PADDING_Y if start == 0 else 0.0
        below = PADDING_Y if start + step >= count else 0.0
        runs = [
            _run(text, column, above + index * leading, node)
            for lines, column, node in zip(cells, columns, nodes, strict=True)
            for index, text in enumerate(lines[start : start + step])
        ]
        height = above + step * leading + below
        rules = [line._replace(y=height)] if line and below else []
        strips.append(Strip(height, runs, rules, head=head))
    return strips


def _run(text: str, column: Column, top: float, node: Node) -> Run:
    x = column.x
    if column.right:
        x += column.width - column.style.face.width(text.rstrip(" "), column.style.size)
    return Run(text, x, top + first_baseline(column.style), column.style, node)


def _columns(table: Table, width: float) -> list[Column]:
    """Choose the size of the text and share out the width."""
    count = len(table.head)
    style = Style(SIZES[0], SIZES[0] * 1.4)
    room = width - 2 * PADDING_X * count + 2 * PADDING_X
    natural = [_natural(table, index, style) for index in range(count)]
    least = [_least(table, index, style) for index in range(count)]
    for size in SIZES:
        style = Style(size, size * 1.4)
        if sum(least) * size <= room:
            break
    limit = WIDEST_COLUMN * room
    wanted = [
        max(need * style.size, min(full * style.size, limit))
        for need, full in zip(least, natural, strict=True)
    ]
    widths = _share([need * style.size for need in least], wanted, room, table.numeric)
    columns, x = [], 0.0
    for index, column_width in enumerate(widths):
        columns.append(Column(x, column_width, style, index in table.numeric))
        x += column_width + 2 * PADDING_X
    return columns


def _natural(table: Table, index: int, style: Style) -> float:
    """Width at size 1 that the longest line of a column takes."""
    bold = style._replace(bold=True).face
    strong = [table.head[index], *([table.total[index]] if table.total else [])]
    lines = (line for cell in table.column(index) for line in cell.split("\n"))
    widest = max((style.face.width(line) for line in lines), default=0.0)
    return max(widest, *(bold.width(line) for cell in strong for line in cell.split("\n"))) + 0.05


def _least(table: Table, index: int, style: Style) -> float:
    """Width at size 1 below which words of a column break; amounts are not to be broken at all."""
    bold = style._replace(bold=True).face
    if index in table.numeric:
        strong = [longest_piece(table.head[index], bold)]
        strong += [bold.width(table.total[index])] if table.total else []
        return max(*strong, *(style.face.width(cell) for cell in table.column(index)), 0.0) + 0.05
    pieces = [longest_piece(cell, style.face) for cell in table.column(index)]
    pieces.append(longest_piece(table.head[index], bold))
    return min(max(pieces), LONGEST_WORD / style.size) + 0.05


def _share(least: list[float], wanted: list[float], room: float, numeric: Set[int]) -> list[float]:
    """Widths that fill the room: the least, then towards the wanted, then the rest to columns of words."""
    if sum(least) > room:
        return [width * room / sum(least) for width in least]
    extra = [full - need for need, full in zip(least, wanted, strict=True)]
    spare = room - sum(least)
    if sum(extra) > spare:
        return [need + more * spare / sum(extra) for need, more in zip(least, extra, strict=True)]
    words = [index for index in range(len(wanted)) if index not in numeric] or list(range(len(wanted)))
    share = (room - sum(wanted)) / (sum(wanted[index] for index in words) or 1.0)
    return [width * (1 + share) if index in words else width for index, width in enumerate(wanted)]
