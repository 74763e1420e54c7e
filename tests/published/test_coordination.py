"""Zhejiang's urban–rural coordination index: eight scores of 2009 and 2010 in table 1 of its 2010 report.

The table was read in an uploaded copy of the report. It prints weights, targets, values, scores and points; the scale
(60 at a floor, 100 at the target) and the floors are recovered from them, not printed.
"""

import pandas as pd
import pytest

from evalkit import GoalpostsScale
from evalkit.base.exact import publish
from tests.published import declared

# (indicator, year): value, published score, published points within the index
PUBLISHED = {
    ("employment", 2009): (81.68, 83.37, 5.00),
    ("employment", 2010): (84.62, 89.23, 5.35),
    ("productivity", 2009): (17515, 82.39, 4.12),
    ("productivity", 2010): (22406, 93.90, 4.69),
    ("gdp", 2009): (44641, 76.43, 4.59),
    ("gdp", 2010): (51711, 81.14, 4.87),
    ("revenue", 2009): (4557, 84.45, 5.91),
    ("revenue", 2010): (5512, 92.10, 6.45),
}
WEIGHTS = {"employment": 6, "productivity": 5, "gdp": 6, "revenue": 7}
each = pytest.mark.parametrize(("indicator", "year"), PUBLISHED)


@pytest.fixture(scope="module")
def index():
    return declared.read("coordination")


@pytest.fixture(scope="module")
def values():
    by_year = pd.Series({key: row[0] for key, row in PUBLISHED.items()}).unstack(0)
    return pd.concat({"zhejiang": by_year}).rename_axis(["region", "year"])


@pytest.fixture(scope="module")
def evaluated(index, values):
    return declared.evaluated(index, values)


@each
def test_the_published_score_is_met_to_a_hundredth(evaluated, indicator, year):
    score = evaluated.scores.loc[("zhejiang", year), indicator]
    assert score == pytest.approx(PUBLISHED[indicator, year][1], abs=0.01 + 1e-9)


@each
def test_the_published_points_are_met_as_printed(evaluated, indicator, year):
    points = WEIGHTS[indicator] * evaluated.scores.loc[("zhejiang", year), indicator] / 100
    assert publish(points) == PUBLISHED[indicator, year][2]


@each
def test_the_contribution_to_the_four_is_the_published_points(evaluated, indicator, year):
    points = evaluated.contributions("zhejiang", year)[indicator] * sum(WEIGHTS.values()) / 100
    assert publish(points) == PUBLISHED[indicator, year][2]


def test_a_scale_from_0_misses_every_published_score(index, values):
    plain = index.model_copy(update={"method": index.method.but(normalisation=GoalpostsScale())})
    scores = declared.evaluated(plain, values).scores.loc["zhejiang"]
    assert all(score - scores.loc[year, indicator] > 3 for (indicator, year), (_, score, _) in PUBLISHED.items())
