import numpy as np
import pandas as pd
import pytest

from evalkit import DataError, Dataset, Panel, ParamsError
from evalkit.data.panel import cube, not_addable
from tests.data.conftest import AREA, FACILITIES
from tests.index.test_target import aimed
from tests.scoring.small import leaf, system

YEARS = range(2011, 2013)
PER_HEAD = {"variable": None, "numerator": "doctors", "denominator": "people", "per": 1000}
COUNTED = "    kind: count\n    scope: {zh: 全市, en: city}\n    years: [2011, 2012]\n"
FALLING = COUNTED.replace("count", "amount") + "    valid: [null, null]\n"
SHARE = {"variable": "share", "worst": None, "unscored": "snapshot"}


@pytest.fixture
def panel(tables):
    """Computes a panel from the small dataset."""

    def computed(*indicators):
        return Panel.from_dataset(tables.load(), system(*indicators), tables.regions.query("level == 'city'"), YEARS)

    return computed


def test_a_ratio_is_computed_in_base_units(panel):
    values = panel(leaf("a", **PER_HEAD)).values.a
    # 1600 physicians over 800 000 people are 2 in 1000
    assert values.tolist() == pytest.approx([2, 2.5, 1, 1.5])
    assert values.index.tolist() == [("330100", 2011), ("330100", 2012), ("330200", 2011), ("330200", 2012)]


def test_a_variable_is_given_in_base_units(panel):
    assert panel(leaf("a", variable="people")).values.a.tolist() == [800_000, 1_000_000, 500_000, 600_000]


def test_the_terms_stand_beside_the_values_in_printed_units(panel):
    made = panel(leaf("a", **PER_HEAD))
    assert made.variables.people.tolist() == [80, 100, 50, 60]
    assert made.publications.people.tolist() == ["book"] * 4


@pytest.mark.parametrize(("file", "found"), [("health.csv", "1600,value"), ("people.csv", "80,value")])
def test_a_blank_term_leaves_its_state_on_the_indicator(tables, panel, file, found):
    tables.edit(file, f"330100,2011,{found}", "330100,2011,,missing")
    made = panel(leaf("a", **PER_HEAD))
    assert made.states.a.tolist() == ["missing", "value", "value", "value"]
    assert made.values.a.isna().tolist() == [True, False, False, False]


def test_of_two_states_the_numerators_is_told(tables, panel):
    tables.edit("health.csv", "330100,2011,1600,value", "330100,2011,,not due")
    tables.edit("people.csv", "330100,2011,80,value", "330100,2011,,missing")
    assert panel(leaf("a", **PER_HEAD)).states.a.iloc[0] == "not due"


def test_years_without_a_series_say_so(panel):
    made = panel(leaf("a", variable="doctors"), leaf("b", **SHARE))
    assert made.states.b.tolist() == ["no series", "value"] * 2
    assert made.values.b.isna().tolist() == [True, False] * 2


def test_nothing_is_divided_by_zero(tables, panel):
    tables.edit("people.csv", "330100,2011,80,", "330100,2011,0,")
    made = panel(leaf("a", **PER_HEAD))
    assert made.values.a.isna().tolist() == [True, False, False, False]
    assert made.states.a.iloc[0] == "not applicable"


def test_there_is_no_share_of_an_amount_that_fell(tables, panel):
    tables.edit("metadata.yaml", f"{COUNTED}  share:", f"{FALLING}  share:")
    tables.edit("health.csv", "330100,2011,1600,", "330100,2011,-1600,")
    made = panel(leaf("a", variable=None, numerator="people", denominator="doctors"))
    assert made.values.a.isna().tolist() == [True, False, False, False]
    assert made.states.a.iloc[0] == "not applicable"


def test_an_unknown_variable_in_an_index_system_is_told_with_the_near_one(panel):
    wrong = PER_HEAD | {"numerator": "doctor", "denominator": "peple"}
    with pytest.raises(ParamsError) as refused:
        panel(leaf("a", **wrong))
    assert [(o.where, o.found) for o in refused.value.problems] == [
        ("a of small", "the variable 'doctor'"), ("a of small", "the variable 'peple'")
    ]  # fmt: skip
    assert "expected one of people, doctors, share (did you mean 'doctors'?)" in str(refused.value)


