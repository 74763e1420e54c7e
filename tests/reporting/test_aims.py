import re
from decimal import Decimal

import pytest

from evalkit.reporting.aims import aim, asked, flagged, goal, levels
from tests.conftest import ROOT
from tests.index.test_target import BEDS, aimed
from tests.reporting.cities import assessed_report, of_the_city
from tests.reporting.departments import department_report, plan_study
from tests.scoring.small import leaf


@pytest.mark.parametrize(
    ("code", "zh"),
    [
        ("P05-01", "100% 的设施达到 1500 平方米"),
        ("P05-04", "每年 1000 个（全省）"),
        ("P05-07", "5—10 个（全省）"),
        ("P05-08", "累计 1000 个（全省）"),
        ("P01-01", "3—4%"),
        ("P02-01", "不低于 95%"),
        ("P05-15", "不高于 0.3"),
        ("F-01", "不低于 66.67%"),
    ],
)
def test_every_kind_of_target_is_written_in_its_own_words(code, zh):
    assert aim(department_report(), plan_study().system.node(code)) == zh


def test_parity_says_how_far_it_may_be_off():
    target = plan_study().system.node("P10-06").target
    text = aim(department_report(language="en"), plan_study().system.node("P10-06"))
    assert text == f"1, within {target.tolerance:g}"


@pytest.mark.parametrize(
    ("target", "milestone", "told"),
    [
        ({"kind": "floor", "value": 60}, 55.04, "55.04"),
        ({"kind": "interval", **BEDS}, 60.0, "60–80"),
        ({"kind": "parity", "value": 1, "tolerance": 0.3}, 0.6, "1±0.40"),
        ({"kind": "parity", "value": 1, "tolerance": 0.3}, 1.0, "1±0.30"),
        ({"kind": "floor", "value": 60}, float("nan"), "—"),
    ],
)
def test_a_year_asks_the_bounds_of_an_interval_and_what_may_differ_from_parity(target, milestone, told):
    assert str(asked(leaf("a", target=aimed(**target)), milestone)) == told


def test_a_part_of_a_total_and_a_target_of_the_province_are_flagged():
    report = department_report()
    assert flagged(report, "P05-04").endswith("（各市数为推算分解）")
    assert flagged(report, "P05-07").endswith("（全省目标，不考核到市）")
    assert flagged(report, "P05-05") == "国有公益性文化场馆免费开放率"


@pytest.mark.parametrize(("code", "written"), [("P01-01", "3–4"), ("P01-06", "1±0.02")])
def test_a_target_is_written_as_its_kind_asks(code, written):
    report = assessed_report()
    assert goal(report, report.system.node(code)) == written


def test_a_value_that_misses_by_little_gets_the_decimals_that_tell():
    report = assessed_report("330800")
    row = levels(report, report.system.node("P01-01"))
    assert of_the_city(report, "lamps")["P01-01"] == "behind"
    assert row["actual_value"] > Decimal(4)


def test_no_report_asks_which_kind_a_target_is():
    of_a_kind = r"evalkit\.index\.target\b|\b(aim|target)\.kind ([=!]=|in|not) |getattr\((\w+\.)?(aim|target),"
    modules = sorted((ROOT / "evalkit" / "reporting").rglob("*.py"))
    assert [path.name for path in modules if re.search(of_a_kind, path.read_text("utf-8"))] == []
    assert len(modules) > 100
