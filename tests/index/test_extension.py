import re
import shutil

import pytest

from evalkit import IndexSystem, evaluate
from evalkit.base.errors import ParamsError
from evalkit.index.extension import files
from tests.conftest import ROOT
from tests.scoring.small import panel

SMALL = """
code: small
version: "1"
name: {zh: 小, en: small}
edition: {zh: 测试, en: test}
departments: {health: {names: [{name: {zh: 卫生厅, en: Health}}], source: {zh: 无, en: none}}}
plan:
  title: {zh: 计划, en: plan}
  goals_total: 1
  goals: [{name: {zh: 目标, en: goal}, clause: "3", level: {zh: 县, en: county}, indicator: b}]
  note: {zh: 无, en: none}
headline_input: money
tree:
  code: index
  name: {zh: 总, en: index}
  level: index
  children:
    - code: A
      name: {zh: 甲, en: A}
      level: area
      children: [{code: a, LEAF}, {code: b, LEAF}, {code: c, LEAF}]
    - code: B
      name: {zh: 乙, en: B}
      level: area
      children: [{code: d, LEAF}, {code: money, MONEY}]
"""
STATUSES = "worst_status: proposed, best_status: proposed"
POSTS = f'goalposts: {{worst: 0, best: 100, basis: {{zh: 无, en: none}}, date: "1", {STATUSES}}}'
MONEY = "name: {zh: 钱, en: m}, unit: {zh: 元, en: yuan}, layer: input, variable: m, unscored: input"
LEAF = "name: {zh: 项, en: leaf}, unit: {zh: 个, en: units}, layer: output, variable: v, " + POSTS


@pytest.fixture
def load(tmp_path):
    """Loads a variant of the small system: its own words after code, version and name."""
    (tmp_path / "small.yaml").write_text(SMALL.replace("LEAF", LEAF).replace("MONEY", MONEY), encoding="utf-8")

    def loaded(words="", *, code="variant", extends="small"):
        head = f'code: {code}\nversion: "2"\nname: {{zh: 变体, en: variant}}\nextends: {extends}\n'
        (tmp_path / f"{code}.yaml").write_text(head + words.replace("LEAF", LEAF), encoding="utf-8")
        return IndexSystem.load(tmp_path / f"{code}.yaml")

    return loaded


@pytest.fixture
def refused(load):
    """Loads a variant and gives the message of the ParamsError."""

    def message(words="", **more):
        with pytest.raises(ParamsError) as error:
            load(words, **more)
        return str(error.value)

    return message


def children(system, code):
    return [child.code for child in system.node(code).children]


def test_a_variant_that_changes_nothing_is_its_base_under_its_own_name(load, tmp_path):
    base, variant = IndexSystem.load(tmp_path / "small.yaml"), load()
    assert (variant.code, variant.version, variant.name.en) == ("variant", "2", "variant")
    own = ("code", "version", "name")
    assert variant.model_dump(exclude=own) == base.model_dump(exclude=own)


def test_removed_nodes_go_with_all_that_stands_below_them(load):
    assert children(load("remove: [a]"), "A") == ["b", "c"]
    with_b = load("remove: [A]\nplan: {title: {zh: 计, en: p}, goals_total: 0, note: {zh: 无, en: none}}")
    assert [node.code for node in with_b.nodes] == ["index", "B", "d", "money"]


@pytest.mark.parametrize(
    ("where", "expected"),
    [("", "a b c x y"), ("before: b,", "a x y b c"), ("after: b,", "a b x y c")],
)  # fmt: skip
def test_nodes_are_added_at_the_end_or_beside_a_sibling(load, where, expected):
    system = load(f"add: [{{under: A, {where} nodes: [{{code: x, LEAF}}, {{code: y, LEAF}}]}}]")
    assert children(system, "A") == expected.split()


def test_a_branch_is_added_whole(load):
    words = "add: [{under: B, nodes: [{code: C, name: {zh: 丙, en: C}, level: part, children: [{code: x, LEAF}]}]}]"
    assert load(words).area_of("x").code == "B"


def test_a_node_is_moved_by_removing_it_and_adding_it_elsewhere(load):
    system = load("remove: [b]\nadd: [{under: B, before: d, nodes: [{code: b, LEAF}]}]")
    assert (children(system, "A"), children(system, "B")) == (["a", "c"], ["b", "d", "money"])