def test_values_outside_their_indicators_valid_range_are_all_told(panel):
    with pytest.raises(DataError) as refused:
        panel(leaf("a", valid=(0, 1.75), **PER_HEAD), leaf("b", valid=(50, 90), **SHARE))
    assert list(map(str, refused.value.problems)) == [
        "a (a) of 330100 in 2011: found 2; expected 0 to 1.75",
        "a (a) of 330100 in 2012: found 2.5; expected 0 to 1.75",
        "b (b) of 330100 in 2012: found 40; expected 50 to 90",
        "b (b) of 330200 in 2012: found 100; expected 50 to 90",
    ]


def test_values_given_as_they_are_have_states():
    index = pd.MultiIndex.from_product([["r"], [2011, 2012]], names=["region", "year"])
    made = Panel.from_values(pd.DataFrame({"a": [1, None]}, index=index))
    assert made.states.a.tolist() == ["value", "missing"]


def test_the_total_is_a_ratio_of_sums(tables, panel):
    indicators = leaf("a", **PER_HEAD), leaf("b", **SHARE)
    total = panel(*indicators).total(tables.load(), system(*indicators), "p").values
    # 2100 physicians over 1.3 million people, and 3400 over 1.6 million
    assert total.a.tolist() == pytest.approx([2.1 / 1.3, 3.4 / 1.6])
    assert total.index.tolist() == [("p", 2011), ("p", 2012)]


def test_a_rate_has_no_total(tables, panel):
    indicators = leaf("a", **PER_HEAD), leaf("b", **SHARE), leaf("c", **PER_HEAD | {"numerator": "share"})
    total = panel(*indicators).total(tables.load(), system(*indicators), "p").values
    assert total.notna().all().to_dict() == {"a": True, "b": False, "c": False}
    assert total[["b", "c"]].isna().all(axis=None)


@pytest.mark.parametrize("missing", [False, True])
def test_a_rate_is_weighed_by_the_count_that_it_declares(tables, panel, missing):
    tables.edit("metadata.yaml", "valid: [0, 100]", "weight: people")
    if missing:
        tables.edit("people.csv", "330200,2012,60,value", "330200,2012,,missing")
    indicators = leaf("b", **SHARE), leaf("c", **PER_HEAD | {"numerator": "share"})
    total = panel(*indicators).total(tables.load(), system(*indicators), "p").values
    # 40 % of 1.0 million people, and 100 % of 0.6 million
    assert total.b.tolist() == pytest.approx([np.nan, np.nan if missing else 62.5], nan_ok=True)
    assert total.c.isna().all()


def test_a_ratio_of_two_weighed_rates_is_that_of_their_means(tables, panel):
    tables.edit("metadata.yaml", "valid: [0, 100]", "weight: people")
    ratio = leaf("c", **PER_HEAD | {"numerator": "share", "denominator": "share", "per": 1})
    found, metadata = system(ratio), tables.load().metadata
    assert panel(ratio).total(tables.load(), found, "p").values.c.iloc[1] == 1
    mixed = leaf("d", **PER_HEAD | {"numerator": "share"})
    assert [not_addable(i, metadata) for i in (ratio, mixed, leaf("b", **SHARE))] == [None, "unlike", None]


def test_some_regions_together_need_those_alone(tables, panel):
    tables.edit("people.csv", "330200,2012,60,value", "330200,2012,,missing")
    made = panel(leaf("a", **PER_HEAD)).among(["330100"])
    assert made.total(tables.load(), system(leaf("a", **PER_HEAD)), "g").values.a.tolist() == [2, 2.5]


def test_a_total_needs_every_region(tables, panel):
    tables.edit("people.csv", "330200,2011,50,value", "330200,2011,,missing")
    total = panel(leaf("a", **PER_HEAD)).total(tables.load(), system(leaf("a", **PER_HEAD)), "p")
    assert total.values.a.isna().tolist() == [True, False]
    assert total.states.a.tolist() == ["missing", "value"]


