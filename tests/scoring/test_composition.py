import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit import Panel, ParamsError
from evalkit.index.unscored import without_scores
from evalkit.scoring import Method
from evalkit.scoring.composition import Limits, check_composition, composition
from tests.scoring.small import leaf, panel, quick, system

YEARS = (2010, 2011, 2012)
SCORED = ["P03-primary", "P03-secondary", "P04-physicians", "P04-beds"]
COLLECTION = "better: higher\n              decimals: 1\n              note: {zh: 金华"
POSTS = (
    "goalposts: {worst: 10, best: 200, basis: {zh: 甲, en: a}, date: '2008', worst_status: proposed,"
    " best_status: proposed}\n              note: {zh: 金华"
)


@pytest.fixture
def found():
    """Holds one indicator (r1 in three years, then r2 …) against the conditions."""

    def row(*values, limits=None, method=None, **declared):
        made = panel({"a": values, "b": values}, years=YEARS)
        declared = system(leaf("a", **declared), leaf("b", variable="a"))
        return composition(made, declared, 2012, Limits(**limits or {}), Method(**method or {})).loc["a"]

    return row


def ratio(figures, indicator, scales):
    """An indicator in plain pandas: cities by year."""
    terms = [figures[term].unstack() * scales[term] for term in indicator.terms]
    return (terms[0] / terms[1] * indicator.per if indicator.numerator else terms[0]).loc["330100":"331100", 2008:2012]


@pytest.fixture(scope="module")
def shown(study, figures):
    """Every indicator that is shown, in plain pandas: cities by year."""
    scales = {name: variable.scale for name, variable in study.dataset.metadata.variables.items()}
    values = {i.code: ratio(figures, i, scales) for i in study.system.indicators}
    return {code: table.loc[study.regions.index] for code, table in values.items()}


def largest_jump(table):
    change = (table / table.shift(axis=1)).stack()
    return max(change.max(), (1 / change).max())


def test_a_complete_and_steady_indicator_may_be_scored(found):
    row = found(10, 12, 15, 20, 20, 20)
    assert (row.found, row.missing, row.cells, row.jump) == ((), 0, 6, 1.25)
    assert (row.jump_region, row.jump_year) == ("r1", 2012)


def test_a_fall_is_a_jump_like_a_rise(found):
    assert found(10, 5, 5).jump == found(5, 10, 10).jump == 2


def test_a_jump_breaks_a_series_above_1_6(found):
    assert found(10, 16, 16).found == ()
    assert found(10, 16.1, 16.1).found == ("broken",)
    assert 1.12 / 0.7 > 1.6
    assert found(0.7, 1.12, 1.12).found == ()


@quick
@given(st.integers(1, 2999))
def test_no_change_by_exactly_the_factor_breaks_a_series_up_or_down(tenths):
    before, after = tenths / 10, tenths * 16 / 100
    made = panel({"a": [before, after, before], "b": [before, after + 0.001, before]}, years=YEARS)
    assert composition(made, system(leaf("a", best=1e9), leaf("b", best=1e9)), 2012).found.tolist() == [(), ("broken",)]


def test_a_value_that_is_the_better_goalpost_but_for_noise_is_at_the_cap(found):
    assert 0.1 + 0.7 < 0.8
    assert found(0.1 + 0.7, 0.1 + 0.7, 0.1 + 0.7, best=0.8).at_cap == 1


@pytest.mark.parametrize("values", [(10, 0, 0), (0, 10, 10)])
def test_a_fall_to_zero_and_a_rise_from_it_break_a_series(found, values):
    row = found(*values)
    assert (row.jump, row.found) == (np.inf, ("broken",))


def test_zero_that_stays_is_no_jump(found):
    assert found(0, 0, 0).found == ()


def test_a_blank_makes_an_indicator_incomplete_and_is_not_jumped_over(found):
    row = found(10, None, 30)
    assert (row.missing, row.found) == (1, ("incomplete",))
    assert np.isnan(row.jump)


@pytest.mark.parametrize(("capped", "reason"), [(1, ()), (2, ("saturated",))])
def test_more_than_a_third_of_the_regions_at_the_cap_saturate_an_indicator(found, capped, reason):
    values = [level for place in range(3) for level in [100 if place < capped else 90] * 3]
    row = found(*values)
    assert (row.at_cap, row.regions, row.found) == (capped, 3, reason)


def test_the_cap_of_less_is_better_lies_below(found):
    assert found(9, 9, 9, 11, 11, 11, worst=20, best=10).at_cap == 1


