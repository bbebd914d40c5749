"""The reader of the official register, on synthetic files in the exact layout of GV100AD."""

import pickle
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from towns.register import (
    Association,
    District,
    Municipality,
    Register,
    RegisterError,
    State,
    read_register,
    read_register_file,
)

AREA_DATE = date(2025, 8, 31)
TEXT_NAME = "GV100AD_31082025.txt"


def record(
    record_type: str, key: str, association: str = "", name: str = "", seat: str = "", rest: str = ""
) -> str:
    """One line of 220 characters; `rest` begins at position 123."""
    return f"{record_type}20250831{key:<8}{association:<4}{name:<50}{seat:<50}{rest}".ljust(220)


def municipality(
    key: str,
    association: str,
    name: str,
    kind: str = "63",
    area: str = "00000003128",
    population: str = "00000002657",
    postcode: str = "06636",
) -> str:
    rest = f"{kind}    {area}{population}00000001300    {postcode:<5}*****"
    return record("60", key, association, name, rest=rest)


STATE = record("10", "15", name="Sachsen-Anhalt", seat="Magdeburg")
DISTRICT = record("40", "15084", name="Burgenlandkreis", seat="Naumburg (Saale), Stadt", rest="44")
UNSTRUTTAL = record("50", "15084", "5053", name="Unstruttal", seat="Freyburg (Unstrut)", rest="53")
SINGLE = record("50", "15084", "0130", name="Muster/Muschtŕ, Stadt", rest="50")
FOREST = record("50", "15084", "9999", name="Musterforst", rest="50")
LAUCHA = municipality("15084285", "5053", "Laucha an der Unstrut, Stadt")
MUSTER = municipality("15084130", "0130", "Müster, Stadt", population="00000005000")
WOODS = municipality("15084999", "9999", "Musterforst", kind="66", population="0" * 11, postcode="")
LINES = (
    STATE,
    record("20", "151", name="Statistische Region Probe"),
    record("30", "1511", name="Region Probe"),
    DISTRICT,
    UNSTRUTTAL,
    record("50", "15084", "0130", name="Müster, Stadt", rest="50"),
    FOREST,
    LAUCHA,
    MUSTER,
    WOODS,
)


def encoded(lines: Sequence[str], encoding: str = "utf-8-sig", newline: str = "\r\n") -> bytes:
    return "".join(line + newline for line in lines).encode(encoding)


def read(content: bytes, name: str = TEXT_NAME) -> Register:
    return read_register(BytesIO(content), name)


