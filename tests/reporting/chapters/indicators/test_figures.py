import pytest

from tests.reporting.cities import assessed_report
from tests.reporting.drawn import draw, words
from tests.reporting.printed import indicators


def test_the_profile_marks_the_city_between_the_others(city_report, points):
    axes = draw(indicators.figures.profile, city_report()).axes[0]
    in_2012 = points.xs(2012, level="year")["P04-beds"]
    lowest = axes.collections[0].get_segments()[0]  # the last indicator stands lowest
    assert lowest[:, 0] == pytest.approx([in_2012.min(), in_2012.max()], abs=0.005)
    assert f"{in_2012['330800']:.1f}" in words(axes.figure)


def test_contributions_are_those_of_the_table(city_report):
    text = words(draw(indicators.figures.contributions, city_report()))
    parts = indicators.tables.contributions(city_report()).iloc[:-1]
    assert all(f"{row['贡献（分）']} / {row['权数']}" in text for _, row in parts.iterrows())


@pytest.mark.parametrize("make", [indicators.figures.profile, indicators.figures.contributions])
def test_a_figure_of_many_indicators_keeps_to_a_page(make):
    axes = draw(make, assessed_report()).axes[0]
    assert 10 < len(axes.get_yticks()) <= 20
    assert axes.figure.get_figheight() < 11.7


def test_where_nothing_is_known_nothing_is_drawn():
    assert indicators.figures.contributions(assessed_report(city="330500")) is None
