from datetime import date

from evalkit.reporting.chapters.editions.tables import (
    changed_figures,
    changed_scores,
    city_changed_figures,
    city_changed_scores,
)
from evalkit.reporting.report import RoundReport
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
