import pytest

from evalkit.reporting.chapters import targets
from tests.reporting.cities import assessed_report, of_the_city


def test_a_round_without_an_assessment_has_no_figure(city_report):
    assert targets.figures.lamps_by_project(city_report()) is None


@pytest.mark.parametrize("year", [2008, 2012])
def test_bars_are_as_long_as_there_are_targets_under_each_lamp(year):
    report = assessed_report(year=year)
    axes = targets.figures.lamps_by_project(report).axes[0]
    found = {bars.get_label(): sum(bar.get_width() for bar in bars) for bars in axes.containers}
    counts = of_the_city(report, "lamps").value_counts()
    assert found == {report.word(f"lamp_{lamp}"): n for lamp, n in counts.items()}
