from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.assessment import Evidence
from evalkit.assessment.targets.achievement import achieve
from evalkit.base.errors import DataError, ParamsError
from tests.assessment.panels import YEARS, achieved, declared, facilities, row
from tests.index.test_target import CENTRES, CLUBS, ROOMS, SPLIT, aimed
from tests.scoring.small import leaf, panel, quick, system

CELLS = st.one_of(st.integers(0, 120), st.sampled_from(["missing", "not applicable", "not due", "disputed"]))


def split(values, target, **base):
    """Achievement where `villages` in 2007 are the base of an apportionment."""
    table = declared(values)
    counted = table.values["a"].index.get_level_values("region").map(base)
    variables = pd.DataFrame({"villages": counted.astype(float)}, index=table.values.index)
    return achieve(replace(table, variables=variables), system(leaf("a", target=aimed(**target))), YEARS)


def centres(*areas, region="r1"):
    """One centre's floor area in each year from 2007 on, or its state."""
    return [
        (f"{region}-{number}", region, year, "a", *((None, cell) if isinstance(cell, str) else (cell, "value")))
        for number, series in enumerate(areas)
        for year, cell in enumerate(series, start=2007)
    ]


def test_a_province_total_is_no_citys_target():
    found = achieved({"r1": [0, 200]}, **ROOMS)
    assert set(row(found.reasons)) == {"assessed_elsewhere"}
    assert set(row(found.lamps)) == {"not_applicable"}
    assert found.targets["a"].isna().all()


def test_at_its_own_level_a_province_total_is_judged():
    assert row(achieved({"p": [0, 1000]}, level="province", **ROOMS).lamps, "p")[0] == "on_schedule"
    assert row(achieved({"p": [0, 200]}, level="province", **CLUBS).completion, "p")[0] == 100


def test_a_declared_rule_splits_a_total_exactly_and_flags_it():
    found = split({"r1": [0, 100], "r2": [0, 67]}, {**CLUBS, "milestones": {2008: 500}}, r1=2, r2=1)
    assert found.targets["a"].to_dict() == {"r1": 667, "r2": 333}
    assert found.parts["a"].values.sum() == 1000
    assert found.milestones["a"].xs(2008, level="year").tolist() == pytest.approx([333.5, 166.5])


def test_a_region_whose_part_is_nothing_is_not_judged():
    found = split({"r1": [0, 0], "r2": [0, 200]}, CLUBS, r1=0, r2=1)
    assert row(found.reasons)[0] == "no_share"
    assert row(found.states)[0] == "not applicable"


def test_regions_may_have_declared_parts_and_others_none():
    quota = {"kind": "cumulative_quota", "value": 1000, "assessed": ("province", "city"), "by_region": {"r1": 100}}
    found = achieved({"r1": [0, 20], "r2": [0, 20]}, **quota)
    assert (row(found.completion)[0], row(found.reasons, "r2")[0]) == (100, "assessed_elsewhere")


def test_bases_that_cannot_split_a_total_are_told_together():
    table = declared({"r1": [0, 1], "r2": [0, 1]})
    bases = pd.DataFrame({"villages": [np.nan, 1, 2, 3]}, index=table.values.index)
    misspelt = {**CLUBS, "apportionment": {**SPLIT, "base": "vilages"}}
    tree = system(leaf("a", target=aimed(**CLUBS)), leaf("b", target=aimed(**misspelt)))
    with pytest.raises(DataError, match=r"(?s)villages in 2007.*base of r1: found nan.*'vilages'.*did you mean 'vill"):
        achieve(replace(table, variables=bases), tree, YEARS)


def test_a_share_of_units_is_judged_by_the_units_alone():
    rows = centres([1000, 1600, 1600], [1000, 1000, 1500], [1000, 1000, 1000], [2000, 2000, 2000])
    found = achieved({"r1": [99, 99, 99]}, units=facilities(*rows), **CENTRES)
    # 25 % in 2007; 50 of 40 asked in 2008; 75 of 55 in 2009
    assert (row(found.values)[:2], row(found.milestones)[:2]) == ([50, 75], pytest.approx([40, 55]))
    assert row(found.lamps)[:3] == ["on_schedule", "on_schedule", "no_data"]
    assert found.units.loc[("a", "r1", 2008)].failing == ("r1-1", "r1-2")
    assert row(found.reasons)[2] == "no_units"


