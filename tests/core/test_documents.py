"""The one way in for files: each sentence that a person may read, and what is kept."""

import hashlib
import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from core import documents
from core.models import Document, User

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"
ALLOWED = "Möglich sind PDF, Word (DOCX), Excel (XLSX), PNG oder JPEG."


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    file = SimpleUploadedFile("x", content)
    file._name = name  # as it came, before Django makes it tidy
    return file


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(ValidationError) as caught:
        documents.check_upload(upload(name, content))
    [sentence] = caught.value.messages
    return sentence


def archive(*names: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name in names:
            made.writestr(name, "<x/>" * 40)
    return buffer.getvalue()


def workbook() -> bytes:
    buffer = BytesIO()
    openpyxl.Workbook().save(buffer)
    return buffer.getvalue()


def picture(kind: str) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (4, 4), "white").save(buffer, kind)
    return buffer.getvalue()


WORD = archive("[Content_Types].xml", "_rels/.rels", "word/document.xml")
WORD_LATE = archive(
    "_rels/.rels", "docProps/app.xml", "docProps/core.xml", "word/document.xml", "[Content_Types].xml"
)


@pytest.mark.parametrize(
    ("name", "content", "extension"),
    [
        ("Antrag.pdf", PDF, "pdf"),
        ("Antrag.PDF", PDF, "pdf"),
        ("Beschluss.docx", WORD, "docx"),
        ("Beschluss aus LibreOffice.docx", WORD_LATE, "docx"),
        ("Finanzplan.xlsx", workbook(), "xlsx"),
        ("Marktplatz.png", picture("PNG"), "png"),
        ("Marktplatz.jpg", picture("JPEG"), "jpg"),
        ("Marktplatz.JPEG", picture("JPEG"), "jpg"),
    ],
)
def test_takes_what_is_allowed(name: str, content: bytes, extension: str) -> None:
    file = upload(name, content)
    assert documents.check_upload(file) == extension
    assert file.read() == content, "the file stands at its beginning again"


@pytest.mark.libreoffice
def test_knows_a_workbook_that_libreoffice_wrote(tmp_path: Path) -> None:
    source = tmp_path / "Plan.csv"
    source.write_text("Eins;Zwei\n")
    command = [str(shutil.which("soffice")), f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    subprocess.run(
        [*command, "--convert-to", "xlsx", "--outdir", str(tmp_path), str(source)],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    assert documents.check_upload(upload("Plan.xlsx", source.with_suffix(".xlsx").read_bytes())) == "xlsx"


def test_refuses_an_empty_file() -> None:
    expected = "Die Datei „Plan.pdf“ ist leer (0 Byte). Wählen Sie die Datei noch einmal aus."
    assert refusal("Plan.pdf", b"") == expected


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"MZ\x90\x00" + bytes(300), "ein Programm"),
        (b"\x7fELF\x02\x01\x01" + bytes(300), "ein Programm"),
        (b"<!DOCTYPE html><html><script>alert(1)</script>", "eine Webseite"),
        (b"\xef\xbb\xbf\r\n <HTML><body>", "eine Webseite"),
        (b"<html>%PDF-1.7", "eine Webseite"),
        (archive("liste.txt"), "ein ZIP-Archiv"),
        (archive("word/document.xml"), "ein ZIP-Archiv"),
        (archive("[Content_Types].xml", "word/document.xml", "xl/workbook.xml"), "ein ZIP-Archiv"),
        (b"PK\x03\x04 and then nothing", "ein ZIP-Archiv"),
        (b"nur Text", "keine Datei in einem erlaubten Format"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "keine Datei in einem erlaubten Format"),
        (picture("GIF"), "keine Datei in einem erlaubten Format"),
    ],
)
def test_refuses_what_only_calls_itself_pdf(content: bytes, what: str) -> None:
    assert refusal("Plan.pdf", content) == f"Die Datei „Plan.pdf“ ist {what}. {ALLOWED}"


