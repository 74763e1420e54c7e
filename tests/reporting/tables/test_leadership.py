import pytest

from evalkit.reporting.tables import leadership as tables
from tests.reporting.assessed import blank_or_chinese
from tests.reporting.cities import HUZHOU, WENZHOU, assessed_report

SHAOXING = "330600"


def read(report):
    return tables.leadership(report).set_index("读数")


@pytest.fixture(scope="module")
def results():
    return assessed_report().study.assessed.assessment.results


@pytest.mark.parametrize("city", [WENZHOU, HUZHOU, SHAOXING, "331100"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_cell_is_blank_and_no_english_one_is_chinese(city, language):
    for table in (tables.leadership, tables.leadership_years):
        assert blank_or_chinese(table(assessed_report(city, language=language)), language) == []


def test_the_level_stands_with_its_grade_and_the_number_of_rated_cities(results):
    row, own = read(assessed_report()).loc["考核得分与等次"], results.xs(2012, level="year")
    assert row["本市"] == f"{own.score[WENZHOU]:.2f}（良好）"
    assert row["位次"] == f"第 {int((own.score > own.score[WENZHOU]).sum()) + 1} 名（{own.score.count()} 个市中）"


def test_changes_are_signed_and_placed_among_those_that_have_one(results):
    change = results.score.unstack("year")[[2011, 2012]].dropna().diff(axis=1)[2012]
    row = read(assessed_report()).loc["考核得分比上年"]
    assert row["本市"] == f"{change[WENZHOU]:+.2f}"
    assert row["位次"] == f"第 {int((change > change[WENZHOU]).sum()) + 1} 名（{len(change)} 个市中）"


def test_a_city_without_a_score_has_no_place_and_no_zero():
    table = read(assessed_report(HUZHOU))
    assert table["本市"]["考核得分与等次"] == "无得分（不予评定）"
    assert set(table["位次"][["考核得分与等次", "考核得分比上年", "考核得分比 2008 年"]]) == {"—"}
    last = tables.leadership_years(assessed_report(HUZHOU)).iloc[-1]
    assert (last["得分"], last["等次"], last["位次"]) == ("—", "不予评定", "—")


def test_a_veto_and_its_finding_are_counted_beside_the_score():
    table = read(assessed_report(SHAOXING))
    assert table["本市"]["加减分、否决与核查"] == "加减分 0 项，否决 1 项，核查结论 1 项"
    assert table["本市"]["考核得分与等次"].endswith("（不合格）")


def test_the_counties_milestones_are_those_below_the_city():
    report = assessed_report()
    lamps = report.study.assessed.counties.lamps.xs(2012, level="year")
    own = lamps[[report.study.all_regions.by_code[code].parent == WENZHOU for code in lamps.index]].stack()
    kept = own.isin(["met", "on_schedule"]).sum()
    counts = tables.counties_kept(report)
    assert (counts.kept, counts.lit) == (kept, kept + (own == "behind").sum())


def test_the_two_thirds_rule_is_told_with_its_share():
    ratio = assessed_report().study.assessed.two_thirds.ratio[WENZHOU, 2012]
    assert read(assessed_report())["本市"]["新增财力用于社会事业和民生改善"] == f"{100 * ratio:.1f}%，达到三分之二"


def test_the_years_end_with_the_reports_own():
    assert list(tables.leadership_years(assessed_report(year=2010))["年份"]) == ["2008", "2009", "2010"]
    assert "考核得分比 2008 年" not in read(assessed_report(year=2008)).index
