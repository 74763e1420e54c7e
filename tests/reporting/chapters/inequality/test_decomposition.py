import pandas as pd
import pytest

from evalkit.readings.equality import Equality
from evalkit.reporting.report import RoundReport
from tests.conftest import anew
from tests.reporting.printed import inequality


@pytest.fixture(scope="module", params=["zh", "en"])
def report(request, study, result):
    return RoundReport(study, result, 2012, request.param)


def numbers(table, columns):
    return table[columns].astype(float)


def test_between_and_within_add_up_in_both_years(report):
    table = inequality.decomposition.groups(report)
    total, between, within = (report.word(f"theil_{part}") for part in ("total", "between", "within"))
    cells = numbers(table, [total, between, within])
    assert (cells[between] + cells[within]).to_numpy() == pytest.approx(cells[total].to_numpy(), abs=0.011)
    assert list(table[report.word("year")]) == [2008, 2012] * 9


def test_the_parts_within_are_named_by_group(report):
    groups = report.study.all_regions.groups
    names = [report.word("within_group", group=groups[code][report.language]) for code in groups]
    table = inequality.decomposition.groups(report)
    within = numbers(table, names).sum(axis=1)
    assert within.to_numpy() == pytest.approx(table[report.word("theil_within")].astype(float).to_numpy(), abs=0.011)


def test_dagums_parts_make_a_hundred_and_name_their_groups(report):
    table = inequality.decomposition.overlap(report)
    parts = [report.word(f"dagum_{part}") for part in ("within", "between", "overlap")]
    assert numbers(table, parts).sum(axis=1).to_numpy() == pytest.approx(100, abs=0.15)
    pair = table.iloc[0][[report.word("higher_group"), report.word("lower_group")]]
    assert [cell.count("5") + cell.count("6") for cell in pair] == [1, 1]


def test_every_column_of_the_cities_sums_to_theils_t(report):
    table = inequality.decomposition.city_contributions(report)
    assert len(table) == 11 + 1
    for name in table.columns[1:]:
        parts = table[name].iloc[:-1].astype(float)
        assert parts.sum() == pytest.approx(float(table[name].iloc[-1]), abs=0.06)


def test_a_lead_is_above_0_and_a_lag_below(report):
    table = inequality.decomposition.city_contributions(report).set_index(report.word("city"))
    beds = table[report.node("P04-beds")]
    assert beds[report.region("330100")].startswith("+")
    assert beds[report.region("330300")].startswith("-")


def test_dimensions_add_up_to_the_index_at_both_levels(report):
    table = inequality.decomposition.dimensions(report)
    whole = table[table[report.word("item")] == report.word("sum_of_parts")]
    gini = f"{report.word('gini_part')} 2012"
    assert len(whole) == 2
    assert len(set(whole[gini])) == 1
    for level, part in table.groupby(report.word("level"), sort=False):
        assert part[gini].iloc[:-1].astype(float).sum() == pytest.approx(float(part[gini].iloc[-1]), abs=3e-4), level


def test_a_reading_that_does_not_hold_has_no_row(report, monkeypatch):
    report = anew(report)
    for reading in ("split", "dagum", "contributions"):
        monkeypatch.setattr(Equality, reading, lambda *_: None)
    assert inequality.decomposition.groups(report).empty
    assert inequality.decomposition.overlap(report).empty
    assert inequality.decomposition.city_contributions(report) is None


def test_an_index_without_parts_has_no_dimensions(report, monkeypatch):
    report = anew(report)
    monkeypatch.setattr(Equality, "dimensions", lambda *_: None)
    assert inequality.decomposition.dimensions(report).equals(pd.DataFrame(dtype=object))
