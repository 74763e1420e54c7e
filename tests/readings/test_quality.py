from dataclasses import replace

import pytest

from evalkit.readings.quality import GRAVITIES, Quality
from evalkit.readings.quality_changes import Finding
from tests.readings.planted import DEMONSTRATION, at, planted, times, unchanged


@pytest.fixture(scope="module")
def shipped():
    return planted(unchanged)


def test_a_slip_of_the_unit_is_asked_about_first_and_told_once():
    quality = planted(times(10_000, "gdp", "330800", 2010))
    first = quality.asks[0]
    assert (first.gravity, first.region, first.variable, first.years) == ("correct", "330800", "gdp", (2010,))
    assert [finding.kind for finding in first.findings] == ["slip"]


def test_asks_are_in_the_order_of_gravity_and_of_what_is_scored(shipped):
    places = [(GRAVITIES.index(ask.gravity), not ask.scored) for ask in shipped.asks]
    assert places == sorted(places)
    assert len({(ask.level, ask.region, ask.variable) for ask in shipped.asks}) == len(shipped.asks)


def test_what_is_scored_is_known_and_who_answers_for_it():
    asks = {(ask.region, ask.variable): ask for ask in planted(unchanged, study=DEMONSTRATION).asks}
    ask = next(ask for ask in asks.values() if ask.variable == "physicians")
    assert ask.departments[0] == "health"
    assert ask.scored == ("physicians" in planted(unchanged, study=DEMONSTRATION).figures.scored)


@pytest.mark.parametrize(
    ("finding", "gravity"),
    [
        (Finding("slip", "city", "gdp", "330800", 2010), "correct"),
        (Finding("step", "city", "gdp", "330800", 2010, size=0.2, tests=2), "explain"),
        (Finding("step", "city", "gdp", "330800", 2010, size=0.2, tests=1), "look"),
        (Finding("step", "city", "gdp", "330800", 2010, size=0.48, tests=1), "explain"),
        (Finding("step", "city", "gdp", "330800", 2010, size=0.48, tests=0), "look"),
        (Finding("step", "city", "gdp", "330800", 2010, size=0.48, tests=2, few=True), "look"),
        (Finding("same", "city", "gdp", "330800", 2010), "explain"),
        (Finding("missing", "city", "gdp", "330800", 2010), "supply"),
        (Finding("coarse", "city", "gdp", "", 2010), "look"),
    ],
)
def test_gravity_follows_from_the_kind_the_tests_and_the_size(shipped, finding, gravity):
    assert shipped.gravity(finding) == gravity


def test_a_missing_figure_is_asked_of_its_region_and_of_all_where_nobody_has_one():
    def silent(table):
        one, every = at(table, "gdp", "330100", 2010), at(table, "physicians", year=2011)
        table.loc[one | every, ["value", "state"]] = [float("nan"), "missing"]
        return table

    assert {(f.variable, f.region, f.year) for f in planted(silent).missing} == {
        ("gdp", "330100", 2010),
        ("physicians", "", 2011),
    }


def test_a_report_of_an_earlier_year_asks_about_no_later_figure(shipped):
    early = Quality.of(shipped.study, 2010)
    assert max(finding.year for finding in early.findings) == 2010
    assert max(finding.year for finding in shipped.findings) == 2020


def test_what_is_declared_of_figures_and_their_states_changes_nothing(shipped):
    """Breaks, doubts and oddities may be gone, and any figure in dispute: the same is found."""
    study = shipped.study
    variables = {
        code: variable.model_copy(update={"breaks": (), "doubts": (), "oddities": (), "checks": ()})
        for code, variable in study.dataset.metadata.variables.items()
    }
    metadata = study.dataset.metadata.model_copy(update={"variables": variables})
    table = study.dataset.table.assign(state=study.dataset.table.state.replace("value", "disputed"))
    silent = replace(study, dataset=replace(study.dataset, metadata=metadata, table=table))
    assert set(Quality.of(silent, 2012).findings) == set(shipped.findings)


def test_the_tests_of_changes_flag_about_as_many_random_figures_as_chance_gives():
    """The demonstration is random: its flags lie between what normal changes and heavy tails give."""
    chances = planted(unchanged, study=DEMONSTRATION).chances
    assert chances.normal["same"] == pytest.approx(chances.flagged["same"], rel=0.3)
    assert chances.normal["copied"] == pytest.approx(chances.flagged["copied"], rel=0.3)
    assert chances.normal["by_peers"] < chances.flagged["by_peers"] < chances.heavy["by_peers"]
    assert chances.normal["by_series"] < chances.flagged["by_series"] < chances.heavy["by_series"]


def test_uneven_digits_are_asked_of_all_regions():
    def heaped(table):
        rows = at(table, "pop_census")
        table.loc[rows, "value"] = (table.value[rows] / 5).round() * 5
        return table

    asks = [ask for ask in planted(heaped).asks if any(f.kind == "digits" for f in ask.findings)]
    assert [(ask.region, ask.variable, ask.level) for ask in asks] == [("", "pop_census", "county")]
