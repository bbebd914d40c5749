"""Receipt and submitted version: accessible, archivable, with the facts and the hash that are stored."""

import hashlib

import pytest

from alliances.models import Application, Submission
from core.models import Document
from tests.core.test_pdf import Reader, failures


@pytest.mark.parametrize(
    ("purpose", "wanted"),
    [("receipt", "Eingang"), ("version", "Finanzierungsplan")],
)
def test_a_paper_is_compliant_and_stored_with_its_hash(
    submitted: Application, purpose: str, wanted: str
) -> None:
    submission = Submission.objects.get(application=submitted)
    document = Document.objects.of(submission).get(purpose=purpose)
    with document.file.open("rb") as file:
        data = file.read()
    assert hashlib.sha256(data).hexdigest() == document.sha256
    assert failures(data) == []
    text = " ".join(Reader(data).texts("TH") + Reader(data).texts("H2"))
    assert wanted in text
    assert document.facts["sha256"] == submission.sha256
    assert document.facts["arrived"] == "15.06.2026, 12:00:00 Uhr (Berlin)"
