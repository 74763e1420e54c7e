from types import SimpleNamespace

import pandas as pd
import pytest

from evalkit.assessment import assess
from evalkit.assessment.grading.appraisal import appraisal, milestones_kept
from tests.assessment.small import only, scored
from tests.assessment.small import table as cells

NAN = float("nan")
YEARS = (2010, 2011, 2012)


def by_hand(*scores, groups):
    """Give the readings of regions r1, r2, … whose completion is their score, each in three years."""
    of = pd.Series(groups, index=[f"r{n}" for n in range(1, len(groups) + 1)])
    found = assess(scored(*scores, years=YEARS, groups=of), only(completion=100))
    lit = SimpleNamespace(lamps=found.evidence.completion.map(lambda _: "met"))
    return appraisal(found, lit).xs(2012, level="year")


# r1 gains most from furthest behind; r2 and r3 tie; r4 is not rated in 2011, r5 not in 2012
SCORES = (40, 50, 60), (80, 85, 90), (70, 88, 90), (30, NAN, 50), (60, 60, NAN)


@pytest.fixture(scope="module")
def small():
    return by_hand(*(score for years in SCORES for score in years), groups=["a", "a", "b", "b", "b"])


@pytest.fixture(scope="module")
def table(demo):
    return demo.assessed.appraisal


@pytest.fixture(scope="module")
def results(demo):
    return demo.assessed.assessment.results


def wide(series):
    return series.unstack("year")


def test_changes_are_those_of_published_scores_and_blank_where_a_year_is_not_rated(table, results):
    scores = wide(results.score)
    pd.testing.assert_frame_equal(
        wide(table.change).iloc[:, 1:], scores.diff(axis=1).iloc[:, 1:].round(2), check_names=False
    )
    assert table.change.xs(2008, level="year").isna().all()
    assert pd.isna(table.change["330500", 2012])
    assert table.since["330100", 2012] == pytest.approx(scores[2012]["330100"] - scores[2008]["330100"], abs=1e-9)


def test_ranks_are_by_the_highest_and_count_who_is_ranked(table, results):
    change = wide(results.score).diff(axis=1)[2012].dropna().round(2)
    ranks = {city: 1 + int((change > value).sum()) for city, value in change.items()}
    assert table.change_rank.xs(2012, level="year").dropna().astype(int).to_dict() == ranks
    assert set(table.changed.xs(2012, level="year")) == {len(change)}
    assert set(table.rated.xs(2012, level="year")) == {int(results.score.xs(2012, level="year").count())}


def test_a_city_is_ranked_in_its_group_by_level_and_by_change(table, results):
    own = results.xs(2012, level="year")
    for group, members in own.groupby("group"):
        ranks = members.score.rank(method="min", ascending=False)
        found = table.xs(2012, level="year")
        assert found.group_rank[members.index].equals(ranks.rename("group_rank")), group
        assert set(found.group_rated[members.index]) == {int(members.score.count())}


def test_milestones_are_counted_from_the_lamps(table, demo):
    lamps = demo.assessed.cities.lamps.loc[("330300", 2012)]
    row = table.loc[("330300", 2012)]
    assert row.kept == (lamps == "met").sum() + (lamps == "on_schedule").sum()
    assert row.lit == row.kept + (lamps == "behind").sum()
    assert row.unknown == lamps.isin(["no_data", "disputed"]).sum()


def test_equality_is_the_mean_of_its_part(table, demo):
    means = demo.assessed.assessment.parts["mean"].xs("equality", level="part")
    assert table.equality.dropna().to_dict() == means.dropna().to_dict()


def test_no_reading_is_a_sum_or_a_mean_of_ranks(table):
    ranks = [name for name in table if name.endswith("rank")]
    others = table.drop(columns=ranks).select_dtypes("number")
    for made in (table[ranks].sum(axis=1), table[ranks].mean(axis=1)):
        assert [name for name in others if others[name].equals(made)] == []


def row(frame, name):
    return [None if pd.isna(value) else float(value) for value in frame[name]]


def test_ties_share_the_better_place_and_the_unrated_have_none(small):
    assert row(small, "rank") == [3, 1, 1, 4, None]
    assert row(small, "group_rank") == [2, 1, 1, 2, None]
    assert row(small, "rated") == [4] * 5
    assert row(small, "group_rated") == [2] * 5


def test_a_change_needs_both_its_years(small):
    assert row(small, "change") == [10, 5, 2, None, None]
    assert row(small, "change_rank") == [1, 2, 3, None, None]
    assert row(small, "since") == [20, 10, 20, 20, None]
    assert row(small, "since_rank") == [1, 4, 1, 1, None]
    assert row(small, "changed") == [3] * 5


def test_places_by_change_within_a_group_count_who_changed_there(small):
    assert row(small, "group_change_rank") == [1, 2, 1, None, None]
    assert row(small, "group_changed") == [2, 2, 1, 1, 1]


def test_a_part_that_the_rules_do_not_have_is_not_known(small):
    assert row(small, "equality") == [None] * 5


def test_milestones_are_weighed_over_what_is_lit():
    lamps = cells({"a": ["met", "no_data"], "b": ["behind", "disputed"], "c": ["on_schedule", "not_applicable"]})
    found = milestones_kept(SimpleNamespace(lamps=lamps), pd.Series({"a": 3.0, "b": 5.0}))
    assert row(found, "kept") == [2, 0]
    assert row(found, "lit") == [3, 0]
    assert row(found, "unknown") == [0, 2]
    assert row(found, "weighted") == [3 / 8, None]


def test_the_equality_of_a_city_that_is_not_rated_takes_no_place(demo):
    found = demo.assessed.appraisal.xs(2012, level="year")
    unrated = found.index[found.score.isna()]
    assert list(unrated) == ["330500"]
    assert found.equality[unrated].notna().all()
    assert found.equality_rank[unrated].isna().all()
    assert set(found.equality_n) == {10}
    expected = found.equality.drop(unrated).round(2).rank(ascending=False, method="min")
    assert found.equality_rank.drop(unrated).tolist() == expected.tolist()
