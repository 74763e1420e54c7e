import pytest

from evalkit.reporting.chapters.data_quality import coverage
from tests.conftest import DEMO, shipped
from tests.reporting.chapters.data_quality.reports import whole


@pytest.fixture(scope="module")
def rows():
    table = shipped(DEMO).dataset.table
    return table[table.year.between(2008, 2012)]


@pytest.mark.parametrize("make", ["coverage_by_variable", "coverage_by_city", "coverage_by_year"])
def test_every_figure_of_the_round_counts_once(make, rows):
    found = getattr(coverage, make)(whole(name=DEMO)).data
    states = rows.state.value_counts()
    assert found.figures_lacking.sum() == states["missing"]
    assert found.figures_disputed.sum() == states["disputed"]
    assert found.figures_due.sum() == states[["value", "missing", "disputed"]].sum()


def test_the_most_missing_come_first_with_who_owes_them(rows):
    found = coverage.coverage_by_variable(whole(name=DEMO)).data
    assert found.figures_lacking.is_monotonic_decreasing
    assert found.figures_lacking[0] == rows[rows.state == "missing"].variable.value_counts().max()
    assert found.departments[0] != "—"


def test_a_city_has_its_counties_and_their_facilities(rows):
    found = coverage.coverage_by_city(whole(name=DEMO)).data.set_index("city")
    own = rows[rows.region.str.startswith("3309") & rows.state.isin(["value", "missing", "disputed"])]
    assert found.figures_due["舟山市"] == len(own)
    share = (own.state == "value").mean()
    assert found.figures_there["舟山市"] == pytest.approx(100 * share)


def test_what_is_nearly_whole_does_not_look_so():
    found = coverage.coverage_by_year(whole(name=DEMO))
    assert "100.0" not in {str(row[-1]) for row in found.rows if row[2]}
