import warnings

import numpy as np
import pytest
from matplotlib import pyplot
from matplotlib.figure import Figure
from matplotlib.text import Text

from evalkit.reporting import figures as drawn
from evalkit.reporting.render.fonts import missing_characters
from tests.reporting.cities import assessed_report
from tests.reporting.printed import tables

NAMES = ["profile", "ranks", "contributions", "paths", "resources", "counties"]


def draw(name, report):
    """Draw a figure; a missing glyph, a missing font and a layout that does not fit are warnings."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = getattr(drawn, name)(report)
        figure.canvas.draw()
    return figure


def words(figure):
    return [text.get_text() for text in figure.findobj(Text) if text.get_text()]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("year", [2010, 2012])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_figures_are_drawn_without_a_warning(city_report, name, year, language):
    figure = draw(name, city_report("330100", year, language))
    assert isinstance(figure, Figure)
    assert missing_characters("".join(words(figure))) == set()
    assert pyplot.get_fignums() == []


@pytest.mark.parametrize("name", NAMES)
def test_english_figures_are_english(city_report, name):
    text = "".join(words(draw(name, city_report(language="en"))))
    assert not [character for character in text if "\u3000" <= character <= "\uffef"]


def test_the_profile_marks_the_city_between_the_others(city_report, points):
    axes = draw("profile", city_report()).axes[0]
    in_2012 = points.xs(2012, level="year")["P04-beds"]
    lowest = axes.collections[0].get_segments()[0]  # the last indicator stands lowest
    assert lowest[:, 0] == pytest.approx([in_2012.min(), in_2012.max()], abs=0.005)
    assert f"{in_2012['330800']:.1f}" in words(axes.figure)


def test_ranks_stand_with_the_first_on_top(city_report):
    axes = draw("ranks", city_report()).axes[0]
    own = next(line for line in axes.lines if line.get_linewidth() == 3)
    assert list(own.get_ydata()) == list(tables.path(city_report())["位次"])
    assert axes.yaxis_inverted()
    assert len(axes.lines) == 11


def test_contributions_are_those_of_the_table(city_report):
    text = words(draw("contributions", city_report()))
    parts = tables.contributions(city_report()).iloc[:-1]
    assert all(f"{row['贡献（分）']} / {row['权数']}" in text for _, row in parts.iterrows())


def test_paths_show_the_city_the_others_and_all_together(city_report, points):
    panels = draw("paths", city_report()).axes
    assert [panel.get_title() for panel in panels] == ["公共统计服务指数", "教育公平工程", "全民健康工程"]
    others = panels[0].lines[0].get_ydata()
    assert np.isnan(others).sum() == 10  # one break after each of the other cities
    assert np.nanmean(others) == pytest.approx(points.drop(index="330800").mean(axis=1).mean(), abs=0.005)
    assert list(panels[0].lines[-1].get_ydata()) == pytest.approx(list(points.loc["330800"].mean(axis=1)), abs=0.005)


def test_resources_set_the_rank_of_the_money_beside_that_of_the_result(city_report, values):
    axes = draw("resources", city_report()).axes[0]
    spending, results = axes.lines
    money = values["P03-spending"].xs(2012, level="year").dropna()
    own = city_report()
    at = [label.get_text() for label in axes.get_yticklabels()].index("教育公平工程")
    assert spending.get_xdata()[at] == 1 + (money > money["330800"]).sum()
    assert list(results.get_xdata()) == [own.rank(project.code) for project in own.scored_projects[::-1]]


@pytest.mark.parametrize("name", ["profile", "contributions"])
def test_a_figure_of_many_indicators_keeps_to_a_page(name):
    axes = draw(name, assessed_report()).axes[0]
    assert 10 < len(axes.get_yticks()) <= 20
    assert axes.figure.get_figheight() < 11.7


def test_where_nothing_is_known_nothing_is_drawn():
    assert drawn.contributions(assessed_report(city="330500")) is None


def test_counties_name_both_ends(city_report, figures):
    text = words(draw("counties", city_report()))
    tap = figures["hh_share_tap_water"].xs(2010, level="year").loc["330802":"330881"]
    assert len(tap) == 6
    assert tap.idxmin() == "330822"
    assert "常山县" in text
    assert "饮用自来水的家庭户比重" in text
    assert "平均受教育年限" not in text  # only shares share a scale
