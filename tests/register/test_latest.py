import pandas as pd

from evalkit.register.latest import latest


def rows(*given):
    names = ["id", "submission", "standing", "variable", "region", "unit", "year"]
    return pd.DataFrame([(*each, *KEY) if len(each) == 3 else each for each in given], columns=names)


KEY = ("doctors", "0100", "", 2012)


def kept(*given, counting=("a", "b", "c")):
    return latest(rows(*given), counting).id.tolist()


def test_of_each_figure_the_last_one_counts():
    assert kept((1, "a", "own"), (2, "b", "own")) == [2]
    assert kept((2, "b", "own"), (1, "a", "own")) == [2]


def test_what_does_not_count_takes_nobody_s_place():
    assert kept((1, "a", "own"), (2, "b", "own"), counting=("a",)) == [1]
    assert kept((1, "a", "own"), counting=()) == []


def test_a_region_counts_before_a_department_whichever_came_last():
    assert kept((1, "a", "own"), (2, "b", "department")) == [1]
    assert kept((1, "a", "department"), (2, "b", "own"), (3, "c", "department")) == [2]
    assert kept((1, "a", "department"), (2, "b", "department")) == [2]


def test_figures_are_told_apart_by_variable_region_unit_and_year():
    others = [("beds", *KEY[1:]), ("doctors", "0200", "", 2012), ("doctors", "0100", "x", 2012), (*KEY[:3], 2011)]
    given = [(number, "a", "own", *key) for number, key in enumerate((KEY, *others), 1)]
    assert kept(*given) == [1, 2, 3, 4, 5]


def test_no_figure_at_all_is_none():
    assert kept() == []
