from evalkit.reporting.chapters.province import assessed
from tests.reporting.assessed import demo


def said(report=None):
    return "\n".join(assessed.lines(report or demo()))


def test_the_share_of_final_targets_that_are_met_is_told():
    text = said()
    assert "市级终期目标 65 项，分市共 715 项次，2012 年末完成 293 项次，占 \ue00041.0%\ue000；未完成 385 项次" in text
    assert "无法判定的 37 项次" in text
    assert "达到时序进度" not in text
    assert "达到时序进度" in said(demo(2010))


def test_every_city_stands_under_its_grade():
    results = demo().study.assessed.assessment.results.xs(2012, level="year")
    line = said().splitlines()[0]
    for grade, own in results.groupby("grade"):
        assert f"{demo().band(grade)} {len(own)} 个（" in line
    assert all(demo().region(city) in line for city in results.index)


def test_what_the_province_missed_is_told_with_what_was_asked():
    [line] = [line for line in said().splitlines() if "省级目标" in line]
    assert "目标 5 项，完成 3 项" in line
    assert "年度补助建设的村文化活动室数（实际 950，应达 1000 个）" in line
    assert "累计建设的省级青少年体育俱乐部数（实际 488，应达 500 个）" in line


def test_the_targets_that_documents_give_are_counted_apart():
    lamps = demo().study.assessed.cities.lamps.xs(2012, level="year")
    own = [i.code for i in demo().system.indicators if i.target_status == "confirmed" and i.code in lamps]
    own = [code for code in own if "city" in demo().system.node(code).target.assessed]
    met = (lamps[own] == "met").sum().sum()
    assert f"目标 {len(own)} 项、{lamps[own].size} 项次，完成 {met} 项次" in said()


def test_gaps_are_those_of_the_deviation_between_cities():
    changes = assessed.deviations(demo())
    table = demo().equality.inequality("P05", alike=(2008, 2012)).deviation
    assert changes["P05"] == table[2012] - table[2008]
    assert f"扩大 {(changes > 0).sum()} 项，扩大最多的是文体普及工程" in said()
    assert assessed.deviations(demo(2008)).empty


def test_targets_newly_met_and_lost_are_those_whose_lamp_changed():
    lamps = demo().study.assessed.cities.lamps.unstack("region")
    now, before = lamps.loc[2012], lamps.loc[2011]
    gained = ((now == "met") & (before == "behind")).sum()
    lost = ((now == "behind") & before.isin(["met", "on_schedule"])).sum()
    assert f"新完成 {gained} 项次（上年未完成、当年达到目标或时序进度），由完成转为未完成 {lost} 项次" in said()
    assert "年相比**：位次" not in said(demo(2008))


def test_ranks_moved_name_both_ranks_the_furthest_first():
    ranks = demo().study.assessed.assessment.results["rank"].unstack("year")
    found = assessed.ranks_moved(demo(), ranks[2011], ranks[2012])
    assert found["down"].startswith("舟山市（1→4）")
    assert "衢州市（2→1）" in found["up"]
