from decimal import Decimal

import pytest

from tests.assessment.small import event
from tests.reporting.cities import assessed_report, of_the_city, under, unrated, vetoed
from tests.reporting.printed import grade

EACH = [grade.points.parts, grade.points.pathway, grade.points.indicator_points, grade.points.progress_points]
SOME = [("330300", 2012), ("331000", 2010), ("330700", 2008), ("330200", 2011)]


def numbers(column):
    """The cells that are numbers, as they are printed."""
    return [Decimal(str(cell)) for cell in column if cell not in ("—", "…")]


@pytest.mark.parametrize("table", EACH, ids=lambda table: table.__name__)
def test_a_round_without_an_assessment_shows_none_of_it(city_report, table):
    assert table(city_report()) is None


@pytest.mark.parametrize(("city", "year"), SOME)
def test_points_as_printed_add_up_to_the_published_score(city, year):
    table = grade.points.pathway(assessed_report(city, year))
    published = numbers(table["公布得分"])
    assert published == [Decimal(str(assessed_report(city, year).assessed.result.score)).quantize(Decimal("0.01"))]
    assert sum(numbers(table["得分"])) == published[0]


@pytest.mark.parametrize(("city", "year"), SOME)
def test_rows_of_a_part_add_up_to_its_points(city, year):
    report = assessed_report(city, year)
    parts = grade.points.parts(report).set_index("部分")["得分"]
    rows = grade.points.indicator_points(report)
    sums = {part: sum(numbers(own)) for part, own in rows.groupby("部分", sort=False)["得分"]}
    assert sums == {part: parts[part] for part in ("目标完成", "均等化差距")}
    assert sum(numbers(grade.points.progress_points(report)["得分"])) == parts["年度进步"]


def test_points_are_completion_times_weight_times_what_is_to_be_had():
    report = assessed_report()
    table = grade.points.indicator_points(report)
    own = table[table["部分"] == "目标完成"]
    known = own[own["完成度（%）"] != "…"]
    assert sum(known["占本部分权重（%）"].map(float)) == pytest.approx(100, abs=0.05)
    expected = known["完成度（%）"].map(float) / 100 * known["占本部分权重（%）"].map(float) / 100 * 60
    assert list(known["得分"].map(float)) == pytest.approx(list(expected), abs=0.001)


def test_progress_starts_from_the_year_before_and_in_the_first_year_from_the_baseline():
    code = "P02-01"
    for year, before in ((2012, of_the_city(assessed_report(), "values", 2011)[code]), (2008, None)):
        report = assessed_report(year=year)
        table = grade.points.progress_points(report).set_index("指标")
        start = report.study.assessed.cities.baselines.loc[report.city, code] if before is None else before
        assert float(table.loc[report.node(code), "上年数值"]) == pytest.approx(start, abs=0.0501)


def test_a_part_without_data_is_dropped_and_the_others_grow():
    table = grade.points.parts(assessed_report(year=2008)).set_index("部分")
    assert tuple(table.loc["公众评价", ["实际满分", "计入指标数", "平均（0—100）", "得分"]]) == ("—", 0, "—", "—")
    assert float(table.loc["目标完成", "实际满分"]) == pytest.approx(60 / 0.9, abs=1e-4)


def test_a_city_that_is_not_rated_has_no_points():
    report = unrated()
    assert set(grade.points.parts(report)["得分"]) == set(grade.points.indicator_points(report)["得分"]) == {"—"}
    assert list(grade.points.pathway(report)["等次"])[-1] == "不予评定"


def test_a_veto_moves_the_grade_and_no_points():
    table = grade.points.pathway(vetoed())
    assert "加减分事项" not in set(table["步骤"])
    assert list(table["内容"]).count("一票否决（the reason of V1）：降等") == 1
    assert list(table["等次"])[-1] == "不合格"


def test_events_beyond_the_limit_are_held():
    report = under(event("E1", region="330700", points=7.0), city="330700")
    table = grade.points.pathway(report).set_index("步骤")
    assert (table.loc["加减分事项", "得分"], table.loc["上下限", "得分"]) == ("+7.0000", "-2.0000")
