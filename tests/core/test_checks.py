"""System checks: each setting that production needs is asked for, and the road names real things."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as product
from django.core.checks import run_checks

from core import checks
from core.models import User

# Setting -> what production has.
GOOD: dict[str, Any] = {
    "SECRET_KEY": "x" * 60,
    "ALLOWED_HOSTS": ["foerderung.stadt.test"],
    "BASE_URL": "https://foerderung.stadt.test",
    "PRODUCTION": True,
    "DEBUG": False,
    "DEMO": False,
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "DEFAULT_FROM_EMAIL": "foerderung@stadt.test",
    "MAIL_DOMAIN": "stadt.test",
    "OPERATOR": {
        "name": "Stadt Görlitz", "address": "Untermarkt 6, 02826 Görlitz", "email": "foerderung@stadt.test",
        "phone": "0800 1234", "contact": "Geschäftsstelle", "court": "dem Verwaltungsgericht Musterstadt",
    },
    "REDIS_URL": "redis://localhost:6379/0",
    "SOURCE_URL": "https://foerderung.stadt.test/quelltext",
}  # fmt: skip


def operator(**parts: str) -> dict[str, str]:
    return {**GOOD["OPERATOR"], **parts}


@pytest.fixture
def good(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.postgresql")
    for name, value in GOOD.items():
        setattr(settings, name, value)
    return settings


def found() -> list[str]:
    return [message.id for message in checks.production_needs()]


def test_is_content_with_production(good: Any) -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("setting", "value", "id_"),
    [
        ("SECRET_KEY", "embedded-default-not-for-production-0123456789", "E101"),
        ("ALLOWED_HOSTS", ["localhost", "127.0.0.1"], "E102"),
        ("ALLOWED_HOSTS", ["*"], "E102"),
        ("ALLOWED_HOSTS", [], "E102"),
        ("BASE_URL", "http://foerderung.stadt.test", "E103"),
        ("PRODUCTION", False, "E104"),
        ("DEBUG", True, "E105"),
        ("DEMO", True, "E106"),
        ("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend", "E107"),
        ("DEFAULT_FROM_EMAIL", "Quartett <quartett@quartett.example>", "E108"),
        ("MAIL_DOMAIN", "quartett.example", "E109"),
        ("OPERATOR", operator(name=""), "E110"),
        ("OPERATOR", operator(address="Musterweg 1, 12345 Beispielstadt"), "E111"),
        ("OPERATOR", operator(email="kontakt@quartett.example"), "E112"),
        ("OPERATOR", operator(phone="030 23125-014"), "E113"),
        ("OPERATOR", operator(court="dem Gericht, in dessen Bezirk Sie liegen"), "E115"),
        ("REDIS_URL", "", "W102"),
        ("SOURCE_URL", "https://quartett.example/quelltext", "W103"),
    ],
)
def test_asks_for_each_setting(good: Any, setting: str, value: Any, id_: str) -> None:
    setattr(good, setting, value)
    assert found() == [f"quartett.{id_}"]


def test_warns_of_sqlite(good: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(good.DATABASES["default"], "ENGINE", "django.db.backends.sqlite3")
    assert found() == ["quartett.W101"]


def test_asks_for_all_of_them_where_nothing_is_set(tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), "DEBUG": "1", "DEMO": "1"}
    run = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy"],
        cwd=product.BASE_DIR, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 1
    assert [need.id for need in checks.NEEDS if need.id not in run.stderr] == []


def test_every_check_has_a_number_of_its_own_and_a_way_out() -> None:
    assert len({need.id for need in checks.NEEDS}) == len(checks.NEEDS)
    assert all(need.hint for need in checks.NEEDS)


@pytest.mark.django_db
def test_finds_demo_people_in_production(good: Any) -> None:
    User.objects.create_user("muster@stadt.example", name="Frau Muster", is_demo=True)
    [message] = checks.no_demo_people(databases=["default"])
    assert message.id == "quartett.E114"
    assert "1 demo people" in message.msg
    assert checks.no_demo_people(databases=None) == []
    good.PRODUCTION = False
    assert checks.no_demo_people(databases=["default"]) == []


def test_the_road_names_real_things() -> None:
    assert [message for message in run_checks() if message.id == "quartett.E001"] == []
