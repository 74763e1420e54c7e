import warnings

import pytest

from evalkit.reporting.chapters import department
from tests.reporting.departments import department_report, without_data


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("code", ["culture", "environment"])
@pytest.mark.parametrize("name", ["effects_of_cities", "path"])
def test_figures_are_drawn_without_a_warning(name, code, language):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        getattr(department.figures, name)(department_report(code, 2008, language)).canvas.draw()


def test_the_city_that_pulls_down_most_stands_on_top():
    report = department_report()
    labels = [label.get_text() for label in department.figures.effects_of_cities(report).axes[0].get_yticklabels()]
    assert labels[::-1] == [report.region(city) for city in report.effects_of_cities.index]


def test_without_data_no_pull_is_drawn_and_the_years_still_are():
    report = without_data("environment")
    assert department.figures.effects_of_cities(report) is None
    assert len(department.figures.path(report).axes) == 1


def test_every_bar_of_a_year_adds_up_to_all_judgements():
    report = department_report()
    axes = department.figures.path(report).axes[0]
    widths = [sum(bars[place].get_width() for bars in axes.containers) for place in range(5)]
    assert widths == [14 * 11] * 5


def test_titles_say_what_is_to_be_seen():
    report = department_report()
    effects, sums = report.effects_of_cities.effect, report.scorecards[2012].sum()
    assert (
        department.figures.effects_of_cities(report)
        .get_label()
        .startswith(f"拉低平均完成度最多的是{report.region(effects.idxmin())}（{effects.min():.2f} 百分点），")
    )
    told = department.figures.path(report).get_label()
    assert told.endswith(f"2012 年达到要求 {sums.met} 项次、未达到 {sums.behind} 项次")
    assert department.figures.path(department_report(year=2008)).get_label().count("年") == 1
