from evalkit.reporting.chapters.province_targets import figures
from tests.reporting.assessed import by_hand


def test_a_project_below_its_floor_has_a_sign():
    (axes,) = figures.projects(by_hand(59.99, 60, None, projects=("P01", "P03"))).axes
    assert [text.get_text() for text in axes.texts] == ["60.00", "60.00", "▼ 59.99", "▼ 59.99", "…", "…"]


def test_the_weakest_project_stands_first_and_the_title_says_which():
    report = by_hand(50, 90, projects=("P01", "P03"))
    report.study.assessed.assessment.projects["P01"] = [90.0, 95.0]
    figure = figures.projects(report)
    (axes,) = figure.axes
    assert axes.get_xticklabels()[0].get_text().replace("\n", "") == report.node("P03")
    assert figure.get_label().startswith(f"各市平均得分最低的是{report.node('P03')}（70.00 分）")
    assert figure.get_label().endswith("低于 60 分的共 1 个")
