from evalkit.reporting.chapters.province_grades import brief, tables
from tests.reporting.assessed import demo


def test_the_body_has_the_ranks_the_grades_and_why_they_differ(round_report):
    shown, whole = brief.grades(demo()), tables.grades(demo())
    assert len(shown) == len(whole) == 11
    assert shown.codes == ["assessment_rank", "city", "assessment_score", "grade", "grade_reason", "rank_before"]
    assert shown.title == whole.title
    assert brief.grades(round_report()) is None
