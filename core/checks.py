"""System checks: that the road names real things, and what production needs of each setting (`check --deploy`)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections
from django.utils.module_loading import import_string

from core.models import User
from core.road import load_road

LOCAL_HOSTS = {"localhost", "127.0.0.1", "[::1]"}
SILENT_MAIL = ("console", "dummy", "locmem", "filebased")


@dataclass(frozen=True)
class Need:
    """What production needs of one setting: `missing` says that it is not so."""

    id: str
    missing: Callable[[], bool]
    text: str
    hint: str
    kind: type[Error] | type[Warning] = Error

    def message(self) -> CheckMessage:
        """Return the finding."""
        return self.kind(self.text, hint=self.hint, id=self.id)


def _example(name: str, *marks: str) -> Callable[[], bool]:
    """Return the question whether a part of OPERATOR is empty or still the example."""
    return lambda: not settings.OPERATOR[name] or any(mark in settings.OPERATOR[name] for mark in marks)


def _closed_hosts() -> bool:
    """Say whether ALLOWED_HOSTS lets only this machine in, or everybody."""
    return "*" in settings.ALLOWED_HOSTS or set(settings.ALLOWED_HOSTS) <= LOCAL_HOSTS


def _sqlite() -> bool:
    """Say whether the database is the embedded one."""
    return bool(settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"))


NEEDS: tuple[Need, ...] = (
    Need("quartett.E101", lambda: settings.SECRET_KEY.startswith("embedded-default"),
         "SECRET_KEY is the embedded default.", "Set SECRET_KEY to 50 random characters."),
    Need("quartett.E102", _closed_hosts,
         "ALLOWED_HOSTS names no public host, or everybody.", "Set ALLOWED_HOSTS to the public host name."),
    Need("quartett.E103", lambda: not settings.BASE_URL.startswith("https://"),
         "BASE_URL does not begin with https://.", "Set BASE_URL to the public address; links in mails use it."),
    Need("quartett.E104", lambda: not settings.PRODUCTION,
         "PRODUCTION is not set.", "Set PRODUCTION=1: it turns on secure cookies, HSTS and the redirect to https."),
    Need("quartett.E105", lambda: settings.DEBUG,
         "DEBUG is on.", "Unset DEBUG: it shows settings and data to everybody."),
    Need("quartett.E106", lambda: settings.DEMO,
         "DEMO is on.", "Unset DEMO: while it is on, no mail leaves the machine."),
    Need("quartett.E107", lambda: any(part in settings.EMAIL_BACKEND for part in SILENT_MAIL),
         "EMAIL_URL sends no mail.", "Set EMAIL_URL, for example smtp+tls://user:password@mail.stadt.example:587."),
    Need("quartett.E108", lambda: "quartett.example" in settings.DEFAULT_FROM_EMAIL,
         "DEFAULT_FROM_EMAIL is the example.", "Set DEFAULT_FROM_EMAIL to an address that can be answered."),
    Need("quartett.E109", lambda: settings.MAIL_DOMAIN == "quartett.example",
         "MAIL_DOMAIN is the example.", "Set MAIL_DOMAIN to the domain of the sender: Message-IDs use it."),
    Need("quartett.E110", _example("name", "dieser Installation"),
         "OPERATOR_NAME is the example.", "Set OPERATOR_NAME: the imprint names who is responsible."),
    Need("quartett.E111", _example("address", "Beispielstadt"),
         "OPERATOR_ADDRESS is the example.", "Set OPERATOR_ADDRESS: the imprint must hold it (§ 5 DDG)."),
    Need("quartett.E112", _example("email", ".example"),
         "OPERATOR_EMAIL is the example.", "Set OPERATOR_EMAIL: the imprint must hold it (§ 5 DDG)."),
    Need("quartett.E113", _example("phone", "23125-0"),
         "OPERATOR_PHONE is the example.", "Set OPERATOR_PHONE: people ask there for help."),
    Need("quartett.E115", _example("court", "in dessen Bezirk"),
         "OPERATOR_COURT names no court.", "Set OPERATOR_COURT: without it the remedy period is a year (§ 58 VwGO)."),
    Need("quartett.W101", _sqlite,
         "The database is SQLite.", "Set DATABASE_URL to PostgreSQL, unless few people work here.", Warning),
    Need("quartett.W102", lambda: not settings.REDIS_URL,
         "REDIS_URL is not set: jobs wait in the file system.", "Set REDIS_URL.", Warning),
    Need("quartett.W103", lambda: "quartett.example" in settings.SOURCE_URL,
         "SOURCE_URL is the example.", "Set SOURCE_URL: the EUPL asks for the address of the source.", Warning),
)  # fmt: skip


@register(Tags.urls)
def road_resolves(**kwargs: Any) -> list[CheckMessage]:
    """Every name on the page of effects must exist."""
    problems: list[CheckMessage] = []
    for name in load_road().names():
        try:
            import_string(name)
        except ImportError as error:
            problems.append(Error(f"config/road.py names {name}: {error}", id="quartett.E001"))
    return problems


@register(Tags.security, deploy=True)
def production_needs(**kwargs: Any) -> list[CheckMessage]:
    """Each setting that production needs."""
    return [need.message() for need in NEEDS if need.missing()]


@register(Tags.database, deploy=True)
def no_demo_people(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Demo people have no place in production; asked only with `--database default`."""
    if (
        "default" not in (databases or ())
        or User._meta.db_table not in connections["default"].introspection.table_names()
    ):
        return []
    count = User.objects.filter(is_demo=True).count()
    if not settings.PRODUCTION or not count:
        return []
    hint = "They cannot sign in here; begin with an empty database."
    return [Error(f"The database holds {count} demo people.", hint=hint, id="quartett.E114")]