@pytest.mark.parametrize(("jump", "reason"), [(1.5, ("broken",)), (2, ())])
def test_the_factor_of_a_break_is_the_round_s(found, jump, reason):
    assert found(10, 16, 16, limits={"jump": jump}).found == reason


@pytest.mark.parametrize(("share", "reason"), [(0.5, ("saturated",)), (0.67, ())])
def test_the_share_at_the_cap_is_the_round_s(found, share, reason):
    values = [level for place in range(3) for level in [100 if place < 2 else 90] * 3]
    assert found(*values, limits={"at_cap": share}).found == reason


def test_what_is_imputed_is_there_and_counted_and_is_no_jump(found):
    row = found(10, None, 30, method={"imputation": {"kind": "interpolation"}})
    assert (row.missing, row.imputed, row.found) == (0, 1, ())
    assert np.isnan(row.jump)


def test_what_the_method_cannot_impute_is_missing(found):
    row = found(10, 12, None, method={"imputation": {"kind": "interpolation"}})
    assert (row.missing, row.imputed, row.found) == (1, 0, ("incomplete",))


def test_figures_may_be_missing_where_part_of_the_weight_is_enough_but_not_all_of_them(found):
    part = {"min_weight": 0.5}
    assert found(10, None, 12, method=part).found == ()
    assert found(None, None, None, method=part).found == ("incomplete",)
    made = panel({"a": (1, None, 1), "b": (1, None, 1)}, years=YEARS)
    tree = without_scores(system(leaf("a"), leaf("b")), {"b": "short-series"})
    assert composition(made, tree, 2012, method=Method(**part)).found.tolist() == [(), ("incomplete",)]


@pytest.mark.parametrize(("most", "reason"), [(0.3, ("incomplete",)), (1 / 3, ())])
@pytest.mark.parametrize("method", [{"imputation": {"kind": "interpolation"}}, {"min_weight": 0.5}])
def test_no_more_figures_lack_a_published_value_than_the_round_allows(found, method, most, reason):
    assert found(10, None, 12, method=method, limits={"missing": most}).found == reason


def test_an_input_is_found_as_one(found):
    assert found(1, 1, 1, worst=None, layer="input", unscored="input").found == ("input",)


def held(declared, columns, **options):
    """Hold a system against its data; `reasons` are those of the round."""
    tree = without_scores(declared, options.pop("reasons", {}))
    table = composition(panel(columns, years=YEARS), tree, 2012)
    check_composition(table, tree, **options)
    return table


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ((0, 1, 1), r"found cells missing: 0 of 3, a jump from or to 0, regions at the cap: 0 of 1; "),
        ((None, 1, None), r"found cells missing: 2 of 3, regions at the cap: 0 of 1; "),
    ],
)
def test_a_jump_that_is_no_number_is_told_in_words(values, told):
    with pytest.raises(ParamsError, match=told):
        held(system(leaf("a"), leaf("b")), {"a": values, "b": (1, 1, 1)})


@pytest.mark.parametrize("reason", ["short-series", "broken", "saturated"])
@pytest.mark.parametrize("scored", [True, False])
def test_a_reason_that_the_data_do_not_bear_out_is_refused(reason, scored):
    expected = (
        rf"a \(a\): found cells missing: 0 of 3.*; expected .*, instead of '{reason}', or none: then it is scored"
    )
    with pytest.raises(ParamsError, match=expected):
        held(system(leaf("a"), leaf("b")), {"a": (1, 1, 1), "b": (1, 1, 1)}, reasons={"a": reason}, scored=scored)


def test_a_reason_that_data_cannot_show_is_taken_as_declared():
    table = held(system(leaf("a"), leaf("b")), {"a": (1, 1, 1), "b": (1, 1, 1)}, reasons={"a": "unresolved"})
    assert table.unscored["a"] == "unresolved"


@pytest.mark.parametrize("reason", ["input", "snapshot", "stand-in", "context", "composite"])
def test_a_reason_of_the_definition_holds_whatever_the_data_of_a_round(reason):
    table = held(system(leaf("a", worst=None, unscored=reason), leaf("b")), {"a": (1, 1, 1), "b": (1, 1, 1)})
    assert table.unscored["a"] == reason


