from evalkit.reporting.chapters.county import sentences, tables
from tests.reporting.counties import UNRATED, county_report, public_county, scores


def test_the_summary_gives_score_grade_and_places():
    row = tables.result(county_report()).data.iloc[0]
    said = sentences.summary(county_report()).data
    assert f"考核得分 **{scores()['330802']:.2f}**，等次**优秀**" in said
    assert (
        f"全省 {row.counties_rated} 个参评县（市、区）中列第 {row['rank']}，本市 6 个中列第 {row.rank_in_city}" in said
    )


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


def test_the_lamps_add_up_to_what_is_judged_but_for_what_is_unknown():
    said, lamps = sentences.behind(county_report()).data, county_report().judged.lamps
    met, behind = (lamps == "met").sum(), (lamps == "behind").sum()
    assert f"县一级考核目标 59 项：已达标 {met} 项，达到时序进度 0 项，滞后 {behind} 项。" in said
    assert "完成度最低的是：学前三年毛入园率（%）" in said


def test_open_items_are_counted_and_the_city_named():
    count = len(tables.items(county_report()))
    assert sentences.items(county_report()).data == f"未销号的整改事项 {count} 项，由衢州市督促整改并汇总上报。"


def test_what_the_grade_rests_on_and_what_the_page_is():
    assert "《县（市、区）年度评价规则（建议稿）》（1.0 版" in sentences.rests_on(county_report()).data
    assert sentences.leadership(county_report()).data.startswith("本页供考核县（市、区）领导班子时参考，不是考核结论")


def test_the_heading_names_the_city_and_the_rules_of_counties_where_they_are_graded():
    said = sentences.heading(county_report()).data
    assert "柯城区 (330802)；城市：衢州市" in said
    assert "评价规则：县（市、区）年度评价规则（建议稿）" in said
    assert "评价规则" not in sentences.heading(public_county()).data
