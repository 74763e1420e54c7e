from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

from evalkit.reporting.chapters.lagging import selection
from tests.reporting.cities import HUZHOU, WENZHOU, assessed_report, of_the_city

JIAXING = "330400"


def test_what_lags_is_what_the_lamps_say_the_furthest_first():
    report = assessed_report(HUZHOU)
    lamps, completion = of_the_city(report, "lamps"), of_the_city(report, "completion")
    found = selection.lagging(report)
    assert set(found.index) == set(lamps.index[lamps == "behind"])
    assert list(found.completion) == sorted(completion[found.index])


def test_the_plans_own_are_those_that_a_document_gives_and_the_city_is_held_to():
    report = assessed_report()
    found = selection.of_the_plan(report)
    assert {one.target.status for one in found} == {"confirmed"}
    # one of the eight is the province's alone
    assert len(found) == 7 == sum(one.target_status == "confirmed" for one in report.system.indicators) - 1


@pytest.mark.parametrize(("year", "signs"), [(2012, {"● 完成", "▼ 未完成"}), (2011, {"● 已达标", "▼ 滞后"})])
def test_in_the_last_year_a_target_is_met_or_missed(year, signs):
    report = assessed_report(JIAXING, year)
    found = {report.lamp(report.judged.lamps[one.code]) for one in selection.of_the_plan(report)}
    assert found <= signs | {"◐ 达到时序进度"}
    assert any(sign.startswith("▼") for sign in found)


# Beds of Wenzhou: 2.45 then, 2.48 now, 3 asked; the years follow from the figures as the data have them.
def test_the_pace_is_the_way_left_over_that_of_the_year():
    report, code = assessed_report(), "P06-01"
    values = report.study.assessed.cities.values[code][WENZHOU]
    expected = (3 - values[2012]) / (values[2012] - values[2011])
    assert selection.years_needed(report, code) == pytest.approx(expected)
    assert selection.pace(report, code) == f"{expected:.1f} 年"


def report_of(now, before, target=100.0, year=2012):
    """A report of one target, 100 or more, of which these values are known."""
    report = assessed_report(year=year)
    code = "P08-01"
    judged = report.judged.assign(values=report.judged["values"].where(report.judged.index != code, now))
    judged.loc[code, "targets"] = target
    values = pd.Series({(WENZHOU, year - 1): before})
    own = SimpleNamespace(values={code: values})
    return SimpleNamespace(
        judged=judged, system=report.system, achievement=own, code=WENZHOU, year=year, word=report.word
    ), code


@pytest.mark.parametrize(
    ("now", "before", "told"),
    [
        (98.0, 96.0, "1.0 年"),
        (98.0, 95.9, "1.0 年"),
        (98.0, 95.8, "11 个月"),
        (98.0, 94.0, "6 个月"),
        (98.5, 97.5, "1.5 年"),
        (50.0, 49.0, "30 年以上"),
        (98.0, 98.0, "未见改进"),
        (98.0, 99.0, "未见改进"),
        (100.0, 99.0, "—"),
        (98.0, float("nan"), "—"),
    ],
)
def test_the_pace_is_told_in_months_and_years(now, before, told):
    assert selection.pace(*report_of(now, before)) == told


def test_less_is_better_where_the_target_is_a_ceiling():
    report = assessed_report(JIAXING)
    code = next(one.code for one in report.system.indicators if one.name.zh == "孕产妇死亡率")
    values = report.study.assessed.cities.values[code][JIAXING]
    target = report.system.node(code).target.value
    assert values[2012] > target
    moved = values[2011] - values[2012]
    expected = (values[2012] - target) / moved if moved > 0 else float("inf")
    assert selection.years_needed(report, code) == pytest.approx(expected)


def test_what_every_year_begins_anew_has_no_pace():
    report = assessed_report(JIAXING)
    quotas = [one.code for one in report.system.indicators if one.target and one.target.kind == "annual_quota"]
    assert {selection.years_needed(report, code) for code in quotas} == {None}
    assert quotas


def test_the_last_year_of_the_round_is_final():
    assert assessed_report().at_the_end
    assert not replace(assessed_report(), year=2011).at_the_end
