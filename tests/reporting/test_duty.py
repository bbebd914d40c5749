"""Grouping by deadline, the sentence above the tasks, and the words of a row."""

from datetime import date, datetime

import pytest

from core import clock
from reporting.facts.duty import BOARD, Duty, grouped, summary

MONDAY = clock.berlin(2026, 6, 8, 12)


def duty(number: str, due: date | datetime | None = None, **more: str) -> Duty:
    return Duty("Antrag ausfüllen", "Noch zwei Angaben fehlen", number, f"/{number}/", due, **more)


def test_duties_stand_under_their_deadline_the_next_first() -> None:
    with clock.at(MONDAY):
        groups = grouped(
            [
                duty("spaeter", date(2026, 6, 15)),
                duty("ohne"),
                duty("sonntag", date(2026, 6, 14)),
                duty("heute", date(2026, 6, 8)),
                duty("gestern", date(2026, 6, 7)),
                duty("mittag", MONDAY),
            ]
        )
    assert [(group.title, [row["url"] for row in group.rows]) for group in groups] == [
        ("Überfällig", ["/gestern/", "/mittag/"]),
        ("Diese Woche", ["/heute/", "/sonntag/"]),
        ("Später", ["/spaeter/"]),
        ("Ohne Frist", ["/ohne/"]),
    ]


def test_a_row_says_number_reason_and_deadline() -> None:
    with clock.at(MONDAY):
        row = grouped([duty("Antrag 2026-014", date(2026, 6, 11))])[0].rows[0]
    assert row == {
        "title": "Antrag ausfüllen",
        "line": "Antrag 2026-014 · Noch zwei Angaben fehlen · bis Donnerstag, 11. Juni 2026 (noch 3 Tage)",
        "url": "/Antrag 2026-014/",
        "status": "noch 3 Tage",
        "tone": "warning",
    }


def test_an_overdue_row_is_marked() -> None:
    with clock.at(MONDAY):
        row = grouped([duty("A", date(2026, 6, 1))])[0].rows[0]
    assert (row["status"], row["tone"]) == ("Überfällig", "danger")


def test_who_has_several_hats_sees_which() -> None:
    with clock.at(MONDAY):
        rows = grouped([duty("A"), duty("B", role=BOARD)])[0].rows
    assert [row["line"].split(" · ")[-1] for row in rows] == ["für Ihre Kommune", "als Mitglied des Beirats"]


@pytest.mark.parametrize(
    ("open_", "late", "text"),
    [
        (0, 0, "Nichts wartet auf Sie."),
        (1, 0, "Eine Aufgabe wartet auf Sie."),
        (0, 1, "Eine Aufgabe wartet auf Sie und ist überfällig."),
        (2, 1, "Drei Aufgaben warten auf Sie, eine ist überfällig."),
        (2, 2, "Vier Aufgaben warten auf Sie, zwei sind überfällig."),
        (13, 0, "13 Aufgaben warten auf Sie."),
    ],
)
def test_the_summary_counts_in_words(open_: int, late: int, text: str) -> None:
    with clock.at(MONDAY):
        assert summary([duty("A")] * open_ + [duty("B", date(2026, 6, 1))] * late) == text
