from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from evalkit.new_project import new_project
from evalkit.readings.equality import Equality, GapChange, InequalityChange
from evalkit.readings.study_readings import StudyReadings

NORTHEAST = ["330100", "330200", "330400", "330500", "330600", "330900"]
HANGZHOU, JINHUA = "330100", "330700"


@pytest.fixture(scope="module")
def equality(study):
    return Equality(StudyReadings(study))


@pytest.fixture(scope="module")
def physicians(study):
    return study.system.node("P04-physicians")


def group_difference(figures, year, without=None):
    """The north-east's physicians per 1 000 residents less the south-west's, as ratios of sums."""
    own = figures.xs(year, level="year").dropna(subset=["physicians"]).drop(index=without or [])
    own = own[own.index.str.endswith("00") & (own.index != "330000")]
    sums = own.groupby(own.index.isin(NORTHEAST))[["physicians", "pop_resident"]].sum()
    ratio = sums.physicians / sums.pop_resident / 10
    return ratio[True] - ratio[False]


def pairwise_gini(x, p):
    p = p / p.sum()
    return (np.abs(np.subtract.outer(x, x)) * np.outer(p, p)).sum() / (2 * (p * x).sum())


def test_services_index_and_money_are_read_in_this_order(equality):
    codes = [node.code for node in equality.nodes]
    assert codes[:4] == ["P03-primary", "P03-secondary", "P04-physicians", "P04-beds"]
    assert codes[4:6] == ["index", "P03-spending"]


def test_inequality_is_weighed_by_residents(equality, figures):
    own = figures.xs(2012, level="year").loc[equality.section("P04-beds", 2012).index]
    x = (own.hospital_beds / own.pop_resident).to_numpy()
    expected = pairwise_gini(x, own.pop_resident.to_numpy())
    assert equality.inequality("P04-beds").gini[2012] == pytest.approx(expected, rel=1e-12)
    assert equality.inequality("P04-beds", weighted=False).gini[2012] == pytest.approx(pairwise_gini(x, np.ones(11)))


def test_the_deviation_is_that_of_the_values_themselves(equality, figures):
    own = figures.xs(2012, level="year").loc[equality.section("P04-beds", 2012).index]
    x, p = own.hospital_beds / own.pop_resident / 10, own.pop_resident / own.pop_resident.sum()
    assert equality.inequality("P04-beds").deviation[2012] == pytest.approx(np.sqrt(p @ (x - p @ x) ** 2))
    assert equality.inequality("P04-beds", weighted=False).deviation[2012] == pytest.approx(x.std(ddof=0))


def test_a_change_is_that_of_the_two_years_and_repeats(equality):
    found = equality.change("P03-primary", 2012)
    gini = equality.inequality("P03-primary").gini
    assert found.change.value == pytest.approx(gini[2012] - gini[2008])
    assert found.change == equality.change("P03-primary", 2012).change
    assert found.change.n == len(found.without) == 11


def test_every_change_has_draws_of_its_own(equality, monkeypatch):
    seeds = []
    monkeypatch.setattr("evalkit.readings.equality.change_interval", lambda *_, seed, **__: seeds.append(seed))
    fresh = Equality(StudyReadings(replace(equality.readings.study)))
    for code in ("P03-primary", "P04-beds"):
        for year in (2011, 2012):
            fresh.change(code, year)
    assert len(set(seeds)) == 4
    assert {seed[0] for seed in seeds} == {equality.readings.study.seed}


def test_the_mover_and_the_turns_are_told_from_what_is_left():
    change = pd.Series({"a": 0.5, "b": -1.0, "c": 1.1})
    found = InequalityChange(type("Estimate", (), {"value": 1.0})(), change)
    assert (found.mover, found.turns) == ("b", ["b"])


def test_the_split_adds_up(equality):
    split = equality.split("F-spending", 2012)
    assert split["between"] + split["within"] == pytest.approx(split.total, abs=1e-12)
    assert equality.contributions("F-spending", 2012).sum() == pytest.approx(split.total, abs=1e-12)


def test_a_year_is_split_whatever_another_lacks(equality, monkeypatch):
    equality, series = Equality(StudyReadings(equality.readings.study)), equality.readings.series("F-spending").copy()
    series[HANGZHOU, 2011] = float("nan")
    monkeypatch.setattr(StudyReadings, "series", lambda *_: series)
    assert equality.split("F-spending", 2011) is None
    assert equality.split("F-spending", 2012).n == 11


@pytest.mark.parametrize("level", ["project", "indicator"])
def test_dimensions_add_up_to_the_gini_of_the_uncapped_index(equality, level):
    parts = equality.dimensions(2012, level)
    assert parts.sum() == pytest.approx(equality.inequality("index").gini[2012], abs=1e-12)
    assert len(parts) == {"project": 2, "indicator": 4}[level]


@pytest.mark.parametrize("level", ["project", "indicator"])
def test_a_city_without_a_score_counts_in_no_dimension(study, level):
    equality = Equality(StudyReadings(replace(study)))
    scores = equality.readings.study.uncapped.scores
    scores.loc[(HANGZHOU, 2012)] = np.nan
    expected = equality.inequality("index").gini[2012]
    assert equality.dimensions(2012, level).sum() == pytest.approx(expected, abs=1e-12)
    scores.loc[(JINHUA, 2012), "P04-beds"] = np.nan  # the others of its project weigh more
    assert Equality(StudyReadings(equality.readings.study)).dimensions(2012, level) is None


