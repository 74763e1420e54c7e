from datetime import date

from evalkit.reporting.chapters.editions.tables import (
    changed_figures,
    changed_scores,
    city_changed_figures,
    city_changed_scores,
    editions,
)
from evalkit.reporting.report import RoundReport
from evalkit.reporting.site.changes import changes
from evalkit.tabular.cells import NOT_PRINTED


def test_a_figure_that_changed_stands_with_the_decision_behind_it(report, language):
    named = {
        "zh": ("甲市", "医师", "异议 O-2012-001 的决定（No. 3）"),
        "en": ("A", "doctors", "decision on the objection O-2012-001 (No. 3)"),
    }[language]
    (row,) = changed_figures(report).rows
    assert row == (*(*named[:2], NOT_PRINTED, 2012, "22", "12", date(2013, 5, 24), named[2], "counted twice", "No. 3"),)


def test_cities_with_another_score_or_rank_stand_with_both(report):
    found = changed_scores(report).data.set_index("city")
    assert "edition_grade" not in found
    first = found.iloc[0]
    assert first.edition_score_before > first.edition_score
    assert first.edition_rank_before <= first.edition_rank


def test_a_city_sees_what_is_its_own(of_city):
    assert len(city_changed_figures(of_city("0100")).rows) == 1
    assert city_changed_figures(of_city("0200")).rows == ()
    nodes = city_changed_scores(of_city("0100")).data
    assert (nodes.edition_score_before > nodes.edition_score).all()
    assert len(nodes) >= 2


def test_without_an_edition_before_there_is_no_table(study):
    plain = RoundReport(study, study.evaluate(), 2012, "zh")
    assert changed_figures(plain) is None
    assert changed_scores(plain) is None


def test_where_a_round_is_assessed_score_rank_and_grade_are_those_of_the_assessment(assessed):
    then, now = editions(assessed).before, assessed.study
    results = [one.assessed.assessment.results.loc[("0100", 2012)] for one in (then, now)]
    names = [assessed.band(one.grade) for one in results]
    assert names[0] != names[1]
    row = changed_scores(assessed).data.set_index("city").loc["甲市"]
    assert [row.edition_grade_before, row.edition_grade] == names
    assert [row.edition_score_before, row.edition_score] == [one.score for one in results]


def test_the_site_has_them_before_what_changed_since_last_year(report):
    scores, figures, *_ = changes(report).items()
    assert scores == ("site_edition_scores", changed_scores(report))
    assert figures == ("site_edition_figures", changed_figures(report))
