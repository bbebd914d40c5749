"""The one way in for files: sniffed from content, bound in size, named safely, hashed; the only writer of Document."""

import hashlib
import math
import re
import unicodedata
import zipfile
from io import BytesIO
from pathlib import PurePath
from typing import Any, BinaryIO

import filetype
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import models

from core import clock
from core.models import Document

ALLOWED = {
    "pdf": ("application/pdf", "eine PDF-Datei"),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "eine Word-Datei"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "eine Excel-Datei"),
    "png": ("image/png", "ein PNG-Bild"),
    "jpg": ("image/jpeg", "ein JPEG-Bild"),
}
KIND_NAMES = {"exe": "ein Programm", "elf": "ein Programm", "zip": "ein ZIP-Archiv", "html": "eine Webseite"}
ALLOWED_TEXT = "PDF, Word (DOCX), Excel (XLSX), PNG oder JPEG"
OFFICE_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
HEAD = 8192
CHUNK = 64 * 1024
MEGABYTE = 1024 * 1024


def check_upload(file: Any) -> str:
    """Return the extension that the content proves; raise ValidationError with a sentence that names the file."""
    name = safe_name(file.name)
    if file.size == 0:
        raise ValidationError(f"Die Datei „{name}“ ist leer (0 Byte). Wählen Sie die Datei noch einmal aus.")
    if file.size > settings.DOCUMENT_MAX_BYTES:
        raise ValidationError(too_large(file.size))
    extension = sniff(file)
    if extension not in ALLOWED:
        what = KIND_NAMES.get(extension, "keine Datei in einem erlaubten Format")
        raise ValidationError(f"Die Datei „{name}“ ist {what}. Möglich sind {ALLOWED_TEXT}.")
    typed = PurePath(name).suffix.lower().lstrip(".").replace("jpeg", "jpg")
    if typed != extension:
        raise ValidationError(
            f"Die Datei „{name}“ ist in Wahrheit {ALLOWED[extension][1]}. "
            f"Benennen Sie sie um (Endung .{extension}) und laden Sie sie noch einmal hoch."
        )
    return extension


def sniff(file: Any) -> str:
    """Return the extension that fits the content, whatever the file is called, or an empty text."""
    file.seek(0)
    head = file.read(HEAD)
    try:
        if head.startswith(b"PK\x03\x04"):
            return _sniff_archive(file)
        if head.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith((b"<!doctype html", b"<html")):
            return "html"
        kind = filetype.guess(head)
        return str(kind.extension) if kind else ""
    finally:
        file.seek(0)


def _sniff_archive(file: Any) -> str:
    """Tell DOCX and XLSX from other archives by the part that makes them one, wherever it stands in the archive."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return "zip"
    kinds = {extension for part, extension in OFFICE_PARTS.items() if part in names}
    return kinds.pop() if len(kinds) == 1 and "[Content_Types].xml" in names else "zip"


def too_large(size: int) -> str:
    """Return the sentence for a file over the limit (sizes in MB, rounded up to one decimal)."""
    megabytes = f"{math.ceil(size * 10 / MEGABYTE) / 10:.1f}".replace(".", ",").removesuffix(",0")
    return (
        f"Die Datei ist {megabytes} MB groß, möglich sind {settings.DOCUMENT_MAX_BYTES // MEGABYTE} MB. "
        "Speichern Sie sie kleiner oder teilen Sie sie auf."
    )


def safe_name(name: str) -> str:
    """Return a file name without folders, control characters or anything a file system or header trips over."""
    base = unicodedata.normalize("NFC", PurePath(name.replace("\\", "/")).name)
    cleaned = re.sub(r"[^\w.\- ()]", "_", base).strip(" .") or "Datei"
    stem, dot, suffix = cleaned.rpartition(".")
    return (stem[:100] + dot + suffix[:10]) if dot else cleaned[:110]


def digest(file: BinaryIO) -> str:
    """Return the SHA-256 of a file, read in pieces."""
    sha = hashlib.sha256()
    file.seek(0)
    while piece := file.read(CHUNK):
        sha.update(piece)
    file.seek(0)
    return sha.hexdigest()


def store_upload(record: models.Model, file: Any, *, purpose: str, title: str, by: Any) -> Document:
    """Keep an uploaded file with a record; raises ValidationError as `check_upload`."""
    extension = check_upload(file)
    return _store(record, file, safe_name(file.name), ALLOWED[extension][0], purpose, title, by, {})


def store_made(
    record: models.Model,
    content: bytes,
    *,
    name: str,
    content_type: str,
    purpose: str,
    title: str,
    facts: dict[str, Any] | None = None,
    by: Any = None,
) -> Document:
    """Keep a file that the product made (letter, receipt, report), with the facts it was made from."""
    return _store(record, BytesIO(content), safe_name(name), content_type, purpose, title, by, facts or {})


def _store(
    record: models.Model,
    file: Any,
    name: str,
    content_type: str,
    purpose: str,
    title: str,
    by: Any,
    facts: dict[str, Any],
) -> Document:
    """Write the file and its row."""
    sha256 = digest(file)
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    kind = ContentType.objects.get_for_model(record)
    document = Document(
        kind=kind, record_id=record.pk, purpose=purpose, title=title, name=name, content_type=content_type,
        size=size, sha256=sha256, by=by, facts=facts, at=clock.now(),
    )  # fmt: skip
    document.file.save(name, File(file), save=False)
    document.save(force_insert=True)
    return document


def hand_over(document: Document, record: models.Model) -> Document:
    """Give a later record its own row of the same stored file: what was handed over does not change any more."""
    kind = ContentType.objects.get_for_model(record)
    same = {field.attname: getattr(document, field.attname) for field in Document._meta.concrete_fields}
    copy = Document(
        **{**same, "id": None, "kind_id": kind.pk, "record_id": record.pk, "file": document.file.name}
    )
    copy.save(force_insert=True)
    return copy
