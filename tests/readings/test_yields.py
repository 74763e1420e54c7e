import numpy as np
import pytest
from evalkit.runs.cache import store

from evalkit import cache
from evalkit.readings.yields import Yields


@pytest.fixture(scope="module")
def yields(study):
    return Yields(study, 2012)


def test_amounts_are_sums_of_the_printed_figures(yields, figures):
    row = figures.loc[("330800", 2012)]
    assert yields.inputs.at["330800", "spending"] == row.exp_education + row.exp_health
    assert yields.outputs.at["330800", "teachers"] == row.teachers_primary + row.teachers_secondary


def test_each_year_has_a_frontier_of_its_own(study, yields):
    assert yields.frontier.n == 11
    assert (Yields(study, 2008).frontier.scores == 1).any()


def test_productivity_ends_with_the_year(study):
    changes = Yields(study, 2010).productivity
    assert sorted(set(changes.index.get_level_values("year"))) == [2009, 2010]


def test_scale_is_what_constant_returns_take_away(yields):
    assert (yields.scale.constant <= yields.frontier.scores + 1e-12).all()
    assert yields.alone.infeasible.any()


def test_intervals_that_are_stored_are_read(project):
    study = project.load()
    store(study, 2011)
    stored = cache.read_table(cache.efficiency_part(study.cache, 2011))
    found = Yields(study, 2011).intervals
    assert np.array_equal(found.to_numpy(), stored.to_numpy())
    assert (found.low < found.corrected).all()
