from dataclasses import replace

import pytest

from tests.reporting.cities import WENZHOU, assessed_report
from tests.reporting.printed import county_projects


def found():
    return assessed_report().study.assessed.county_assessment


def test_counties_that_are_not_graded_have_no_table(city_report):
    assert county_projects.tables.county_projects(city_report()) is None
    report = assessed_report()
    ungraded = replace(report.study)
    ungraded.__dict__["assessed"] = replace(
        report.study.assessed, assessment_files=replace(report.study.assessment_files, county_rules=None)
    )
    assert not county_projects.tables.graded_counties(replace(report, study=ungraded))


def test_each_county_of_the_city_stands_with_its_scores_the_best_first():
    table = county_projects.tables.county_projects(assessed_report())
    own = [code for code in found().results.index.unique("region") if code.startswith(WENZHOU[:4])]
    scores = found().results.score.xs(2012, level="year")[own].sort_values(ascending=False)
    assert list(table["考核得分"].map(float)) == list(scores)
    assert list(table["本市位次"]) == list(scores.rank(ascending=False, method="min"))
    welfare = found().projects["P06"].xs(2012, level="year")[scores.index]
    assert list(table["社会福利工程"].map(float)) == pytest.approx(list(welfare), abs=0.0501)


def test_projects_stand_from_the_lowest_mean_to_the_highest():
    table = county_projects.tables.scores(assessed_report())
    means = [table[code].mean() for code in table]
    assert means == sorted(means)
    assert table.columns[0] == "P06"
