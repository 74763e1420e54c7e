import re

from evalkit.assessment.grading.bands import Bands
from evalkit.base.model import DeclaredModel
from evalkit.base.text import Text
from evalkit.reporting.legal_basis import duty_bases, rule_notes
from evalkit.reporting.words import words
from tests.assessment.small import rules
from tests.reporting.assessed import demo


def confirmed(*, notes=()):
    """Rules of which only the bands are looked at."""
    return Only(bands=rules().bands.model_copy(update={"status": "confirmed"}), notes=notes)


class Only(DeclaredModel):
    bands: Bands
    notes: tuple[Text, ...]


def test_rules_are_counted_by_their_status_before_the_notes_on_them():
    standing, note = rule_notes(demo(), rules())
    assert (
        standing == "规则 12 条（一条在表中可占几行），"
        "按性质：建议值（待审定） 10、其他官方文件 2；除“文件确认”的以外，都须由签发单位确定。"
    )
    assert note.startswith("计划四（五）要求年度评价而未定分值")


def test_of_rules_that_are_all_confirmed_only_the_notes_are_told():
    assert list(rule_notes(demo(), confirmed())) == []
    assert list(rule_notes(demo(), confirmed(notes=(Text(zh="注。", en="Note."),)))) == ["注。"]


def test_the_duties_of_departments_rest_on_what_is_declared_of_each():
    bases = "推断、推断；三（五）工程内为计划原文、计划原文三（五）"
    assert duty_bases(demo()).startswith(bases)


def test_only_words_of_a_declared_plan_name_one():
    of_a_plan = {"basis_plan", "basis_whole", "goals_checkable", "round_coverage", "title_basis_plan_targets"}
    of_another = {"title_targets_work_plan", "supervision_title", "consequences_visits", "efficiency_warnings"}
    of_a_plan |= {
        "plan_over",
        "plan_numbers",
        "plan_numbers_none",
        "title_afterwards_kept",
        "title_afterwards_since_plan",
    }
    of_another |= {"fund_to_cities"}  # cities that are planned separately
    named = {key for key, text in words().items() if "计划" in text.zh or re.search(r"\bplan\b", text.en)}
    assert named - of_another == of_a_plan
