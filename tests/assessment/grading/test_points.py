import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.assessment.grading.points import points_by_part, project_scores, score_of, valid_shares, weight_shares
from tests.assessment.small import evidence, quick, rules, series, table

NAN = np.nan
cells = st.none() | st.floats(0, 100)


def parts(given, region="r1"):
    return points_by_part(given, rules()).loc[(region, 2012)]


def test_points_by_hand():
    given = evidence(
        {"a": [90], "b": [60]},
        weights={"a": 2, "b": 1},
        progress=table({"a": [0.5], "b": [1]}),
        equality=table({"b": [70]}),
        public_evaluation=series(85),
    )
    found = parts(given)
    assert found["mean"].tolist() == pytest.approx([80, 70, 200 / 3, 85])
    assert found.points.tolist() == pytest.approx([48, 14, 20 / 3, 8.5])
    assert (found.n.tolist(), found.factor.unique().tolist()) == ([2, 1, 2, 1], [1])


def test_a_part_without_data_is_dropped_and_the_others_rescaled():
    found = parts(evidence({"a": [90]}, equality=table({"a": [60]}), progress=table({"a": [NAN]})))
    assert found.n.tolist() == [1, 1, 0, 0]
    assert found.factor.tolist()[:2] == [1.25, 1.25]
    assert found.available.tolist()[:2] == [75, 25]
    assert found.points.tolist()[:2] == [67.5, 15]
    assert found[["mean", "factor", "available", "points"]].iloc[2:].isna().all(axis=None)


def test_parts_are_dropped_row_by_row():
    table = points_by_part(evidence({"a": [90, 90]}, public_evaluation=series(50, None)), rules())
    factors = table.factor.groupby(level="region").max()
    assert factors.tolist() == pytest.approx([100 / 70, 100 / 60])


def test_without_any_data_every_part_is_dropped():
    found = parts(evidence({"a": [NAN]}))
    assert found.n.sum() == 0
    assert found.points.isna().all()


@quick
@given(st.tuples(*[st.booleans()] * 3), st.lists(st.floats(0.1, 10), min_size=2, max_size=2))
def test_full_marks_stay_100_whatever_part_is_dropped(present, weights):
    full = {"equality": table({"a": [100]}), "progress": table({"b": [1]}), "public_evaluation": series(100)}
    more = {name: frame for (name, frame), there in zip(full.items(), present, strict=True) if there}
    found = parts(evidence({"a": [100], "b": [100]}, weights=dict(zip("ab", weights, strict=True)), **more))
    assert score_of(found.points.sum(), 0) == 100


@quick
@given(st.lists(st.tuples(cells, st.floats(0.1, 10)), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_indicators_does_not_matter(drawn, random):
    shuffled = random.sample(list(enumerate(drawn)), len(drawn))
    scores = []
    for order in (list(enumerate(drawn)), shuffled):
        codes = {f"i{n}": cell for n, cell in order}
        found = evidence({c: [x] for c, (x, _) in codes.items()}, weights={c: w for c, (_, w) in codes.items()})
        scores.append(score_of(parts(found).points.sum(min_count=1), 0))
    assert scores[0] == scores[1] or np.isnan(scores).all()


def test_a_blank_gives_its_weight_to_the_others_and_an_empty_row_has_none():
    frame = table({"a": [1, 1, NAN], "b": [1, NAN, NAN]})
    shares = weight_shares(frame, evidence({"a": [1], "b": [1]}, weights={"a": 3, "b": 1}).weights)
    assert np.array_equal(shares, [[0.75, 0.25], [1, NAN], [NAN, NAN]], equal_nan=True)


@pytest.mark.parametrize(
    ("state", "share"), [("missing", 0.7), ("disputed", 0.7), ("not applicable", 1), ("not due", 1), ("value", 1)]
)
def test_what_is_missing_or_disputed_lowers_the_valid_share_and_what_is_not_due_leaves_weight(state, share):
    b = 50 if state in ("value", "disputed") else NAN
    given = evidence({"a": [50], "b": [b]}, states={"b": state}, weights={"a": 7, "b": 3})
    assert valid_shares(given).tolist() == [share]


def test_the_valid_share_is_blank_where_nothing_has_weight():
    given = evidence({"a": [NAN, 1]}, states={"a": ["not due", "value"]})
    assert valid_shares(given).fillna(-1).tolist() == [-1, 1]


def test_projects_are_scored_on_completion_alone_and_published():
    given = evidence(
        {"a": [59.99], "b": [60], "c": [NAN], "d": [10], "e": [0]},
        projects={"a": "P1", "b": "P1", "c": "P2", "d": "P3", "e": None},
        weights={"a": 1, "b": 1, "c": 1, "d": 0, "e": 1},
        progress=table({"a": [0]}),
    )
    found = project_scores(given)
    assert list(found) == ["P1", "P2"]
    assert found.fillna(-1).iloc[0].tolist() == [60.00, -1]


def test_the_noise_of_sums_does_not_decide_a_score():
    noisy = 59.995 / 3 + 59.995 / 3 + 59.995 / 3
    assert noisy < 59.995
    given = evidence({"a": [noisy]}, projects={"a": "P1"})
    assert project_scores(given).to_numpy().tolist() == [[60.00]]
    assert score_of(noisy, 0) == 60.00
    assert np.isnan(score_of(NAN, 0))
