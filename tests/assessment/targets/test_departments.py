import pytest

from evalkit.assessment.targets.achievement import achieve
from evalkit.assessment.targets.departments import duties, effects_of_regions, scorecard
from evalkit.base.errors import ParamsError
from evalkit.index.plan import Department, Name
from tests.assessment.panels import YEARS, declared
from tests.index.test_target import aimed
from tests.scoring.small import group, leaf, system, words

DEPARTMENTS = {code: Department(names=(Name(name=words(code)),), source=words("none")) for code in ("culture", "sport")}
# from 80 in 2007, 82 is asked in 2008
PANEL = declared({"r1": [80, 81], "r2": [80, 90], "r3": [80, 80], "r4": [80, "missing"], "r5": [80, 83]})


@pytest.fixture
def tree():
    own = leaf("a", worst=0, best=100, target=aimed(), responsible=("sport", "culture"))
    inherited = leaf("b", worst=0, best=100, target=aimed())
    without = leaf("c", worst=0, best=100)
    groups = group("P01", own, level="project"), group("P02", inherited, without, responsible=("culture",))
    return system(*groups, departments=DEPARTMENTS)


def test_the_first_that_is_named_leads_and_a_group_stands_in(tree):
    rows = duties(tree).itertuples(index=False, name=None)
    assert list(rows) == [("a", "sport", "lead"), ("a", "culture", "joint"), ("b", "culture", "lead")]


def test_who_only_reports_figures_leads_nothing_that_another_answers_for():
    reporting = {code: one.model_copy(update={"reports": code == "sport"}) for code, one in DEPARTMENTS.items()}
    both = leaf("a", worst=0, best=100, target=aimed(), responsible=("sport", "culture"))
    alone = leaf("b", worst=0, best=100, target=aimed(), responsible=("sport",))
    rows = duties(system(group("P01", both, alone, level="project"), departments=reporting))
    assert list(rows.itertuples(index=False, name=None)) == [
        *[("a", "culture", "lead"), ("a", "sport", "report")],
        ("b", "sport", "lead"),
    ]


def test_a_scorecard_counts_lamps_and_names_who_is_behind(tree):
    found = scorecard(achieve(PANEL, tree, YEARS), duties(tree), "sport", 2008)
    assert list(found.index) == ["a"]
    one = found.loc["a"]
    assert (one.role, one.met, one.on_schedule, one.behind, one.no_data) == ("lead", 1, 1, 2, 1)
    assert one.behind_regions == ("r3", "r1")
    # 50, 100, 0, 100
    assert (one.completion, one.n) == (62.5, 4)


def test_a_target_without_any_value_is_no_data_everywhere(tree):
    one = scorecard(achieve(PANEL, tree, YEARS), duties(tree), "culture", 2008).loc["b"]
    assert (one.no_data, one.n, one.behind_regions) == (5, 0, ())


def test_regions_pull_the_mean_of_a_department(tree):
    found = effects_of_regions(achieve(PANEL, tree, YEARS), duties(tree), "sport", 2008)
    # without r3 the mean of 50, 100, 100 is 83.33; without r2 it is 50
    assert found.effect[["r3", "r2"]].tolist() == pytest.approx([62.5 - 250 / 3, 12.5])
    assert found.effect["r4"] == 0
    assert found.loc["r3", ["met", "behind"]].tolist() == [0, 1]


def test_what_is_not_there_is_told_at_once(tree):
    with pytest.raises(ParamsError, match=r"(?s)'sprot'.*did you mean 'sport'.*year: found 2020"):
        scorecard(achieve(PANEL, tree, YEARS), duties(tree), "sprot", 2020)
