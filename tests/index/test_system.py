import pytest
from pydantic import ValidationError

from evalkit.base.errors import ParamsError
from evalkit.index import IndexSystem
from evalkit.index.plan import Plan, PlanTarget
from tests.scoring.small import group, leaf, system, words

HEALTH = "name: {zh: 全民健康工程, en: Health for all}\n          level: project\n          responsible: [health]"


def declared(*children, **more):
    tree = group("index", *children)
    return IndexSystem(code="s", version="1", name=words("s"), edition=words("e"), tree=tree, **more)


def ratio(code, denominator, **more):
    return leaf(code, variable=None, numerator="n", denominator=denominator, **more)


@pytest.fixture
def tree():
    """Two branches of different depth: `index` over `A` (over `P` over a, b) and `c`."""
    shown = leaf("b", worst=None, unscored="context")
    return system(group("A", group("P", leaf("a"), shown)), leaf("c"))


@pytest.fixture
def refused(project):
    """Loads the copied project and gives the message of the ParamsError."""

    def message():
        with pytest.raises(ParamsError) as error:
            project.load()
        return str(error.value)

    return message


def test_nodes_stand_in_the_order_of_the_file_parents_first(tree):
    assert [node.code for node in tree.nodes] == ["index", "A", "P", "a", "b", "c"]
    assert [group.code for group in tree.groups] == ["index", "A", "P"]


def test_what_is_shown_and_what_is_scored_are_told_apart(tree):
    assert [indicator.code for indicator in tree.indicators] == ["a", "b", "c"]
    assert [indicator.code for indicator in tree.scored] == ["a", "c"]


def test_a_group_whose_children_all_weigh_nothing_is_not_scored():
    tree = system(group("A", leaf("a", worst=None, unscored="input"), weight=0), leaf("c"))
    assert [group.code for group in tree.scored_groups] == ["index"]
    assert [group.code for group in tree.groups] == ["index", "A"]


def test_a_node_is_found_by_its_code(tree):
    assert tree.node("a").code == "a"
    with pytest.raises(KeyError):
        tree.node("z")


def test_parents_and_ancestors(tree):
    assert {code: group.code for code, group in tree.parents.items()} == {
        "A": "index", "P": "A", "a": "P", "b": "P", "c": "index"
    }  # fmt: skip


def test_an_indicator_stands_in_a_project_and_an_area(study):
    system = study.system
    assert system.project_of("P04-physicians").code == "P04"
    assert system.area_of("P04-physicians").code == system.area_of("P04").code == "A2"
    assert system.project_of("F-spending").code == system.area_of("F-spending").code == "F"


def test_where_no_project_is_declared_areas_stand_in_their_place(tree):
    assert tree.project_of("a").code == "A"
    assert tree.project_of("c").code == tree.area_of("c").code == "index"
    assert [group.code for group in tree.projects] == ["index", "A"]
    assert [i.code for i in tree.indicators_of(tree.node("A"))] == ["a", "b"]


def test_the_projects_are_the_ten_of_the_plan(study):
    assert [group.code for group in study.system.projects] == [
        "P01", "P02", "P06", "P08", "P10", "P03", "P04", "P05", "P07", "P09"
    ]  # fmt: skip


def test_weights_that_sum_to_zero_are_refused(project, refused):
    for code in ("P03-primary", "P03-secondary"):
        project.edit("index", f"- code: {code}", f"- code: {code}\n              unscored: context")
    assert "found the entry 'P03'; expected a child of 'P03' with a weight above 0, or weight 0 on 'P03'" in refused()


def test_a_group_that_weighs_nothing_above_a_scored_indicator_is_refused():
    with pytest.raises(ValidationError, match="weight 0 on every child of 'A', or a weight above 0 on 'A' itself"):
        group("A", leaf("a"), weight=0)


def test_a_tree_that_weighs_nothing_is_refused():
    empty = group("index", leaf("a", worst=None, unscored="input"), weight=0)
    with pytest.raises(ValidationError, match="a weight above 0 on the root of the tree"):
        IndexSystem(code="s", version="1", name=words("s"), edition=words("e"), tree=empty)


def test_a_goalpost_with_worst_equal_to_best_is_told_with_its_line(project, refused):
    project.edit("index", "worst: 1.35\n", "worst: 2.5\n")
    assert f"goalposts (line {project.line('index', 'worst: 2.5') - 1}): found" in (message := refused())
    assert "expected worst and best that differ (both are 2.5)" in message


def test_a_scored_input_is_refused_by_its_place_and_code(project, refused):
    project.edit("index", "decimals: 0\n              unscored: input", "decimals: 0")
    line = project.line("index", "code: P03-spending")
    assert f"tree.children[1].children[0].children[4] (line {line}): found the entry 'P03-spending'" in refused()


