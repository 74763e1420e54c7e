import numpy as np
import pytest

from evalkit.assessment.grading.bands import UNRATED
from evalkit.assessment.grading.grades import Case, gated, over_quota, quota_places, reasons
from tests.assessment.small import only, rules, series

NAN = np.nan


def case(score=95.0, *, projects=None, met=True, vetoes=(), share=1.0):
    return Case(score, share, projects or {}, met, vetoes)


def told(given, changed=None):
    return [(r.rule, r.about, r.not_above, r.outcome) for r in reasons(given, changed or rules())]


@pytest.mark.parametrize(
    ("given", "grade"),
    [
        (case(), "excellent"),
        (case(met=False), "good"),
        (case(met=None), "excellent"),
        (case(met="not applicable"), "excellent"),
        (case(75.0, met=False), "pass"),
        (case(projects={"P1": 59.99}), "good"),
        (case(projects={"P1": 60.00}), "excellent"),
        (case(projects={"P1": NAN}), "excellent"),
        (case(vetoes=("E1",)), "fail"),
        (case(projects={"P1": 10}, met=False, vetoes=("E1",)), "fail"),
        (case(NAN, projects={"P1": 10}, met=False), UNRATED),
        (case(NAN, vetoes=("E1",)), "fail"),
    ],
)
def test_gates_lower_the_grade(given, grade):
    assert gated(given, rules()) == grade


def test_every_gate_that_holds_is_a_reason_even_where_another_holds_as_well():
    given = case(projects={"P1": 10, "P2": 80, "P3": 20}, met=False)
    assert told(given) == [
        ("earmark", "", "good", "lowers"),
        ("project", "P1", "good", "lowers"),
        ("project", "P3", "good", "lowers"),
    ]


def test_a_gate_at_or_above_the_band_has_no_effect_and_is_told():
    assert told(case(85.0, met=False)) == [("earmark", "", "good", "no_effect")]
    assert told(case(55.0, vetoes=("E1",))) == [("veto", "E1", "fail", "no_effect")]


def test_what_is_not_known_does_not_bite_and_is_told():
    assert told(case(projects={"P1": NAN}, met=None)) == [
        ("earmark", "", "good", "not_tested"),
        ("project", "P1", "good", "not_tested"),
    ]


def test_an_earmark_without_new_means_asks_nothing():
    assert told(case(met="not applicable")) == []


def test_a_project_s_reason_holds_what_was_found_and_the_bound():
    [reason] = reasons(case(projects={"P1": 59.99}), rules())
    assert (reason.found, reason.bound) == (59.99, 60)


def test_what_is_not_rated_has_the_share_as_its_reason():
    [reason] = reasons(case(NAN, projects={"P1": 10}, share=0.79), rules())
    assert (reason.rule, reason.found, reason.bound, reason.outcome) == ("valid_share", 0.79, 0.8, "not_rated")


def test_rules_without_gates_lower_nothing():
    free = rules(gates={"earmark": None, "project": None, "veto": None})
    assert told(case(projects={"P1": 10}, met=False, vetoes=("E1",)), free) == []


@pytest.mark.parametrize(
    ("rated", "share", "rounding", "places"),
    [
        (11, 0.3, "down", 3),
        (10, 0.3, "down", 3),
        (9, 0.3, "down", 2),
        (9, 0.3, "half up", 3),
        (5, 0.5, "half up", 3),
        (100, 0.29, "down", 29),
        (1, 0.3, "down", 0),
        (11, 1, "down", 11),
        (11, 0, "half up", 0),
    ],
)
def test_the_quota_counts_exactly(rated, share, rounding, places):
    assert quota_places(rated, rules(quota={"share": share, "rounding": rounding}).quota) == places


def kept_out(scores, grades, **choices):
    return over_quota(series(*scores), series(*grades), rules(quota=choices).quota)


def test_the_lowest_of_the_band_are_kept_out():
    over = kept_out([95, 97, 91, 99, 70], ["excellent"] * 4 + ["pass"], share=0.4)
    assert over.index.get_level_values("region").tolist() == ["r1", "r3"]
    assert (over.place.tolist(), over.places.tolist()) == ([3, 4], [2, 2])


@pytest.mark.parametrize(("ties", "out"), [("in", ["r4"]), ("out", ["r2", "r3", "r4"])])
def test_regions_that_tie_across_the_edge_are_all_in_or_all_out(ties, out):
    over = kept_out([99, 95, 95, 91, 70], ["excellent"] * 4 + ["pass"], share=0.4, ties=ties)
    assert over.index.get_level_values("region").tolist() == out


def test_the_share_is_of_rated_regions_and_gated_ones_do_not_compete():
    scores, grades = [99, 95, 94, NAN, NAN], ["good", "excellent", "excellent", UNRATED, UNRATED]
    assert kept_out(scores, grades, share=0.4).index.get_level_values("region").tolist() == ["r3"]


def test_the_quota_is_counted_year_by_year():
    scores = series(99, 91, 98, 90, years=(2011, 2012))
    over = over_quota(scores, scores.map(rules().bands.of), rules(quota={"share": 0.5}).quota)
    assert over.index.tolist() == [("r2", 2011), ("r2", 2012)]


def test_nobody_is_kept_out_where_nobody_has_the_band():
    assert kept_out([70, 80], ["pass", "good"], share=0.3).empty
    assert only(completion=100).quota is None