def test_new_weights_change_the_scores_by_hand(load):
    system = load("weights: {A: 3, b: 0.5, c: 0.5}")
    values = panel({"a": [80.0], "b": [40.0], "c": [20.0], "d": [10.0], "money": [1.0]})
    expected = 0.75 * (0.5 * 80 + 0.25 * 40 + 0.25 * 20) + 0.25 * 10
    assert evaluate(values, system).scores["index"].item() == pytest.approx(expected, rel=1e-12)


def test_a_changed_field_takes_the_place_of_the_old_one(load):
    system = load(f"change: {{a: {{{POSTS.replace('100', '50')}, decimals: 0}}, A: {{level: field}}}}")
    assert (system.node("a").goalposts.best, system.node("a").decimals) == (50, 0)
    assert (system.node("A").level, system.node("b").goalposts.best) == ("field", 100)


def test_null_takes_a_field_away(load):
    assert load("headline_input: null").headline_input is None


def test_what_is_no_longer_scored_weighs_nothing_and_the_other_way_round(load):
    assert load("change: {a: {unscored: context}}").node("a").weight == 0
    load("change: {a: {unscored: context}}", code="first")
    assert load("change: {a: {unscored: null}}", code="second", extends="first").node("a").weight == 1


def test_departments_are_added_to_those_of_the_base(load):
    words = "departments: {sport: {names: [{name: {zh: 体育局, en: Sports}}], source: {zh: 无, en: none}}}\n"
    system = load(words + "change: {a: {responsible: [sport, health]}}")
    assert system.responsible("a", 2012, "en") == ("Sports", "Health")


def test_a_chain_of_extensions_is_followed(load):
    load("remove: [a]\nweights: {A: 3}", code="first")
    system = load("weights: {b: 2}", code="second", extends="first")
    assert (children(system, "A"), system.node("A").weight, system.node("b").weight) == (["b", "c"], 3, 2)


def test_the_files_of_a_chain_are_named_from_the_variant_to_its_base(load, tmp_path):
    load("remove: [a]", code="first")
    load(code="second", extends="first")
    assert [file.stem for file in files(tmp_path / "second.yaml")] == ["second", "first", "small"]


def test_a_study_on_a_variant_rests_on_the_base_too(project):
    text = 'code: other\nversion: "2"\nname: {zh: 变, en: v}\nextends: zhejiang-public\nweights: {P03: 2}\n'
    (project.root / "params/index/other.yaml").write_text(text, encoding="utf-8")
    project.edit("study", "index: zhejiang-public", "index: other")
    study = project.load()
    assert [file.stem for file in study.files[:4]] == ["zhejiang-public", "other", "zhejiang-public", "zhejiang"]
    assert study.evaluate().weights["P03"] == pytest.approx(2 / 3)


def test_a_circle_is_refused_by_the_names_of_the_chain(load, refused):
    refused(code="first", extends="second")
    message = refused(code="second", extends="first")
    assert "extends (line 4): found a circle: second → first → second; expected a system that does not" in message


def test_a_system_that_extends_itself_is_refused(refused):
    assert "a circle: variant → variant" in refused(extends="variant")


def test_an_unknown_base_is_told_with_the_near_one(refused):
    assert "extends (line 4): found 'smal'; expected one of small (did you mean 'small'?)" in refused(extends="smal")


