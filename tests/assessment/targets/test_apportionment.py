import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.assessment.targets.apportionment import apportion
from evalkit.base.errors import MethodError
from tests.scoring.small import quick

sizes = st.lists(st.one_of(st.integers(1, 10**6), st.floats(0.01, 1e4)), min_size=1, max_size=12)


def base(**figures):
    return pd.Series(figures, dtype=float)


@pytest.mark.parametrize(
    ("total", "figures", "parts", "tied"),
    [
        (100, {"a": 1, "b": 1, "c": 1}, [34, 33, 33], ("a", "b", "c")),
        (10, {"a": 4160, "b": 3380, "c": 2460}, [4, 3, 3], ()),  # quotas 4.16, 3.38, 2.46
        (3, {"a": 1, "b": 3}, [1, 2], ()),  # quotas 0.75, 2.25
        (1, {"b": 1, "a": 1}, [0, 1], ("b", "a")),  # equal: the earlier code
        (5, {"a": 1, "b": 3}, [1, 4], ()),  # quotas 1.25, 3.75
        (2, {"a": 1, "b": 3}, [0, 2], ("a", "b")),  # quotas 0.5, 1.5: the larger base
        (15, {"a": 14.3, "b": 20.9, "c": 14.3}, [4, 7, 4], ("a", "b", "c")),  # 4⅓, 6⅓, 4⅓: in binary 5, 6, 4
        (0, {"a": 1, "b": 3}, [0, 0], ()),
        (7, {"a": 0, "b": 2}, [0, 7], ()),
    ],
)
def test_a_total_is_split_by_largest_remainder(total, figures, parts, tied):
    found = apportion(total, base(**figures))
    assert (found.values.tolist(), found.tied, found.total) == (parts, tied, total)


@quick
@given(st.integers(0, 10**6), sizes)
def test_the_parts_add_up_exactly_and_none_is_off_by_one(total, figures):
    found = apportion(total, pd.Series(figures, dtype=float))
    assert found.values.sum() == total
    assert (found.values - total * found.base / found.base.sum()).abs().max() < 1 + 1e-6


@quick
@given(st.integers(0, 1000), st.lists(st.integers(1, 10**5), min_size=1, max_size=8), st.integers(1, 4))
def test_the_unit_of_the_base_changes_no_part(total, figures, places):
    whole = apportion(total, pd.Series(figures, dtype=float))
    parts = apportion(total, pd.Series([figure / 10**places for figure in figures]))
    assert (parts.values.tolist(), parts.tied) == (whole.values.tolist(), whole.tied)


@pytest.mark.parametrize(
    ("total", "figures", "expected"),
    [
        (1.5, {"a": 1}, "total: found 1.5; expected a whole number of 0 or more"),
        (-1, {"a": 1}, "total: found -1"),
        (float("nan"), {"a": 1}, "total: found nan"),
        (
            5,
            {"a": float("nan"), "b": -2, "c": float("inf")},
            r"(?s)base of a: found nan.*of b: found -2.*of c",
        ),
        (5, {"a": 0, "b": 0}, "base: found 0 in every region; expected a number above 0"),
        (5, {}, "base: found no region"),
    ],
)
def test_what_cannot_be_split_is_refused(total, figures, expected):
    with pytest.raises(MethodError, match=expected):
        apportion(total, base(**figures))


def test_a_region_twice_in_the_base_is_refused():
    with pytest.raises(MethodError, match="base of a: found two figures"):
        apportion(5, pd.Series([1.0, 2.0], index=["a", "a"]))
