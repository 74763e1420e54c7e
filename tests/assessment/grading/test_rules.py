import pytest

from evalkit import ParamsError
from evalkit.assessment import Rules
from tests.assessment.small import FILE


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
        return Rules.load(tmp_path / "zhejiang.yaml")

    return loaded


def line(text):
    return FILE.read_text(encoding="utf-8").partition(text)[0].count("\n") + 1


def test_the_shipped_rules_are_those_of_the_plan_s_round():
    rules = Rules.load(FILE)
    assert rules.points == {"completion": 60, "equality": 20, "progress": 10, "public_evaluation": 10}
    assert {band.name.zh: band.least for band in rules.bands.scale} == {"优秀": 90, "良好": 80, "合格": 60, "不合格": 0}
    assert (rules.valid_share.least, rules.events.bonus, rules.events.penalty) == (0.8, 5, 5)
    assert (rules.gates.project.below, rules.gates.project.not_above, rules.gates.veto.not_above) == (
        60,
        "good",
        "fail",
    )
    assert (rules.period.earlier, rules.period.final) == (0.5, 0.5)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("points: 60", "points: 55", rf"completion\.points \(line {line('points: 60')}\): found 55; .*100, not 95"),
        ("points: 60", "points: 160", "less than or equal to 100"),
        ("  completion:\n", "  complection:\n", r"(?s)did you mean 'completion'\?"),
        ("least: 80}", "least: 90}", r"scale\[1\]\.least \(line \d+\): found 90; expected less than 90, the bound of"),
        ("share: 0.3", "share: 1.3", rf"quota\.share \(line {line('share: 0.3')}\): found 1\.3; expected less than or"),
        ("share: 0.3", "share: -0.1", r"quota\.share .*found -0\.1; expected greater than or equal to 0"),
        ("band: excellent", "band: excelent", r"quota\.band .*found 'excelent'; .*did you mean 'excellent'\?"),
        ("band: excellent", "band: fail", r"quota\.band .*found 'fail'; expected one of excellent, good, pass"),
        ("earlier: 0.5", "earlier: 0.6", r"period\.earlier .*found 0\.6; expected a share that makes 1 with `final`"),
        ("rounding: down", "rounding: up", r"quota\.rounding .*found 'up'; expected one of down, half up"),
        ("not_above: fail", "not_above: failed", r"gates\.veto\.not_above .*found 'failed'; .*did you mean 'fail'\?"),
        ("least: 0.8", "least: 0", r"valid_share\.least .*found 0; expected greater than 0"),
        ("bonus: 5", "bonus: -5", r"events\.bonus .*found -5; expected greater than or equal to 0"),
        ("gates:\n", "gates:\n  two_third: {}\n", "the unknown key 'two_third'"),
    ],
)
def test_rules_that_contradict_themselves_are_refused_by_key_and_line(edited, old, new, expected):
    with pytest.raises(ParamsError, match=expected):
        edited((old, new))


def test_every_fault_of_the_rules_is_told_at_once(edited):
    changes = [("points: 60", "points: 65"), ("least: 0}", "least: 10}"), ("share: 0.3", "share: 3")]
    with pytest.raises(ParamsError) as error:
        edited(*changes, ("final: 0.5", "final: 0.4"), ("status: proposed", "status: sure"))
    found = "\n".join(map(str, error.value.problems))
    assert all(part in found for part in ("status", "scale[3].least", "quota.share", "period.earlier"))


def test_parts_that_sum_to_100_as_they_are_written_are_taken(edited):
    rules = edited(("points: 60", "points: 60.2"), ("points: 20", "points: 24.1"), ("points: 10", "points: 5.7"))
    assert sum(rules.points.values()) != 100
    assert rules.points["progress"] == 5.7


def test_a_round_may_do_without_a_gate_or_a_quota(edited):
    text = FILE.read_text(encoding="utf-8")
    quota = text[text.index("quota:") : text.index("period:")]
    gate = text[text.index("  earmark:") : text.index("  project:")]
    rules = edited((quota, ""), (gate, ""))
    assert (rules.quota, rules.gates.earmark) == (None, None)


def test_the_part_on_which_the_valid_share_rests_is_needed(edited):
    text = FILE.read_text(encoding="utf-8")
    completion = text[text.index("  completion:") : text.index("  equality:")]
    with pytest.raises(ParamsError, match="the part 'completion', on which the valid share rests"):
        edited((completion, ""), ("points: 20", "points: 80"))