def zipped(entries: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return target.getvalue()


def refusal(content: bytes, name: str = TEXT_NAME) -> RegisterError:
    with pytest.raises(RegisterError) as caught:
        read(content, name)
    return caught.value


# --- what is read ---


def test_every_field_stands_where_the_record_description_says() -> None:
    register = read(encoded(LINES))

    assert register.area_date == AREA_DATE
    assert register.states == (State("15", "Sachsen-Anhalt", "Magdeburg", AREA_DATE),)
    assert register.districts == (
        District("15084", "Burgenlandkreis", 44, "Naumburg (Saale), Stadt", AREA_DATE),
    )
    assert register.associations[0] == Association(
        "150845053", "Unstruttal", 53, "Freyburg (Unstrut)", AREA_DATE
    )
    assert register.municipalities[0] == Municipality(
        ags8="15084285",
        ars12="150845053285",
        name="Laucha an der Unstrut, Stadt",
        association_key="150845053",
        land="15",
        kind=63,
        postcode="06636",
        area_ha=3128,
        population=2657,
        area_date=AREA_DATE,
    )
    assert register.districts[0].land == register.associations[0].land == "15"
    assert [len(part) for part in (register.associations, register.municipalities)] == [3, 3]


def test_an_unincorporated_area_is_known_by_its_kind() -> None:
    laucha, muster, woods = read(encoded(LINES)).municipalities

    assert (laucha.unincorporated, muster.unincorporated, woods.unincorporated) == (False, False, True)
    assert (woods.postcode, woods.population) == ("", 0)


@pytest.mark.parametrize(
    ("kind", "name", "full_name"),
    [
        (43, "Herzogtum Lauenburg", "Kreis Herzogtum Lauenburg"),
        (44, "Goslar", "Landkreis Goslar"),
        (44, "Heidekreis", "Heidekreis"),
        (45, "Regionalverband Saarbrücken", "Regionalverband Saarbrücken"),
        (41, "Kiel, Landeshauptstadt", "Kiel, Landeshauptstadt"),
    ],
)
def test_a_district_says_its_kind_once(kind: int, name: str, full_name: str) -> None:
    assert District("15084", name, kind, "", AREA_DATE).full_name == full_name


def test_the_short_name_leaves_out_the_suffix() -> None:
    names = [town.short_name for town in read(encoded(LINES)).municipalities]

    assert names == ["Laucha an der Unstrut", "Müster", "Musterforst"]


def test_the_population_belongs_to_the_end_of_the_year_before() -> None:
    assert read(encoded(LINES)).population_date == date(2024, 12, 31)


def test_a_given_population_date_goes_first() -> None:
    register = read_register(BytesIO(encoded(LINES)), TEXT_NAME, population_date=date(2023, 12, 31))

    assert register.population_date == date(2023, 12, 31)


@pytest.mark.parametrize("newline", ["\r\n", "\n"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "iso-8859-1"])
def test_encodings_and_line_ends_make_no_difference(encoding: str, newline: str) -> None:
    assert read(encoded(LINES, encoding, newline)) == read(encoded(LINES))


def test_letters_beyond_latin_1_count_as_one_character() -> None:
    lines = (STATE, DISTRICT, SINGLE, municipality("15084130", "0130", "Muster/Muschtŕ, Stadt"))

    assert read(encoded(lines, "utf-8")).municipalities[0].name == "Muster/Muschtŕ, Stadt"


def test_blank_lines_and_a_missing_last_line_end_are_passed_over() -> None:
    assert read(encoded(LINES) + b"\r\n\r\n") == read(encoded(LINES)) == read(encoded(LINES).rstrip(b"\r\n"))


def test_the_published_zip_is_read_by_the_name_of_its_entry() -> None:
    content = zipped({"Hinweise.txt": "Für Sie".encode("latin-1"), TEXT_NAME: encoded(LINES)})

    assert read(content, "GV100AD3108.zip") == read(encoded(LINES))


def test_an_entry_in_a_folder_is_found() -> None:
    assert read(zipped({f"Daten/{TEXT_NAME.lower()}": encoded(LINES)})) == read(encoded(LINES))


def test_a_file_is_read_from_its_path(tmp_path: Path) -> None:
    path = tmp_path / TEXT_NAME
    path.write_bytes(encoded(LINES))

    assert read_register_file(path) == read(encoded(LINES))


# --- what is refused: (lines, line number, words of the message) ---

WRONG_LINES = {
    "a line too short": ((STATE, DISTRICT[:-1]), 2, "Der Satz hat 219 statt 220 Zeichen."),
    "a line too long": ((STATE, DISTRICT + " "), 2, "Der Satz hat 221 statt 220 Zeichen."),
    "a line without end": ((STATE, "ä" * 5000), 2, "Der Satz hat mehr als 220 statt 220 Zeichen."),
    "unknown record type": ((STATE, record("70", "15")), 2, "Die Satzart „70“ ist unbekannt."),
    "no date": ((STATE.replace("20250831", "20251331"),), 1, "Der Gebietsstand „20251331“ ist kein Datum"),
    "two dates": (
        (STATE, DISTRICT.replace("20250831", "20240831")),
        2,
        "Der Gebietsstand 31.08.2024 weicht ab vom 31.08.2025",
    ),
    "unknown Land": ((record("10", "17"),), 1, "Ein Land mit dem Schlüssel 17 gibt es nicht."),
    "no number in a key": ((STATE, record("40", "15X84", rest="44")), 2, "(Stellen 11 bis 15) ist „15X84“"),
    "unknown kind": ((STATE, record("40", "15084", rest="50")), 2, "Das Textkennzeichen 50 ist bei dieser"),
    "state twice": ((STATE, STATE), 2, "Der Schlüssel 15 kommt zum zweiten Mal vor."),
    "district twice": ((STATE, DISTRICT, DISTRICT), 3, "Der Schlüssel 15084 kommt zum zweiten Mal vor."),
    "association twice": ((*LINES, UNSTRUTTAL), 11, "Der Schlüssel 150845053 kommt zum zweiten Mal vor."),
    "municipality twice": ((*LINES, LAUCHA), 11, "Der Schlüssel 15084285 kommt zum zweiten Mal vor."),
    "no number of people": (
        (STATE, municipality("15084285", "5053", "Laucha", population="      2 657")),
        2,
        "Die Bevölkerung (Stellen 140 bis 150) ist „2 657“ statt einer Zahl.",
    ),
    "no people": (
        (STATE, municipality("15084285", "5053", "Laucha", population=" " * 11)),
        2,
        "Die Bevölkerung (Stellen 140 bis 150) ist „“ statt einer Zahl.",
    ),
    "no number of hectares": (
        (STATE, municipality("15084285", "5053", "Laucha", area="0000003128,")),
        2,
        "Die Fläche (Stellen 129 bis 139)",
    ),
    "no postcode": (
        (STATE, municipality("15084285", "5053", "Laucha", postcode="O-480")),
        2,
        "Die Postleitzahl (Stellen 166 bis 170)",
    ),
    "nothing": ((), None, "Die Datei enthält keine Gemeinden (Satzart 60)."),
    "no municipality": (
        (STATE, DISTRICT, UNSTRUTTAL),
        None,
        "Die Datei enthält keine Gemeinden (Satzart 60).",
    ),
    "cut between two lines": (LINES[:-1], None, "Gemeindeverband ohne Gemeinde (Schlüssel 150849999)."),
    "association missing": (
        tuple(line for line in LINES if line != UNSTRUTTAL),
        None,
        "Gemeinde ohne Gemeindeverband (Schlüssel 150845053).",
    ),
    "cut after a district": (
        (*LINES, record("40", "15085", rest="44")),
        None,
        "Kreis ohne Gemeinde (Schlüssel 15085).",
    ),
    "cut after a state": ((*LINES, record("10", "16")), None, "Land ohne Gemeinde (Schlüssel 16)."),
    "state missing": (LINES[1:], None, "Gemeinde ohne Land (Schlüssel 15)."),
}


@pytest.mark.parametrize(("lines", "line_number", "words"), WRONG_LINES.values(), ids=WRONG_LINES.keys())
def test_a_wrong_record_is_refused_with_file_line_and_advice(
    lines: Sequence[str], line_number: int | None, words: str
) -> None:
    error = refusal(encoded(lines))

    assert (error.file, error.line_number) == (TEXT_NAME, line_number)
    assert words in error.message
    assert "Sie " in error.message.removeprefix(words)
    place = TEXT_NAME if line_number is None else f"{TEXT_NAME}, Zeile {line_number}"
    assert str(error) == f"{place}: {error.message}"


def test_a_file_cut_within_a_line_is_called_so() -> None:
    error = refusal(encoded(LINES)[:-100])

    assert error.line_number == 10
    assert "Die Datei bricht hier ab." in error.message


WRONG_ENCODINGS: dict[str, tuple[bytes, int]] = {
    "UTF-16": (encoded(LINES, "utf-16"), 1),
    "UTF-16 without mark": (encoded(LINES, "utf-16-le"), 1),
    "CP850": (encoded(LINES, "cp850"), 6),
    "ISO-8859-1 under the mark of UTF-8": (b"\xef\xbb\xbf" + encoded(LINES, "latin-1"), 6),
    "UTF-8, then ISO-8859-1": (encoded(LINES[:6], "utf-8") + encoded(LINES[6:], "latin-1"), 9),
    "a tabulator": (encoded((STATE.replace("Sachsen-", "Sachsen\t"),)), 1),
}


@pytest.mark.parametrize(("content", "line_number"), WRONG_ENCODINGS.values(), ids=WRONG_ENCODINGS.keys())
def test_a_wrong_encoding_is_refused_with_its_line(content: bytes, line_number: int) -> None:
    error = refusal(content)

    assert error.line_number == line_number
    assert error.message.startswith("Die Zeichen lassen sich nicht lesen; erwartet wird UTF-8")


def encrypted_zip() -> bytes:
    """Flag bit 0 set in both headers: the archive claims to be encrypted."""
    content = bytearray(zipped({TEXT_NAME: encoded(LINES)}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def zip_with_damage() -> bytes:
    content = bytearray(zipped({TEXT_NAME: encoded(LINES)}))
    content[120:140] = b"\xff" * 20
    return bytes(content)


def zip_bomb() -> bytes:
    target = BytesIO()
    archive = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
    with archive, archive.open(TEXT_NAME, "w") as entry:
        for _ in range(101):
            entry.write(b" " * 1_000_000)
    return target.getvalue()


WRONG_ZIPS: dict[str, tuple[Callable[[], bytes], str]] = {
    "no such entry": (lambda: zipped({"Hinweise.txt": b"x"}), "Das ZIP-Archiv enthält keine Datei mit"),
    "empty": (lambda: zipped({}), "Das ZIP-Archiv enthält keine Datei mit"),
    "two entries": (
        lambda: zipped({TEXT_NAME: encoded(LINES), "GV100AD_30092025.txt": encoded(LINES)}),
        "Das ZIP-Archiv enthält 2 Dateien mit",
    ),
    "encrypted": (encrypted_zip, "Das ZIP-Archiv ist verschlüsselt oder ungewöhnlich gepackt."),
    "damaged": (zip_with_damage, "Das ZIP-Archiv ist beschädigt."),
    "cut": (lambda: zipped({TEXT_NAME: encoded(LINES)})[:-40], "Das ZIP-Archiv ist beschädigt."),
    "bomb": (zip_bomb, "Die Datei ist entpackt größer als 100 MB"),
}


@pytest.mark.parametrize(("make", "words"), WRONG_ZIPS.values(), ids=WRONG_ZIPS.keys())
def test_a_zip_that_does_not_fit_is_refused(make: Callable[[], bytes], words: str) -> None:
    error = refusal(make(), "register.zip")

    assert (error.file, error.line_number) == ("register.zip", None)
    assert error.message.startswith(words)


def test_a_fault_within_a_zip_names_archive_and_entry() -> None:
    error = refusal(zipped({TEXT_NAME: encoded((STATE, STATE))}), "GV100AD3108.zip")

    assert (error.file, error.line_number) == (f"GV100AD3108.zip/{TEXT_NAME}", 2)


def test_a_text_file_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / TEXT_NAME
    with path.open("wb") as file:
        file.truncate(100_000_001)

    with pytest.raises(RegisterError, match="größer als 100 MB"):
        read_register_file(path)


def test_a_missing_file_is_refused_in_german(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match=r"^fehlt\.txt: Die Datei lässt sich nicht öffnen\."):
        read_register_file(tmp_path / "fehlt.txt")


def test_an_error_survives_its_way_from_a_worker() -> None:
    error = RegisterError(TEXT_NAME, 3, "Der Satz fehlt.")

    assert str(pickle.loads(pickle.dumps(error))) == str(error)
