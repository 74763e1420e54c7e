import pytest

from evalkit.base.errors import ParamsError
from evalkit.data.dataset import SHIPPED
from evalkit.data.metadata import Metadata
from evalkit.register.checks.checks import Checks
from evalkit.register.checks.single import WholeCheck
from tests.conftest import ROOT

SHIPPED_CHECKS = ROOT / "params" / "checks" / "zhejiang.yaml"
HEAD = "code: ours\nsource: {zh: 建议, en: proposed}\nrules:\n"


def written(tmp_path, text):
    path = tmp_path / "ours.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    return path


def test_the_shipped_checks_name_variables_that_are_there():
    checks = Checks.load(SHIPPED_CHECKS)
    checks.check(Metadata.load(SHIPPED / "zhejiang-plan-demo" / "metadata.yaml").variables)
    assert {rule.kind for rule in checks.rules} == {
        "range", "whole", "last", "requires", "sources", "slip", "jump", "peers", "constant", "parts", "ratio", "units",
        "counties",
    }  # fmt: skip


def test_a_rule_is_added_without_code(tmp_path):
    checks = Checks.load(written(tmp_path, "  - {code: whole, kind: whole, level: error, variables: [people]}\n"))
    assert checks.rules == (WholeCheck(code="whole", level="error", variables=("people",)),)


@pytest.mark.parametrize(
    ("rule", "where", "near"),
    [
        ("kind: jump, variables: [peple]", "variables", "people"),
        ("kind: jump, leave_out: [peple]", "leave_out", "people"),
        ("kind: parts, at_most: {boy: people}", "at_most.boy", "boys"),
        ("kind: parts, sums: [{total: people, parts: [boys, girl]}]", "sums.people", "girls"),
        ("kind: units, counts: {area: station}", "counts.area", "stations"),
        ("kind: requires, others: [boyz]", "others", "boys"),
        ("kind: peers, of: level, per: peopl", "per", "people"),
    ],
)
def test_a_variable_that_is_not_there_is_told_with_the_one_that_is_meant(tmp_path, rule, where, near):
    checks = Checks.load(written(tmp_path, f"  - {{code: mine, {rule}}}\n"))
    with pytest.raises(ParamsError, match="name variables that the dataset does not have") as told:
        checks.check(("people", "boys", "girls", "stations", "area"))
    (problem,) = told.value.problems
    assert problem.where == f"{where} of the rule mine"
    assert f"did you mean '{near}'?" in problem.expected


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ("  - {code: a, kind: slip}\n  - {code: a, kind: jump}\n", "a code of its own"),
        ("  - {code: a, kind: jumps}\n", "jump"),
        ("  - {code: a, kind: jump, bund: 3}\n", "did you mean 'bound'"),
        ("  - {code: a, kind: jump, level: fatal}\n", "warning"),
        ("  []\n", "at least 1"),
    ],
)
def test_a_rule_that_is_none_is_refused(tmp_path, rules, expected):
    with pytest.raises(ParamsError, match=expected):
        Checks.load(written(tmp_path, rules))
