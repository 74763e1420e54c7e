import numpy as np
import pytest

from tests.reporting.drawn import draw
from tests.reporting.printed import position


def test_ranks_stand_with_the_first_on_top(city_report):
    axes = draw(position.figures.ranks, city_report()).axes[0]
    own = next(line for line in axes.lines if line.get_linewidth() == 3)
    assert list(own.get_ydata()) == list(position.tables.path(city_report())["位次"])
    assert axes.yaxis_inverted()
    assert len(axes.lines) == 11


def test_paths_show_the_city_the_others_and_all_together(city_report, points):
    panels = draw(position.figures.paths, city_report()).axes
    assert [panel.get_title() for panel in panels] == ["公共统计服务指数", "教育公平工程", "全民健康工程"]
    others = panels[0].lines[0].get_ydata()
    assert np.isnan(others).sum() == 10  # one break after each of the other cities
    assert np.nanmean(others) == pytest.approx(points.drop(index="330800").mean(axis=1).mean(), abs=0.005)
    assert list(panels[0].lines[-1].get_ydata()) == pytest.approx(list(points.loc["330800"].mean(axis=1)), abs=0.005)
