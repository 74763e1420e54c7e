import numpy as np
import pytest

from evalkit.base.errors import DataError
from evalkit.register.decisions.lookup import FigureKey, counting
from evalkit.register.decisions.revisions import Authority, Revision, revise
from evalkit.register.schema import FIGURE, REVISION
from tests.register.conftest import entry, figures, submission
from tests.register.decisions.conftest import on, status

NOBODY = Authority()


def revision(register, value, variable="doctors", **more):
    given = {"state": "value", "because": "a clinic was counted twice", "evidence": "count of 2 May"} | more
    return Revision(counting(register, FigureKey(variable, "330100", 2012)), value, **given)


def test_a_new_version_counts_and_the_old_one_stays_with_the_reason_beside_it(city):
    assert revise(city, [revision(city, 9.0)], on(5, 2, "Li"), NOBODY) == "a-r1"
    assert city.figures([2012]).set_index("variable").value.to_dict() == {"beds": 20, "doctors": 9}
    old, *_, new = city.rows(FIGURE).itertuples()
    assert (old.value, new.value, new.revises, new.because) == (10, 9, old.id, "a clinic was counted twice")
    assert (new.evidence, new.compiler, new.compiled, new.standing) == ("count of 2 May", "Li", "2013-05-02", "own")
    assert (status(city, "a"), status(city, "a-r1")) == ("submitted", "submitted")


def test_the_version_of_a_version_is_numbered_on_and_stands_as_far_as_what_it_revises(city):
    city.advance("a", "verified", on(5, 1))
    revise(city, [revision(city, 9.0)], on(5, 2), NOBODY)
    assert revise(city, [revision(city, 8.0)], on(5, 3), NOBODY) == "a-r2"
    assert city.figures([2012], accepted="verified").value.tolist() == [20, 8]
    assert status(city, "a-r2") == "verified"


def test_a_final_figure_is_revised_by_a_decision_alone_and_the_decision_is_on_record(city):
    city.advance("a", "verified", on(5, 1))
    city.advance("a", "final", on(7, 1))
    with pytest.raises(DataError, match=r"the submission a: found final; expected a decision, or an objection"):
        revise(city, [revision(city, 9.0)], on(7, 2), NOBODY)
    assert revise(city, [revision(city, 9.0)], on(7, 2), Authority(decision="No. 7")) == "a-r1"
    assert status(city, "a-r1") == "final"
    assert city.rows(REVISION)[["submission", "decision", "objection"]].values.tolist() == [["a-r1", "No. 7", ""]]


@pytest.mark.parametrize(
    ("value", "more", "expected"),
    [
        (10.0, {}, "the new version of doctors of 330100 in 2012: found what is on record"),
        (9.0, {"because": " "}, "because of doctors of 330100 in 2012: found nothing"),
        (9.0, {"evidence": ""}, "evidence of doctors of 330100 in 2012: found nothing"),
        (None, {}, "found nothing, with the state 'value'"),
        (9.0, {"state": "missing"}, "found 9, with the state 'missing'; expected nothing"),
        (None, {"state": "disputed"}, "found 'disputed'; expected a decision, or an objection, by which"),
        (9.0, {"state": "lost"}, "the state of doctors of 330100 in 2012: found 'lost'"),
    ],
)
def test_a_revision_that_says_nothing_new_or_not_why_is_refused(city, value, more, expected):
    with pytest.raises(DataError, match=expected):
        revise(city, [revision(city, value, **more)], on(5, 2), NOBODY)
    assert city.until() == 1


def test_a_figure_may_become_missing(city):
    revise(city, [revision(city, None, state="missing")], on(5, 2), NOBODY)
    found = city.figures([2012]).set_index("variable").loc["doctors"]
    assert (found.state, np.isnan(found.value)) == ("missing", True)


def test_figures_of_two_submissions_are_not_revised_at_once(city):
    city.receive(submission("b"), figures(1.0, variable="nurses"), entry((4, 2)))
    with pytest.raises(DataError, match="submissions: found a, b; expected figures of one submission"):
        revise(city, [revision(city, 9.0), revision(city, 2.0, "nurses")], on(5, 2), NOBODY)


def test_a_returned_submission_is_not_revised(city):
    one = revision(city, 9.0)
    city.advance("a", "returned", on(5, 1))
    with pytest.raises(DataError, match="the submission a: found returned"):
        revise(city, [one], on(5, 2), NOBODY)
