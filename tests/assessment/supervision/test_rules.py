import pytest

from evalkit import ParamsError
from evalkit.assessment.supervision.rules import Supervision
from evalkit.index import IndexSystem
from tests.assessment.inspected import FILE, rules
from tests.conftest import ROOT
from tests.index.test_target import KINDS
from tests.scoring.small import leaf, system


@pytest.fixture
def edited(tmp_path):
    """Loads the shipped rules after replacements, each of which must find its text."""

    def loaded(*changes):
        text = FILE.read_text(encoding="utf-8")
        for old, new in changes:
            before, found, after = text.partition(old)
            assert found
            text = before + new + after
        (tmp_path / "zhejiang.yaml").write_text(text, encoding="utf-8")
        return Supervision.load(tmp_path / "zhejiang.yaml")

    return loaded


def test_all_of_the_shipped_rules_is_proposed_and_about_known_indicators():
    shipped = Supervision.load(FILE)
    shipped.check(IndexSystem.load(ROOT / "params/index/zhejiang-plan.yaml"))
    assert {rule.status for rule in (shipped.cap, *shipped.signals, shipped.visits, shipped.checklists)} == {"proposed"}
    assert shipped.kinds[:3] == ("falsified", "overstated", "contradicted")
    assert (shipped.signal("jump").factor, rules("behind").signal("jump")) == (1.6, None)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("points: 40", "points: -40", r"signals\[0\]\.points \(line \d+\): found -40; expected greater than 0"),
        ("points: 40", "points: 12.5", r"signals\[0\]\.points .*found 12\.5; expected a valid integer"),
        ("kind: jump", "kind: jumps", r"(?s)signals\[3\].*'jumps'.*did you mean 'jump'\?"),
        ("margin: 0.05", "margin: 1.5", r"signals\[1\]\.margin .*found 1\.5; expected less than 1"),
        ("factor: 1.6", "factor: 0.9", r"signals\[3\]\.factor .*found 0\.9; expected greater than 1"),
        ("share: 0.5", "share: 50", r"signals\[7\]\.share .*found 50; expected less than or equal to 1"),
        ("years: 3", "years: 0", r"signals\[8\]\.years .*found 0; expected greater than or equal to 1"),
        ("riskiest: 8", "riskiest: 23", r"visits\.riskiest .*found 23; expected no more than the capacity, 22"),
        ("riskiest: 8", "above: 120", r"visits\.above .*found 120; expected no more than the cap of a risk, 100"),
        ("riskiest: 8\n", "riskiest: 8\n  above: 90\n", "either `riskiest` or `above`"),
        (
            "riskiest: 8",
            "riskiest: 30\n  above: 90",
            r"(?s)either `riskiest` or `above`.*no more than the capacity, 22",
        ),
        ("base: 10", "base: 0", r"visits\.base .*found 0; expected greater than 0"),
        ("    range:\n", "    rnge:\n", r"(?s)did you mean 'range'\?"),
    ],
)
def test_rules_that_cannot_be_followed_are_refused_by_key_and_line(edited, old, new, expected):
    with pytest.raises(ParamsError, match=expected):
        edited((old, new))


def test_every_fault_is_told_at_once(edited):
    changes = [
        ("points: 40", "points: -4"),
        ("kind: jump", "kind: jmp"),
        ("points: 8\n    z: 3.5\n    apart: 0.1\n    least: 5", "points: 8\n    z: -1"),
    ]
    with pytest.raises(ParamsError) as error:
        edited(*changes, ("capacity: 22", "capacity: 2"), ("sites: 3", "sites: 0"))
    told = "\n".join(map(str, error.value.problems))
    for part in ("signals[0].points", "'jmp'", "signals[4].z", "'least'", "visits.riskiest", "checklists.sites"):
        assert part in told


def test_the_same_signal_twice_is_refused(edited):
    text = FILE.read_text(encoding="utf-8")
    missing = text[text.index("  - kind: missing") : text.index("  - kind: behind")]
    with pytest.raises(ParamsError, match=r"signals\[7\]\.kind .*found 'missing'; expected each signal once"):
        edited((missing, missing * 2))


def without_parity(edited):
    text = FILE.read_text(encoding="utf-8")
    return edited((text[text.index("    parity:") : text.index("  indicators:")], ""))


def test_a_kind_of_target_of_the_index_without_a_task_is_refused(edited):
    tree = system(leaf("a", target=KINDS["parity"]), leaf("b", target=KINDS["range"]))
    with pytest.raises(ParamsError, match=r"kinds of .*found none for parity; expected a task for each"):
        without_parity(edited).check(tree)


def test_a_kind_that_no_target_of_the_index_has_needs_no_task(edited):
    found = without_parity(edited).problems(system(leaf("b", target=KINDS["range"])))
    assert [problem for problem in found if "kinds" in problem.where] == []


def test_a_task_of_an_indicator_goes_before_that_of_its_kind():
    shipped = Supervision.load(FILE)
    assert "村文化活动室" in shipped.task("P05-04", "annual_quota").see.zh
    assert shipped.task("P05-08", "cumulative_quota") == shipped.checklists.kinds["cumulative_quota"]


def test_tasks_of_unknown_indicators_are_told_together():
    with pytest.raises(ParamsError, match=r"(?s)'P05-04'; expected one of P05-40.*'P08-03'.*'P10-04'"):
        Supervision.load(FILE).check(system(leaf("P05-40")))
