from dataclasses import replace

import pytest

from evalkit.readings.efficiency import EfficiencyReading


@pytest.fixture(scope="module")
def efficiency(study):
    return EfficiencyReading.of(study, 2012)


def test_amounts_are_sums_of_the_printed_figures(efficiency, figures):
    row = figures.loc[("330800", 2012)]
    assert efficiency.inputs.at["330800", "spending"] == row.exp_education + row.exp_health
    assert efficiency.outputs.at["330800", "teachers"] == row.teachers_primary + row.teachers_secondary


def test_figures_in_several_units_are_added_in_that_of_the_first(study, figures):
    metadata = study.dataset.metadata
    health = metadata.variables["exp_health"]
    scaled = metadata.variables | {"exp_health": health.model_copy(update={"scale": health.scale / 100})}
    dataset = replace(study.dataset, metadata=metadata.model_copy(update={"variables": scaled}))
    found = EfficiencyReading(replace(study, dataset=dataset), 2012).inputs.at["330800", "spending"]
    row = figures.loc[("330800", 2012)]
    assert found == pytest.approx(row.exp_education + row.exp_health / 100)


def test_each_year_has_a_frontier_of_its_own(study, efficiency):
    assert efficiency.frontier.n == 11
    assert (EfficiencyReading(study, 2008).frontier.scores == 1).any()


def test_productivity_ends_with_the_year(study):
    changes = EfficiencyReading(study, 2010).productivity
    assert sorted(set(changes.index.get_level_values("year"))) == [2009, 2010]


def test_scale_is_what_constant_returns_take_away(efficiency):
    assert (efficiency.scale.constant <= efficiency.frontier.scores + 1e-12).all()
    assert efficiency.alone.infeasible.any()


def test_cities_that_cannot_be_compared_have_no_frontier_and_no_change(study):
    one, gone = EfficiencyReading(study, 2012), EfficiencyReading(study, 2012)
    vars(one).update(inputs=one.inputs.iloc[:1], outputs=one.outputs.iloc[:1])
    vars(gone).update(inputs=gone.inputs.drop(index="330100").reindex(gone.inputs.index))
    assert one.frontier is gone.frontier is None
    assert EfficiencyReading(study, 2008).productivity is None
