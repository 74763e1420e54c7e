import pytest

from evalkit.reporting.chapters import targets
from tests.reporting.cities import assessed_report, of_the_city


def test_a_round_without_an_assessment_has_no_figure(city_report):
    assert targets.figures.lamps_by_project(city_report()) is None


def test_a_city_whose_targets_are_all_judged_in_its_counties_has_no_figure(monkeypatch):
    report = assessed_report()
    monkeypatch.setitem(report.__dict__, "judged", report.judged.iloc[:0])
    assert targets.figures.lamps_by_project(report) is None


@pytest.mark.parametrize("year", [2008, 2012])
def test_bars_are_as_long_as_there_are_targets_under_each_lamp(year):
    report = assessed_report(year=year)
    axes = targets.figures.lamps_by_project(report).axes[0]
    found = {bars.get_label(): sum(bar.get_width() for bar in bars) for bars in axes.containers}
    counts = of_the_city(report, "lamps").value_counts()
    assert found == {report.word(f"lamp_{lamp}"): n for lamp, n in counts.items()}


def test_the_title_says_where_most_targets_are_behind(monkeypatch):
    title = targets.figures.lamps_by_project(assessed_report()).get_label()
    assert title == "65 项目标中未完成当年目标 13 项，最多的是社会福利工程（5 项）"
    report = assessed_report()
    monkeypatch.setitem(report.__dict__, "judged", report.judged.assign(lamps="met"))
    assert targets.figures.lamps_by_project(report).get_label() == "65 项目标当年均无未完成"
