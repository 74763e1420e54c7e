import warnings

import pytest

from evalkit.reporting.chapters import rectification
from evalkit.reporting.chapters.rectification.items import open_items
from tests.reporting.assessed import demo


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_is_drawn_without_a_warning(language):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        rectification.figures.by_city(demo(2012, language)).canvas.draw()


def test_the_city_with_most_items_stands_on_top_and_every_bar_has_its_items():
    counts = open_items(demo()).region.value_counts()
    axes = rectification.figures.by_city(demo()).axes[0]
    labels = [label.get_text() for label in axes.get_yticklabels()]
    assert labels[-1] == demo().region(counts.idxmax())
    widths = [sum(bars[place].get_width() for bars in axes.containers) for place in range(len(labels))]
    assert sorted(widths) == sorted(counts.reindex(demo().study.regions.index, fill_value=0))


def test_a_round_without_rules_of_accountability_has_none(round_report):
    assert rectification.figures.by_city(round_report()) is None