def test_all_that_may_not_be_scored_is_in_one_message_with_what_the_study_may_say():
    columns = {"a": (1, 2, 2), "b": (1, None, 1), "c": (100, 100, 100)}
    tree = system(leaf("a"), leaf("b"), leaf("c"))
    with pytest.raises(ParamsError) as refused:
        held(tree, columns)
    assert [(problem.where, problem.expected) for problem in refused.value.problems] == [
        ("a (a)", "`unscored: {a: broken}` in the study (found: broken)"),
        ("b (b)", "`unscored: {b: short-series}` in the study, or an imputation (found: incomplete)"),
        ("c (c)", "`unscored: {c: saturated}` in the study (found: saturated)"),
    ]
    held(tree, columns, scored=False)


def test_scoring_the_broken_library_series_is_refused(project):
    project.edit("study", "  P05-collection: broken\n", "")
    project.edit("index", COLLECTION, POSTS)
    expected = r"P05-collection \(每百.*\): found cells missing: 0 of 55, largest jump ×1\.73.*\(found: broken\)"
    with pytest.raises(ParamsError, match=expected):
        project.load().check()


def test_the_public_edition_shows_at_least_24_indicators_and_scores_four(study):
    assert [indicator.code for indicator in study.system.scored] == SCORED
    assert [i.code for i in study.system.indicators if i.unscored is None] == SCORED
    assert len(study.system.indicators) >= 24


def test_projects_without_a_scored_indicator_weigh_nothing(study):
    weighed = {group.code for group in study.system.projects if group.weight}
    assert weighed == {code.partition("-")[0] for code in SCORED}


@pytest.mark.parametrize("code", SCORED)
def test_what_is_scored_is_complete_and_unbroken_and_tells_the_cities_apart(study, shown, code):
    table, posts = shown[code], study.system.node(code).goalposts
    at_cap = table[2012] >= posts.best if posts.best > posts.worst else table[2012] <= posts.best
    assert table.shape == (11, 5)
    assert table.notna().all(axis=None)
    assert largest_jump(table) <= 1.6
    assert at_cap.sum() <= 11 / 3


def test_every_reason_is_borne_out_by_the_files(study, shown):
    short = {code for code, table in shown.items() if table.isna().any(axis=None)}
    reasons = {i.code: i.unscored for i in study.system.indicators if i.unscored}
    assert {code for code, reason in reasons.items() if reason in ("short-series", "snapshot")} == short
    assert all(largest_jump(shown[code]) > 1.6 for code, reason in reasons.items() if reason == "broken")
    inputs = {i.code for i in study.system.indicators if i.layer == "input"}
    assert {code for code, reason in reasons.items() if reason == "input"} == inputs


def test_snapshots_have_one_year_only(study, shown):
    snapshots = [i.code for i in study.system.indicators if i.unscored == "snapshot"]
    assert {tuple(shown[code].dropna(axis=1).columns) for code in snapshots} == {(2010,)}


def test_what_is_saturated_has_more_than_a_third_of_the_cities_at_the_cap(study, shown):
    saturated = [i for i in study.system.indicators if i.unscored == "saturated"]
    counts = {i.code: int((shown[i.code][2012] >= i.goalposts.best).sum()) for i in saturated}
    assert counts == {"P05-libraries": 10, "P09-refuse": 8, "P09-roads": 11}


def test_the_composition_is_what_the_files_show(study, shown):
    table = study.check()
    assert table.missing.to_dict() == {code: int(t.isna().sum().sum()) for code, t in shown.items()}
    jumps = pd.Series({code: largest_jump(t) for code, t in shown.items()}, dtype=float)
    pd.testing.assert_series_equal(table.jump, jumps, check_names=False)


@pytest.mark.parametrize("order", [[0, 1, 2, 3, 4, 5], [5, 4, 3, 2, 1, 0], [2, 0, 5, 1, 4, 3]])
def test_the_order_of_the_rows_changes_nothing(order):
    made = panel({"a": (10, 12, 15, 20, 30, 31), "b": (1,) * 6}, years=YEARS)
    shuffled = Panel.from_values(made.values.iloc[order])
    row = composition(shuffled, system(leaf("a"), leaf("b")), 2012).loc["a"]
    assert (row.jump, row.jump_region, row.jump_year, row.found) == (1.5, "r2", 2011, ())


def test_a_change_over_a_gap_of_years_is_no_change_in_a_year():
    made = panel({"a": (10, 30, 31), "b": (1,) * 3}, years=(2000, 2010, 2011))
    row = composition(made, system(leaf("a"), leaf("b")), 2011).loc["a"]
    assert (row.jump, row.jump_year) == (pytest.approx(31 / 30), 2011)
