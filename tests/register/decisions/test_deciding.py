import pytest

from evalkit.base.errors import DataError
from evalkit.register.decisions.deciding import TRIES, decide
from evalkit.register.schema import STATUS
from tests.register.conftest import figures, submission
from tests.register.decisions.conftest import on


def verified():
    return {STATUS: [{"submission": "a", "status": "verified", "note": ""}]}


def test_a_plan_that_was_overtaken_is_made_again(city):
    seen = []

    def plan():
        seen.append(city.until())
        if len(seen) == 1:
            city.receive(submission("b"), figures(11.0), on(5, 1))
        return len(seen), verified()

    assert decide(city, on(5, 2), plan) == 2
    assert (seen, city.until()) == ([1, 2], 3)


def test_a_plan_that_is_always_overtaken_is_given_up(city):
    def plan():
        city.receive(submission(f"b{city.until()}"), figures(11.0), on(5, 1))
        return None, verified()

    with pytest.raises(DataError, match=f"other entries, {TRIES} times"):
        decide(city, on(5, 2), plan)
    assert city.submissions().status["a"] == "submitted"