def test_an_index_that_is_no_sum_has_no_dimensions(project):
    project.edit("study", "aggregation: {kind: arithmetic}", "aggregation: {kind: geometric}")
    assert Equality(StudyReadings(project.load())).dimensions(2012, "project") is None


def test_a_change_of_a_gap_is_that_of_the_cities_with_a_value_in_both_years(study, figures, physicians):
    readings = StudyReadings(study)
    vars(readings)["variables"] = readings.variables.copy()
    readings.variables.loc[(HANGZHOU, 2012), "physicians"] = np.nan
    found = Equality(readings).gap_change(physicians, 2012)
    years = {"first": 2008, "last": 2012}
    expected = {name: group_difference(figures, year, HANGZHOU) for name, year in years.items()}
    assert (found.first, found.last) == pytest.approx((expected["first"], expected["last"]))
    assert (found.n, HANGZHOU in found.without.index) == (10, False)
    alike = Equality(readings).gap(physicians, alike=(2008, 2012))
    assert alike.difference[2008] == pytest.approx(expected["first"])
    assert Equality(readings).gap(physicians).difference[2008] == pytest.approx(group_difference(figures, 2008))


def test_inequality_of_years_that_are_compared_is_of_the_same_cities(study):
    other = replace(study)
    other.panel().values.loc[(HANGZHOU, 2012), "P04-beds"] = np.nan
    found = Equality(StudyReadings(other)).inequality("P04-beds", weighted=False, alike=(2008, 2012))
    left = study.panel().values["P04-beds"].xs(2008, level="year").drop(HANGZHOU).to_numpy()
    assert found.gini[2008] == pytest.approx(pairwise_gini(left, np.ones(10)))


def test_years_that_have_no_city_in_common_are_not_compared(study, physicians):
    other = replace(study)
    columns = other.panel().values, StudyReadings.of(other).variables
    for frame in columns:
        frame.loc[(slice(None), 2012), :] = np.nan
    found = Equality.of(other)
    assert found.inequality("P04-beds", alike=(2008, 2012)) is None
    assert found.gap(physicians, alike=(2008, 2012)) is found.gap_change(physicians, 2012) is None


def test_the_first_group_of_the_regions_is_the_one_held_to_be_better_off(equality):
    assert equality.ends == ("northeast", "southwest")


def test_a_gap_and_its_change_without_a_city(equality, figures, physicians):
    found = equality.gap_change(physicians, 2012)
    assert found.last == pytest.approx(group_difference(figures, 2012))
    assert found.without["first"][HANGZHOU] == pytest.approx(group_difference(figures, 2008, HANGZHOU))
    assert found.without.change[JINHUA] == pytest.approx(
        group_difference(figures, 2012, JINHUA) - group_difference(figures, 2008, JINHUA)
    )
    assert (found.mover("last"), found.mover("change")) == (HANGZHOU, JINHUA)


def test_a_city_is_left_out_only_where_its_group_keeps_two(equality, physicians, monkeypatch):
    equality = Equality(StudyReadings(equality.readings.study))
    groups = pd.Series("southwest", equality.readings.groups.index)
    groups[["330100", "330200"]] = "northeast"
    monkeypatch.setitem(equality.readings.__dict__, "groups", groups)
    assert set(groups.index) - set(equality.gap_change(physicians, 2012).without.index) == {"330100", "330200"}


def test_pupils_stand_on_the_worse_side_and_teachers_are_lacking(equality, figures, study):
    primary = study.system.node("P03-primary")
    own = figures.xs(2012, level="year").loc[equality.readings.groups.index]
    sums = own.groupby(own.index.isin(NORTHEAST))[["pupils_primary", "teachers_primary"]].sum()
    pupils, teachers = sums.pupils_primary * 1e4, sums.teachers_primary
    found = equality.worse_off(primary, 2012)
    assert found.group == "southwest"
    assert found.people == pytest.approx(pupils[False])
    assert found.lacking == pytest.approx(pupils[False] * teachers[True] / pupils[True] - teachers[False])


def test_the_worse_side_is_the_other_one_where_the_sides_have_changed(equality, study):
    assert equality.worse_off(study.system.node("P03-primary"), 2008).group == "northeast"


def test_a_reading_that_does_not_hold_is_none(equality, monkeypatch):
    equality = Equality(StudyReadings(equality.readings.study))
    scores = equality.readings.series("index") - 60
    monkeypatch.setattr(StudyReadings, "series", lambda *_: scores)
    assert equality.inequality("index") is None
    assert equality.change("index", 2012) is None
    assert equality.split("index", 2012) is None


def test_gap_changes_are_differences():
    assert GapChange(0.2, 0.5, pd.DataFrame(), 4).change == pytest.approx(0.3)


def test_a_gap_that_is_not_known_in_the_first_year_has_no_change(tmp_path):
    study = new_project(tmp_path / "own")
    before = replace(study, round=study.round.model_copy(update={"years": (2015, 2020)}))
    beds = study.system.node("beds")
    assert Equality.of(study).gap_change(beds, 2020) is not None
    assert Equality.of(before).gap_change(beds, 2020) is None
