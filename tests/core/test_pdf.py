"""The PDF files are read back with pikepdf alone: structure tree, marks, fonts' character maps."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import page
import pikepdf
import pytest
from pikepdf import Object, Pdf

from core.pdf import FontsMissing, Paper, configure
from core.pdf.fonts import PROJECT, REGULAR, face
from core.pdf.wrapping import wrap

CREATED = datetime(2026, 6, 15, 14, 42, 7, tzinfo=UTC)
FONTS = PROJECT / "node_modules" / "@kern-ux" / "native" / "dist" / "fonts" / "fira-sans"
LONG_WORD = "Kleinstadtverbundsfinanzierungsplan" * 6
MARK = re.compile(r"<([0-9A-F]{2})> <([0-9A-F]{4})>")


class Reader:
    """What a screen reader gets: the text of every structure element, in reading order."""

    def __init__(self, data: bytes) -> None:
        self.pdf = Pdf.open(BytesIO(data))
        self.artifacts: list[list[str]] = []
        self._texts: dict[tuple[int, int], str] = {}
        self._pages = {page.obj.objgen: number for number, page in enumerate(self.pdf.pages)}
        for number, sheet in enumerate(self.pdf.pages):
            self.artifacts.append([])
            self._read_page(number, sheet)

    def elements(self, tag: str = "") -> list[Object]:
        """All elements in reading order, or those of one tag."""
        return [item for item in self._walk(self.pdf.Root.StructTreeRoot.K) if tag in ("", str(item.S)[1:])]

    def text(self, element: Object) -> str:
        """Text of an element and all below it; soft hyphens at line ends vanish."""
        return "".join(self._parts(element)).replace("\u00ad", "").strip()

    def texts(self, tag: str) -> list[str]:
        """Texts of all elements of one tag."""
        return [self.text(element) for element in self.elements(tag)]

    def _walk(self, element: Object) -> Iterator[Object]:
        yield element
        for kid in self._kids(element):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield from self._walk(kid)

    def _kids(self, element: Object) -> list[Object]:
        if "/K" not in element:
            return []
        kids = element.K
        return list(kids) if isinstance(kids, pikepdf.Array) else [kids]

    def _parts(self, element: Object) -> Iterator[str]:
        for kid in self._kids(element):
            if not isinstance(kid, pikepdf.Dictionary):
                yield self._texts[self._pages[element.Pg.objgen], int(kid)]
            elif "/MCID" in kid:
                yield self._texts[self._pages[kid.Pg.objgen], int(kid.MCID)]
            else:
                yield from self._parts(kid)

    def _read_page(self, number: int, sheet: pikepdf.Page) -> None:
        fonts = sheet.obj.Resources.Font.as_dict()
        maps = {key: self._character_map(font) for key, font in fonts.items()}
        current: dict[str, str] = {}
        mark: int | None = None
        for operands, operator in pikepdf.parse_content_stream(sheet):
            name = str(operator)
            if name == "BDC" and "/MCID" in operands[1]:
                mark = int(operands[1].MCID)
                assert (number, mark) not in self._texts
                self._texts[number, mark] = ""
            elif name == "EMC":
                mark = None
            elif name == "Tf":
                current = maps[str(operands[0])]
            elif name == "Tj":
                shown = "".join(current[f"{code:02X}"] for code in bytes(operands[0]))
                if mark is None:
                    self.artifacts[number].append(shown)
                else:
                    self._texts[number, mark] += shown

    @staticmethod
    def _character_map(font: Object) -> dict[str, str]:
        found = MARK.findall(font.ToUnicode.read_bytes().decode("ascii"))
        return {code: chr(int(target, 16)) for code, target in found}


def failures(data: bytes) -> list[str]:
    """Rules of PDF/UA-1 and PDF/A-2a that the file breaks."""
    found = []
    for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A):
        report = page.validate_pdf_bytes(data, profile=profile, limits=page.SafetyLimits.unlimited())
        assert report.rules.total > 100
        found += [f"{failure.rule_id}: {failure.message}" for failure in report.failures]
        assert report.is_compliant == (report.rules.failed == 0)
    return found


def new_paper(**extra: object) -> Paper:
    values = {
        "title": "Eingangsbestätigung",
        "created": CREATED,
        "reference": "2026-014",
        "footer": "Quartett",
    }
    return Paper(**{**values, **extra})


def letter() -> Paper:
    paper = new_paper(subject="Antrag 2026-014")
    paper.letterhead(
        ["Geschäftsstelle Quartett", "Musterallee 1", "10115 Berlin", "kontakt@quartett.example"],
        ["Stadt Beispielstadt", "Herr Beispiel", "Marktplatz 2", "01234 Beispielstadt"],
        "15. Juni 2026",
        ["Antrag: 2026-014", "Ansprechperson: Frau Muster"],
    )
    paper.heading("Eingangsbestätigung zu Ihrem Antrag 2026-014")
    paper.text("Guten Tag Herr Beispiel,\n\nIhr Antrag „Vier Städte – ein Marktplatz“ ist da.\nDanke.")
    paper.facts([("Antrag", "2026-014"), ("Korrektur", "−12.500,00\u00a0EUR"), ("Anteil", None)])
    paper.heading("So geht es weiter", level=2)
    paper.numbered(["Frau Muster prüft Ihren Antrag.", "Der Beirat bewertet ihn."])
    paper.heading("Anlagen", level=2)
    paper.bullets(["Finanzierungsplan", "Beschluss (Šćežor: š, ń, ř; € · Maß)"])
    paper.signature_line("Ort, Datum", "Unterschrift")
    return paper


def report(rows: int, **extra: object) -> Paper:
    paper = new_paper(title="Ausgaben nach Kommunen", **extra)
    paper.heading("Ausgaben nach Kommunen")
    paper.table(
        ["Nr.", "Kommune", "Zweck", "Betrag"],
        [[number, "Musterhausen", "Honorar", f"{number}.500,00\u00a0EUR"] for number in range(1, rows + 1)],
        numeric={0, 3},
        total=["", "Summe", "", "1.000.000,00\u00a0EUR"],
        caption="Alle Ausgaben 2026",
    )
    return paper


def test_a_letter_is_accessible_and_archivable():
    assert failures(letter().render()) == []


def test_a_long_report_is_accessible_and_archivable():
    data = report(2000).render()
    assert failures(data) == []
    reader = Reader(data)
    assert len(reader.elements("TR")) == 2002
    assert reader.texts("TD")[-7:-3] == ["2000", "Musterhausen", "Honorar", "2000.500,00 EUR"]


def test_a_landscape_report_and_an_empty_table_are_compliant():
    paper = report(60, landscape=True, lang="en")
    paper.table(["Nr.", "Kommune"], [], caption="Nichts")
    assert failures(paper.render()) == []


def test_a_paper_without_content_is_compliant():
    assert failures(new_paper().render()) == []


def test_a_stream_that_ends_with_a_carriage_return_is_compliant():
    files = (report(rows).render() for rows in range(200))
    data = next(data for data in files if b"\r\rendstream" in data)
    assert failures(data) == []


def test_a_letter_is_read_in_its_order():
    reader = Reader(letter().render())
    assert reader.texts("P") == [
        "Geschäftsstelle Quartett Musterallee 1 · 10115 Berlin · kontakt@quartett.example",
        "Stadt Beispielstadt Herr Beispiel Marktplatz 2 01234 Beispielstadt",
        "Datum 15. Juni 2026",
        "Antrag 2026-014",
        "Ansprechperson Frau Muster",
        "Guten Tag Herr Beispiel,",
        "Ihr Antrag „Vier Städte – ein Marktplatz“ ist da. Danke.",
        "Ort, Datum",
        "Unterschrift",
    ]
    assert reader.texts("H1") == ["Eingangsbestätigung zu Ihrem Antrag 2026-014"]
    assert reader.texts("H2") == ["So geht es weiter", "Anlagen"]
    assert reader.texts("Lbl") == ["1.", "2.", "•", "•"]
    assert reader.texts("LBody") == [
        "Frau Muster prüft Ihren Antrag.",
        "Der Beirat bewertet ihn.",
        "Finanzierungsplan",
        "Beschluss (Šćežor: š, ń, ř; € · Maß)",
    ]


def test_facts_are_rows_with_headers_and_keep_minus_and_amount_together():
    reader = Reader(letter().render())
    assert reader.texts("TH") == ["Antrag", "Korrektur", "Anteil"]
    assert {str(element.A.Scope) for element in reader.elements("TH")} == {"/Row"}
    assert reader.texts("TD") == ["2026-014", "−12.500,00 EUR", ""]


def test_table_headers_have_a_scope_and_are_repeated_as_artifacts():
    reader = Reader(report(100).render())
    headers = [(reader.text(element), str(element.A.Scope)) for element in reader.elements("TH")]
    columns = ["Nr.", "Kommune", "Zweck", "Betrag"]
    assert headers == [*((text, "/Column") for text in columns), ("Summe", "/Row")]
    assert reader.texts("Caption") == ["Alle Ausgaben 2026"]
    assert len(reader.artifacts) > 2
    for number, artifacts in enumerate(reader.artifacts):
        assert [text for text in artifacts if text in columns] == ([] if number == 0 else columns)


def test_every_page_says_its_number_reference_and_footer_outside_the_reading_order():
    reader = Reader(report(100).render())
    pages = len(reader.artifacts)
    for number, artifacts in enumerate(reader.artifacts, start=1):
        assert artifacts[-2:] == [f"2026-014 · Seite {number} von {pages}", "Quartett"]
    assert not any("Seite" in reader.text(element) for element in reader.elements("P"))


def test_the_same_input_gives_the_same_bytes():
    paper = letter()
    assert paper.render() == paper.render() == letter().render()
    assert report(50).render() == report(50).render()
    assert letter().render() != new_paper().render()


def test_the_file_says_what_it_is():
    pdf = Reader(letter().render()).pdf
    assert str(pdf.docinfo.Title) == "Eingangsbestätigung"
    assert str(pdf.docinfo.CreationDate) == str(pdf.docinfo.ModDate) == "D:20260615144207+00'00'"
    assert str(pdf.Root.Lang) == "de-DE"
    assert b"<xmp:CreateDate>2026-06-15T14:42:07+00:00<" in pdf.Root.Metadata.read_bytes()
    fonts = {
        str(font.BaseFont) for sheet in pdf.pages for font in sheet.obj.Resources.Font.as_dict().values()
    }
    assert fonts == {"/AAAAAA+FiraSans-Regular", "/AAAAAA+FiraSans-SemiBold"}


def test_headings_become_bookmarks():
    with Reader(letter().render()).pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Eingangsbestätigung zu Ihrem Antrag 2026-014"]
        assert [item.title for item in outline.root[0].children] == ["So geht es weiter", "Anlagen"]


def test_markup_is_printed_as_it_stands():
    paper = new_paper(title="<b>&", author="A & B <x>", footer="</xml>")
    paper.heading("<h1> & Co.")
    paper.text("Ein <b>Satz</b> & ein (Klammer\\satz) &amp; mehr.")
    paper.table(["<th>"], [["<b>&"]])
    data = paper.render()
    assert failures(data) == []
    reader = Reader(data)
    assert reader.texts("H1") == ["<h1> & Co."]
    assert reader.texts("P") == ["Ein <b>Satz</b> & ein (Klammer\\satz) &amp; mehr."]
    assert reader.texts("TD") == ["<b>&"]


def test_a_very_long_word_stays_inside_the_page_and_whole_for_readers():
    paper = new_paper()
    paper.text(f"Vorher {LONG_WORD} nachher.")
    paper.facts([("Prüfsumme", "0123456789abcdef" * 12)])
    paper.table(["Wort", "Betrag"], [[LONG_WORD, "−12.500,00\u00a0EUR"]], numeric={1})
    data = paper.render()
    assert failures(data) == []
    reader = Reader(data)
    assert reader.texts("P") == [f"Vorher {LONG_WORD} nachher."]
    assert reader.texts("TD") == ["0123456789abcdef" * 12, LONG_WORD, "−12.500,00 EUR"]


@pytest.mark.parametrize("width", [8.0, 30.0, 60.0, 200.0])
def test_no_line_is_wider_than_its_room(width: float):
    regular = face(REGULAR)
    for line in wrap(f"kurz {LONG_WORD} https://quartett.example/{'x' * 90} Ende", regular, 10, width):
        assert regular.width(line.rstrip(" "), 10) <= width or len(line.rstrip(" \u00ad")) == 1


def test_words_that_must_break_break_between_syllables():
    lines = wrap("Kleinstadtverbund", face(REGULAR), 10, 60)
    assert lines == ["Kleinstadt\u00ad", "verbund"]
    assert wrap("Ruderboote", face(REGULAR), 10, 40) == ["Ruder\u00ad", "boote"]


def test_characters_that_the_font_lacks_do_not_break_the_file():
    paper = new_paper()
    paper.text("Zeichen \x00\x07 \U0001f600 A\u202fB x\u2011y 中 Zei\u00adle\r\nneu\ttab ﬁ e\u0301")
    data = paper.render()
    assert failures(data) == []
    assert Reader(data).texts("P") == ["Zeichen  ? A B x-y ? Zeile neu tab ﬁ é"]


def test_a_very_tall_row_runs_over_pages():
    paper = new_paper()
    paper.heading("Bericht")
    text = "Wir haben den Marktplatz gemeinsam belebt. " * 400
    paper.table(["Frage", "Antwort"], [["Was ist geschehen?", text]])
    data = paper.render()
    assert failures(data) == []
    reader = Reader(data)
    assert len(reader.artifacts) > 2
    assert reader.texts("TD") == ["Was ist geschehen?", text.strip()]


def test_a_heading_stays_with_what_follows():
    for lines in range(30, 60):
        paper = new_paper()
        paper.heading("Erste")
        paper.text("\n".join(["Zeile"] * lines))
        paper.heading("Zweite", level=2)
        paper.text("Danach")
        reader = Reader(paper.render())
        heading, after = reader.elements("H2")[0], reader.elements("P")[-1]
        assert heading.Pg.objgen == after.Pg.objgen


def test_wrong_use_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        new_paper(created=datetime(2026, 6, 15))  # noqa: DTZ001
    paper = new_paper()
    with pytest.raises(ValueError, match="level 2 cannot follow level 0"):
        paper.heading("Zu tief", level=2)
    with pytest.raises(ValueError, match="A row has 1 cells, the head has 2"):
        paper.table(["a", "b"], [["nur eine"]])
    paper.text("Schon begonnen")
    with pytest.raises(ValueError, match="letterhead comes first"):
        paper.letterhead(["A"], ["B"], "heute", [])


def test_missing_fonts_are_named_and_converted_fonts_are_cached(tmp_path: Path):
    try:
        configure(source=tmp_path / "nothing", cache=tmp_path / "cache")
        with pytest.raises(FontsMissing, match="npm ci"):
            new_paper()
        configure(source=FONTS)
        expected = letter().render()
        assert len(list((tmp_path / "cache").glob("FiraSans-*.ttf"))) == 2
        configure(cache=tmp_path / "other")
        assert letter().render() == expected
    finally:
        configure(source=FONTS, cache=PROJECT / "var" / "fonts")
