import pandas as pd
import pytest


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
