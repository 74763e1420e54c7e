from decimal import Decimal

import numpy as np
import pytest

from evalkit.reporting.report import RoundReport
from tests.mutations.edit import SYSTEM
from tests.reporting.printed import basis, coherence, position

SCORED = ["P03-primary", "P03-secondary", "P04-physicians", "P04-beds"]


@pytest.fixture(scope="module", params=["zh", "en"])
def report(request, study, result):
    return RoundReport(study, result, 2012, request.param)


@pytest.fixture(scope="module")
def scores(result):
    return result.scores.xs(2012, level="year")


def test_coverage_is_whole_where_every_indicator_has_a_value(report):
    table = coherence.tables.coverage(report)
    assert len(table) == 11
    by_project = table.iloc[0].tolist()[1:]
    assert by_project == [Decimal(n) for n in (100, 100, 0, 67, 100, 100, 75)]


def test_statistics_are_those_of_plain_pandas(report, result):
    beds = result.panel.values["P04-beds"]
    row = coherence.tables.statistics(report).iloc[3].tolist()
    expected = [beds.mean(), beds.std(), beds.min(), beds.median(), beds.max(), beds.skew(), beds.kurt()]
    assert row[1] == 55
    assert [float(cell) for cell in row[2:]] == pytest.approx(expected, abs=0.0051)


def test_correlations_leave_out_a_node_and_its_own_group(report, scores):
    table = coherence.tables.correlations(report)
    pair = table[(table.iloc[:, 0] == report.node("P03-primary")) & (table.iloc[:, 1] == report.node("P04-beds"))]
    assert float(pair.iloc[0, 3]) == pytest.approx(scores["P03-primary"].corr(scores["P04-beds"]), abs=0.0051)
    assert len(table) == 11


def test_components_share_the_variance(report, scores):
    eigenvalues = np.linalg.eigvalsh(scores[SCORED].corr())[::-1]
    shares = [float(share) for share in coherence.tables.components(report).iloc[:, 1]]
    assert shares == pytest.approx(list(100 * eigenvalues / 4), abs=0.051)


def test_alpha_of_two_items_is_spearman_brown(report, scores):
    r = scores["P03-primary"].corr(scores["P03-secondary"])
    table = coherence.tables.reliability(report)
    row = table[table.iloc[:, 1] == report.node("P03-primary")].iloc[0]
    assert float(row.iloc[2]) == pytest.approx(2 * r / (1 + r), abs=0.0051)


def test_influences_add_up_to_a_hundred(report):
    table = coherence.tables.influence(report)
    assert float(sum(table.iloc[:, 3])) == pytest.approx(100, abs=0.2)
    assert set(table.iloc[:, 1]) == {Decimal("25.0")}


def test_every_project_has_departments(report):
    named = set(coherence.tables.departments(report).iloc[:, 0])
    assert named == {report.node(project.code) for project in report.projects}


def test_composition_is_the_same_for_the_round_and_for_a_city(report, city_report):
    table = basis.tables.composition(report)
    assert table.equals(basis.tables.composition(city_report(language=report.language)))


def test_groups_are_called_by_their_level(small, round_report, city_report):
    assert "工程" in position.tables.projects(city_report())
    assert next(iter(coherence.tables.reliability(round_report()))) == "指标组"
    assert "工程" not in coherence.tables.reliability(small(whole=True))
    assert "工程" not in position.tables.projects(small())


def test_a_table_of_projects_alone_says_project(small):
    report = small(lambda edit: edit.yaml(SYSTEM, lambda system: system["tree"].update(level="project")), whole=True)
    assert next(iter(coherence.tables.reliability(report))) == "工程"
