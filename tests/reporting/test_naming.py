from dataclasses import replace

import pytest

from evalkit.base.text import Text
from evalkit.data.contract import STATES
from evalkit.reporting.report import RoundReport
from evalkit.tabular import Column
from tests.conftest import DEMO, shipped


@pytest.fixture(scope="module")
def report(study, result):
    return RoundReport(study, result, 2012, "zh")


def test_the_headline_counts_projects(report):
    assert report.headline == "公共统计服务指数（涵盖 10 项工程中的 2 项）"
    assert report.edition_line == "公共统计服务指数（涵盖 10 项工程中的 2 项） · 公开统计版 1.0 · 初评"


def test_an_indicator_knows_its_area_and_its_project(report):
    indicator = report.system.node("P04-beds")
    assert (report.area_of(indicator), report.project_of(indicator)) == ("社会事业体系", "全民健康工程")


def test_a_column_is_labelled_in_both_languages_whatever_the_report_s(report):
    assert report.column("at_cap", 2012, year=2012) == Column(
        "at_cap_2012", Text(zh="2012 年触顶市数", en="Cities at the cap in 2012")
    )


def test_names_in_a_label_are_in_its_language(report):
    label = report.column("within_group", "north", group=Text(zh="浙北", en="North")).label
    assert (label.zh, label.en) == ("组内：浙北", "Within North")


def test_a_table_has_the_columns_of_all_its_rows_in_the_order_in_which_they_come(report):
    assert report.table([{"city": "甲"}, {"city": "乙", "code": "1"}]).codes == ["city", "code"]
    assert report.table([], ("city",)).labels == ["城市"]


def test_a_state_is_a_sign_with_words(study, result):
    demo = RoundReport(shipped(DEMO), None, 2012, "en")
    assert (str(demo.lamp("behind")), demo.lamp("behind").value) == ("▼ missed", "behind")


@pytest.mark.parametrize("state", STATES)
def test_every_state_of_a_figure_has_its_word(report, state):
    assert report.state(state) == report.word(f"state_{state.replace(' ', '_')}")


def test_a_chapter_is_referred_to_unless_the_study_leaves_it_out(demo):
    whole = RoundReport(demo, demo.evaluate(), 2012, "zh")
    left_out = demo.round.model_copy(update={"leave_out": {"province_report": ("ranking",)}})
    without = replace(whole, study=replace(demo, round=left_out))
    asked = ("province_report", "ranking", "grades_index_where")
    assert (whole.reference(*asked), without.reference(*asked)) == ([whole.word("grades_index_where")], [])
