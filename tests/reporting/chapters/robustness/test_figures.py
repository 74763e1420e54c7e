import warnings

import pytest

from evalkit.reporting.chapters import robustness
from evalkit.reporting.report import RoundReport


@pytest.fixture(scope="module", params=["zh", "en"])
def report(request, study, result):
    return RoundReport(study, result, 2012, request.param)


@pytest.mark.parametrize(
    "make", [robustness.figures.intervals, robustness.figures.probabilities, robustness.figures.sensitivity]
)
def test_figures_are_drawn_without_a_warning(report, make, monkeypatch):
    monkeypatch.setattr("evalkit.reporting.chapters.robustness.tables.SOBOL_SIZE", 16)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        monkeypatch.setattr("SALib.analyze.sobol.warn", lambda *_: None, raising=False)
        make(report).canvas.draw()


def test_every_city_stands_in_the_intervals_from_the_last_to_the_first(report):
    (axes,) = robustness.figures.intervals(report).axes
    names = [label.get_text() for label in axes.get_yticklabels()]
    assert names[-1] == report.region("330900")
    assert len(names) == 11
