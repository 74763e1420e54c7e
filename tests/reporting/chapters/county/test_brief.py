import pytest

from evalkit.reporting.chapters.county import brief
from tests.reporting.assessed import blank_or_chinese
from tests.reporting.counties import WEAK, county_report, public_county

TABLES = (brief.worst, brief.below, brief.duties)


def test_what_lags_most_stands_first_and_what_lags_by_little_does_not():
    judged = county_report().judged
    lowest = judged.completion[judged.lamps == "behind"].sort_values()
    assert brief.worst(county_report()).data.completion.tolist() == lowest[lowest < 95].tolist()[: brief.BEHIND["zh"]]


def test_facilities_are_those_that_miss_their_threshold():
    units = county_report(WEAK).facilities
    assert brief.below(county_report(WEAK)).data.units_below.tolist() == units.below[units.below > 0].tolist()


def test_what_a_document_gives_is_put_right_first_then_the_least_complete():
    report = county_report(WEAK)
    found = report.study.consequences.county_rectification.closing(2012).query("region == @WEAK")
    completion = found.subject.map(report.judged.completion)
    first = report.system.node(found.subject[completion.where(found.target_status == "confirmed").idxmin()])
    assert brief.duties(report).data.to_rectify[0].startswith(first.name.zh)
    assert brief.duties(report).data.lead_department[0] == "省文化厅"


def test_lines_of_two_pages_are_not_exceeded():
    lags, facilities, items = (table(county_report(WEAK)) for table in TABLES)
    assert len(lags) + 2 * len(facilities) + len(items) == brief.ROOM["zh"]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__)
def test_a_table_is_there_where_counties_are_graded_and_english_is_english(table):
    assert table(public_county()) is None
    made = table(county_report(WEAK, language="en")).printed
    own = made.drop(columns="Which are below it", errors="ignore")  # facilities have names in Chinese alone
    assert blank_or_chinese(own, "en") == []


def test_what_lags_says_how_long_it_still_takes():
    report = county_report(WEAK)
    values = report.study.assessed.counties.values.loc[WEAK]
    shown = brief.worst(report).data
    judged = report.judged[report.judged.lamps == "behind"].sort_values("completion")
    judged = judged[judged.completion < 95].head(len(shown))
    floors = [code for code in judged.index if report.system.node(code).aim.kind == "floor"]
    assert len(floors) > 3
    for code in floors:
        moved = values.loc[2012, code] - values.loc[2011, code]
        expected = (judged.targets[code] - values.loc[2012, code]) / moved if moved > 0 else float("inf")
        found = shown.pace[list(judged.index).index(code)]
        assert found == pytest.approx(expected)
