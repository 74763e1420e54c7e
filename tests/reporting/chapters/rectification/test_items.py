from datetime import date
from decimal import Decimal

import pytest

from evalkit.reporting.chapters.rectification import items
from tests.reporting.assessed import demo
from tests.reporting.cities import HUZHOU, WENZHOU, assessed_report
from tests.reporting.printed import rectification


def test_parity_is_asked_for_by_how_far_a_year_lets_a_figure_be_off():
    lists = demo().study.consequences.rectification
    left = lists.closing(2010).query("accept_kind == 'parity' and bound != 1 and bound != 100")
    made = rectification.tables.items(demo(2010)).set_index("整改编号")
    for code, item in left.iterrows():
        node = demo().system.node(item.subject)
        told = (
            made.at[code, "要求"].split("±"),
            made.at[code, "销号标准"].removeprefix("下次评价达到 ").split("，偏差不超过 "),
        )
        for (parity, off), level in zip(told, (item.bound, item.accept_at), strict=True):
            assert float(parity) == node.target.value
            most = max(abs(level - node.target.value), node.target.tolerance)
            assert float(off) == pytest.approx(most, abs=0.501 * 10**-node.decimals)
    assert len(left)


def test_an_item_says_what_was_found_and_asked_and_what_closes_it():
    cities = demo().study.assessed.cities
    value, asked = (frame.loc[(WENZHOU, 2012), "P06-01"] for frame in (cities.values, cities.milestones))
    row = rectification.tables.rectification_items(assessed_report()).set_index("整改编号").loc["330300-P06-01-2008"]
    assert (float(row["实际"]), row["要求"]) == (round(value, 2), f"≥ {asked:.2f}")
    assert float(row["差距"]) == pytest.approx(asked - value, abs=0.005)
    target = cities.targets.loc[WENZHOU, "P06-01"]
    assert (row["销号标准"], row["整改期限"]) == (f"下次评价不低于 {target:.2f}", date(2013, 12, 31))
    assert (row["处理措施"], row["责任单位（牵头在前）"], row["目标性质"]) == (
        "建议改进",
        "省民政厅",
        "建议值（待审定）",
    )


def test_the_open_items_of_a_year_have_each_matter_once_no_past_deadline_and_no_figure_that_is_missing():
    made = rectification.tables.items(demo())
    left = made[made["是否销号"] == "未销号"]
    assert set(left["通报日期"]) == {date(2013, 7, 31)}
    assert (left["整改期限"] > left["通报日期"]).all()
    untrue = left["问题"].isin(["数据弄虚作假", "数据与核查不符"])
    assert not left[~untrue].duplicated(["城市", "整改事项"]).any()
    missing = left[left["问题"] == "数据未报或不可用"]
    assert len(missing) > 2
    assert set(missing["实际"]) == {"…"}
    assert set(left["目标性质"][(left["处理措施"] != "建议改进") & ~untrue]) == {"文件确认"}


def test_a_gap_is_what_lies_between_the_figures_that_are_printed():
    made = rectification.tables.items(demo())
    asked = made["要求"].str.extract(r"^[≥≤] ([\d.]+)$")[0]
    plain = made[asked.notna() & ~made["销号标准"].str.contains("年度|累计")]
    assert len(plain) > 300
    for (_, row), bound in zip(plain.iterrows(), asked[plain.index], strict=True):
        assert abs(Decimal(bound) - row["实际"]) == row["差距"], row["整改编号"]


def test_an_item_that_waits_for_a_figure_asks_for_it_too():
    made = rectification.tables.items(demo()).set_index("整改编号")
    assert made.at["330500-P03-02-2008", "无法判断的年份"] == "2012"
    assert made.at["330500-P03-02-2008", "销号标准"].startswith("补报或核定 2012 年数据；下次评价不低于 ")


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        ("earmark", "新增财力三分之二"),
        ("P06", "社会福利工程（目标完成得分，分）"),
        ("P06-01", "每百名老年人社会养老床位数（张）"),
    ],
)
def test_what_has_to_be_put_right_is_named(subject, name):
    assert rectification.items.item_name(demo(), subject) == name


@pytest.mark.parametrize("counties", [False, True])
def test_open_items_stand_as_they_weigh_and_last_what_the_year_has_no_figure_of(counties):
    assessed = demo().study.assessed
    found = items.open_items(demo(), counties=counties)
    unseen = [
        2012 in years and fault not in ("falsified", "contradicted")
        for years, fault in found[["not_observed", "fault"]].values
    ]
    unseen = [out or fault == "missing" for out, fault in zip(unseen, found.fault, strict=True)]
    assert unseen == sorted(unseen)
    assert any(unseen)
    steps = ["criticism", "interview", "notice", "advice"]
    completion = (assessed.counties if counties else assessed.cities).completion
    seen = found[[not out for out in unseen]].query("fault == 'behind'")
    order = [
        (steps.index(item.step), item.target_status != "confirmed", completion.loc[(item.region, 2012), item.subject])
        for item in seen.itertuples()
    ]
    known = [key for key in order if key[2] == key[2]]
    assert known == sorted(known)


def test_an_item_without_the_years_figure_is_closed_by_that_figure_too():
    report = assessed_report(HUZHOU)
    item = items.open_items(report, region=HUZHOU).loc["330500-P02-01-2008"]
    assert items.acceptance_in_short(report, item) == "补报或核定 2012 年数据；≥ 95.0"
