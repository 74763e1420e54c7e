import pytest

from evalkit.base.errors import ParamsError
from evalkit.reporting.department import DepartmentReport
from tests.reporting.departments import cells, department_report, plan_study, without_data


def test_a_department_bears_the_name_of_the_year():
    report = department_report("labour", 2008)
    assert report.department_name == "省劳动保障厅"
    assert report.names == {"省劳动保障厅": [2008]}
    assert report.title == "省劳动保障厅 2008 年度目标完成情况通报"
    assert list(department_report("labour", 2009).names) == ["省劳动保障厅", "省人力社保厅"]


def test_what_is_not_there_is_told_at_once():
    with pytest.raises(ParamsError, match=r"(?s)'cultur'.*did you mean 'culture'.*2020"):
        DepartmentReport(plan_study(), plan_study().evaluate(), "cultur", 2020, "zh")


def test_a_round_without_an_assessment_has_no_such_report(study, result):
    with pytest.raises(ParamsError, match="department: found 'culture'"):
        DepartmentReport(study, result, "culture", 2012, "zh")


def test_its_targets_are_those_that_name_it():
    codes = [indicator.code for indicator in department_report("sport").indicators]
    named = [i.code for i in plan_study().system.indicators if i.target and "sport" in _named(i.code)]
    assert set(codes[:6]) == {code for code in named if _named(code)[0] == "sport"}
    assert sorted(codes) == sorted(named)


def _named(code):
    return plan_study().system.departments_of(code)


def test_the_change_compares_what_is_known_in_both_years():
    report = department_report()
    now, before = cells(report, "completion"), cells(report, "completion", 2011)
    change = report.change(2012)
    for (city, code), value in now.items():
        assert change.loc[city, code] == pytest.approx(value - before[city, code], nan_ok=True)
    assert report.change(2008).isna().all(axis=None)


def test_the_city_that_lowers_the_mean_most_comes_first():
    effect = department_report().effects_of_cities.effect
    assert effect.is_monotonic_increasing
    assert len(effect) == 11


def test_facilities_are_those_that_the_table_of_units_has_below_the_threshold():
    report = department_report()
    units = plan_study().assessed.panel.units
    units = units[(units.year == 2012) & (units.state == "value")]
    limits = {"P05-01": 1500, "P05-02": 1500, "P05-03": 500}
    below = units[units.value < units.indicator.map(limits)]
    found = report.facilities[report.facilities.state == "below"]
    keys = ["indicator", "region", "unit", "value"]
    assert sorted(map(tuple, found[keys].to_numpy())) == sorted(map(tuple, below[keys].to_numpy()))
    assert found.groupby("indicator").value.apply(lambda areas: areas.is_monotonic_increasing).all()


def test_an_unknown_facility_has_no_value():
    found = department_report().facilities
    assert found[found.state == "unknown"].value.isna().all()
    assert set(found.state) <= {"below", "unknown"}


def test_without_a_table_of_units_there_are_no_facilities():
    assert without_data().facilities.empty
    assert department_report("labour").facilities.empty


def test_the_province_has_a_total_just_where_no_city_is_silent():
    values = plan_study().assessed.province.values.droplevel("region")
    for year in plan_study().years:
        report = department_report("sport", year)
        for code in ("P05-04", "P05-07", "P05-08", "P05-09"):
            assert bool(report.silent_cities(plan_study().system.node(code))) == (values[code].isna()[year])


def test_a_city_whose_figure_is_blank_is_silent():
    report = department_report("labour", 2010)
    for indicator in report.indicators:
        figures = plan_study().assessed.panel.variables.xs(2010, level="year")
        blank = [
            city
            for city in figures.index
            if any(figures.loc[city, term] != figures.loc[city, term] for term in indicator.terms)
        ]
        assert report.silent_cities(indicator) == blank
