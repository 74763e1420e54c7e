import warnings

import pytest

from evalkit.reporting.chapters import efficiency
from evalkit.reporting.report import RoundReport


@pytest.fixture(scope="module", params=["zh", "en"])
def report(request, study, result):
    return RoundReport(study, result, 2012, request.param)


@pytest.mark.parametrize("figure", [efficiency.figures.scores, efficiency.figures.ranks])
def test_figures_are_drawn_without_a_warning(report, figure):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure(report).canvas.draw()


def test_the_lowest_score_stands_at_the_foot(report):
    (axes,) = efficiency.figures.scores(report).axes
    assert axes.get_yticklabels()[0].get_text() == report.region("330400")


def test_every_city_has_a_line_from_its_means_to_its_results(report):
    (axes,) = efficiency.figures.ranks(report).axes
    ends = {tuple(line.get_ydata()) for line in axes.lines}
    assert len(axes.lines) == 11
    assert (2, 6) in ends  # Ningbo
