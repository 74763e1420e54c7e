import numpy as np
import pytest

from evalkit.reporting.chapters.inequality import brief
from tests.reporting.second import second_round

VOCATIONAL = "P03-vocational"  # Jinhua has no figure of 2011


def test_what_moved_apart_most_stands_first_of_each_measure(round_report):
    assert brief.moved_apart(round_report()).title == "各市之间差异的变化"
    table = brief.moved_apart(round_report()).printed
    changes = {measure: own.iloc[:, -2].astype(float).tolist() for measure, own in table.groupby("尺度")}
    assert changes == {measure: sorted(own, reverse=True) for measure, own in changes.items()}
    assert len(table) == 6  # two projects and four services; the others have no scored data
    assert table.columns.tolist()[:4] == ["读数对象", "尺度", "2008", "2012"]


def test_the_first_year_has_no_change(round_report):
    assert brief.moved_apart(round_report(year=2008)) is None


def gini(values, people):
    """Half the mean difference between any two persons, over the mean: by all pairs."""
    x, p = values.to_numpy(), (people / people.sum()).to_numpy()
    return np.abs(x[:, None] - x).ravel() @ np.outer(p, p).ravel() / (2 * x @ p)


def same_cities(report):
    """The Gini coefficients of both ends by the cities that have a figure at both."""
    values = report.panel.values[VOCATIONAL].unstack("year")[[2011, 2015]].dropna()
    people = report.readings.weight(VOCATIONAL).unstack("year").loc[values.index]
    return [gini(values[year], people[year]) for year in (2011, 2015)]


def test_both_ends_and_the_change_are_over_the_same_cities_and_these_are_counted():
    row = brief.moved_apart(second_round()).data.query("reading_of.str.startswith('中等职业')").iloc[0]
    first, last = same_cities(second_round())
    assert (row["2011"], row["2015"]) == (pytest.approx(first, abs=5e-5), pytest.approx(last, abs=5e-5))
    assert row.change_since == pytest.approx(last - first, abs=5e-5)
    assert row.change_since == pytest.approx(row["2015"] - row["2011"], abs=1.5e-4)
    assert row.cities_both_years == 10
