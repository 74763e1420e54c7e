import pytest

from evalkit.reporting.report import RoundReport
from tests.reporting.printed import census


@pytest.fixture(scope="module", params=["zh", "en"])
def report(request, study, result):
    return RoundReport(study, result, 2012, request.param)


def row(table, report, code, year=None):
    own = table[table[report.word("indicator")].str.startswith(report.node(code))]
    return own.iloc[0] if year is None else own[own[report.word("year")] == year].iloc[0]


def test_both_censuses_of_all_seven_indicators(report):
    table = census.county_equality.spreads(report)
    assert list(table[report.word("year")]) == [2010, 2020] * 7
    assert set(table[report.word("counties_n")]) == {90}


def test_the_worst_county_is_the_one_worst_off(report):
    toilet, illiteracy = (
        row(census.county_equality.spreads(report), report, f"P0{code}", 2010) for code in ("8-toilet", "3-illiteracy")
    )
    assert report.region("331024") in toilet[report.word("worst_county")]
    assert "18.74" in illiteracy[report.word("worst_county")]


def test_people_below_the_mean_are_counted(report, figures):
    own = figures.xs(2010, level="year")
    own = own[~own.index.str.endswith("00")].dropna(subset=["hh_share_toilet"])
    mean = (own.hh_share_toilet * own.pop_census).sum() / own.pop_census.sum()
    behind = own[own.hh_share_toilet < mean]
    found = row(census.county_equality.spreads(report), report, "P08-toilet", 2010)
    assert found[report.word("counties_below")] == len(behind)
    assert float(found[report.word("people_below")]) == pytest.approx(behind.pop_census.sum() / 1e4, abs=0.05)


def test_what_becomes_of_a_county_adds_up(report):
    table = census.county_equality.county_progress(report)
    fates = table[[report.word(key, last=2020) for key in ("overtook", "narrowed", "widened")]].astype(int).sum(axis=1)
    assert list(fates) == list(table[report.word("counties_below_first", first=2010)])
    assert set(table[report.word("counties_n")]) == {82}


def test_the_share_closed_is_that_of_the_mean_gap(report):
    found = census.county_equality.closed_gap(report, report.system.node("P09-tap-water"))
    assert found.closed == pytest.approx(1 - found.now / found.base)
    printed = row(census.county_equality.county_progress(report), report, "P09-tap-water")
    assert printed[report.word("closed_share")] == "+93"


def test_only_shares_have_a_ceiling(report):
    assert census.county_equality.headrooms(report, report.system.node("P03-schooling")) is None
    table = census.county_equality.county_ceilings(report)
    assert len(table) == 2 * 5
    assert row(table, report, "P09-tap-water", 2020)[report.word("near_bound")] == report.word("is_so")


def test_the_furthest_counties_are_named_with_their_city(report):
    table = census.county_equality.furthest(report)
    assert len(table) == census.county_equality.FURTHEST * 7
    found = row(table, report, "P03-illiteracy")
    assert list(found)[2:5] == [report.region("331022"), report.region("331000"), found[report.word("value")]]
    assert float(found[report.word("value")]) == 12.70


def test_without_people_to_weigh_by_the_tables_are_empty(project):
    project.edit("study", "  county_population: pop_census\n", "")
    study = project.load()
    report = RoundReport(study, study.evaluate(), 2012, "en")
    for table in (
        census.county_equality.spreads,
        census.county_equality.county_ceilings,
        census.county_equality.county_progress,
        census.county_equality.furthest,
    ):
        assert table(report).empty
