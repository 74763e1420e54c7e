import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit import MethodError
from evalkit.analysis.gaps import below, ceiling, closed, gap, group_gap, group_values

NAN = float("nan")


def by_region(**values):
    return pd.Series(values, dtype=float).rename_axis("region")


def by_year(first=2008, **regions):
    cells = {(r, first + place): x for r, row in regions.items() for place, x in enumerate(row)}
    return pd.Series(cells, dtype=float).rename_axis(["region", "year"])


def test_a_gap_as_ratio_difference_people_and_what_would_close_it():
    found = gap(by_region(a=3), by_region(a=2), by_region(a=50_000), per=1000).loc["a"]
    assert found.drop("state").to_dict() == {
        "better": 3,
        "worse": 2,
        "ratio": 1.5,
        "difference": 1,
        "people": 50_000,
        "lacking": 50,
    }


def test_where_less_is_better_the_gap_is_as_wide_and_the_cases_are_too_many():
    found = gap(by_region(a=2), by_region(a=3), by_region(a=50_000), per=1000, higher_is_better=False).loc["a"]
    assert found[["ratio", "difference", "people", "lacking"]].tolist() == [1.5, 1, 50_000, 50]


def test_a_gap_the_other_way_round_affects_nobody_on_the_worse_side():
    found = gap(by_region(a=2), by_region(a=3), by_region(a=50_000), per=1000).loc["a"]
    assert found[["ratio", "difference", "people", "lacking"]].tolist() == [pytest.approx(2 / 3), -1, 0, 0]


def test_a_gap_with_a_blank_is_missing_and_needs_no_population():
    found = gap(by_region(a=3, b=3), by_region(a=NAN, b=2), by_region(a=NAN, b=1))
    assert found.state.tolist() == ["missing", "value"]
    assert found.loc["a", ["ratio", "difference", "people"]].isna().all()


def test_there_is_no_ratio_to_nothing():
    found = gap(by_region(a=3), by_region(a=0)).loc["a"]
    assert (found.difference, math.isnan(found.ratio)) == (3, True)


def test_populations_that_are_missing_or_not_positive_are_all_named():
    with pytest.raises(MethodError, match=r"(?s)population of a: found 0.*population of b: found a blank"):
        gap(by_region(a=3, b=3), by_region(a=2, b=2), by_region(a=0, b=NAN))
    with pytest.raises(MethodError, match="population: found no b; expected the units of better"):
        gap(by_region(a=3, b=3), by_region(a=2, b=2), by_region(a=1))


def test_what_is_lacking_needs_a_population():
    with pytest.raises(MethodError, match="per: found 1000; expected more than 0, beside a population"):
        gap(by_region(a=3), by_region(a=2), per=1000)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.floats(0.1, 100), st.floats(0.1, 100), st.floats(0.5, 20))
def test_the_unit_changes_neither_the_ratio_nor_what_is_lacking(better, worse, factor):
    sides, people = (by_region(a=better), by_region(a=worse)), by_region(a=1000)
    one, other = gap(*sides, people, per=10), gap(*(factor * side for side in sides), people, per=10 * factor)
    assert other.ratio["a"] == pytest.approx(one.ratio["a"])
    assert other.lacking["a"] == pytest.approx(one.lacking["a"])


@pytest.mark.parametrize(
    ("base", "now", "share", "turned"),
    [
        (2, 1, 0.5, False),
        (2, 0, 1, False),
        (2, 2, 0, False),
        (2, 3, -0.5, False),
        (2, -1, 0.5, True),
        (-2, -1, 0.5, False),
        (-1, 3, -2, True),
    ],
)
def test_the_share_of_a_gap_that_has_closed(base, now, share, turned):
    found = closed(by_region(a=base), by_region(a=now)).loc["a"]
    assert (found.closed, found.state, found.reversed) == (share, "value", turned)


