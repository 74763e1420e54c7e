import warnings

import pytest

from evalkit.reporting.chapters import province_grades, province_targets
from tests.reporting.assessed import by_hand, demo

DRAWN = (province_grades.figures.scores, province_targets.figures.projects)


def texts(axes):
    return [text.get_text() for text in axes.texts]


@pytest.mark.parametrize("make", DRAWN)
def test_a_round_without_an_assessment_has_no_such_figure(round_report, make):
    assert make(round_report()) is None


@pytest.mark.parametrize(("year", "language"), [(2012, "zh"), (2012, "en"), (2008, "zh")])
@pytest.mark.parametrize("make", DRAWN)
def test_figures_are_drawn_without_a_warning(make, year, language):
    figure = make(demo(year, language))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure.canvas.draw()


def test_grades_stand_beside_the_scores_and_say_where_the_band_is_another():
    (axes,) = province_grades.figures.scores(by_hand(95, 99, 70, None)).axes
    assert {"良好（按得分为优秀）", "合格", "不予评定", "95.00"} <= set(texts(axes))
    assert axes.get_yticklabels()[0].get_text() == "嘉兴市"


def test_a_city_without_a_score_stands_outside_the_scale():
    (axes,) = province_grades.figures.scores(by_hand(95, 99, 70, None)).axes
    (cross,) = (line for line in axes.lines if line.get_marker() == "x")
    assert axes.get_xlim()[0] < cross.get_xdata()[0] < axes.get_xticks().min()


def test_the_title_names_the_ends_and_counts_the_grades_that_are_not_the_score_s():
    figure = province_grades.figures.scores(by_hand(95, 99, 70, None))
    assert figure.get_label() == (
        "3 个市得到评定，宁波市最高（99.00 分），温州市最低（70.00 分）；2 个市的等次与得分所在档次不同"
    )
    assert province_grades.figures.scores(by_hand(None, None)).get_label() == "2 个市均未得到评定"