@pytest.mark.parametrize(
    ("name", "content", "what", "extension"),
    [
        ("Plan.pdf", picture("PNG"), "ein PNG-Bild", "png"),
        ("Plan.pdf", picture("JPEG"), "ein JPEG-Bild", "jpg"),
        ("Plan.docx", workbook(), "eine Excel-Datei", "xlsx"),
        ("Plan.xlsx", WORD, "eine Word-Datei", "docx"),
        ("Plan", PDF, "eine PDF-Datei", "pdf"),
        ("Plan.pdf.exe", PDF, "eine PDF-Datei", "pdf"),
    ],
)
def test_says_what_a_file_is_in_truth(name: str, content: bytes, what: str, extension: str) -> None:
    assert refusal(name, content) == (
        f"Die Datei „{name}“ ist in Wahrheit {what}. "
        f"Benennen Sie sie um (Endung .{extension}) und laden Sie sie noch einmal hoch."
    )


@pytest.mark.parametrize(("extra", "size"), [(1, "1,1"), (1024 * 1024, "2"), (1024 * 1024 + 1, "2,1")])
def test_refuses_a_file_over_the_limit(settings: Any, extra: int, size: str) -> None:
    settings.DOCUMENT_MAX_BYTES = 1024 * 1024
    assert refusal("Plan.pdf", PDF.ljust(1024 * 1024 + extra, b" ")) == (
        f"Die Datei ist {size} MB groß, möglich sind 1 MB. Speichern Sie sie kleiner oder teilen Sie sie auf."
    )


def test_takes_a_file_of_exactly_the_limit(settings: Any) -> None:
    settings.DOCUMENT_MAX_BYTES = 1024 * 1024
    assert documents.check_upload(upload("Plan.pdf", PDF.ljust(1024 * 1024, b" "))) == "pdf"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Beschluß der Stadt Müncheberg.pdf", "Beschluß der Stadt Müncheberg.pdf"),
        ("Mu\u0308ncheberg.pdf", "Müncheberg.pdf"),
        ("C:\\Users\\muster\\Plan.pdf", "Plan.pdf"),
        ("../../etc/passwd", "passwd"),
        ("/etc/cron.d/x.pdf", "x.pdf"),
        ("Plan\r\nSet-Cookie: a=b.pdf", "Plan__Set-Cookie_ a=b.pdf".replace("=", "_")),
        ("Plan\x00.pdf", "Plan_.pdf"),
        ("Plan\u202efdp.exe", "Plan_fdp.exe"),
        ('a"b<c>d.pdf', "a_b_c_d.pdf"),
        (" .Plan.pdf. ", "Plan.pdf"),
        ("..", "Datei"),
        ("", "Datei"),
        ("a" * 300 + ".pdf", "a" * 100 + ".pdf"),
        ("a" * 300, "a" * 110),
    ],
)
def test_makes_names_safe(typed: str, kept: str) -> None:
    assert documents.safe_name(typed) == kept


@pytest.mark.django_db
def test_keeps_an_upload_with_its_hash_under_a_name_of_our_own() -> None:
    muster = User.objects.create_user("muster@stadt.example", name="Frau Muster")
    document = documents.store_upload(
        muster, upload("../Ratsbeschluß Görlitz.pdf", PDF), purpose="resolution", title="Beschluss", by=muster
    )
    document = Document.objects.get(pk=document.pk)
    assert document.name == "Ratsbeschluß Görlitz.pdf"
    assert (document.content_type, document.size) == ("application/pdf", len(PDF))
    assert document.sha256 == hashlib.sha256(PDF).hexdigest()
    assert document.file.read() == PDF
    assert "Rats" not in document.file.name
    assert list(Document.objects.of(muster)) == [document]
    document.file.close()


@pytest.mark.django_db
def test_hands_over_the_same_content_as_a_row_of_its_own() -> None:
    muster = User.objects.create_user("muster@stadt.example", name="Frau Muster")
    beispiel = User.objects.create_user("beispiel@stadt.example", name="Herr Beispiel")
    first = documents.store_upload(muster, upload("Plan.pdf", PDF), purpose="plan", title="Plan", by=muster)
    copy = documents.hand_over(first, beispiel)
    assert copy.pk != first.pk
    assert (copy.sha256, copy.file.name, copy.record_id) == (first.sha256, first.file.name, beispiel.pk)
    assert Document.objects.of(muster).get() == first


@pytest.mark.django_db
def test_nobody_sees_a_document_of_a_record_without_visibility() -> None:
    muster = User.objects.create_user("muster@stadt.example", name="Frau Muster")
    documents.store_upload(muster, upload("Plan.pdf", PDF), purpose="plan", title="Plan", by=muster)
    assert not Document.objects.visible_to(muster).exists()
