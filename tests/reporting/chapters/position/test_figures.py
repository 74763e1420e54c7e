import pytest

from tests.reporting.drawn import draw
from tests.reporting.printed import position


def test_ranks_stand_with_the_first_on_top(city_report):
    axes = draw(position.figures.ranks, city_report()).axes[0]
    own = next(line for line in axes.lines if line.get_linewidth() == 3)
    assert list(own.get_ydata()) == list(position.tables.path(city_report())["位次"])
    assert axes.yaxis_inverted()
    assert len(axes.lines) == 11


@pytest.mark.parametrize("year", [2008, 2012])
def test_the_title_of_ranks_says_where_they_began_and_ended(city_report, year):
    ranks = list(position.tables.path(city_report(year=year))["位次"])
    title = position.figures.ranks(city_report(year=year)).get_label()
    told = f"2008 年第 {ranks[0]}，2012 年第 {ranks[-1]}，其间最好第 {min(ranks)}、最差第 {max(ranks)}"
    assert title == "衢州市服务水平位次：" + (told if year == 2012 else f"2008 年第 {ranks[0]}")
