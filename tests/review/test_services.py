"""What the steps of the review stage lead to."""
import time
import pytest
from tests.factories import review as make
pytestmark = pytest.mark.django_db


def test_probe() -> None:
    t = time.perf_counter()
    c = make.case("awarded")
    print(c.state, c.call.state, c.call.budget_total(), c.findings_text(), time.perf_counter() - t)
    t = time.perf_counter()


def test_probe2() -> None:
    r = make.decision_round("prepared")
    for i in r.items.all():
        print(i.rank, i.score, i.proposal, i.reason, i.running_total)
