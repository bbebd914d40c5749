"""The commands of towns: what they print, and that a bad file changes nothing."""

import zipfile
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.towns.test_register import LINES, TEXT_NAME, encoded, zip_bomb, zipped
from towns.models import Figure, MunicipalAssociation, Town

pytestmark = pytest.mark.django_db


def run(*args: object) -> str:
    output = StringIO()
    call_command(*map(str, args), stdout=output)
    return output.getvalue()


def saved(folder: Path, content: bytes, name: str = TEXT_NAME) -> Path:
    file = folder / name
    file.write_bytes(content)
    return file


def test_a_file_is_read_and_counted(tmp_path: Path) -> None:
    output = run("import_register", saved(tmp_path, encoded(LINES)))

    assert output == (
        "Gebietsstand 31.08.2025, Bevölkerung 31.12.2024: 3 Gemeinden, 3 Gemeindeverbände, 7.657 Einwohner.\n"
        "Neu: 3. Umbenannt: 0. Aufgelöst: 0. Kennzahlen: 6. Geschriebene Zeilen: 12.\n"
    )
    assert Figure.objects.filter(name="population").first().source == (  # type: ignore[union-attr]
        "Statistisches Bundesamt (Destatis), GV-ISys, Gebietsstand 31.08.2025, Bevölkerung 31.12.2024; "
        "eigene Bearbeitung"
    )


def test_the_same_zip_again_changes_nothing(tmp_path: Path) -> None:
    file = saved(tmp_path, zipped({TEXT_NAME: encoded(LINES)}), "GV100AD3108.zip")
    run("import_register", file)

    assert run("import_register", file).endswith(
        "Die Datei ändert nichts: Dieser Stand ist schon eingelesen.\n"
    )


def test_the_day_of_the_population_can_be_given(tmp_path: Path) -> None:
    run("import_register", saved(tmp_path, encoded(LINES)), "--population-date", "2023-12-31")

    assert {str(day) for day in Figure.objects.filter(name="population").values_list("date", flat=True)} == {
        "2023-12-31"
    }


@pytest.mark.parametrize(
    ("day", "words"),
    [("31.12.2024", "ist kein Tag"), ("2024-02-30", "ist kein Tag"), ("2999-12-31", "liegt in der Zukunft")],
)
def test_a_day_that_cannot_be_is_refused(tmp_path: Path, day: str, words: str) -> None:
    with pytest.raises(CommandError, match=words):
        run("import_register", saved(tmp_path, encoded(LINES)), "--population-date", day)


def bomb_with_a_lying_size() -> bytes:
    """An archive whose entry unpacks to more than its directory says."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(TEXT_NAME, b"\n" * 5_000_000)
    content = bytearray(target.getvalue())
    place = content.rindex(b"PK\x01\x02") + 24
    content[place : place + 4] = (1000).to_bytes(4, "little")
    return bytes(content)


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "cut": (
        lambda: encoded(LINES)[:-100],
        r"Zeile 10: Der Satz hat \d+ statt 220 Zeichen\. Die Datei bricht hier ab\.",
    ),
    "cut between lines": (lambda: encoded(LINES[:-1]), "Die Datei ist unvollständig"),
    "encoding": (lambda: encoded(LINES, "utf-16"), r"Zeile 1: "),
    "219": (
        lambda: encoded((*LINES[:7], LINES[7][:-1], *LINES[8:])),
        r"Zeile 8: Der Satz hat 219 statt 220 Zeichen",
    ),
    "duplicate": (
        lambda: encoded((*LINES, LINES[7])),
        r"Zeile 11: Der Schlüssel 15084285 kommt zum zweiten Mal vor",
    ),
    "bomb": (zip_bomb, "größer als 100 MB"),
    "lying bomb": (bomb_with_a_lying_size, "Die Datei enthält keine Gemeinden|beschädigt"),
    "empty": (lambda: b"", "Die Datei enthält keine Gemeinden"),
    "something else": (lambda: b"%PDF-1.7\n" + b"x" * 500, r"Zeile 1: "),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_refused_in_one_sentence_and_changes_nothing(tmp_path: Path, case: str) -> None:
    make, words = BAD[case]
    with pytest.raises(CommandError, match=words) as caught:
        run("import_register", saved(tmp_path, make()))

    assert (caught.value.returncode, "\n" in str(caught.value)) == (1, False)
    assert (Town.objects.count(), MunicipalAssociation.objects.count()) == (0, 0)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Die Datei lässt sich nicht öffnen"):
        run("import_register", tmp_path / "fehlt.zip")


def test_a_whole_kreis_may_go_when_the_operator_says_so(tmp_path: Path) -> None:
    run("load_facts")
    file = saved(tmp_path, encoded(LINES))
    with pytest.raises(CommandError, match="--accept-gone"):
        run("import_register", file)

    assert "Aufgelöst: 61" in run("import_register", file, "--accept-gone")


def test_the_facts_are_loaded_and_the_second_time_changes_nothing() -> None:
    assert run("load_facts") == "62 Kommunen, davon neu: 62. Kennzahlen: 124.\n"
    assert run("load_facts") == "62 Kommunen sind schon da. Nichts geändert.\n"
