"""Breaking text into lines that fit a width, with German syllables for words that are wider than a line."""

import re
from collections.abc import Iterator

from core.pdf.fonts import HYPHEN, Face

WORDS = re.compile(r"[^ ]* *")
LETTER = r"[^\W\d_]"
SOFT_BREAKS = re.compile(rf"(?<={LETTER}{LETTER}[-–/])(?={LETTER}{LETTER})|(?<=[^\W_]\W)(?=\w{{9}})")
# One consonant, or a group that is one sound, goes to the next line (Amtliches Regelwerk, §§ 107 to 110).
ONSETS = re.compile(r"(?:sch|ch|ck|ph|th|qu|[bcdfghj-np-tv-zß])(?=[aeiouyäöü])", re.IGNORECASE)


def wrap(text: str, face: Face, size: float, width: float) -> list[str]:
    """In: cleaned text, points. Out: at least one line. A line ends with a space where a word ends and
    text follows, so that words stay apart for those who read or copy the text."""
    parts = [_wrap_part(part, face, size, width) for part in text.split("\n")]
    for part in parts[:-1]:
        part[-1] += " "
    return [line for part in parts for line in part]


def longest_piece(text: str, face: Face) -> float:
    """Width, at size 1, of the widest part that is not broken without need."""
    pieces = (piece.rstrip(" ") for part in text.split("\n") for piece in _pieces(part))
    return max((face.width(piece) for piece in pieces), default=0.0)


def _wrap_part(text: str, face: Face, size: float, width: float) -> list[str]:
    lines: list[str] = []
    line, used = "", 0.0
    for piece in _pieces(text):
        if line and used + face.width(piece.rstrip(" "), size) > width:
            lines.append(line)
            line, used = "", 0.0
        *full, piece = _fitting(piece, face, size, width)
        lines += full
        line += piece
        used += face.width(piece, size)
    return [*lines, line.rstrip(" ")]


def _pieces(text: str) -> Iterator[str]:
    """Parts between which a line may end; spaces stay at the end of their word."""
    for word in WORDS.findall(text):
        if word:
            yield from SOFT_BREAKS.split(word)


def _fitting(piece: str, face: Face, size: float, width: float) -> list[str]:
    """The piece itself, or several parts each of which fits a line."""
    parts = []
    while len(piece) > 1 and face.width(piece.rstrip(" "), size) > width:
        cut, hyphen = _cut(piece, face, size, width)
        parts.append(piece[:cut] + hyphen)
        piece = piece[cut:]
    return [*parts, piece]


def _cut(word: str, face: Face, size: float, width: float) -> tuple[int, str]:
    """Where to break a word that does not fit, and the hyphen to show (none in numbers and addresses)."""
    hyphen = HYPHEN if word.strip(" .,;:!?()„“").isalpha() else ""
    room = width - face.width(hyphen, size)
    fit, used = 0, 0.0
    for char in word:
        used += face.width(char, size)
        if used > room:
            break
        fit += 1
    fit = max(1, min(fit, len(word) - 1))
    if hyphen:
        syllables = [match.start() for match in ONSETS.finditer(word)]
        fit = max(
            (at for at in syllables if max(2, fit // 2) <= at <= fit and len(word) - at > 2), default=fit
        )
    return fit, hyphen
