import re
from dataclasses import replace

import pytest

from evalkit.reporting.report import RoundReport
from evalkit.scoring.uncertainty_sources import WeightNoise
from evalkit.tabular.cells import number, span
from tests.reporting.printed import robustness


@pytest.fixture(scope="module", params=["zh", "en"])
def report(request, study, result):
    return RoundReport(study, result, 2012, request.param)


def test_sources_say_what_is_varied(report):
    notes = list(robustness.tables.sources(report).iloc[:, 1])
    assert "25" in notes[0]
    assert notes[1].count(report.word("option_min_max")) == 1


def test_intervals_hold_the_median_and_order_by_rank(report):
    table = robustness.tables.intervals(report)
    assert list(table.iloc[:, 1]) == sorted(table.iloc[:, 1])
    for _, row in table.iterrows():
        ends = [int(end) for end in re.split("[—–]", row.iloc[3])]
        assert ends[0] <= row.iloc[2] <= ends[-1]


def reading(report, **changes):
    """The same report of a study whose readings are declared otherwise."""
    declared = report.study.round
    readings = declared.readings.model_copy(update=changes)
    study = replace(report.study, round=declared.model_copy(update={"readings": readings}))
    return RoundReport(study, study.evaluate(), report.year, report.language)


def test_level_and_bands_are_those_of_the_readings(report):
    other = reading(report, level=0.6, bands=(50.0,))
    draws = report.draws
    table = robustness.tables.intervals(other).set_index(report.word("city"))
    for city, row in draws.rank_interval(0.6).iterrows():
        assert table.loc[report.region(city), report.word("rank_interval", level=60)] == span(
            row.low, row.high
        ).in_language(report.language)
    shares = {report.region(city): number(100 * share, 0) for city, share in draws.band_stability([50]).items()}
    assert table[report.word("stability")].to_dict() == shares
    tiers = draws.tiers(0.6).rename(index=report.region)
    assert table[report.word("tier")].to_dict() == tiers.to_dict()
    assert robustness.tables.rank_of(other, "330900")["level"] == 60


def test_without_bands_no_stability_is_read(report):
    assert report.word("stability") not in robustness.tables.intervals(reading(report, bands=()))


def test_the_range_over_alternatives_stands_beside_the_interval(report):
    table = robustness.tables.intervals(report).set_index(report.word("city"))
    assert table.loc[report.region("330800"), report.word("rank_range")] == span(3, 8).in_language(report.language)


def test_probabilities_add_up_to_a_hundred_for_each_city(report):
    for _, row in robustness.tables.probabilities(report).iterrows():
        assert float(sum(cell for cell in row.iloc[1:] if cell != "—")) == pytest.approx(100, abs=3)


def test_above_and_below_make_a_hundred(report):
    table = robustness.tables.above(report).set_index(report.word("city"))
    first, last = table.index[0], table.index[-1]
    assert float(table.loc[first, last] + table.loc[last, first]) == pytest.approx(100, abs=1)
    assert table.loc[first, first] == "—"


def test_the_most_likely_rank_is_the_mode_of_the_draws(report):
    place = report.draws.regions.index("330900")
    ranks = report.draws.ranks[:, place].tolist()
    found = robustness.tables.rank_of(report, "330900")
    assert found["likely"] == max(set(ranks), key=ranks.count)
    assert found["draws"] == 1000


def test_sensitivity_names_every_city_and_source(report, monkeypatch):
    monkeypatch.setattr("evalkit.reporting.chapters.robustness.tables.SOBOL_SIZE", 16)
    table = robustness.tables.sensitivity(report)
    assert len(table) == 11 * 5
    assert set(table.iloc[:, 1]) == set(map(report.source, report.study.round.uncertainty.sources))


def test_noise_of_a_level_says_of_which(study, result):
    noise = study.uncertainty.model_copy(update={"sources": {"weights": WeightNoise(level="project", spread=0.1)}})
    study = replace(study, round=study.round.model_copy(update={"uncertainty": noise}))
    (note,) = robustness.tables.sources(RoundReport(study, result, 2012, "en")).iloc[:, 1]
    assert note == "every weight of the level project moves by up to 10 % either way"