def test_a_fault_of_the_base_is_told_by_its_own_file(refused, tmp_path):
    base = tmp_path / "small.yaml"
    base.write_text(base.read_text(encoding="utf-8").replace("headline_input: money", "headline_input: mony"))
    assert "small.yaml is not valid" in (message := refused())
    assert "headline_input (line 12): found 'mony'; expected an input" in message


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("remove: [aa]", r"remove\[0\] \(line 5\): found 'aa'; expected one of index, A, a, b"),
        ("remove: [index]", r"remove\[0\] \(line 5\): found 'index'; expected a node below the root"),
        ("weights: {aa: 2}", r"weights\.aa \(line 5\): found 'aa'; expected one of index.*did you mean 'a'\?"),
        ("change: {aa: {decimals: 1}}", r"change\.aa \(line 5\): found 'aa'; expected one of index"),
        ("remove: [a]\nweights: {a: 2}", r"weights\.a \(line 6\): found 'a', which `remove` takes away; expected"),
        ("add: [{under: a, nodes: []}]", r"add\[0\]\.under \(line 5\): found 'a'; expected one of index, A, B"),
        ("add: [{under: A, after: d, nodes: []}]", r"add\[0\]\.after \(line 5\): found 'd'; expected one of a, b, c"),
        ("add: [{under: A, before: a, after: b, nodes: []}]", r"add\[0\] .*found both `before` and `after`; "),
        ("change: {a: {weight: 2}}", r"change\.a\.weight .*expected another field: weights stand under `weights`"),
        ("change: {a: {code: z}}", r"change\.a\.code .*expected another field: a node under another code"),
        ("change: {A: {children: []}}", r"change\.A\.children .*expected another field: children stand under"),
        ("weigths: {a: 2}", r"weigths \(line 5\): found the unknown key 'weigths'"),
        ("weights: {330100: 2}", r'weights\.330100 \(line 5\): found the number 330100; expected text: write "330100"'),
    ],
)  # fmt: skip
def test_what_names_nothing_is_refused_by_key_and_line(refused, words, expected):
    assert re.search(expected, refused(words))


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("money", "found 'money'; expected a node that nothing names: headline_input names 'money'"),
        ("B", "found 'B'; expected a node that nothing names: headline_input names 'money'"),
        ("b", "found 'b'; expected a node that nothing names: plan.goals names 'b'; state plan.goals anew"),
    ],
)
def test_a_removed_node_that_something_names_is_refused(refused, code, expected):
    assert expected in refused(f"remove: [{code}]")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("change: {a: {layer: outputt}}", "change.a.layer (line 5): found 'outputt'; expected one of input, output"),
        ("change: {a: {responsible: [helth]}}", "change.a.responsible[0] (line 5): found 'helth'; expected a known"),
        ("change: {a: {decimal: 1}}", "change.a.decimal (line 5): found the unknown key 'decimal'"),
        ("weights: {a: -1}", "weights.a (line 5): found -1"),
        ("add: [{under: A, nodes: [{code: a, LEAF}]}]", "expected the code 'a' once, not 2 times (under 'A')"),
        ("add:\n  - under: B\n    nodes:\n      - {code: a, LEAF}", "the code 'a' once, not 2 times (under 'A' and "),
        ("add: [{under: A, nodes: [{code: [1]}, 3]}]", "add[0].nodes[1] (line 5): found 3"),
        ("add: [{under: A, nodes: [{code: x, level: y, children: 3}]}]", "children (line 5): found 3"),
        ("weights: {A: 0, B: 0}", "A, with what variant changes: found the entry 'A'; expected weight 0 on every"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_where_the_variant_says_it(refused, words, expected):
    assert expected in refused(words)


def test_an_added_empty_group_that_should_count_is_refused(refused):
    words = "add: [{under: A, nodes: [{code: E, name: {zh: 空, en: E}, level: part, children: []}]}]"
    message = refused(words)
    assert "add[0].nodes[0] (line 5): found the entry 'E'" in message
    assert "expected a child of 'E' with a weight above 0, or weight 0 on 'E' itself" in message


def test_all_that_is_wrong_is_in_one_message(refused):
    message = refused("remove: [zz, money]\nweights: {yy: 1, a: -1}\nchange: {b: {decimals: x}}")
    parts = ("'zz'", "headline_input names 'money'", "'yy'", "weights.a (line 6)", "change.b.decimals (line 7)")
    assert [part for part in parts if part not in message] == []


def test_the_shipped_system_can_be_extended(load, tmp_path):
    shutil.copy(ROOT / "params/index/zhejiang-public.yaml", tmp_path)
    system = load("remove: [P04-hospitals]\nweights: {P04-beds: 2}", extends="zhejiang-public")
    changed = set(IndexSystem.load(tmp_path / "zhejiang-public.yaml").indicators) - set(system.indicators)
    assert {indicator.code for indicator in changed} == {"P04-hospitals", "P04-beds"}
    assert system.node("P04-beds").weight == 2
