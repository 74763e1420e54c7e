import warnings

import pytest

from evalkit.reporting.chapters import fiscal


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("name", "year"), [("spending", 2008), ("spending", 2012), ("growth", 2012)])
def test_figures_are_drawn_without_a_warning(round_report, name, year, language):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        getattr(fiscal.figures, name)(round_report(year=year, language=language)).canvas.draw()


def names(figure):
    return [label.get_text() for label in figure.axes[0].get_yticklabels()]


def test_every_city_is_named_the_highest_on_top(round_report):
    figure = fiscal.figures.spending(round_report())
    assert (len(names(figure)), names(figure)[-1], names(figure)[0]) == (11, "舟山市", "温州市")


def test_all_cities_together_stand_below_the_cities(round_report):
    figure = fiscal.figures.growth(round_report())
    assert (len(names(figure)), names(figure)[0], names(figure)[-1]) == (12, "各市合计", "衢州市")


def test_without_growth_or_without_money_nothing_is_drawn(round_report):
    assert fiscal.figures.growth(round_report(year=2008)) is None
    assert [f(round_report(fiscal=None)) for f in (fiscal.figures.growth, fiscal.figures.spending)] == [None, None]
