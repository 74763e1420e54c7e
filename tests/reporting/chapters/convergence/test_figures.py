import warnings
from itertools import pairwise

import numpy as np
import pytest
from matplotlib.text import Text

from evalkit.reporting.chapters import convergence


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_figure_is_drawn_without_a_warning_and_names_every_series(round_report, language):
    report = round_report(language=language)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = convergence.figures.dispersion(report)
        figure.canvas.draw()
    names = [text.get_text() for text in figure.axes[0].texts]
    assert len(names) == 9
    assert report.node("P04-beds") in names


def test_labels_do_not_overlap(round_report):
    figure = convergence.figures.dispersion(round_report())
    figure.canvas.draw()
    (axes,) = figure.axes
    # of the words alone, for the extent of an annotation holds its line, too
    middles = sorted(axes.transData.transform((0, text.xyann[1]))[1] for text in axes.texts)
    height = max(Text.get_window_extent(text).height for text in axes.texts)
    assert all(upper - lower > height for lower, upper in pairwise(middles))


def test_lines_end_at_the_dispersion_of_the_last_year(round_report, values):
    figure = convergence.figures.dispersion(round_report())
    ends = [line.get_ydata()[-1] for line in figure.axes[0].lines]
    last = np.log(values["P03-primary"].xs(2012, level="year").drop("zhejiang", errors="ignore").dropna())
    assert ends[0] == pytest.approx(last.std(ddof=0))


def test_where_no_series_is_declared_nothing_is_drawn(round_report):
    assert convergence.figures.dispersion(round_report(services=(), money=())) is None
