"""Commands for those who run Quartett: backup, restore, check_access."""

import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from guardian.utils import get_user_obj_perms_model

from calls.enums import ProgrammeRole
from calls.models import Programme, ProgrammeMember
from core import access
from core.documents import store_made
from core.models import Document, User

Settings = Any


def say(*arguments: str) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def refusal(*arguments: str) -> str:
    with pytest.raises(CommandError) as caught:
        call_command(*arguments)
    return str(caught.value)


@pytest.fixture
def installation(transactional_db: None, settings: Settings, tmp_path: Path) -> User:
    """A person with a letter, documents in a folder of their own."""
    settings.MEDIA_ROOT = tmp_path / "documents"
    muster = User.objects.create_user("muster@stadt.example", name="Frau Muster")
    letter(muster, b"%PDF-1.7 Bescheid")
    return muster


def letter(person: User, content: bytes) -> Document:
    return store_made(
        person,
        content,
        name="Bescheid.pdf",
        content_type="application/pdf",
        purpose="letter",
        title="Bescheid",
    )


def there_and_back(user: User, tmp_path: Path) -> None:
    file = tmp_path / "sicherung.tar"
    assert say("backup", str(file)) == f"Gesichert: Datenbank und 1 Unterlagen in {file}\n"
    letter(user, b"%PDF-1.7 danach")
    User.objects.update(name="Jemand anderes")
    assert "Eingespielt" in say("restore", str(file), "--replace")
    assert User.objects.get().name == "Frau Muster"
    document = Document.objects.get()
    with document.file.open() as stored:
        assert stored.read() == b"%PDF-1.7 Bescheid"
    assert len([p for p in (tmp_path / "documents").rglob("*") if p.is_file()]) == 1


def test_brings_back_what_was_saved(installation: User, tmp_path: Path) -> None:
    there_and_back(installation, tmp_path)


@pytest.mark.postgres
def test_brings_back_what_was_saved_on_postgresql(installation: User, tmp_path: Path) -> None:
    there_and_back(installation, tmp_path)
    assert User.objects.create_user("neu@stadt.example", name="Herr Neu").pk > installation.pk, (
        "sequences are kept"
    )


def test_only_the_owner_reads_a_backup(installation: User, tmp_path: Path) -> None:
    say("backup", str(tmp_path / "sicherung.tar"))
    assert (tmp_path / "sicherung.tar").stat().st_mode & 0o777 == 0o600


def test_overwrites_no_backup(installation: User, tmp_path: Path) -> None:
    file = tmp_path / "sicherung.tar"
    file.write_text("die von gestern")
    assert refusal("backup", str(file)) == f"{file} gibt es schon. Nennen Sie einen anderen Namen."
    assert file.read_text() == "die von gestern"


def test_replaces_data_only_when_told(installation: User, tmp_path: Path) -> None:
    file = tmp_path / "sicherung.tar"
    say("backup", str(file))
    assert refusal("restore", str(file)) == "Hier sind schon Daten. Ersetzen Sie sie mit --replace."


def test_says_that_a_file_is_missing_or_no_backup(installation: User, tmp_path: Path) -> None:
    missing, other = tmp_path / "fehlt.tar", tmp_path / "anders.tar"
    other.write_text("kein Archiv")
    assert "gibt es nicht" in refusal("restore", str(missing))
    assert "ist keine lesbare Sicherung von Quartett" in refusal("restore", str(other))


def rewrite(file: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    with tarfile.open(file) as tar:
        parts = {m.name: tar.extractfile(m).read() for m in tar.getmembers()}  # type: ignore[union-attr]
    change(parts)
    with tarfile.open(file, "w") as tar:
        for name, content in parts.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))


def damage(parts: dict[str, bytes]) -> None:
    name = next(n for n in parts if n.startswith("documents/"))
    parts[name] = b"%PDF-1.7 Bescheid!"


def lose(parts: dict[str, bytes]) -> None:
    del parts[next(n for n in parts if n.startswith("documents/"))]


def manifest_with(**fields: Any) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        parts["manifest.json"] = json.dumps({**json.loads(parts["manifest.json"]), **fields}).encode()

    return change


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (damage, "ist beschädigt: Die Prüfsumme von documents/"),
        (lose, "ist unvollständig: documents/"),
        (manifest_with(format=9), "hat das Format 9, lesbar ist 1."),
        (manifest_with(database="oracle"), "Die Sicherung stammt aus oracle"),
        (
            manifest_with(migrations=[["core", "9999_morgen"]]),
            "neueren Fassung: core.9999_morgen fehlt hier.",
        ),
    ],
)
def test_touches_nothing_unless_all_is_well(
    installation: User, tmp_path: Path, change: Callable[[dict[str, bytes]], None], sentence: str
) -> None:
    file = tmp_path / "sicherung.tar"
    say("backup", str(file))
    rewrite(file, change)
    User.objects.update(name="Jemand anderes")
    assert sentence in refusal("restore", str(file), "--replace")
    assert User.objects.get().name == "Jemand anderes"
    with Document.objects.get().file.open() as stored:
        assert stored.read() == b"%PDF-1.7 Bescheid"


def test_lets_nothing_out_of_the_folder(installation: User, tmp_path: Path) -> None:
    file = tmp_path / "sicherung.tar"
    say("backup", str(file))
    rewrite(file, lambda parts: parts.update({"../../draussen.txt": b"x"}))
    assert "ist keine lesbare Sicherung" in refusal("restore", str(file), "--replace")


@pytest.fixture
def programme(db: None) -> Programme:
    """A programme with one officer, whose rights are in order."""
    user = User.objects.create_user("muster@buero.example", name="Frau Muster")
    programme = Programme.objects.create(
        name="Verbünde", prepares="Akademie", decides="BBSR", legal_basis="BHO"
    )
    ProgrammeMember.objects.create(programme=programme, user=user, role=ProgrammeRole.SECOND_OFFICER)
    access.sync(programme)
    return programme


def test_rights_and_memberships_agree(programme: Programme) -> None:
    assert say("check_access") == "Rechte und Mitgliedschaften stimmen überein.\n"


def test_tells_and_repairs_differences(programme: Programme) -> None:
    rights = get_user_obj_perms_model(programme).objects
    rights.filter(permission__codename="view").delete()
    ProgrammeMember.objects.update(role=ProgrammeRole.AUDITOR)
    stranger = User.objects.create_user("beispiel@stadt.example", name="Herr Beispiel")
    row = rights.get()
    rights.create(content_object=programme, user=stranger, permission=row.permission)
    assert refusal("check_access") == "Abweichungen: 1. Beheben: manage.py check_access --repair"
    assert say("check_access", "--repair").splitlines() == [
        f"Förderprogramm {programme.pk}: muster@buero.example: Recht view fehlt",
        f"Förderprogramm {programme.pk}: beispiel@stadt.example: Recht see_finances ist zu viel",
        "Behoben: 1.",
    ]
    assert say("check_access") == "Rechte und Mitgliedschaften stimmen überein.\n"
