"""From a painted file to PDF/UA-1 and PDF/A-2a: structure, metadata, colours, font maps (pikepdf)."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from xml.sax.saxutils import escape

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, OutlineItem, Pdf, Stream, String
from PIL.ImageCms import ImageCmsProfile, createProfile

from core.pdf.paging import Node

PRODUCER = "Quartett (ReportLab, pikepdf)"
CMAP_LINE = re.compile(rb"<([0-9A-F]{2})> <([0-9A-F]{4})>")
BLOCK = 100  # entries that one bfchar block may hold

# ISO 19005 knows no "pdfuaid": the schema must be described inside the packet (ISO 19005-2, 6.6.2.3).
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{lang}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{created}</xmp:CreateDate><xmp:ModifyDate>{created}</xmp:ModifyDate>
<xmp:CreatorTool>{author}</xmp:CreatorTool><pdf:Producer>{producer}</pdf:Producer>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


@dataclass(frozen=True, slots=True)
class Info:
    """What the file says about itself; `created` is an aware datetime."""

    title: str
    author: str
    subject: str
    lang: str
    created: datetime


def finish(painted: bytes, root: Node, marks: Sequence[Sequence[Node]], info: Info) -> bytes:
    """In: the painted file, the structure tree's root, the nodes marked on each page. Out: the finished file;
    the same input gives the same bytes."""
    with Pdf.open(BytesIO(painted)) as pdf:
        _structure(pdf, root, marks)
        _outline(pdf, marks)
        _metadata(pdf, info)
        _color_profile(pdf)
        for number, page in enumerate(pdf.pages):
            page.obj.StructParents = number
            page.obj.Tabs = Name.S
        for font in _fonts(pdf):
            _mend_character_map(font)
        out = BytesIO()
        pdf.save(
            out,
            min_version="1.7",
            deterministic_id=True,
            object_stream_mode=ObjectStreamMode.generate,
            compress_streams=True,
        )
    # A stream whose last byte is CR would, with the LF before "endstream", look one byte too short.
    return out.getvalue().replace(b"\r\nendstream", b"\r\rendstream")


def _structure(pdf: Pdf, root: Node, marks: Sequence[Sequence[Node]]) -> None:
    """StructTreeRoot, and the ParentTree that leads from each mark back to its element."""
    content: dict[Node, list[tuple[int, int]]] = defaultdict(list)
    for page, nodes in enumerate(marks):
        for mcid, node in enumerate(nodes):
            content[node].append((page, mcid))
    tree: Object = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    elements: dict[Node, Object] = {}
    pages: list[Object] = [page.obj for page in pdf.pages]
    todo: list[tuple[Node, Object]] = [(root, tree)]
    while todo:
        node, parent = todo.pop()
        element = elements[node] = pdf.make_indirect(_element(node, parent, content[node], pages))
        todo += [(child, element) for child in node.children]
    for node, parent in elements.items():
        if node.children:
            parent.K = Array([elements[child] for child in node.children])
    numbers = Array()
    for page, nodes in enumerate(marks):
        numbers.append(page)
        numbers.append(pdf.make_indirect(Array([elements[node] for node in nodes])))
    tree.K = elements[root]
    tree.ParentTree = pdf.make_indirect(Dictionary(Nums=numbers))
    tree.ParentTreeNextKey = len(marks)
    pdf.Root.StructTreeRoot = tree


def _element(node: Node, parent: Object, content: list[tuple[int, int]], pages: list[Object]) -> Dictionary:
    element = Dictionary(S=Name(f"/{node.tag}"), P=parent)
    if node.scope:
        element.A = Dictionary(O=Name.Table, Scope=Name(f"/{node.scope}"))
    if node.numbering:
        element.A = Dictionary(O=Name.List, ListNumbering=Name(f"/{node.numbering}"))
    if len(content) == 1:
        page, mcid = content[0]
        element.Pg = pages[page]
        element.K = mcid
    elif content:
        element.K = Array([Dictionary(Type=Name.MCR, Pg=pages[page], MCID=mcid) for page, mcid in content])
    return element


def _outline(pdf: Pdf, marks: Sequence[Sequence[Node]]) -> None:
    """Bookmarks to all headings of a file that has several of them."""
    headings = {node: page for page, nodes in reversed([*enumerate(marks)]) for node in nodes if node.title}
    if len(headings) < 2:
        return
    with pdf.open_outline() as outline:
        path: list[tuple[str, OutlineItem]] = []
        for node, page in sorted(headings.items(), key=lambda item: item[1]):
            item = OutlineItem(node.title, page)
            while path and path[-1][0] >= node.tag:
                path.pop()
            (path[-1][1].children if path else outline.root).append(item)
            path.append((node.tag, item))


def _metadata(pdf: Pdf, info: Info) -> None:
    created = info.created.replace(microsecond=0)
    offset = created.strftime("%z")
    date = String(created.strftime("D:%Y%m%d%H%M%S") + f"{offset[:3]}'{offset[3:5]}'")
    del pdf.docinfo
    for key, value in {
        "/Title": info.title,
        "/Author": info.author,
        "/Subject": info.subject,
        "/Creator": info.author,
        "/Producer": PRODUCER,
    }.items():
        pdf.docinfo[key] = String(value)
    pdf.docinfo["/CreationDate"] = pdf.docinfo["/ModDate"] = date
    values = {"title": info.title, "author": info.author, "subject": info.subject, "lang": info.lang}
    packet = XMP.format(
        **{key: escape(value) for key, value in values.items()},
        created=created.isoformat(),
        producer=PRODUCER,
    )
    metadata = Stream(pdf, packet.encode())
    metadata.Type, metadata.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = pdf.make_indirect(metadata)
    pdf.Root.Lang = String(info.lang)
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)


def _color_profile(pdf: Pdf) -> None:
    profile = Stream(pdf, _srgb())
    profile.N = 3
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        Info=String("sRGB IEC61966-2.1"),
        DestOutputProfile=pdf.make_indirect(profile),
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


@lru_cache
def _srgb() -> bytes:
    """Pillow's sRGB profile, without the time at which it was made (bytes 24 to 35 of an ICC header)."""
    profile = ImageCmsProfile(createProfile("sRGB")).tobytes()
    return profile[:24] + bytes((7, 208, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0)) + profile[36:]


def _fonts(pdf: Pdf) -> list[Object]:
    """Every font once; ReportLab shares one font dictionary among all pages."""
    fonts = {font.objgen: font for page in pdf.pages for font in page.obj.Resources.Font.as_dict().values()}
    return list(fonts.values())


def _mend_character_map(font: Object) -> None:
    """ReportLab maps unused codes to U+0000, which PDF/UA forbids, and writes blocks that are too long."""
    data = font.ToUnicode.read_bytes()
    entries = [line.group() for line in CMAP_LINE.finditer(data) if line.group(2) != b"0000"]
    blocks = [entries[at : at + BLOCK] for at in range(0, len(entries), BLOCK)]
    body = b"\n".join(b"%d beginbfchar\n%s\nendbfchar" % (len(block), b"\n".join(block)) for block in blocks)
    before, after = data.split(b"endcodespacerange\n")[0], data.rsplit(b"endbfchar\n")[-1]
    font.ToUnicode.write(before + b"endcodespacerange\n" + body + b"\n" + after)
