"""Every indicator of the shipped public index, whenever it was added, is what its formula in plain pandas says."""

import numpy as np

from evalkit import load_study
from tests.conftest import ROOT, STUDY, shipped
from tests.indicators import FORMULAS, LATER, as_tested, text_as_tested

EVERY = FORMULAS | LATER


def test_the_formulas_are_those_of_the_shipped_index_each_with_its_direction():
    shown = {i.code: i.higher_is_better for i in load_study(STUDY, root=ROOT).system.indicators}
    sides = {"higher": True, "lower": False, None: None}
    assert shown == {code: sides[side] for code, (_, side) in EVERY.items()}
    assert [code for code in shown if code not in LATER] == list(FORMULAS)


def test_every_value_of_the_shipped_panel_is_that_of_its_formula(figures):
    values = load_study(STUDY, root=ROOT).panel().values
    own = figures.reindex(values.index)
    for code, (formula, _) in EVERY.items():
        np.testing.assert_allclose(values[code], own.eval(formula), err_msg=code)


def test_what_was_added_since_is_left_out_and_the_rest_stays():
    study = load_study(STUDY, root=ROOT)
    without = as_tested(study)
    assert [i.code for i in without.system.indicators] == list(FORMULAS)
    assert shipped(STUDY).system == without.system
    assert (without is study) == (not LATER)


def test_an_indicator_that_the_tests_do_not_know_is_left_out(monkeypatch):
    study = load_study(STUDY, root=ROOT)
    monkeypatch.delitem(FORMULAS, "P04-beds")
    left = as_tested(study).system
    assert {i.code for i in left.scored} == {"P03-primary", "P03-secondary", "P04-physicians"}
    assert left.node("P04-physicians").weight == study.system.node("P04-physicians").weight


def test_no_text_speaks_of_what_was_added_since(monkeypatch):
    monkeypatch.setitem(LATER, "b", ("x / y", None))
    index = "children:\n  - code: a\n    weight: 1\n  - code: b\n    weight: 2\n    name: {zh: 乙}\n  - code: c\n"
    assert text_as_tested(index) == "children:\n  - code: a\n    weight: 1\n  - code: c\n"
    assert text_as_tested("unscored:\n  a: broken\n  b: broken\n") == "unscored:\n  a: broken\n"
