import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from evalkit import DataError, MethodError
from evalkit.scoring.coherence import kurtosis, skewness
from evalkit.scoring.treatment import LogTransform, NoTreatment, Treatment, Trigger, Winsorise
from tests.scoring.small import leaf, panel, quick, system

ONE_HIGH = [*range(1, 11), 100]
TWO_HIGH = [*range(1, 21), 100, 200]
tails = st.lists(st.integers(0, 20), min_size=6, max_size=20).flatmap(
    lambda body: st.lists(st.integers(-5000, 5000), max_size=4).map(lambda ends: [float(x) for x in body + ends])
)


def treated(treatment, *columns, years=(2012,), **declared):
    codes = "abc"[: len(columns)]
    values = panel(dict(zip(codes, columns, strict=True)), years=years).values
    return treatment(values, system(*(leaf(code, **declared) for code in codes)))


def test_no_treatment_gives_the_values_and_an_empty_report():
    values, report = treated(NoTreatment(), ONE_HIGH)
    assert values.a.tolist() == ONE_HIGH
    assert list(report) == ["indicator", "region", "year", "before", "after", "reason"]
    assert report.empty


def test_an_outlier_takes_the_place_of_the_next_value():
    values, report = treated(Winsorise(), ONE_HIGH, range(11))
    assert values.a.tolist() == [*range(1, 11), 10]
    assert values.b.tolist() == list(range(11))
    assert report[["indicator", "region", "year", "before", "after"]].to_numpy().tolist() == [
        ["a", "r11", 2012, 100, 10]
    ]


def test_the_reason_tells_the_trigger_before_and_after():
    reason = treated(Winsorise(), ONE_HIGH)[1].reason[0]
    before, after = pd.Series(ONE_HIGH), pd.Series([*range(1, 11), 10])
    assert reason == (
        f"skewness {before.skew():.2f} and kurtosis {before.kurt():.2f}; "
        f"then skewness {after.skew():.2f} and kurtosis {after.kurt():.2f}"
    )


def test_the_points_move_one_after_the_other_and_end_level():
    values, report = treated(Winsorise(), TWO_HIGH)
    assert values.a.tolist() == [*range(1, 21), 20, 20]
    assert report.after.tolist() == [20, 20]


def test_low_outliers_are_drawn_up():
    assert treated(Winsorise(), [-x for x in TWO_HIGH])[0].a.tolist() == [*range(-1, -21, -1), -20, -20]


def test_at_most_so_many_points_move_and_the_report_says_that_it_was_not_enough():
    values, report = treated(Winsorise(max_points=1), TWO_HIGH)
    assert values.a.tolist() == [*range(1, 21), 100, 100]
    assert report.reason.str.endswith("still beyond the trigger").tolist() == [True]


def test_equal_outliers_that_are_too_many_to_move_are_refused_by_name():
    column = [*range(1, 41), 300, 300]
    with pytest.raises(
        MethodError, match="a in 2012: found more than 1 equal outliers; expected a larger `max_points`"
    ):
        treated(Winsorise(max_points=1), column)
    assert treated(Winsorise(max_points=2), column)[0].a.max() == 40


@pytest.mark.parametrize("trigger", [Trigger(skewness=5), Trigger(kurtosis=20)])
def test_both_limits_must_be_passed(trigger):
    assert treated(Winsorise(trigger=trigger), ONE_HIGH)[0].a.tolist() == ONE_HIGH


def test_a_blank_stays_blank_and_a_short_or_constant_column_as_it_is():
    values, report = treated(Winsorise(), [None, *ONE_HIGH], [1, 2, 90] + [None] * 9, [7] * 12)
    assert values.a.isna().tolist() == [True] + [False] * 11
    assert values.b.max() == 90
    assert report.indicator.tolist() == ["a"]


def test_each_year_can_be_a_column_by_itself():
    # 30 regions at 1 in both years, and one at 2: a single outlier of each year, two equal ones of the panel
    column = [1] * 60 + [2, 2]
    report = treated(Winsorise(max_points=1, over="year"), column, years=(2012, 2013))[1]
    assert report[["region", "year", "after"]].to_numpy().tolist() == [["r31", 2012, 1], ["r31", 2013, 1]]
    with pytest.raises(MethodError, match="a in 2012, 2013: found more than 1 equal outliers"):
        treated(Winsorise(max_points=1), column, years=(2012, 2013))


def test_an_indicator_that_is_scored_on_its_logarithm_is_looked_at_on_it():
    powers = [float(2**n) for n in range(12)]
    assert treated(Winsorise(), powers)[0].a.max() < 2048
    assert treated(Winsorise(), powers, worst=1, transform="log")[0].a.tolist() == powers


def test_what_is_not_scored_is_not_treated():
    tree = system(leaf("a"), leaf("b", worst=None, unscored="context"))
    values, report = Winsorise()(panel({"a": range(11), "b": ONE_HIGH}).values, tree)
    assert values.b.tolist() == ONE_HIGH
    assert report.empty


@quick
@given(tails)
def test_winsorised_values_keep_their_order_and_the_range_of_the_rest(column):
    values, report = treated(Winsorise(max_points=len(column)), column)
    after = values.a.tolist()
    rest = [x for place, x in enumerate(column, 1) if f"r{place}" not in set(report.region)]
    assert min(rest) <= min(after) <= max(after) <= max(rest)
    order = np.argsort(column, kind="stable")
    assert (np.diff(np.array(after)[order]) >= 0).all()


@quick
@given(tails)
def test_the_trigger_is_no_longer_met_where_enough_points_may_move(column):
    assert not Trigger().met(treated(Winsorise(max_points=len(column)), column)[0].a)


def test_a_logarithm_follows_its_formula():
    values, report = treated(LogTransform(), ONE_HIGH, range(11))
    assert values.a.tolist() == pytest.approx([np.log(x - 1 + 0.99) for x in ONE_HIGH])
    assert values.b.tolist() == list(range(11))
    assert report.before.tolist() == ONE_HIGH
    assert report.after.tolist() == values.a.tolist()


def test_a_logarithm_of_a_left_tail_mirrors_that_of_a_right_tail():
    mirrored = treated(LogTransform(), [-x for x in ONE_HIGH])[0].a
    assert mirrored.tolist() == pytest.approx([-x for x in treated(LogTransform(), ONE_HIGH)[0].a])


@quick
@given(tails.filter(Trigger().met))
def test_a_logarithm_keeps_the_order_and_pulls_at_the_tail(column):
    after = treated(LogTransform(), column)[0].a
    assert after.rank().tolist() == pd.Series(column).rank().tolist()
    side = np.sign(skewness(column))
    assert side * skewness(after) <= side * skewness(column) + 1e-9


def test_a_logarithm_is_not_taken_twice():
    with pytest.raises(MethodError, match="cannot be taken twice") as refused:
        treated(LogTransform(), [10.0 ** (x**2 / 100) for x in ONE_HIGH], worst=1, transform="log")
    assert [(o.where, o.found) for o in refused.value.problems] == [("a", "`transform: log`")]


@pytest.mark.parametrize("treatment", [Winsorise(), LogTransform()])
def test_an_infinite_value_is_refused_by_name(treatment):
    with pytest.raises(DataError, match="b of r2 in 2012: found inf"):
        treated(treatment, range(5), [1, np.inf, 2, 3, 4])


def test_a_treatment_is_declared_by_its_kind():
    declared = TypeAdapter(Treatment).validate_python({"kind": "winsorise", "max_points": 3})
    assert declared == Winsorise(max_points=3)
    assert kurtosis(ONE_HIGH) > declared.trigger.kurtosis
