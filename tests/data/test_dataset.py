import pandas as pd
import pytest

from evalkit import ParamsError
from evalkit.data.dataset import SHIPPED


def test_values_stand_by_region_and_year_one_column_a_variable(tables):
    values = tables.load().values
    assert list(values.columns) == ["people", "doctors", "share"]
    assert values.loc[("330100", 2012)].tolist() == [100, 2500, 40]
    assert values.loc[("330200", 2011)].tolist()[:2] == [50, 500]


def test_where_a_series_does_not_run_value_state_and_publication_are_blank(tables):
    dataset = tables.load()
    for frame in (dataset.values, dataset.states, dataset.publications):
        assert frame.share.isna().tolist() == [True, False, True, False]


def test_states_and_publications_are_shaped_like_the_values(tables):
    tables.edit("people.csv", "330200,2011,50,value", "330200,2011,,missing")
    dataset = tables.load()
    assert dataset.states.people.tolist() == ["value", "value", "missing", "value"]
    assert dataset.publications.people.tolist() == ["book"] * 4
    assert pd.isna(dataset.values.people[("330200", 2011)])


def test_a_folder_without_metadata_is_refused(tables):
    (tables.folder / "metadata.yaml").rename(tables.folder / "meta.yaml")
    with pytest.raises(ParamsError, match=r"(?s)there is no file .*metadata\.yaml.*did you mean 'meta\.yaml'\?"):
        tables.load()


def test_every_shipped_row_names_a_publication_and_a_variable_that_are_declared(study):
    rows = pd.concat(pd.read_csv(file) for file in (SHIPPED / "zhejiang").glob("*.csv"))
    assert set(rows.publication) == set(study.dataset.metadata.publications)
    assert set(rows.variable) == set(study.dataset.metadata.variables)
    assert len(rows) == len(study.dataset.table)


def test_the_cities_of_2020_are_said_to_be_missing(study):
    states = study.dataset.states["hh_share_bath"].xs(2020, level="year")
    assert set(states[list(study.regions.index)]) == {"missing"}
    assert (states == "value").sum() == 90


def test_every_shipped_variable_is_used_by_an_indicator_or_a_reading_or_counts_the_population(study):
    used = {term for indicator in study.system.indicators for term in indicator.terms}
    used.update(study.round.readings.variables)
    variables = study.dataset.metadata.variables
    assert [name for name, v in variables.items() if name not in used and v.population_base is None] == []


def test_the_shipped_values_are_those_of_the_files(study, figures):
    values = study.dataset.values
    pd.testing.assert_frame_equal(values[figures.columns], figures, check_names=False, check_column_type=False)
