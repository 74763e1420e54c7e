from dataclasses import replace
from datetime import date

from evalkit.reporting.chapters.county import brief, sentences, tables
from tests.reporting.counties import UNRATED, WEAK, county_report, public_county, scores


def test_the_summary_gives_score_grade_and_places():
    row = tables.result(county_report()).data.iloc[0]
    said = sentences.summary(county_report()).data
    assert f"考核得分 **{scores()['330802']:.2f}**，等次**优秀**" in said
    assert (
        f"全省 {row.counties_rated} 个参评县（市、区）中列第 {row['rank']}，本市 6 个中列第 {row.rank_in_city}" in said
    )
    assert f"市辖区组 {row.rated_in_peers} 个中列第 {row.rank_in_peers}" in said


def test_the_summary_says_why_a_county_is_not_rated():
    share = county_report(UNRATED).assessed.result.valid_share
    assert f"有效数据的权重为 {100 * share:.2f}%，低于规则要求的 80%" in sentences.summary(county_report(UNRATED)).data


def test_a_grade_that_a_rule_lowers_is_told_with_the_rule():
    results = county_report().assessment.results.xs(2012, level="year")
    lowered = results.index[results.grade.ne(results.band) & results.score.notna()][0]
    assert "只按得分应为“优秀”" in sentences.summary(county_report(lowered)).data
    assert "只按得分" not in sentences.summary(county_report()).data


def test_a_round_without_grades_of_counties_says_what_it_shows_in_their_place():
    said = sentences.summary(public_county()).data
    assert "分县的公开数据只有人口普查（2010、2020 年）" in said
    assert "2020 年的普查在评价期末（2012 年）之后" in said
    of_grades = (sentences.rests_on, sentences.behind, sentences.items, sentences.leadership)
    assert [make(public_county()).data for make in of_grades] == [""] * 4


def test_the_counts_add_up_to_what_is_judged():
    lamps = county_report().judged.lamps
    met, behind = (lamps == "met").sum(), (lamps == "behind").sum()
    said = sentences.summary(county_report()).data
    assert f"在县一级考核的目标 59 项：完成 {met} 项、未完成 {behind} 项、缺数据 {59 - met - behind} 项。" in said
    assert "按进度" in sentences.summary(county_report(year=2009)).data


def test_what_the_grade_above_asks_is_told_with_the_ways_there():
    report = county_report(WEAK)
    gains, said = report.improvements.gain, sentences.summary(report).data
    assert f"“良好”须 80 分以上，尚差 {80 - scores()[WEAK]:.2f} 分" in said
    assert f"（+{gains.iloc[0]:.2f}）" in said
    assert f"补齐 {len(gains)} 项，可达“良好”" in said
    assert "尚差" not in sentences.summary(county_report()).data


def test_steps_that_do_not_lead_to_the_grade_above_are_told_so():
    report = replace(county_report(WEAK))
    report.__dict__["improvements"] = county_report(WEAK).improvements[:2]
    assert "2 项全部补齐，仍不能达到“良好”。" in sentences.summary(report).data
    assert "仍不能达到" not in sentences.summary(county_report(WEAK)).data


def test_the_change_is_that_of_score_rank_and_grade():
    now, before = scores()["330802"], scores(2011)["330802"]
    places = [int((scores(year) > scores(year)["330802"]).sum() + 1) for year in (2011, 2012)]
    said = sentences.summary(county_report()).data
    assert f"得分比上年变动 {now - before:+.2f} 分。全省位次由第 {places[0]} 位变为第 {places[1]} 位。" in said
    assert "等次仍为“优秀”。" in said
    assert "比上年" not in sentences.summary(county_report(year=2008)).data
    assert "全省位次保持第 1 位" in sentences.summary(county_report("330104")).data
    assert "等次由“良好”变为“优秀”" in sentences.summary(county_report(year=2010)).data


def test_targets_gained_and_lost_are_counted():
    lamps = [county_report(year=year).judged.lamps for year in (2011, 2012)]
    gained = ((lamps[1] == "met") & (lamps[0] == "behind")).sum()
    said = sentences.summary(county_report()).data
    assert f"新完成 {gained} 项（上年未完成、当年达到目标或时序进度），由完成转为未完成 2 项；" in said
    assert "转为未完成的有：拖欠农民工工资案件按期结案率、有线广播电视通村率。" in said


def test_what_is_missed_by_little_stands_apart_and_the_rest_is_counted():
    judged = county_report().judged
    behind = judged[judged.lamps == "behind"].completion
    minor = (behind >= 95).sum()
    said = sentences.behind(county_report()).data
    assert f"另有 {minor} 项差距较小（完成度 95% 以上）：" in said
    assert said.startswith(f"其余 {len(behind) - minor - brief.BEHIND['zh']} 项见[附表](#every-target)。")


def test_open_items_are_counted_with_those_who_answer_and_the_nearest_deadline():
    lists = county_report().study.consequences.county_rectification
    new, closed = ((getattr(lists, name)(2012).region == "330802").sum() for name in ("new", "closed"))
    days = lists.closing(2012).query("region == '330802'").deadline
    first = date.fromisoformat(days.min())
    said = sentences.items(county_report()).data
    assert f"整改事项 {len(days)} 项（当年新增 {new} 项，销号 {closed} 项），由柯城区负责整改，衢州市督促" in said
    assert f"最近的期限为 {first.year} 年 {first.month} 月 {first.day} 日（{(days == days.min()).sum()} 项）。" in said


def test_what_the_grade_rests_on_and_what_the_page_is():
    assert "《县（市、区）年度评价规则（建议稿）》（1.1 版" in sentences.rests_on(county_report()).data
    assert sentences.leadership(county_report()).data.startswith("本页供考核县（市、区）领导班子时参考，不是考核结论")
