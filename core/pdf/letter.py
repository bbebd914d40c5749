"""The head of a German business letter, near to DIN 5008 form B: sender, address, block of information."""

from collections.abc import Sequence

from core.pdf.paging import ACCENT, MM, MUTED, Node, Rule, Run, Strip, Style, first_baseline
from core.pdf.painting import Sheet
from core.pdf.wrapping import wrap

SENDER_NAME = Style(11, 14, bold=True, color=ACCENT)
SENDER = Style(8.5, 11.5, color=MUTED)
RETURN_ADDRESS = Style(7, 9, color=MUTED)
ADDRESS = Style(10.5, 14)
LABEL = Style(8, 10.5, color=MUTED)
VALUE = Style(9.5, 13)
# Distances from the top or left edge of the sheet (DIN 5008, form B).
SENDER_TOP = 14 * MM
RETURN_TOP = 46 * MM
ADDRESS_TOP = 52 * MM
ADDRESS_WIDTH = 80 * MM
INFORMATION_LEFT = 125 * MM
SUBJECT_TOP = 100 * MM


def letterhead_strip(
    sender: Sequence[str],
    recipient: Sequence[str],
    information: Sequence[tuple[str, str]],
    sheet: Sheet,
    root: Node,
) -> Strip:
    """In: cleaned lines; information as label (may be empty) and value. Out: the strip that opens page 1."""
    runs: list[Run] = []
    right = INFORMATION_LEFT - sheet.left
    width = sheet.content_width
    node = root.add("P")
    name = "".join(sender[:1]) + "\n"
    y = _lines(runs, name, 0, SENDER_TOP, width, SENDER_NAME, node, limit=1)
    y = _lines(runs, " · ".join(sender[1:]), 0, y + 1, width, SENDER, node)
    rule = Rule(0, y + 2 * MM - sheet.top, width, 0.8, ACCENT)
    # The sender stands above already: the small line in the window is for the post, not for reading twice.
    _lines(runs, " · ".join(sender[:3]), 0, RETURN_TOP, ADDRESS_WIDTH, RETURN_ADDRESS, None, limit=1)
    bottom = _lines(runs, "\n".join(recipient), 0, ADDRESS_TOP, ADDRESS_WIDTH, ADDRESS, root.add("P"))
    y = RETURN_TOP
    for label, value in information:
        node = root.add("P")
        if label:
            y = _lines(runs, f"{label}\n", right, y, width - right, LABEL, node, limit=1)
        y = _lines(runs, value, right, y, width - right, VALUE, node) + 4
    height = max(bottom + 5 * MM, y + 3 * MM, SUBJECT_TOP) - sheet.top
    return Strip(height, [run._replace(y=run.y - sheet.top) for run in runs], [rule], glued=True)


def _lines(
    runs: list[Run],
    text: str,
    x: float,
    y: float,
    width: float,
    style: Style,
    node: Node | None,
    limit: int = 99,
) -> float:
    """Append at most `limit` lines from `y` on; out: where the next block may begin."""
    for line in wrap(text, style.face, style.size, width)[:limit]:
        runs.append(Run(line, x, y + first_baseline(style), style, node))
        y += style.leading
    return y
