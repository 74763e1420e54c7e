import numpy as np
import pytest

from evalkit.analysis.quality_design import QualityDesign
from evalkit.readings.quality_changes import Changes
from evalkit.readings.quality_figures import Block
from tests.conftest import shipped
from tests.readings.planted import at, copied, found, made, planted, times, unchanged


def flagged(quality, variable, region, year):
    return next(f for f in quality.findings if (f.variable, f.region, f.year) == (variable, region, year))


@pytest.mark.parametrize("power", [4, 3, 2, 1, -2, -4])
def test_a_figure_off_its_history_by_a_power_of_ten_is_a_slip_and_no_break(power):
    quality = planted(times(10.0**power, "gdp", "330800", 2010))
    assert found(quality, "slip", "gdp") == {("330800", 2010)}
    assert not any(f.region == "330800" for f in quality.findings if (f.kind, f.variable) == ("step", "gdp"))


def test_small_counts_that_are_ten_times_others_are_no_slip():
    assert found(planted(made(3, "libraries", "330900")), "slip", "libraries") == set()
    many = planted(lambda table: made(1, "libraries", "330900", 2010)(made(9, "libraries", "330900")(table)))
    assert found(many, "slip", "libraries") == set()


def test_a_break_is_found_by_its_factor_beside_that_of_the_peers():
    quality = planted(times(1.5, "hospital_beds", "330700", 2012))
    step = flagged(quality, "hospital_beds", "330700", 2012)
    before = shipped("zhejiang-public").dataset.values.hospital_beds["330700", 2011]
    assert (step.kind, step.against) == ("step", before)
    assert step.tests >= 2
    assert step.size == pytest.approx(np.log(step.value / step.against / step.usual))
    assert 1 < step.usual < 1.2


def test_a_figure_that_is_that_of_the_year_before_is_found():
    quality = planted(copied("fiscal_revenue", ("330400", 2010), ("330400", 2011)))
    assert ("330400", 2011) in found(quality, "same", "fiscal_revenue")


def test_a_figure_that_is_that_of_another_region_is_found_in_both():
    quality = planted(copied("exp_education", ("330500", 2011), ("330400", 2011)))
    assert found(quality, "copied", "exp_education") == {("330400", 2011), ("330500", 2011)}
    assert {f.about for f in quality.findings if f.kind == "copied"} == {"330400", "330500"}


def test_none_among_many_is_found_and_none_from_the_start_is_not():
    assert found(planted(made(0, "physicians", "330900", 2010)), "zero", "physicians") == {("330900", 2010)}
    assert found(planted(made(0, "physicians", year=2007)), "zero", "physicians") == set()


def test_a_series_that_is_counted_otherwise_from_a_year_on_is_found_as_a_whole():
    def otherwise(table):
        rows = at(table, "teachers_primary") & (table.year >= 2010)
        table.loc[rows, "value"] = (table.value[rows] * 1.3).round()
        return table

    quality = planted(otherwise)
    assert found(quality, "whole", "teachers_primary") == {("", 2010)}
    assert found(planted(unchanged), "whole", "teachers_primary") == set()


def test_a_year_that_is_printed_more_coarsely_is_found():
    def rounded(table):
        rows = at(table, "exp_education", year=2012)
        table.loc[rows, "value"] = (table.value[rows] / 1000).round() * 1000
        return table

    assert found(planted(rounded), "coarse", "exp_education") == {("", 2012)}


def test_a_level_far_from_that_of_the_peers_is_found_in_every_year():
    quality = planted(times(20, "road_area_per_capita", "330100"))
    assert found(quality, "level", "road_area_per_capita") == {("330100", year) for year in range(2007, 2013)}


def test_bounds_are_those_that_are_declared():
    change = times(1.3, "hospital_beds", "330700", 2012)
    assert ("330700", 2012) in found(planted(change), "step", "hospital_beds")
    assert ("330700", 2012) not in found(planted(change, apart=0.5), "step", "hospital_beds")


def block(values):
    values = np.array(values, dtype=float)[None]
    places = tuple((f"r{n}", "") for n in range(values.shape[1]))
    return Changes(Block("city", ("n",), places, tuple(range(2000, 2000 + values.shape[2])), values), COUNTED, DESIGN)


COUNTED = {"n": shipped("zhejiang-public").dataset.metadata.variables["physicians"]}
DESIGN = QualityDesign()


def test_where_nothing_is_there_to_compare_only_large_changes_are_told():
    (step,) = block([[1000, 1900]]).findings()
    assert (step.kind, step.tests, step.against, step.value) == ("step", 0, 1000, 1900)
    assert np.isnan(step.usual)
    assert list(block([[1000, 1500]]).findings()) == []
    assert list(block([[1000]]).findings()) == []
    assert list(block([[np.nan, 1500]]).findings()) == []


def test_small_counts_are_told_to_change_so_by_themselves():
    small, large = block([[4, 8]]), block([[400, 800]])
    assert [f.few for f in small.findings()] == [True]
    assert [f.few for f in large.findings()] == [False]


def test_what_chance_gives_is_told_by_test():
    tests = {chances.test for chances in block([[1, 2], [3, 4]]).chances()}
    assert tests == {"by_peers", "by_history", "by_series", "same", "copied"}
