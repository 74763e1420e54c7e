import pandas as pd
import pytest

from tests.conftest import anew
from tests.reporting.assessed import blank_or_chinese
from tests.reporting.cities import HUZHOU, WENZHOU, assessed_report
from tests.reporting.printed import leadership

SHAOXING = "330600"
KEPT = ("met", "on_schedule")


def read(report):
    return leadership.tables.leadership(report).set_index("读数")


@pytest.fixture(scope="module")
def results():
    return assessed_report().study.assessed.assessment.results


@pytest.mark.parametrize("city", [WENZHOU, HUZHOU, SHAOXING, "331100"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_cell_is_blank_and_no_english_one_is_chinese(city, language):
    for table in (
        leadership.tables.leadership,
        leadership.tables.leadership_years,
        leadership.tables.leadership_milestones,
    ):
        assert blank_or_chinese(table(assessed_report(city, language=language)), language) == []


def test_the_level_stands_with_its_grade_and_the_number_of_rated_cities(results):
    row, own = read(assessed_report()).loc["考核得分与等次"], results.xs(2012, level="year")
    assert row["本市"] == f"{own.score[WENZHOU]:.2f}（良好）"
    assert row["全省位次"] == f"第 {int((own.score > own.score[WENZHOU]).sum()) + 1} 名（{own.score.count()} 个市中）"


def test_changes_are_signed_and_placed_among_those_that_have_one(results):
    change = results.score.unstack("year")[[2011, 2012]].dropna().diff(axis=1)[2012]
    row = read(assessed_report()).loc["考核得分比上年"]
    assert row["本市"] == f"{change[WENZHOU]:+.2f}"
    assert row["全省位次"] == f"第 {int((change > change[WENZHOU]).sum()) + 1} 名（{len(change)} 个市中）"


def test_a_city_without_a_score_has_no_place_and_no_zero():
    table = read(assessed_report(HUZHOU))
    assert table["本市"]["考核得分与等次"] == "无得分（不予评定）"
    assert set(table["全省位次"][["考核得分与等次", "考核得分比上年", "考核得分比 2008 年"]]) == {"—"}
    last = leadership.tables.leadership_years(assessed_report(HUZHOU)).iloc[-1]
    assert (last["考核得分"], last["等次"], last["考核位次"]) == ("—", "不予评定", "—")


def test_a_veto_and_its_finding_are_counted_beside_the_score():
    table = read(assessed_report(SHAOXING))
    assert table["本市"]["加减分、否决与核查"] == "加减分 0 项，否决 1 项，核查结论 1 项"
    assert table["本市"]["考核得分与等次"].endswith("（不合格）")


def test_the_counties_milestones_are_those_below_the_city():
    report = assessed_report()
    lamps = report.study.assessed.counties.lamps.xs(2012, level="year")
    own = lamps[[report.study.all_regions.by_code[code].parent == WENZHOU for code in lamps.index]].stack()
    kept = own.isin(["met", "on_schedule"]).sum()
    counts = leadership.tables.counties_kept(report)
    assert (counts.kept, counts.lit) == (kept, kept + (own == "behind").sum())


def test_the_earmark_is_told_with_its_share():
    ratio = assessed_report().study.assessed.earmark.ratio[WENZHOU, 2012]
    assert read(assessed_report())["本市"]["新增财力用于社会事业和民生改善的比例"] == f"{100 * ratio:.1f}%，达到 2/3"


def test_the_years_end_with_the_reports_own():
    assert list(leadership.tables.leadership_years(assessed_report(year=2010))["年份"]) == [2008, 2009, 2010]
    assert "考核得分比 2008 年" not in read(assessed_report(year=2008)).index


def test_a_change_says_which_of_its_years_is_not_rated():
    assert read(assessed_report("331100"))["本市"]["考核得分比上年"] == "2011 年无得分"
    table = read(assessed_report(HUZHOU))["本市"]
    assert set(table[["考核得分比上年", "考核得分比 2008 年"]]) == {"2012 年无得分"}
    assert list(leadership.tables.leadership_years(assessed_report("331100"))["得分比上年"])[::4] == [
        "—",
        "2011 年无得分",
    ]


def test_the_milestones_of_every_year_are_those_of_its_lamps():
    report = assessed_report()
    lamps = report.study.assessed.cities.lamps.loc[(WENZHOU, 2010)]
    row = leadership.tables.leadership_milestones(report).set_index("年份").loc[2010]
    found = [row[name] for name in ("● 完成", "◐ 达到时序进度", "▼ 未完成", "… 数据缺失")]
    assert found == [(lamps == lamp).sum() for lamp in ("met", "on_schedule", "behind", "no_data")]
    weights = report.study.assessed.assessment.evidence.weights
    kept, lit = (weights[weights.index.map(lamps.isin(which))].sum() for which in (KEPT, (*KEPT, "behind")))
    assert float(row["完成当年目标（按权重，%）"]) == pytest.approx(100 * kept / lit, abs=0.05)
    assert float(row["完成当年目标（按项数，%）"]) == pytest.approx(100 * sum(found[:2]) / sum(found[:3]), abs=0.05)


def test_the_places_under_all_methods_stand_with_how_many_methods_there_are():
    report = assessed_report()
    low, high = report.rank_range.loc[WENZHOU, ["best", "worst"]].astype(int)
    name = f"服务水平的位次（本轮所列 {1 + len(report.study.alternatives)} 种方法）"
    assert read(report)["全省位次"][name] == f"第 {low}—{high} 名（10 个市中）"


def test_growth_that_the_round_does_not_read_is_said_to_be_missing():
    assert read(assessed_report())["本市"]["财政支出与自有收入年均增长"].startswith("本轮未纳入")


def test_growth_that_the_round_reads_stands_beside_that_of_own_revenue(monkeypatch):
    growth = pd.DataFrame({"spending_growth": [0.1234], "revenue_growth": [0.2]}, index=[WENZHOU])
    monkeypatch.setattr("evalkit.reporting.chapters.leadership.tables.reads_fiscal", lambda report: True)
    monkeypatch.setattr("evalkit.reporting.chapters.leadership.tables.mean_growth", lambda report: growth)
    assert read(anew(assessed_report()))["本市"]["财政支出与自有收入年均增长"] == "2008 年以来：支出 12.3%，收入 20.0%"
    assert read(anew(assessed_report(year=2008)))["本市"]["财政支出与自有收入年均增长"] == "—"


def test_places_in_the_group_stand_beside_those_in_the_province(results):
    table = read(assessed_report())["同组位次"]
    own = results[results.group == results.group[WENZHOU, 2012]].score.unstack("year")
    change = own[[2011, 2012]].dropna().diff(axis=1)[2012]
    for name, among in (("考核得分与等次", own[2012].dropna()), ("考核得分比上年", change)):
        assert table[name] == f"第 {int((among > among[WENZHOU]).sum()) + 1} 名（{len(among)} 个市中）"
    assert table["服务水平指数"] == "—"
