"""Opens a file of the official register and yields its lines: text or ZIP, UTF-8 or ISO-8859-1, CRLF or LF.

Knows nothing of the records but that each is one line of exactly 220 characters.
"""

import codecs
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from os import SEEK_END
from pathlib import PurePosixPath
from typing import IO, Final

RECORD_LENGTH: Final = 220
MAX_BYTES: Final = 100_000_000
FETCH_AGAIN: Final = "Laden Sie die Datei neu vom Statistischen Bundesamt und lesen Sie sie unverändert ein."

_LONGEST_LINE: Final = 4 * RECORD_LENGTH + 10
_ENTRY_NAME: Final = re.compile(r"gv100ad_.*\.txt", re.IGNORECASE)
_UNREADABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class RegisterError(Exception):
    """A file that cannot be read.

    `str()` is a German text for the user: file, line (if there is one), what is wrong, what to do.
    """

    def __init__(self, file: str, line_number: int | None, message: str) -> None:
        super().__init__(file, line_number, message)
        self.file = file
        self.line_number = line_number
        self.message = message

    def __str__(self) -> str:
        place = self.file if self.line_number is None else f"{self.file}, Zeile {self.line_number}"
        return f"{place}: {self.message}"


@contextmanager
def text_stream(source: IO[bytes], file_name: str) -> Iterator[tuple[IO[bytes], str]]:
    """The stream of text and the name it goes by: the source itself, or the one GV100AD_*.txt in the ZIP.

    Raises RegisterError for more than MAX_BYTES (uncompressed) and for archives that do not fit or are
    damaged, also while the caller reads.
    """
    size = source.seek(0, SEEK_END)
    _refuse_oversize(size, file_name)
    source.seek(0)
    zipped = source.read(2) == b"PK"
    source.seek(0)
    if not zipped:
        yield source, file_name
        return
    try:
        with zipfile.ZipFile(source) as archive:
            entry = _register_entry(archive, file_name)
            with archive.open(entry) as stream:
                yield stream, f"{file_name}/{PurePosixPath(entry.filename).name}"
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise RegisterError(file_name, None, f"Das ZIP-Archiv ist beschädigt. {FETCH_AGAIN}") from error


def read_lines(stream: IO[bytes], file: str) -> Iterator[tuple[int, str]]:
    """Number (from 1) and text of every line that is not blank; each has exactly RECORD_LENGTH characters.

    Raises RegisterError at the first line of another length or in an encoding that is not known.
    """
    decoder = _Decoder(file)
    number = 0
    while raw := stream.readline(_LONGEST_LINE):
        number += 1
        if len(raw) == _LONGEST_LINE:
            raise _length_error(file, number, f"mehr als {RECORD_LENGTH}")
        line = decoder.decode(number, raw.rstrip(b"\r\n"))
        if len(line) == RECORD_LENGTH:
            yield number, line
        elif line:
            cut_off = len(line) < RECORD_LENGTH and not raw.endswith(b"\n")
            raise _length_error(file, number, str(len(line)), " Die Datei bricht hier ab." if cut_off else "")


def _length_error(file: str, number: int, found: str, remark: str = "") -> RegisterError:
    message = f"Der Satz hat {found} statt {RECORD_LENGTH} Zeichen.{remark} {FETCH_AGAIN}"
    return RegisterError(file, number, message)


def _register_entry(archive: zipfile.ZipFile, file_name: str) -> zipfile.ZipInfo:
    entries = [
        entry for entry in archive.infolist() if _ENTRY_NAME.fullmatch(PurePosixPath(entry.filename).name)
    ]
    if len(entries) != 1:
        found = f"{len(entries)} Dateien" if entries else "keine Datei"
        raise RegisterError(
            file_name,
            None,
            f"Das ZIP-Archiv enthält {found} mit einem Namen wie „GV100AD_31082025.txt“, gebraucht wird "
            "genau eine. Wählen Sie das Archiv GV100AD des Statistischen Bundesamts.",
        )
    entry = entries[0]
    encrypted = entry.flag_bits & 0x1
    if encrypted or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise RegisterError(
            file_name,
            None,
            "Das ZIP-Archiv ist verschlüsselt oder ungewöhnlich gepackt. "
            "Entpacken Sie es und lesen Sie die Textdatei ein.",
        )
    _refuse_oversize(entry.file_size, file_name)
    return entry


def _refuse_oversize(size: int, file_name: str) -> None:
    if size > MAX_BYTES:
        raise RegisterError(
            file_name,
            None,
            f"Die Datei ist entpackt größer als {MAX_BYTES // 1_000_000} MB, das Gemeindeverzeichnis hat "
            "rund 4 MB. Prüfen Sie, ob Sie die richtige Datei gewählt haben.",
        )


class _Decoder:
    """UTF-8 as long as the file is; ISO-8859-1 from the first line that is not, if all before was ASCII."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.is_utf8 = False
        self.is_latin1 = False

    def decode(self, number: int, raw: bytes) -> str:
        if number == 1 and raw.startswith(codecs.BOM_UTF8):
            self.is_utf8 = True
            raw = raw.removeprefix(codecs.BOM_UTF8)
        text = raw.decode("latin-1") if self.is_latin1 else self._as_utf8(number, raw)
        if _UNREADABLE.search(text):
            raise self._error(number)
        return text

    def _as_utf8(self, number: int, raw: bytes) -> str:
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            if self.is_utf8:
                raise self._error(number) from error
            self.is_latin1 = True
            return raw.decode("latin-1")
        self.is_utf8 = self.is_utf8 or not text.isascii()
        return text

    def _error(self, number: int) -> RegisterError:
        return RegisterError(
            self.file,
            number,
            "Die Zeichen lassen sich nicht lesen; erwartet wird UTF-8, bei älteren Dateien ISO-8859-1. "
            "Speichern Sie die Datei in UTF-8, oder laden Sie sie neu vom Statistischen Bundesamt.",
        )