def test_no_share_has_closed_of_a_gap_that_was_not_there_or_is_not_known():
    found = closed(by_region(a=0, b=NAN, c=1), by_region(a=1, b=1, c=NAN))
    assert found.state.tolist() == ["not applicable", "missing", "missing"]
    assert found.closed.isna().all()


def test_regions_below_a_reference_the_furthest_first():
    values, people = by_region(a=9, b=7, c=5, d=NAN), by_region(a=10, b=20, c=30, d=40)
    found = below(values, 8, people, per=10)
    assert found.index.tolist() == ["c", "b", "a", "d"]
    assert found.below.tolist() == [True, True, False, None]
    assert found.difference.tolist()[:3] == [3, 1, -1]
    assert found.people.tolist()[:3] == [30, 20, 0]
    assert found.lacking.tolist()[:3] == [9, 2, 0]
    assert found.state["d"] == "missing"


def test_where_less_is_better_those_above_the_reference_fall_short():
    found = below(by_region(a=9, b=7), 8, by_region(a=10, b=20), higher_is_better=False)
    assert found.below.to_dict() == {"a": True, "b": False}


def test_at_the_reference_a_region_is_not_below_it():
    assert below(by_region(a=8), 8, by_region(a=1)).below.tolist() == [False]


def test_a_reference_must_be_a_number():
    with pytest.raises(MethodError, match="reference: found nan"):
        below(by_region(a=8), NAN, by_region(a=1))


GROUPS = pd.Series({"a": "north", "b": "north", "c": "south", "d": "south"})
BEDS = by_year(a=[30, 40], b=[10, 10], c=[10, 20], d=[10, 10])
PEOPLE = by_year(a=[10, 10], b=[10, 10], c=[5, 5], d=[15, 15])


def test_a_group_s_value_is_the_ratio_of_sums():
    found = group_values(BEDS, PEOPLE, GROUPS, per=10)
    assert found.value.to_dict() == {("north", 2008): 20, ("north", 2009): 25, ("south", 2008): 10, ("south", 2009): 15}
    assert found[["denominator", "n", "of"]].drop_duplicates().to_numpy().tolist() == [[20, 2, 2]]


def test_a_region_that_lacks_a_term_is_in_neither_sum_and_is_counted():
    beds = by_year(a=[30], b=[10], c=[NAN], d=[30])
    found = group_gap(beds, by_year(a=[10], b=[10], c=[5], d=[15]), GROUPS, ("north", "south")).loc[2008]
    assert found[["better", "worse", "people", "n", "of"]].tolist() == [2, 2, 0, 3, 4]


def test_a_group_without_any_value_is_missing():
    beds = by_year(a=[30], b=[10], c=[NAN], d=[NAN])
    found = group_gap(beds, by_year(a=[10], b=[10], c=[5], d=[15]), GROUPS, ("north", "south")).loc[2008]
    assert (found.state, found.n) == ("missing", 2)


def test_the_gap_between_groups_year_by_year():
    found = group_gap(BEDS, PEOPLE, GROUPS, ("north", "south"), per=10)
    assert found.difference.to_dict() == {2008: 10, 2009: 10}
    assert found.ratio.tolist() == pytest.approx([2, 25 / 15])
    assert found.people.tolist() == [20, 20]
    assert found.lacking.tolist() == [20, 20]


def test_a_group_that_does_not_exist_is_told_with_the_one_that_is_near():
    with pytest.raises(MethodError, match=r"between: found 'nort'; .*did you mean 'north'"):
        group_gap(BEDS, PEOPLE, GROUPS, ("nort", "south"))


def test_regions_without_a_group_and_groups_of_one_are_named():
    with pytest.raises(MethodError, match=r"(?s)d: found no group.*the group south: found c only; expected two"):
        group_values(BEDS, PEOPLE, GROUPS.drop("d"))


def test_denominators_of_nobody_are_named():
    with pytest.raises(MethodError, match="denominator of a in 2008: found 0"):
        group_values(BEDS, PEOPLE.replace(10, 0), GROUPS)


