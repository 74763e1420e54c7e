from decimal import Decimal

import pytest

from tests.reporting.cities import assessed_report, unrated, vetoed
from tests.reporting.printed import grade

EACH = [
    grade.tables.grade,
    grade.tables.period_score,
    grade.tables.gates,
    grade.tables.project_scores,
    grade.tables.improvements,
]


@pytest.mark.parametrize("table", EACH, ids=lambda table: table.__name__)
def test_a_round_without_an_assessment_shows_none_of_it(city_report, table):
    assert table(city_report()) is None


def test_the_grade_is_that_of_the_assessment():
    report = assessed_report()
    row, result = grade.tables.grade(report).iloc[0], report.assessed.result
    assert row["考核得分"] == Decimal(str(result.score)).quantize(Decimal("0.01"))
    scores = report.study.assessed.assessment.results.score.xs(2012, level="year")
    assert (row["考核位次"], row["参评市数"]) == (1 + (scores > result.score).sum(), scores.notna().sum())
    assert row["等次"] == report.study.rules.bands.name_of(result.grade).zh


def test_a_city_that_is_not_rated_has_no_score_and_no_rank():
    row = grade.tables.grade(unrated()).iloc[0]
    assert (row["考核得分"], row["考核位次"], row["区域内位次"], row["等次"]) == ("—", "—", "—", "不予评定")
    gate = grade.tables.gates(unrated()).iloc[0]
    assert (gate["规则"], gate["界限"], gate["结果"]) == ("有效数据权重", "100.00 %", "不予评定")
    assert gate["实际"] == f"{row['有效数据权重（%）']} %"


def test_a_veto_is_told_by_its_reason():
    report = vetoed()
    row = grade.tables.grade(report).iloc[0]
    assert (row["等次"], row["降等依据"].count("一票否决（the reason of V1）")) == ("不合格", 1)
    gate = grade.tables.gates(report).set_index("规则").loc["一票否决（the reason of V1）"]
    assert (gate["等次不高于"], gate["结果"], gate["规则性质"]) == ("不合格", "降等", "建议值（待审定）")
    assert grade.tables.improvements(report).empty


def test_projects_weigh_a_hundred_and_count_all_their_targets():
    table = grade.tables.project_scores(assessed_report())
    assert float(table["占完成部分权重（%）"].sum()) == pytest.approx(100, abs=0.05)
    lamps = table[[column for column in table if column[:1] in "●◐▼…?/"]]
    outside = sum(i.target is not None for i in assessed_report().system.node("F").children)
    assert lamps.to_numpy().sum() + outside == len(assessed_report().judged)


def test_the_period_needs_an_earlier_year():
    row = grade.tables.period_score(assessed_report(year=2008)).iloc[0]
    assert (row["计入年份"], row["期间得分"], row["期间得分所在档次"]) == ("2008", "—", "—")


def test_the_period_is_half_the_mean_and_half_the_last_year():
    report = assessed_report()
    scores = report.study.assessed.assessment.results.score.loc[report.city]
    row = grade.tables.period_score(report).iloc[0]
    assert float(row["期间得分"]) == pytest.approx((scores.loc[:2011].mean() + scores[2012]) / 2, abs=0.00501)


def test_improvements_end_at_the_grade_above():
    report = assessed_report("330300")
    table, bands = grade.tables.improvements(report), report.study.rules.bands
    above = bands.name_of(bands.above(report.assessed.result.grade)).zh
    assert table["其后等次"].iloc[-1] == above
    assert set(table["其后等次"].iloc[:-1]) == {bands.name_of(report.assessed.result.grade).zh}
    assert list(table["其后得分"]) == sorted(table["其后得分"])


def test_a_city_that_is_not_rated_is_not_told_what_to_raise():
    assert grade.tables.improvements(unrated()).empty


@pytest.mark.parametrize("city", ["330300", "330400", "330600", "331100"])
def test_a_way_up_gets_there_and_asks_nothing_that_is_voluntary(city):
    report = assessed_report(city)
    table, bands = grade.tables.improvements(report), report.study.rules.bands
    assert not table["提高什么"].str.contains("集中供养率").any()
    above = bands.above(report.assessed.result.grade)
    assert table.empty or table["其后等次"].iloc[-1] == bands.name_of(above).zh
    if table.empty:
        assert "每步把一项指标" not in grade.sentences.improvements(report).data
