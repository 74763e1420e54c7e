from evalkit.reporting.chapters.province_targets import verdicts
from tests.reporting.assessed import demo


def test_targets_of_documents_are_counted_city_by_city():
    table = verdicts.documented(demo()).printed
    lamps = demo().study.assessed.cities.lamps.xs(2012, level="year")
    codes = verdicts.confirmed(demo())
    assert table["指标"].tolist() == [demo().target_name(code) for code in codes]
    assert table["● 完成"].tolist() == [(lamps[code] == "met").sum() for code in codes]
    assert (table[["● 完成", "▼ 未完成", "无法判定的市"]].sum(axis=1) == 11).all()


def test_what_was_kept_and_is_no_longer_is_listed_the_lowest_first():
    table = verdicts.lost(demo()).printed
    lamps = demo().study.assessed.cities.lamps.unstack("region")
    gone = lamps.loc[2011].isin(["met", "on_schedule"]) & (lamps.loc[2012] == "behind")
    assert len(table) == gone.sum() == 7
    assert table["完成度（%）"].tolist() == sorted(table["完成度（%）"])
    assert len(verdicts.lost(demo(2008))) == 0
