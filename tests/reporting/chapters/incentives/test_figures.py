import warnings

import pytest

from evalkit.reporting.chapters import incentives
from tests.reporting.assessed import demo


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_is_drawn_without_a_warning(language):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        incentives.figures.simulation(demo(2012, language)).canvas.draw()


def test_the_bars_are_the_changes_in_ten_thousands():
    held = demo().study.consequences.simulation("balanced", 2012)
    (bars,) = incentives.figures.simulation(demo()).axes[0].containers
    assert [bar.get_width() for bar in bars] == pytest.approx(sorted(float(x) / 10_000 for x in held.difference))


def test_a_round_without_another_rule_has_none(round_report):
    assert incentives.figures.simulation(round_report()) is None