def test_hangzhous_physicians_per_thousand_are_those_of_the_files(study, figures):
    hangzhou = figures.loc[("330100", 2012)]
    expected = 1000 * hangzhou.physicians / (hangzhou.pop_resident * 10_000)
    assert study.panel().values.loc[("330100", 2012), "P04-physicians"] == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("code", "printed"),
    [("P03-primary", 19.80), ("P03-secondary", 15.19), ("P04-physicians", 2.02), ("P04-beds", 2.92)],
)
def test_the_eleven_cities_together_have_the_values_that_the_goalposts_rest_on(study, code, printed):
    total = study.panel().total(study.dataset, study.system, "zhejiang")
    assert round(total.values.loc[("zhejiang", 2008), code], 2) == printed


def test_the_cities_together_are_the_sums_of_the_files(study, figures):
    sums = figures.loc[pd.IndexSlice[study.regions.index, 2012], ["hospital_beds", "pop_resident"]].sum()
    expected = 1000 * sums.hospital_beds / (sums.pop_resident * 10_000)
    assert study.province.panel.values.loc[("zhejiang", 2012), "P04-beds"] == pytest.approx(expected, rel=1e-12)


def test_a_blank_figure_of_a_project_arrives_with_its_state(project):
    project.edit("health.csv", "physicians,330100,2008,21223,value", "physicians,330100,2008,,missing")
    panel = project.load().panel()
    assert panel.states.loc[("330100", 2008), "P04-physicians"] == "missing"
    assert panel.states["P04-beds"].eq("value").all()


def test_a_cube_has_a_cell_for_every_column_region_and_year():
    index = pd.MultiIndex.from_tuples([("r2", 2012), ("r1", 2011), ("r2", 2011)], names=["region", "year"])
    found = cube(pd.DataFrame({"a": [1.0, 2, 3], "b": [4.0, 5, 6]}, index), ["b", "c"], ["r1", "r2"], range(2011, 2013))
    assert np.array_equal(found, [[[5, np.nan], [6, 4]], np.full((2, 2), np.nan)], equal_nan=True)


def facilities(tables, *rows):
    """The share of facilities of 1500 m2 in every city, from those of its counties."""
    tables.edit("metadata.yaml", "variables:\n", f"variables:\n{AREA}")
    tables.write("units.csv", FACILITIES.splitlines()[0] + "\n" + "".join(f"area,centre {row},book\n" for row in rows))
    target = {"kind": "threshold_share", "value": 100, "threshold": 1500, "threshold_unit": {"zh": "㎡", "en": "m2"}}
    regions = tables.regions.assign(parent=[None, None, "330100"])
    tree = system(leaf("a", variable="area", target=aimed(**target)))
    return Panel.from_dataset(Dataset.load(tables.folder, regions), tree, regions.query("level == 'city'"), YEARS)


def test_the_share_of_facilities_over_a_threshold_counts_those_of_the_counties_below(tables):
    rows = ("A,330102,2011,1500,value", "B,330102,2012,1499.5,disputed", "C,330102,2011,1400,value")
    made = facilities(tables, *rows)
    assert made.values.a[("330100", 2011)] == 50
    # the one of 2012 is disputed, and two of 2011 have no row: nothing is known
    assert made.states.a.tolist() == ["value", "missing", "missing", "missing"]
    assert made.units[["unit", "region", "indicator"]].iloc[0].tolist() == ["centre A", "330100", "a"]


def test_facilities_that_are_not_due_have_no_share(tables):
    made = facilities(tables, "A,330102,2011,,not due", "A,330102,2012,,not due")
    assert made.values.a.isna().all()
    assert made.states.a.tolist() == ["no series"] * 4


def test_a_value_at_the_end_of_its_valid_range_is_within_it_whatever_noise_it_has(panel):
    per = {**PER_HEAD, "per": 1004}
    found = panel(leaf("a", valid=(0, 2.51), **per)).values["a"]
    assert found["330100", 2012] > 2.51
    with pytest.raises(DataError, match=r"found 2\.51; expected 0 to 2\.5099"):
        panel(leaf("a", valid=(0, 2.5099), **per))
