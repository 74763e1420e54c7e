import pandas as pd
import pytest

from evalkit.readings.equality import Equality
from evalkit.reporting.report import RoundReport
from evalkit.tabular.cells import span
from tests.conftest import anew
from tests.indicators import GOALPOSTS
from tests.reporting.printed import inequality
from tests.reporting.second import second_round


@pytest.fixture(scope="module", params=["zh", "en"])
def report(request, study, result):
    return RoundReport(study, result, 2012, request.param)


@pytest.fixture(scope="module")
def base(study, result):
    return RoundReport(study, result, 2008, "zh")


def row(table, report, code):
    """The rows of a node, by the name that tables give it."""
    name = inequality.tables.named(report, report.system.node(code))
    return table[table[report.word("indicator")] == name]


def test_every_reading_is_weighed_both_ways(report):
    table = inequality.tables.inequality(report)
    assert len(table) == 2 * 9
    weights = row(table, report, "P04-beds")[report.word("weighed_by")]
    assert list(weights) == [report.word("resident"), report.word("cities_alike")]


def test_printed_measures_are_those_of_the_values(report, values):
    beds = values["P04-beds"].xs(2012, level="year").reindex(report.study.regions.index)
    alike = row(inequality.tables.inequality(report), report, "P04-beds").iloc[1]
    variation = beds.std(ddof=0) / beds.mean()
    assert float(alike[f"{report.word('coefficient_of_variation')} 2012"]) == pytest.approx(variation, abs=5e-4)
    assert float(alike[f"{report.word('deviation')} 2012"]) == pytest.approx(beds.std(ddof=0), abs=5e-3)


def test_extremes_name_the_cities_and_both_ratios(report, values):
    found = row(inequality.tables.extremes(report), report, "F-spending").iloc[0]
    assert report.region("330900") in found[report.word("highest_city")]
    assert "4235" in found[report.word("lowest_city")]
    for year in (2008, 2012):
        own = values["F-spending"].xs(year, level="year").reindex(report.study.regions.index)
        assert float(found[f"{report.word('max_min')} {year}"]) == pytest.approx(own.max() / own.min(), abs=5e-3)


def test_no_change_of_the_shipped_round_is_firm(report):
    table = inequality.tables.changes(report)
    assert set(table[report.word("change_reading")]) == {report.word("change_open")}
    assert list(table[report.word("cities_both_years")]) == [11] * 9


def test_the_mover_of_physicians_is_jinhua(report):
    found = row(inequality.tables.changes(report), report, "P04-physicians").iloc[0]
    assert found[report.word("mover")] == report.word("with_value", name=report.region("330700"), value="+0.0017")
    assert found[report.word("without_any")].startswith("[0.0017,")


def test_a_change_that_does_not_hold_has_no_row(report, monkeypatch):
    report = anew(report)
    monkeypatch.setattr(Equality, "change", lambda *_: None)
    monkeypatch.setattr(Equality, "inequality", lambda *_, **__: None)
    assert inequality.tables.changes(report).empty
    assert (inequality.tables.inequality(report).iloc[:, 3:] == "—").all(axis=None)


@pytest.mark.parametrize(("ends", "key"), [((0.1, 0.2), "rose"), ((-0.2, -0.1), "fell"), ((-0.1, 0.2), "open")])
def test_a_change_is_read_from_its_interval(ends, key):
    from evalkit.analysis.inequality_bootstrap import Estimate

    change = Estimate(sum(ends) / 2, *ends, level=0.9, n=11)
    assert inequality.tables.reading(change) == f"change_{key}"


def test_all_ten_projects_have_a_row_and_none_without_data_a_number(report):
    table = inequality.tables.projects(report)
    names = table[report.word("project")]
    assert len(names.unique()) == 10
    unread = table[~names.isin([project.name[report.language] for project in report.scored_projects])]
    assert len(unread) == 8
    assert set(unread.iloc[:, 2:].to_numpy().ravel()) == {"—", "…"}
    assert (unread.iloc[:, 1] == report.word("no_public_data")).sum() == 3


def test_a_project_is_read_by_its_deviation_and_its_services_by_gini(report, values):
    table = inequality.tables.projects(report)
    own = table[table[report.word("project")] == report.node("P04")]
    assert list(own[report.word("measure")]) == [report.word(key) for key in ("deviation", "gini", "gini")]
    beds = values[["P04-physicians", "P04-beds"]].xs(2012, level="year").reindex(report.study.regions.index)
    ends = GOALPOSTS[["P04-physicians", "P04-beds"]]
    scores = (100 * (beds - ends.loc["worst"]) / (ends.loc["best"] - ends.loc["worst"])).mean(axis=1)
    people = report.readings.variables.pop_resident.xs(2012, level="year").reindex(scores.index)
    mean = (scores * people).sum() / people.sum()
    expected = (((scores - mean) ** 2 * people).sum() / people.sum()) ** 0.5
    assert float(own["2012"].iloc[0]) == pytest.approx(expected, abs=5e-3)


def test_the_base_year_has_no_change(base):
    assert inequality.tables.changes(base).empty
    assert list(inequality.tables.projects(base).columns)[3:] == ["2008", base.word("cities_at_ends")]
    assert [column for column in inequality.tables.inequality(base) if "2012" in column] == []


def test_missing_cities_are_counted(report):
    table = pd.DataFrame({"n": [11, 10], "of": [11, 11]}, index=[2008, 2012])
    assert inequality.tables.counted(report, table) == report.word("of_total", n=span(10, 11), total=11)


def test_the_annex_counts_the_cities_of_its_years_and_those_of_its_change():
    table = inequality.tables.projects(second_round())
    row = table[table["读数对象"].str.startswith("中等职业")].iloc[0]  # Jinhua has no figure of 2011
    assert list(row[["首末两年的市数", "两年均有数的市数"]]) == ["10—11（共 11）", 10]
