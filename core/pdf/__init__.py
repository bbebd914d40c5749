"""Accessible, archivable PDF files (PDF/UA-1 and PDF/A-2a in one), without Django.

    paper = Paper(title="Eingangsbestätigung", created=clock.now(), reference="2026-014")
    paper.heading("Eingangsbestätigung")
    paper.text("Ihr Antrag ist eingegangen.")
    data = paper.render()

`document` is the door; `tables` and `letter` lay out, `wrapping` breaks lines, `paging` fills pages,
`painting` draws them with ReportLab, `archive` adds structure and metadata with pikepdf, `fonts` provides
Fira Sans.
"""

from core.pdf.document import Paper
from core.pdf.fonts import FontsMissing, configure

__all__ = ["FontsMissing", "Paper", "configure"]
