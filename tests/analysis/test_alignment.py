import numpy as np
import pandas as pd
import pytest

from evalkit import MethodError
from evalkit.analysis.alignment import aligned, check_positive

NAN = float("nan")


def of(**values):
    return pd.Series(values, dtype=object)


def test_series_are_matched_by_unit_and_not_by_place():
    found = aligned(x=of(a=1, b=2), y=of(b=20, a=10))
    assert found.to_dict("list") == {"x": [1, 2], "y": [10, 20]}


def test_a_blank_stays_blank():
    assert aligned(x=of(a=1, b=None)).x.isna().tolist() == [False, True]


def test_units_that_only_one_of_them_has_are_all_named():
    with pytest.raises(MethodError, match=r"(?s)y: found no b; expected the units of x.*y: found c; expected"):
        aligned(x=of(a=1, b=2), y=of(a=1, c=3))


def test_a_unit_named_twice_is_told():
    with pytest.raises(MethodError, match="y: found a twice"):
        aligned(x=of(a=1), y=pd.Series([1, 2], index=["a", "a"]))


@pytest.mark.parametrize("word", ["many", np.inf])
def test_what_is_no_finite_number_is_named_by_region_and_year(word):
    index = pd.MultiIndex.from_tuples([("a", 2008), ("a", 2009)])
    with pytest.raises(MethodError, match=f"x of a in 2009: found {word}; expected a finite number or a blank"):
        aligned(x=pd.Series([1, word], index=index, dtype=object))


def test_values_of_zero_or_less_are_named_and_blanks_only_where_asked():
    frame = pd.DataFrame({"x": [1.0, 0.0, -2.0, NAN]}, index=list("abcd"))
    with pytest.raises(MethodError, match=r"x of b: found 0; expected more than 0\n  - x of c: found -2; .*0$"):
        check_positive(frame, ["x"])
    with pytest.raises(MethodError, match="x of d: found a blank"):
        check_positive(frame, ["x"], blank=False)
