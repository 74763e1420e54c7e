import numpy as np
import pytest

from evalkit import DataError
from evalkit.assessment import period_scores
from tests.assessment.small import rules, series

YEARS = (2010, 2011, 2012)
SCORES = series(80, 90, 95.01, 70, np.nan, 80, 90, 90, np.nan, np.nan, np.nan, 99, years=YEARS)


def test_the_period_by_hand():
    found = period_scores(SCORES, rules())
    assert found.loc["r1", ["earlier", "final", "score", "band"]].tolist() == [85, 95.01, 90.01, "excellent"]
    assert found.loc["r1", ["years", "missing"]].tolist() == [(2010, 2011, 2012), ()]


def test_the_mean_is_of_the_years_that_are_rated_and_says_so():
    found = period_scores(SCORES, rules()).loc["r2"]
    assert found[["earlier", "score", "years", "missing", "rank"]].tolist() == [70, 75, (2010, 2012), (2011,), 2]


def test_without_the_final_year_or_any_earlier_one_there_is_no_score():
    found = period_scores(SCORES, rules())
    assert found.loc[["r3", "r4"], "score"].isna().all()
    assert found.loc[["r3", "r4"], "band"].tolist() == ["unrated", "unrated"]
    assert found.loc[["r3", "r4"], "years"].tolist() == [(2010, 2011), (2012,)]


def test_the_score_is_rounded_half_up():
    found = period_scores(series(59.99, 60, years=(2011, 2012)), rules())
    assert found.loc["r1", ["score", "band"]].tolist() == [60.00, "pass"]


def test_other_shares_and_another_final_year():
    found = period_scores(SCORES, rules(period={"earlier": 0.3, "final": 0.7}), final=2011)
    assert found.loc["r1", "score"] == pytest.approx(0.3 * 80 + 0.7 * 90)
    assert found.loc["r3", "years"] == (2010, 2011)


def test_a_final_year_that_is_not_there_is_refused():
    with pytest.raises(DataError, match="found 2013; expected one of 2010, 2011, 2012"):
        period_scores(SCORES, rules(), final=2013)