def test_near_the_ceiling_attainment_grows_equal_and_shortfall_unequal():
    found = ceiling(by_year(a=[60, 98], b=[80, 100]))
    assert found.distance.tolist() == [30, 1]
    assert found.near.tolist() == [False, True]
    assert found.at_bound.tolist() == [0, 0.5]
    assert found.attainment.tolist() == pytest.approx([10 / 70, 1 / 99])
    assert found.shortfall.tolist() == pytest.approx([10 / 30, 1])


def test_the_ceiling_of_what_should_be_low_is_its_lower_bound():
    found, mirrored = ceiling(by_year(a=[5], b=[3]), higher_is_better=False), ceiling(by_year(a=[95], b=[97]))
    assert found.loc[2008].tolist() == mirrored.loc[2008].tolist()


def test_a_third_of_the_regions_at_the_bound_is_not_yet_near_and_more_is():
    assert ceiling(by_year(a=[100], b=[50], c=[50])).near.tolist() == [False]
    assert ceiling(by_year(a=[100], b=[100], c=[50])).near.tolist() == [True]


def test_what_is_at_the_bound_but_for_noise_is_at_it_and_not_beyond():
    at = 0.55 / 0.5 * 100
    assert at > 110
    assert ceiling(by_year(a=[at], b=[50], c=[50]), (0, 110)).at_bound.tolist() == pytest.approx([1 / 3])
    assert ceiling(by_year(a=[0.1 + 0.7], b=[0], c=[0]), (0, 0.8)).at_bound.tolist() == pytest.approx([1 / 3])


def test_a_ceiling_rests_on_the_values_that_there_are():
    found = ceiling(by_year(a=[90, NAN], b=[NAN, NAN]))
    assert found[["n", "of"]].to_numpy().tolist() == [[1, 2], [0, 2]]
    assert (found.distance[2008], math.isnan(found.distance[2009])) == (10, True)
    assert found.near.tolist() == [False, None]


def test_the_inequality_shown_can_be_another():
    found = ceiling(by_year(a=[60], b=[80]), inequality=lambda x: float(np.ptp(x))).loc[2008]
    assert found[["attainment", "shortfall"]].tolist() == [20, 20]


def test_where_all_is_attained_no_shortfall_can_be_unequal():
    assert math.isnan(ceiling(by_year(a=[100], b=[100])).shortfall[2008])


def test_groups_and_ceilings_are_by_region_and_year():
    with pytest.raises(MethodError, match=r"index: found \['region'\]; expected region, year"):
        ceiling(by_region(a=1))
    with pytest.raises(MethodError, match="not by region and year"):
        group_values(by_region(a=1), by_region(a=1), GROUPS)


def test_values_outside_the_bounds_are_named():
    with pytest.raises(MethodError, match="value of b in 2008: found 101; expected from 0 to 100"):
        ceiling(by_year(a=[60], b=[101]))
    with pytest.raises(MethodError, match="bounds: found 100 to 0"):
        ceiling(by_year(a=[60]), (100, 0))


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.lists(st.floats(1, 99), min_size=2, max_size=8))
def test_attainment_and_shortfall_have_the_same_deviation(values):
    found = ceiling(by_year(**{f"r{place}": [x] for place, x in enumerate(values)})).loc[2008]
    assert found.attainment * (100 - found.distance) == pytest.approx(found.deviation, abs=1e-9)
    assert found.shortfall * found.distance == pytest.approx(found.deviation, abs=1e-9)


def test_the_shipped_cities_by_plain_pandas(study, figures):
    table = figures[["hospital_beds", "pop_resident"]].dropna().xs(2012, level="year")
    sums = table.groupby(study.regions.group).sum()
    per_1000 = sums.hospital_beds / sums.pop_resident / 10
    terms = study.panel().variables
    found = group_gap(
        terms.hospital_beds, 10_000 * terms.pop_resident, study.regions.group, ("northeast", "southwest"), per=1000
    ).loc[2012]
    assert found.ratio == pytest.approx(per_1000.northeast / per_1000.southwest)
    assert round(found.difference, 3) == 0.884
