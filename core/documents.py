"""The one way in for files: sniffed from content, bound in size, named safely, hashed; nothing else writes a Document."""

import hashlib
import re
import unicodedata
from io import BytesIO
from pathlib import PurePath
from typing import Any, BinaryIO

import filetype
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import models

from core import clock
from core.models import Document

ALLOWED = {
    "pdf": ("application/pdf", "PDF-Datei"),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word-Datei"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel-Datei"),
    "png": ("image/png", "PNG-Bild"),
    "jpg": ("image/jpeg", "JPEG-Bild"),
}
KIND_NAMES = {"exe": "ein Programm", "elf": "ein Programm", "zip": "ein ZIP-Archiv", "html": "eine Webseite"}
ALLOWED_TEXT = "PDF, Word (DOCX), Excel (XLSX), PNG oder JPEG"
CHUNK = 64 * 1024


def check_upload(file: Any) -> str:
    """Return the extension that the content proves; raise ValidationError with a sentence that names the file."""
    name = safe_name(file.name)
    if file.size == 0:
        raise ValidationError(f"Die Datei „{name}“ ist leer (0 Byte). Wählen Sie die Datei noch einmal aus.")
    limit = settings.DOCUMENT_MAX_BYTES
    if file.size > limit:
        raise ValidationError(too_large(file.size))
    file.seek(0)
    kind = filetype.guess(file.read(8192))
    file.seek(0)
    extension = {"jpeg": "jpg"}.get(kind.extension, kind.extension) if kind else ""
    if extension not in ALLOWED:
        what = KIND_NAMES.get(extension, "keine Datei in einem erlaubten Format")
        raise ValidationError(f"Die Datei „{name}“ ist {what}. Möglich sind {ALLOWED_TEXT}.")
    typed = PurePath(name).suffix.lower().lstrip(".").replace("jpeg", "jpg")
    if typed != extension:
        raise ValidationError(
            f"Die Datei „{name}“ ist in Wahrheit eine {ALLOWED[extension][1]}. "
            f"Benennen Sie sie um (Endung .{extension}) und laden Sie sie noch einmal hoch."
        )
    return extension


def too_large(size: int) -> str:
    """Return the sentence for a file over the limit (sizes in MB)."""
    megabyte = 1024 * 1024
    return (
        f"Die Datei ist {max(1, round(size / megabyte))} MB groß, möglich sind "
        f"{settings.DOCUMENT_MAX_BYTES // megabyte} MB. Speichern Sie sie kleiner oder teilen Sie sie auf."
    )


def safe_name(name: str) -> str:
    """Return a file name without folders, control characters or anything a file system or header trips over."""
    base = unicodedata.normalize("NFC", PurePath(name.replace("\\", "/")).name)
    cleaned = re.sub(r"[^\w.\- ()äöüÄÖÜß]", "_", base).strip(" .") or "Datei"
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
    record: models.Model, file: Any, name: str, content_type: str, purpose: str, title: str, by: Any, facts: dict[str, Any]
) -> Document:
    """Write the file and its row."""
    sha256 = digest(file)
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    kind = Document._meta.get_field("kind").related_model.objects.get_for_model(record)  # type: ignore[union-attr]
    document = Document(
        kind=kind, record_id=record.pk, purpose=purpose, title=title, name=name, content_type=content_type,
        size=size, sha256=sha256, by=by, facts=facts, at=clock.now(),
    )  # fmt: skip
    document.file.save(name, File(file), save=False)
    document.save(force_insert=True)
    return document


def hand_over(document: Document, record: models.Model) -> Document:
    """Give a later record its own row of the same stored file: what was handed over does not change any more."""
    kind = Document._meta.get_field("kind").related_model.objects.get_for_model(record)  # type: ignore[union-attr]
    copy = Document.objects.get(pk=document.pk)
    copy.pk, copy.kind, copy.record_id = None, kind, record.pk
    copy._state.adding = True
    copy.save(force_insert=True)
    return copy
