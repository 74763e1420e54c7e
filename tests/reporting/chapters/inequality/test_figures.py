import warnings

import pandas as pd
import pytest

from evalkit.readings.equality import Equality
from evalkit.reporting.chapters.inequality import figures
from evalkit.reporting.chapters.inequality.tables import named
from evalkit.reporting.report import RoundReport
from tests.reporting.second import second_round

DRAWN = (figures.inequality_trend, figures.city_contributions, figures.group_shares)


@pytest.fixture(scope="module", params=[("zh", 2012), ("en", 2012), ("zh", 2008)], ids=lambda asked: f"{asked}")
def report(request, study, result):
    language, year = request.param
    return RoundReport(study, result, year, language)


@pytest.mark.parametrize("make", DRAWN)
def test_figures_are_drawn_without_a_warning(report, make):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        make(report).canvas.draw()


def test_lines_of_services_and_money_are_labelled_and_the_index_is_left_out(report):
    (axes,) = figures.inequality_trend(report).axes
    labels = [text.get_text() for text in axes.texts]
    read = (*report.readings.services, *report.readings.money)
    assert len(labels) == len(axes.lines) == len(read)
    assert not any(report.node("index") in label for label in labels)


def test_labels_keep_apart_and_the_lowest_stays():
    found = figures._apart(pd.Series({"a": 1.0, "b": 1.1, "c": 3.0}), 0.5)
    assert found.to_dict() == {"a": 1.0, "b": 1.5, "c": 3.0}


def test_every_city_stands_on_the_heat_map(report):
    (axes,) = figures.city_contributions(report).axes
    assert [label.get_text() for label in axes.get_yticklabels()] == [
        report.region(c) for c in report.study.regions.index
    ]
    assert len(axes.texts) == 11 * len(report.readings.services)


def test_shares_of_the_groups_are_of_every_reading(report):
    (axes,) = figures.group_shares(report).axes
    names = ["".join(label.get_text().split()) for label in axes.get_yticklabels()]  # long ones are broken
    assert names == ["".join(named(report, node).split()) for node in report.equality.nodes][::-1]


def test_the_title_of_the_trend_counts_what_rose_over_the_cities_of_both_ends(monkeypatch):
    report, find = second_round(), Equality.inequality
    assert "0 项的市际基尼系数上升" not in figures.inequality_trend(report).get_label()

    def level(self, code, alike=()):
        found = find(self, code, alike=alike)
        return found.assign(gini=0.5) if alike == (2011, 2015) else found

    monkeypatch.setattr(Equality, "inequality", level)
    assert "项中 0 项的市际基尼系数上升" in figures.inequality_trend(report).get_label()
