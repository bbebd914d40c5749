"""Fira Sans for PDF files: the web fonts of KERN, turned into TrueType once and kept in a cache folder."""

import hashlib
import os
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from threading import Lock

from fontTools.ttLib import TTFont as WebFont
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

PROJECT = Path(__file__).resolve().parents[2]
REGULAR, BOLD = "FiraSans-Regular", "FiraSans-SemiBold"
HYPHEN = "\u00ad"  # shown at the end of a line, and dropped again by whoever copies the text
SUBSTITUTES = str.maketrans(
    {
        "\t": " ",
        "\u000b": "\n",
        "\u000c": "\n",
        "\u0085": "\n",
        "\u2007": "\u00a0",
        "\u2009": "\u00a0",
        "\u202f": "\u00a0",
        "\u2010": "-",
        "\u2011": "-",
        "\u2028": "\n",
        "\u2029": "\n",
        HYPHEN: None,
    }
)
_folders = {
    "source": PROJECT / "node_modules" / "@kern-ux" / "native" / "dist" / "fonts" / "fira-sans",
    "cache": PROJECT / "var" / "fonts",
}
_faces: dict[str, "Face"] = {}
_loading = Lock()


class FontsMissing(RuntimeError):
    """The web fonts are not installed (no `node_modules`)."""


@dataclass(frozen=True, slots=True)
class Face:
    """One registered font: its ReportLab name and each character's advance in thousandths of the size."""

    name: str
    advances: dict[str, float]

    def width(self, text: str, size: float = 1.0) -> float:
        """In: cleaned text, size in points. Out: points."""
        return sum(map(self.advances.__getitem__, text)) * size / 1000


def configure(*, source: Path | None = None, cache: Path | None = None) -> None:
    """Say where the `.woff2` files lie (`source`) and where the TrueType files may be written (`cache`)."""
    if source is not None:
        _folders["source"] = source
    if cache is not None:
        _folders["cache"] = cache
    with _loading:
        _faces.clear()
        known_characters.cache_clear()


def face(name: str) -> Face:
    """In: REGULAR or BOLD. Out: the face, registered with ReportLab. Raises FontsMissing."""
    if name not in _faces:
        with _loading:
            if name not in _faces:
                _faces[name] = _register(name)
    return _faces[name]


def _register(name: str) -> Face:
    # The subset starts empty: with readable ASCII every unused slot would be mapped to U+0000.
    font = TTFont(name, str(_true_type(name)), asciiReadable=False)
    pdfmetrics.registerFont(font)
    advances = {chr(code): width for code, width in font.face.charWidths.items() if 32 <= code <= 0xFFFF}
    advances["\u00a0"] = advances[" "]
    return Face(name, advances)


@lru_cache
def known_characters() -> frozenset[str]:
    """Characters that both faces can show; the soft hyphen is kept for line ends."""
    return frozenset((face(REGULAR).advances.keys() & face(BOLD).advances.keys()) - {HYPHEN, "\u007f"})


def clean(text: object) -> str:
    """In: anything (None is empty). Out: its text in characters that the fonts have; lines end with newline.

    PDF/A and PDF/UA forbid missing glyphs: control characters vanish, what has no near relative becomes "?".
    """
    if text is None:
        return ""
    plain = str(text).replace("\r\n", "\n").replace("\r", "\n").translate(SUBSTITUTES)
    plain = unicodedata.normalize("NFC", plain)
    known = known_characters()
    if known.issuperset(plain):
        return plain
    return "".join(char if char in known or char == "\n" else _nearest(char, known) for char in plain)


def _nearest(char: str, known: frozenset[str]) -> str:
    if unicodedata.category(char) in {"Cc", "Cf", "Mn", "Me"}:
        return ""
    return "".join(part for part in unicodedata.normalize("NFKD", char) if part in known) or "?"


def _true_type(name: str) -> Path:
    """The converted file; its name carries the source's hash, so a new release is converted again."""
    source = _folders["source"] / f"{name}.woff2"
    if not source.is_file():
        raise FontsMissing(f"{source} is missing. Install the front-end packages: run `make` or `npm ci`.")
    data = source.read_bytes()
    target = _folders["cache"] / f"{name}-tabular-{hashlib.sha256(data).hexdigest()[:12]}.ttf"
    if not target.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_suffix(f".{os.getpid()}")
        font = WebFont(BytesIO(data), recalcTimestamp=False)
        font.flavor = None
        _use_tabular_figures(font)
        font.save(partial)
        partial.replace(target)
    return target


def _use_tabular_figures(font: WebFont) -> None:
    """Digits of equal width (Fira's glyphs "zero.tf" …), so that amounts below each other align."""
    glyphs = set(font.getGlyphOrder())
    for table in font["cmap"].tables:
        if table.isUnicode():
            for code in range(ord("0"), ord("9") + 1):
                tabular = f"{table.cmap.get(code)}.tf"
                if tabular in glyphs:
                    table.cmap[code] = tabular
