import numpy as np
import pandas as pd
import pytest

from evalkit.register import entries
from evalkit.register.entries import altered, chained
from evalkit.register.schema import FIGURE, OBJECTION, STATUS, VERIFICATION
from tests.register.conftest import figures, submission


def test_a_figure_goes_as_plain_values():
    table = pd.concat([figures(10.5), figures(np.nan).assign(state="missing", reason=None)])
    first, second = submission("a").rows(table, "submitted")[FIGURE]
    assert (first["value"], type(first["year"]), first["submission"]) == (10.5, int, "a")
    assert (second["value"], second["reason"], second["state"]) == (None, "", "missing")


def test_a_digest_changes_with_a_row_with_the_entry_and_with_what_went_before():
    row = {"submission": "a", "status": "submitted", "note": ""}
    given = ("", {"kind": "intake"}, {STATUS: [row]})
    others = [("x", *given[1:]), ("", {"kind": "other"}, given[2]), (*given[:2], {STATUS: [row | {"note": "x"}]})]
    assert chained(*given) == chained(
        "", {"kind": "intake", "id": 4}, {STATUS: [row | {"id": 3, "entry": 4}], FIGURE: []}
    )
    assert len({chained(*given), *(chained(*other) for other in others)}) == 4


def test_a_digest_is_of_what_a_table_holds_whichever_way_it_was_given():
    given = [{"figure": 1, "seen": seen, "verdict": "confirmed"} for seen in (3, 3.0, np.nan, None)]
    three, same, blank, nothing = (chained("", {}, {VERIFICATION: [row]}) for row in given)
    assert (three == same, blank == nothing, three == blank) == (True, True, False)


def test_rows_without_a_running_number_count_in_the_order_of_their_keys():
    rows = [{"code": code, "entry": 1} for code in "ab"]
    assert chained("", {}, {OBJECTION: rows}) == chained("", {}, {OBJECTION: rows[::-1]})


def test_figures_are_given_as_often_as_they_are_asked_for(monkeypatch):
    monkeypatch.setattr(entries, "AT_ONCE", 2)
    rows = submission("a").rows(figures(1.0, 2.0, 3.0), "submitted")[FIGURE]
    assert [[row["value"] for row in rows] for _ in range(2)] == [[1, 2, 3]] * 2
    assert len(rows) == 3


def journal(*brought):
    """Entries with the rows of statuses that each brings, chained one to the other."""
    before, made = "", []
    for number, rows in enumerate(brought, 1):
        before = chained(before, {"kind": "x"}, {STATUS: rows})
        made.append({"id": number, "kind": "x", "digest": before})
    return made


def row(entry, note):
    return {"id": 1, "entry": entry, "note": note}


@pytest.mark.parametrize(
    ("found", "wrong"),
    [
        ([row(1, "a"), row(1, "b"), row(3, "c")], []),
        ([row(1, "a"), row(1, "x"), row(3, "c")], [1]),
        ([row(1, "b"), row(1, "a"), row(3, "c")], [1]),
        ([row(1, "a"), row(1, "b"), row(2, "y"), row(3, "c")], [2]),
        ([row(1, "a"), row(1, "b")], [3]),
        ([row(0, "z"), row(1, "a"), row(1, "b"), row(3, "c"), row(7, "z")], [0, 7]),
    ],
    ids=["untouched", "changed", "in another order", "added", "taken away", "of no entry"],
)
def test_entries_that_are_not_what_they_were_are_found(found, wrong):
    made = journal([row(1, "a"), row(1, "b")], [], [row(3, "c")])
    assert list(altered(made, {STATUS: found})) == wrong


def test_an_entry_that_is_taken_away_is_found_at_the_next():
    first, _, third = journal([row(1, "a")], [], [row(3, "c")])
    assert list(altered([first, third], {STATUS: [row(1, "a"), row(3, "c")]})) == [3]
