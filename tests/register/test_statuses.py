import pytest

from evalkit.base.errors import DataError
from evalkit.register.statuses import COUNTING, NEXT, STATUSES, check_step


def test_every_status_can_be_reached_and_nothing_follows_the_end():
    assert {after for step in NEXT.values() for after in step} == set(STATUSES)
    assert [status for status in STATUSES if not NEXT[status]] == ["returned", "final"]


def test_what_counts_from_a_status_on_counts_from_an_earlier_one_too():
    assert set(COUNTING["final"]) < set(COUNTING["verified"]) < set(COUNTING["submitted"])
    assert "returned" not in COUNTING["submitted"]


def test_a_step_that_leads_nowhere_is_told_with_what_may_follow():
    with pytest.raises(DataError, match="s-1: found final, then verified; expected nothing more"):
        check_step("s-1", "final", "verified")
