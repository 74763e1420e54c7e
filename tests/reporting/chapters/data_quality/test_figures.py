from evalkit.reporting.chapters.data_quality import figures, tables
from tests.reporting.chapters.data_quality.reports import whole
from tests.reporting.drawn import draw, words


def test_the_bars_are_as_long_as_the_table_counts():
    figure = draw(figures.asks, whole())
    (axes,) = figure.axes
    counts = tables.asks_by_city(whole()).data
    assert sum(patch.get_width() for patch in axes.patches) == counts["sum"].sum()
    assert {"温州市", "说明", "核对"} <= set(words(figure))
    assert figure.get_label() == f"要问的最多的是{counts.city[0]}：{counts['sum'][0]} 件"


def test_where_nothing_is_asked_nothing_is_drawn(small):
    report = small(whole=True)
    assert tables.asks(report).rows == ()
    assert figures.asks(report) is None
