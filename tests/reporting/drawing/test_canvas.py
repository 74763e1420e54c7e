from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import scipy
from matplotlib import pyplot

from evalkit.reporting.drawing.canvas import apart, canvas, done, folded, head_columns, legend, others
from evalkit.reporting.render.fonts import chinese_type


def test_one_column_gives_axes_and_several_a_row_of_them():
    assert canvas(3)[1].get_xlim() == (0, 1)
    figure, panels = canvas(3, columns=3)
    assert (len(panels), len(figure.axes)) == (3, 3)
    pyplot.close("all")


def test_a_figure_that_is_done_is_out_of_pyplot_s_hands():
    figure, _ = canvas(3)
    assert done(figure, SimpleNamespace(mark=None), "one of 3") is figure
    assert figure.number not in pyplot.get_fignums()
    assert figure.texts == []


def test_a_figure_of_made_up_data_says_so():
    figure, _ = canvas(3)
    assert [text.get_text() for text in done(figure, SimpleNamespace(mark="made up"), "").texts] == ["made up"]


def test_labels_move_apart_as_little_as_may_be_and_keep_their_order():
    assert apart([3.0, 1.0, 1.0], 1).tolist() == [3.0, 0.5, 1.5]
    assert apart([0.0, 5.0], 1).tolist() == [0.0, 5.0]


def test_labels_stand_where_scipy_s_isotonic_regression_puts_them():
    places = np.arange(40)
    for values in np.sort(np.random.default_rng(7).uniform(0, 30, (20, 40))):
        fit = scipy.optimize.isotonic_regression(values - places).x
        assert apart(values, 1) == pytest.approx(fit + places, abs=1e-12)


def test_labels_stay_between_two_ends():
    assert apart([3.0, 3.0, 1.0, 1.0], 1, within=(1, 4)).tolist() == [3.0, 4.0, 1.0, 2.0]
    assert apart([9.0, 9.0], 2, within=(0, 9)).tolist() == [7.0, 9.0]


def test_of_too_many_lines_the_band_is_drawn():
    figure, (few, many) = canvas(3, columns=2)
    table = pd.DataFrame({2011: np.arange(101.0), 2012: np.arange(101.0)})
    others(few, table.head(3))
    others(many, table)
    assert (len(few.lines), len(few.collections), len(many.lines)) == (1, 0, 0)
    widest, middle = (shape.get_paths()[0].get_extents() for shape in many.collections)
    assert (widest.y0, widest.y1, middle.y0, middle.y1) == (0, 100, 25, 75)
    pyplot.close(figure)


def test_a_long_name_is_broken_and_one_that_is_too_long_ends_in_an_ellipsis():
    assert folded("基本公共服务", 12) == "基本公共服务"
    assert folded("基本公共服务均等化", 12) == "基本公共服务\n均等化"
    assert folded("基本公共服务均等化程度评价指数", 12) == "基本公共服务\n均等化程度…"
    assert folded("physicians per thousand", 12) == "physicians\nper thousand"
    assert folded("", 12) == ""
    assert folded("beds per 1 000 residents", 11, lines=3) == "beds per\n1 000\nresidents"


@pytest.mark.parametrize("width", range(4, 40))
def test_no_line_begins_with_what_closes_or_ends_with_what_opens(width):
    names = (
        "面积达 1500 平方米以上的（县、区）文化馆比例（%）",
        "每千人（常住）床位",
        "（甲）乙，丙；“丁”",
        "万人（GDP）",
    )
    for name in names:
        rows = folded(name, width, lines=99).split("\n")
        assert "".join(rows).replace(" ", "") == name.replace(" ", "")
        assert [row for row in rows[1:] if row[0] in "）、，；”%"] == []
        assert [row for row in rows[:-1] if row[-1] in "（“"] == []
        assert not [row for row in rows if row.endswith("GD") or row.endswith(("1", "15", "150"))] or width < 8


def test_a_figure_is_no_larger_than_a_printed_page():
    sizes = [canvas(height)[0].get_size_inches() * 25.4 for height in (3, 20)]
    assert np.round(sizes, 1).tolist() == [[156, 76.2], [156, 136]]
    pyplot.close("all")


def test_names_of_columns_are_folded_or_slant_where_a_word_is_wider():
    for names, angle in ((["社会福利工程"] * 10, 0), (["Employment"] * 10, 30), (["Employment"] * 4, 0)):
        figure, axes = canvas(3)
        head_columns(axes, range(len(names)), names)
        assert {label.get_rotation() for label in axes.get_xticklabels()} == {angle}
        pyplot.close(figure)


def test_a_legend_has_as_many_columns_as_have_room():
    for name, columns in (("met", 6), ("notice to rectify by a date", 2), ("限期整改通知" * 4, 1)):
        figure, axes = canvas(3)
        for place in range(6):
            axes.barh(place, 1, label=name)
        legend(axes)
        assert axes.get_legend()._ncols == columns
        pyplot.close(figure)


def test_no_name_of_a_figure_is_cut_off(small):
    for name in ("很长的指标名称" * 12, "a very long name of an indicator " * 8):
        with chinese_type():
            figure, axes = canvas(2)
            axes.barh([0], [1])
            axes.set_yticks([0], [name])
            done(figure, small(), "").draw_without_rendering()
        labels = [label.get_window_extent() for label in axes.get_yticklabels()]
        assert min(box.x0 for box in labels) >= 0
        assert axes.get_window_extent().width > figure.bbox.width / 3
        assert any("…" in label.get_text() for label in axes.get_yticklabels())
