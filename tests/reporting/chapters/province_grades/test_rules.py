import re

import pytest
import yaml

from tests.assessment.small import FILE, assessment_files
from tests.reporting.assessed import by_hand, demo
from tests.reporting.printed import province_grades


def test_a_round_without_an_assessment_has_no_rules(round_report):
    assert province_grades.rules.rules(round_report()) is None


def test_every_rule_of_the_file_stands_there_with_its_source():
    declared = yaml.safe_load(FILE.read_text("utf-8"))
    rest = [declared[name] for name in ("valid_share", "events", "bands", "quota", "period")]
    sources = [rule["source"]["zh"] for rule in (*declared["parts"].values(), *declared["gates"].values(), *rest)]
    assert sorted(province_grades.rules.rules(demo())["出处"]) == sorted(sources)


def test_points_add_up_to_100():
    values = province_grades.rules.rules(demo()).set_index("规则")["数值"].filter(like="分值")
    assert sum(int(re.match(r"\d+", value)[0]) for value in values) == 100


@pytest.mark.parametrize(("language", "said"), [("zh", "不超过得到评定的市的 30%"), ("en", "at most 30 %")])
def test_the_quota_is_written_in_per_cent(language, said):
    assert province_grades.rules.rules(demo(2012, language)).iloc[:, 1].str.contains(said).sum() == 1


def test_a_rule_that_the_round_does_not_have_is_not_listed():
    report = by_hand(80)
    without = report.study.rules.model_copy(update={"quota": None})
    object.__setattr__(report.study, "assessment_files", assessment_files(without))
    assert len(province_grades.rules.rules(report)) == len(province_grades.rules.rules(demo())) - 1
