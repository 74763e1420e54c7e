import pytest

from evalkit import ParamsError
from evalkit.reporting.report import RoundReport


@pytest.fixture(scope="module")
def report(study, result):
    return RoundReport(study, result, 2012, "zh")


def test_a_year_and_a_language_that_the_study_does_not_know_are_refused_together(study, result):
    with pytest.raises(ParamsError, match=r"(?s)year: found 2031.*language: found 'fr'; expected one of zh, en"):
        RoundReport(study, result, 2031, "fr")


def test_weight_points_add_up_to_a_hundred(report):
    assert report.points.to_dict() == dict.fromkeys(
        ["P03-primary", "P03-secondary", "P04-physicians", "P04-beds"], 25.0
    )


def test_ranks_by_alternative_stand_one_column_a_way(report):
    table = report.ranks_by_alternative
    assert list(table.columns) == ["main", "equal", "geometric", "min-max", "uncapped", "registered"]
    assert table.loc["330800", ["main", "registered"]].tolist() == [4, 8]
    assert report.rank_range.loc["330800"].tolist() == [3, 8]


def test_the_draws_are_the_study_s(report, study):
    assert (report.draws.scores == study.draws(2012).scores).all()
