import pandas as pd
import pytest

from evalkit.base.errors import DataError
from evalkit.register.decisions.objections import raise_objection
from evalkit.register.decisions.verification import SEEN, Verification, drawn, verify
from evalkit.register.schema import VERIFICATION
from tests.register.conftest import entry, figures, submission
from tests.register.decisions.conftest import on, status
from tests.register.decisions.test_objections import DOCTORS


def seen(*rows):
    """What was seen: of each figure its number and a value, maybe a verdict and a note."""
    return pd.DataFrame([(*row, *("", "")[len(row) - 2 :]) for row in rows], columns=SEEN)


NOTHING = seen()


def test_what_was_seen_is_put_on_record_and_the_submission_is_verified(city):
    assert verify(city, Verification("a", "confirmed", "visit 1"), seen((1, 10.0), (2, None)), on(5, 1)) == []
    assert status(city) == "verified"
    rows = city.rows(VERIFICATION)[["figure", "seen", "verdict", "document"]]
    assert rows.values.tolist() == [[1, 10, "confirmed", "visit 1"]]


def test_a_doubted_submission_is_returned_with_what_to_ask_again(city):
    again = verify(city, Verification("a", "doubted", "visit 1"), seen((1, 9.0, "", "list"), (2, 20.0)), on(5, 1))
    assert again == ["doctors of 330100 in 2012: 10 reported, 9 seen (list)"]
    assert city.submissions().loc["a", ["status", "note"]].tolist() == ["returned", again[0]]
    assert city.rows(VERIFICATION).verdict.tolist() == ["doubted", "confirmed"]


def test_a_figure_may_be_doubted_though_no_other_was_seen(city):
    again = verify(city, Verification("a", "doubted", "visit 1"), seen((1, None, "doubted", "no list")), on(5, 1))
    assert again == ["doctors of 330100 in 2012: 10 reported (no list)"]
    assert city.altered() == []


@pytest.mark.parametrize(
    ("verification", "rows", "expected"),
    [
        (
            Verification("a", "confirmed", "v"),
            seen((1, 9.0)),
            "a figure: found doctors of 330100 in 2012: 10 reported, 9",
        ),
        (Verification("a", "doubted", "v"), NOTHING, "what is doubted: found nothing"),
        (Verification("a", "doubted", " "), NOTHING, "the document: found nothing"),
        (Verification("a", "perhaps", "v"), NOTHING, "the verdict: found 'perhaps'"),
        (Verification("a", "confirmed", "v"), seen((7, 9.0)), "figure: found 7; expected the number of a figure of a"),
        (Verification("a", "confirmed", "v"), seen((1, 10.0), (1, 10.0)), "figure: found 1 several times"),
        (Verification("a", "confirmed", "v"), seen((1, 10.0, "good", "")), "the verdict of a figure: found 'good'"),
        (Verification("b", "confirmed", "v"), NOTHING, "found b; expected one of a"),
    ],
)
def test_a_verification_that_contradicts_itself_is_refused(city, verification, rows, expected):
    with pytest.raises(DataError, match=expected):
        verify(city, verification, rows, on(5, 1))
    assert city.until() == 1


def test_what_is_verified_may_be_doubted_later_but_not_confirmed_again(city):
    verify(city, Verification("a", "confirmed", "visit 1"), NOTHING, on(5, 1))
    with pytest.raises(DataError, match="a: found verified; expected a submission that is submitted"):
        verify(city, Verification("a", "confirmed", "visit 2"), NOTHING, on(5, 2))
    assert verify(city, Verification("a", "doubted", "visit 2", "ask for all"), NOTHING, on(5, 3)) == ["ask for all"]


def test_what_is_disputed_waits_for_the_decision(city):
    raise_objection(city, DOCTORS, on(5, 1))
    with pytest.raises(DataError, match="a: found disputed by O-2012-001; expected a decision of these first"):
        verify(city, Verification("a", "confirmed", "visit 1"), NOTHING, on(5, 2))


def test_figures_with_an_explained_warning_are_drawn_first_and_every_draw_is_the_same(register):
    explained = ["", "", "", "moved", ""]
    table = pd.concat([figures(float(n), variable=f"v{n}", explanation=why) for n, why in enumerate(explained)])
    register.receive(submission("a"), pd.concat([table, figures(None, variable="w", state="missing")]), entry((4, 1)))
    found = drawn(register, "a", 3)
    assert (len(found), "v3" in set(found.variable), "w" in set(found.variable)) == (3, True, False)
    assert drawn(register, "a", 3).equals(found)
    assert drawn(register, "a", 1).variable.tolist() == ["v3"]
    assert len(drawn(register, "a", 99)) == 5