def test_a_misspelt_reason_is_told_with_the_near_one(project, refused):
    project.edit("index", "unscored: stand-in", "unscored: standin")
    line = project.line("index", "standin")
    assert f"unscored (line {line}): found 'standin'; expected one of input, snapshot" in (message := refused())
    assert "(did you mean 'stand-in'?)" in message


def test_contradictions_of_several_indicators_are_in_one_message(project, refused):
    project.edit("index", "worst: 1.35\n", "worst: 2.5\n")
    project.edit("index", "layer: outcome", "layer: outcom")
    project.edit("index", "- code: P04-beds", "- code: P04-beds\n              weight: -1")
    message = refused()
    assert [part in message for part in ("both are 2.5", "'outcom'", "found -1")] == [True] * 3


def test_codes_said_twice_are_refused():
    with pytest.raises(ValidationError, match="the code 'a' once, not 2 times"):
        declared(leaf("a"), leaf("a"))


def test_an_unknown_department_is_told_with_the_near_one(project, refused):
    project.edit("index", HEALTH, HEALTH.replace("[health]", "[helth]"))
    assert "a known department on 'P04' instead of 'helth'" in (message := refused())
    assert "did you mean 'health'?" in message


@pytest.mark.parametrize(
    ("denominator", "given", "expected"),
    [
        ("pop", None, "population_base resident on 'a', whose denominator is 'pop'"),
        ("pop", "registered", "population_base resident on 'a', whose denominator is 'pop'"),
        ("teachers", "resident", "population_base left out on 'a', whose denominator is 'teachers'"),
    ],
)
def test_a_population_base_that_is_not_the_denominators_is_refused(denominator, given, expected):
    with pytest.raises(ValidationError, match=expected):
        declared(ratio("a", denominator, population_base=given), population={"resident": "pop"})


def test_a_headline_input_that_is_no_input_is_refused():
    money = leaf("money", worst=None, layer="input", unscored="input")
    with pytest.raises(ValidationError, match=r"an input in headline_input, not 'mony' .*did you mean 'money'\?"):
        declared(leaf("a"), money, headline_input="mony")


def test_a_goal_with_an_unknown_indicator_is_refused():
    goal = PlanTarget(name=words("goal"), clause="3", level=words("county"), indicator="P4")
    plan = Plan(title=words("plan"), goals_total=1, goals=(goal,), note=words("x"))
    with pytest.raises(ValidationError, match=r"a known indicator for 'goal' instead of 'P4' .*did you mean 'P04'\?"):
        declared(leaf("P04"), plan=plan)


def test_all_that_is_wrong_with_a_system_is_in_one_message():
    with pytest.raises(
        ValidationError, match=r"the code 'a' once.*; a known department on 'b'.*; an input in headline"
    ):
        declared(leaf("a"), leaf("a"), leaf("b", responsible=("health",)), headline_input="x")


def test_a_node_without_departments_has_those_of_its_nearest_ancestor(study):
    assert study.system.responsible("P04-beds", 2012, "zh") == ("省卫生厅",)
    assert study.system.responsible("P09-roads", 2008, "zh") == ("省建设厅",)
    assert study.system.responsible("P09-roads", 2009, "en") == ("Department of Housing and Construction",)
    assert study.system.responsible("index", 2012, "zh") == ()


def test_the_other_population_divides_what_is_per_head(study):
    registered = study.system.on_population("registered")
    per_head = [i.code for i in study.system.indicators if i.denominator == "pop_resident"]
    assert {registered.node(code).denominator for code in per_head} == {"pop_registered"}
    assert {registered.node(code).population_base for code in per_head} == {"registered"}


def test_the_other_population_changes_nothing_else(study):
    registered = study.system.on_population("registered")
    text = study.system.model_dump_json()
    assert registered.model_dump_json() == text.replace(
        '"denominator":"pop_resident"', '"denominator":"pop_registered"'
    ).replace('"population_base":"resident"', '"population_base":"registered"')


def test_the_own_population_changes_nothing(study):
    assert study.system.on_population("resident") == study.system


def test_an_undeclared_population_is_refused():
    with pytest.raises(ParamsError, match="population: found 'registered'; expected one of resident"):
        declared(leaf("a"), population={"resident": "pop"}).on_population("registered")


def test_the_table_has_one_row_an_indicator():
    table = declared(group("P", ratio("a", "d", worst=20, best=10)), leaf("b", worst=None, unscored="context")).table
    assert table.loc["a"].to_dict() | {"unscored": None} == {
        "name_zh": "a", "name_en": "a", "parent": "P", "layer": "output", "terms": "n / d", "worst": 20, "best": 10,
        "weight": 1, "target_status": "absent", "unscored": None,
    }  # fmt: skip
    assert table.loc["b", ["parent", "terms", "weight", "unscored"]].tolist() == ["index", "b", 0, "context"]
    assert table.loc["b", ["worst", "best"]].isna().all()
