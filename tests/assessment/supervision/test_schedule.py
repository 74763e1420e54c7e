import pandas as pd

from evalkit.assessment.supervision.rules import Visits
from evalkit.assessment.supervision.schedule import schedule
from evalkit.base.text import Text

UNITS = [("a", "p"), ("a", "q"), ("b", "p"), ("b", "q"), ("c", "p")]


def made(chosen, **more):
    """The schedule of units that stand in the order of their risk, of which some are chosen."""
    index = pd.MultiIndex.from_tuples(UNITS, names=["region", "project"])
    selection = pd.DataFrame({"place": range(1, 6), "chosen": [unit in chosen for unit in UNITS]}, index=index)
    source = Text(zh="试", en="test")
    return schedule(selection, Visits(capacity=3, riskiest=1, base=1, status="proposed", source=source, **more))


def test_the_riskiest_come_first_and_months_are_filled_evenly():
    found = made(UNITS[:4], months=(9, 10))
    assert list(found.index) == UNITS[:4]
    assert found.month.tolist() == [9, 9, 10, 10]


def test_teams_take_turns():
    assert made(UNITS[:3], teams=(Text(zh="一", en="A"), Text(zh="二", en="B"))).team.tolist() == [1, 2, 1]


def test_what_is_not_declared_is_unknown():
    assert made(UNITS[:2])[["month", "team"]].to_numpy().tolist() == [[0, 0], [0, 0]]


def test_the_riskiest_of_the_same_city_stands_in_or_else_of_any_each_once():
    found = made([("a", "p"), ("b", "q"), ("c", "p")])
    assert found[["region", "project"]].to_numpy().tolist() == [["a", "q"], ["b", "p"], ["", ""]]
    other = made([("c", "p")])
    assert other[["region", "project"]].to_numpy().tolist() == [["a", "p"]]


def test_where_all_are_chosen_nobody_stands_in():
    assert set(made(UNITS).region) == {""}