def test_unknown_units_leave_a_share_open_only_where_they_decide():
    rows = centres([1000, 1600], [1000, "missing"], [1000, 1000], [1000, 1000], [1000, 1000])
    found = achieved({"r1": [0]}, units=facilities(*rows), **CENTRES)  # 20 % asked; 20 to 40 % reached
    assert (row(found.lamps)[0], row(found.completion)[0]) == ("on_schedule", 100)
    rows = centres([1000, "missing"], [1000, 1000])  # 20 % asked; 0 to 50 %
    found = achieved({"r1": [0]}, units=facilities(*rows), **CENTRES)
    assert (row(found.lamps)[0], row(found.reasons)[0]) == ("no_data", "units_unknown")


def test_without_units_an_average_is_not_taken_instead():
    assert row(achieved({"r1": [50, 100]}, **CENTRES).reasons)[0] == "no_units"


def test_what_the_panel_says_of_a_share_still_holds():
    rows = facilities(*centres([2000, 2000, 2000]))
    found = achieved({"r1": [0, "disputed", "not applicable"]}, units=rows, **CENTRES)
    assert row(found.lamps)[:2] == ["disputed", "not_applicable"]


def test_units_of_other_regions_are_refused():
    with pytest.raises(DataError, match="region: found 'r9'; expected one of r1"):
        achieved({"r1": [0]}, units=facilities(*centres([1600], region="r9")), **CENTRES)


def test_an_indicator_without_a_column_has_no_data():
    found = achieve(panel({"b": [1.0] * 5}, years=YEARS), system(leaf("a", target=aimed())), YEARS)
    assert set(row(found.lamps)) == {"no_data"}


def test_indicators_without_a_target_are_left_out():
    tree = system(leaf("a", target=aimed()), leaf("b"))
    found = achieve(panel({"a": [80.0] * 6, "b": [1.0] * 6}, years=range(2007, 2013)), tree, YEARS)
    assert list(found.completion) == ["a"]
    assert found.completion.index.names == ["region", "year"]


def test_the_annual_work_plan_goes_from_baseline_to_target():
    plan = achieved({"r1": [80, 81]}).work_plan("r1")
    assert list(plan) == ["baseline", *YEARS, "target"]
    assert plan.loc["a"].tolist() == [80, 82, 84, 86, 88, 90, 90]


def test_regions_and_years_that_are_not_there_are_refused():
    with pytest.raises(ParamsError, match="region: found 'r2'; expected one of r1"):
        achieved({"r1": [80, 81]}).work_plan("r2")
    with pytest.raises(ParamsError, match="years: found none"):
        achieved({"r1": [80, 81]}, years=[])


@quick
@given(st.lists(st.lists(CELLS, min_size=6, max_size=6), min_size=1, max_size=3))
def test_any_achievement_can_be_assessed(rows):
    found = achieved({f"r{place}": series for place, series in enumerate(rows)})
    weights, projects = pd.Series({"a": 1.0}), pd.Series({"a": "p"})
    Evidence(found.completion, found.states, weights, projects, progress=found.progress)
    assert (found.completion.isna() == (found.states != "value")).all(axis=None)


@quick
@given(st.lists(st.integers(0, 120), min_size=6, max_size=6), st.integers(1, 40), st.sampled_from(range(1, 6)))
def test_with_earlier_values_held_a_better_value_lowers_nothing(series, more, place):
    kinds = [{}, {**ROOMS, "value": 20, "assessed": ("city",)}, {"kind": "range", "value": 50, "upper": 80}]
    better = [*series[:place], series[place] + more, *series[place + 1 :]]
    for kind in kinds:
        before, after = (achieved({"r1": values}, **kind) for values in (series, better))
        assert row(before.completion)[place - 1] <= row(after.completion)[place - 1]
        assert row(before.progress)[place - 1] <= row(after.progress)[place - 1]
