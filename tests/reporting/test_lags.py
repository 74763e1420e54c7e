import pandas as pd

from evalkit.reporting import lags
from tests.reporting.cities import assessed_report


def lamps(*codes):
    return pd.Series(codes, index=list("abcdef")[: len(codes)])


def test_what_is_not_met_is_behind_before_the_last_year_and_not_met_in_it():
    found = lamps("met", "behind", "behind", "disputed")
    assert lags.counted(assessed_report(year=2012), found) == "完成 1 项、未完成 2 项、有争议 1 项"
    assert lags.counted(assessed_report(year=2011), found) == "完成 1 项、滞后 2 项、有争议 1 项"
    assert assessed_report(year=2011).lamp("behind") == "▼ 滞后"
    assert assessed_report(year=2012).lamp("behind") == "▼ 未完成"
    assert [assessed_report(year=2012).column(f"lamp_{one}").label["zh"] for one in ("met", "behind")] == [
        "● 完成",
        "▼ 未完成",
    ]


def test_a_miss_of_five_per_cent_at_most_is_a_minor_one():
    found = pd.DataFrame({"completion": [95.0, 94.999, 99.9, float("nan")]}, index=list("abcd"))
    assert list(lags.nearly(found).index) == ["a", "c"]
    assert list(lags.serious(found).index) == ["b", "d"]


def test_what_turned_is_known_in_both_years():
    before = lamps("met", "behind", "no_data", "on_schedule", "met", "on_schedule")
    now = lamps("behind", "on_schedule", "met", "met", "no_data", "behind")
    assert lags.turned(before, now) == (["b"], ["a", "f"])


def test_what_turned_is_told_with_what_is_counted():
    report = assessed_report()
    assert lags.turns(report, "甲", "乙丙").startswith(
        "新完成 1 项（上年未完成、当年达到目标或时序进度），由完成转为未完成 2 项；"
    )
    assert "新完成 1 项次（" in lags.turns(report, "甲", "", "cell")
    assert lags.turns(report, "", "") == "没有新完成的目标，也没有由完成转为未完成的目标。"


def test_the_first_are_named_and_the_others_told():
    report = assessed_report()
    assert lags.first_of(report, "甲乙丙") == "甲、乙、丙"
    assert lags.first_of(report, "甲乙丙丁") == "甲、乙、丙等"
