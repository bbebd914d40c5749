"""A backup is one TAR file: `manifest.json` (hashes of all else), `database`, and the documents' folder.

The database comes first, the documents after it: a document is never changed or deleted, so all that the database
names is there. SQLite is copied by its own backup interface, PostgreSQL by `pg_dump` (custom format).
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
from contextlib import closing
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from core import clock

FORMAT = 1
DATABASE = "database"
DOCUMENTS = "documents"
MANIFEST = "manifest.json"


class ArchiveError(Exception):
    """A backup could not be written or brought back; the text is one sentence for the person at the keyboard."""


def write(target: Path, work: Path) -> dict[str, Any]:
    """Write a backup of database and documents to `target`, by way of the empty folder `work`; return its manifest."""
    dump_database(work / DATABASE)
    documents = {f"{DOCUMENTS}/{path.relative_to(settings.MEDIA_ROOT)}": path for path in stored_files()}
    files = {DATABASE: work / DATABASE, **documents}
    manifest = {
        "format": FORMAT,
        "at": clock.now().isoformat(),
        "database": connection.vendor,
        "migrations": sorted(map(list, MigrationLoader(connection).applied_migrations)),
        "sha256": {name: sha256(path) for name, path in files.items()},
    }
    (work / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1))
    partial = target.with_name(target.name + ".part")
    with tarfile.open(partial, "w") as tar:
        for name, path in {MANIFEST: work / MANIFEST, **files}.items():
            tar.add(path, arcname=name)
    partial.chmod(0o600)
    partial.replace(target)
    return manifest


def read(source: Path, work: Path) -> dict[str, Any]:
    """Unpack a backup into the empty folder `work` and verify it; return its manifest, raise ArchiveError."""
    try:
        with tarfile.open(source) as tar:
            tar.extractall(work, filter="data")
        manifest: dict[str, Any] = json.loads((work / MANIFEST).read_text())
        hashes: dict[str, str] = manifest["sha256"]
    except FileNotFoundError as error:
        raise ArchiveError(f"{source} gibt es nicht oder ist keine Sicherung von Quartett.") from error
    except (OSError, tarfile.TarError, ValueError, KeyError, TypeError) as error:
        raise ArchiveError(f"{source} ist keine lesbare Sicherung von Quartett ({error}).") from error
    if manifest.get("format") != FORMAT:
        raise ArchiveError(f"{source} hat das Format {manifest.get('format')}, lesbar ist {FORMAT}.")
    present = {str(path.relative_to(work)) for path in work.rglob("*") if path.is_file()} - {MANIFEST}
    if present != set(hashes):
        raise ArchiveError(f"{source} ist unvollständig: {', '.join(sorted(present ^ set(hashes))[:3])}.")
    for name, expected in hashes.items():
        if sha256(work / name) != expected:
            raise ArchiveError(f"{source} ist beschädigt: Die Prüfsumme von {name} stimmt nicht.")
    return manifest


def refuse_unfit(manifest: dict[str, Any]) -> None:
    """Raise ArchiveError for a backup of another kind of database or of a newer version of Quartett."""
    if manifest["database"] != connection.vendor:
        raise ArchiveError(
            f"Die Sicherung stammt aus {manifest['database']}, hier läuft {connection.vendor}."
        )
    known = set(MigrationLoader(connection).disk_migrations or {})
    newer = [name for name in map(tuple, manifest["migrations"]) if name not in known]
    if newer:
        raise ArchiveError(
            f"Die Sicherung stammt aus einer neueren Fassung: {'.'.join(newer[0])} fehlt hier."
        )


def bring_back(work: Path) -> None:
    """Put a verified backup in the place of database and documents."""
    load_database(work / DATABASE)
    (work / DOCUMENTS).mkdir(exist_ok=True)
    root = Path(settings.MEDIA_ROOT)
    shutil.rmtree(root, ignore_errors=True)
    root.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(work / DOCUMENTS, root)


def filled_tables() -> list[str]:
    """Return the tables that hold rows which people or commands wrote."""
    present = set(connection.introspection.table_names())
    made_by_migrate = (ContentType, Permission)
    models = [model for model in apps.get_models() if model not in made_by_migrate]
    there = [model for model in models if model._meta.db_table in present]
    return [model._meta.db_table for model in there if model._default_manager.exists()]


def stored_files() -> list[Path]:
    """Return every stored document, in a fixed order."""
    return sorted(path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def dump_database(target: Path) -> None:
    """Write a consistent copy of the database to a file, while others go on working."""
    if connection.vendor == "sqlite":
        _copy_sqlite(Path(connection.settings_dict["NAME"]), target)
    else:
        _run_tool("pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--file={target}")


def load_database(source: Path) -> None:
    """Replace the database by a copy; nobody else may be at work on it."""
    connection.close()
    if connection.vendor == "sqlite":
        _copy_sqlite(source, Path(connection.settings_dict["NAME"]))
    else:
        options = ("--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error")
        _run_tool("pg_restore", *options, f"--dbname={connection.settings_dict['NAME']}", str(source))


def _copy_sqlite(source: Path, target: Path) -> None:
    """Copy one SQLite file into another, page by page."""
    try:
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target, timeout=5)) as new:
            old.backup(new)
            [answer] = new.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.Error as error:
        raise ArchiveError(
            f"Die Datenbank {target} wurde nicht geschrieben ({error}). Läuft Quartett noch?"
        ) from error
    if answer != "ok":
        raise ArchiveError(f"Die Datenbank {target} ist beschädigt: {answer}")


def _run_tool(name: str, *options: str) -> None:
    """Run a client tool of PostgreSQL on our database."""
    tool = shutil.which(name)
    if tool is None:
        raise ArchiveError(
            f"{name} fehlt. Installieren Sie die Werkzeuge von PostgreSQL (Paket postgresql-client)."
        )
    config = connection.settings_dict
    place = {
        "PGHOST": "HOST",
        "PGPORT": "PORT",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGDATABASE": "NAME",
    }
    own = {key: str(config[setting]) for key, setting in place.items() if config[setting]}
    run = subprocess.run(  # noqa: S603 - a fixed tool with our own options
        [tool, *options], env={**os.environ, **own}, capture_output=True, text=True, check=False
    )
    if run.returncode:
        last = (run.stderr.strip().splitlines() or ["ohne Meldung"])[-1]
        raise ArchiveError(f"{name} ist gescheitert: {last}")
