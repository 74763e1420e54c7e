import warnings

import pytest

from evalkit.reporting.chapters import province_grades, province_targets
from tests.reporting.assessed import by_hand, demo

DRAWN = (province_grades.figures.scores, province_grades.figures.years, province_targets.figures.projects)


def texts(axes):
    return [text.get_text() for text in axes.texts]


@pytest.mark.parametrize("make", DRAWN)
def test_a_round_without_an_assessment_has_no_such_figure(round_report, make):
    assert make(round_report()) is None


@pytest.mark.parametrize(("year", "language"), [(2012, "zh"), (2012, "en"), (2008, "zh")])
@pytest.mark.parametrize("make", DRAWN)
def test_figures_are_drawn_without_a_warning(make, year, language):
    figure = make(demo(year, language))
    assert (figure is None) == ((make, year) == (province_grades.figures.years, 2008))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        _ = figure and figure.canvas.draw()


def test_grades_stand_beside_the_scores_and_say_where_the_band_is_another():
    (axes,) = province_grades.figures.scores(by_hand(95, 99, 70, None)).axes
    assert {"良好（按得分为优秀）", "合格", "不予评定", "95.00"} <= set(texts(axes))
    assert axes.get_yticklabels()[0].get_text() == "嘉兴市"


def test_every_city_has_a_panel_and_an_unrated_year_a_mark():
    figure = province_grades.figures.years(by_hand(70, None, 80, 60, years=(2011, 2012)))
    named = {axes.get_title(loc="left"): axes for axes in figure.axes if axes.get_title(loc="left")}
    marks = {
        name: [len(line.get_xdata()) for line in axes.lines if line.get_marker() == "x"] for name, axes in named.items()
    }
    assert marks == {"宁波市": [0], "杭州市": [1]}


def test_a_city_without_a_score_stands_outside_the_scale():
    (axes,) = province_grades.figures.scores(by_hand(95, 99, 70, None)).axes
    (cross,) = (line for line in axes.lines if line.get_marker() == "x")
    assert axes.get_xlim()[0] < cross.get_xdata()[0] < axes.get_xticks().min()
    axes = province_grades.figures.years(by_hand(70, None, years=(2011, 2012))).axes[0]
    (cross,) = (line for line in axes.lines if line.get_marker() == "x")
    assert axes.get_ylim()[0] < cross.get_ydata()[0] < axes.get_yticks().min()
