from dataclasses import replace

import pandas as pd
import pytest

from evalkit.reporting.chapters.weaknesses import selection
from tests.reporting.cities import HUZHOU, assessed_report, of_the_city


def test_what_grew_worse_is_seen_as_it_is_printed(city_report):
    report = city_report("330300")
    found = {one.code for one in report.system.indicators if selection.worsened(report, one)}
    values = report.result.panel.values.xs("330300", level="region")
    for one in report.system.indicators:
        now, before = values[one.code][2012], values[one.code][2011]
        if one.layer == "input" or one.higher_is_better is None or pd.isna(now - before):
            assert one.code not in found
            continue
        change = round(now, one.decimals) - round(before, one.decimals)
        assert (one.code in found) == (change < 0 if one.higher_is_better else change > 0), one.code
    assert "P05-theatres" in found


def test_nothing_grew_worse_in_the_first_year(city_report):
    report = city_report(year=2008)
    assert not any(selection.worsened(report, one) for one in report.system.indicators)


def test_every_city_at_once_grew_worse_as_each_by_itself(city_report):
    for report in (city_report("330300"), assessed_report(HUZHOU), city_report(year=2008)):
        for one in report.system.indicators:
            assert selection.all_worsened(report, one)[report.city] == selection.worsened(report, one), one.code


def test_what_is_last_and_worse_stands_before_what_is_either(city_report):
    found = selection.weak(city_report("330300"))
    assert next(iter(found.items())) == ("P05-theatres", "weak_both")
    order = [selection.KINDS.index(kind) for kind in found.values()]
    assert order == sorted(order)


def test_a_target_that_is_met_or_not_the_citys_is_no_weakness():
    report = assessed_report(HUZHOU)
    lamps = of_the_city(report, "lamps")
    found = selection.weak(report)
    assert not set(lamps[list(found)]) & {"met", "not_applicable"}
    last = [code for code, kind in found.items() if kind == "weak_last"]
    way = list(report.judged.completion[last].fillna(100))
    assert way == sorted(way)


@pytest.mark.parametrize(("now", "worse"), [(1.1, False), (1.2, True)])
def test_an_equal_distance_from_parity_is_not_worse(now, worse):
    report = replace(assessed_report())
    parity = next(one for one in report.system.indicators if one.target and one.target.kind == "parity")
    own = report.values.copy()
    own.loc[2011, parity.code], own.loc[2012, parity.code] = parity.target.value * 0.9, parity.target.value * now
    report.__dict__["values"] = own
    assert selection.worsened(report, parity) == worse
