import numpy as np
import pandas as pd

from evalkit.register.entries import by_entry, chained
from evalkit.register.schema import FIGURE, STATUS
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


def test_rows_are_found_by_the_entry_that_brought_them():
    rows = {STATUS: [{"entry": 1, "status": "a"}, {"entry": 2, "status": "b"}]}
    assert by_entry(rows) == {1: {STATUS: [rows[STATUS][0]]}, 2: {STATUS: [rows[STATUS][1]]}}
