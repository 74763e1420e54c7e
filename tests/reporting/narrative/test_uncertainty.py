import pytest

from evalkit.reporting.narrative import uncertainty
from tests.reporting.printed import robustness

SOURCES = {
    "weights": {"kind": "weight_noise", "spread": 0.25},
    "aggregation": {"kind": "choice", "of": "aggregation", "options": [{"kind": "geometric", "floor": 1}]},
}


@pytest.fixture
def drawn(small, monkeypatch):
    monkeypatch.setattr("evalkit.reporting.tables.robustness.SOBOL_SIZE", 16)
    declared = {"draws": 50, "sources": SOURCES}
    return lambda *changes: small(lambda edit: edit.study(uncertainty=declared), *changes, whole=True)


def test_firm_ranks_are_told_from_those_that_the_draws_move(drawn):
    report = drawn()
    found = report.draws.rank_interval(report.findings.declared.level)
    fixed = [report.region(city) for city in found.index[found.low == found.high]]
    assert f"只有一个的 {len(fixed)} 个：{'、'.join(fixed) or '无'}" in uncertainty.intervals(report).data


def test_the_source_that_matters_most_is_named_and_who_does_not_move(drawn, monkeypatch):
    report = drawn()
    table = robustness.sobol_of(report).assign(total=[0.2, 0.6, float("nan"), float("nan"), 0.4, 0.5])
    monkeypatch.setattr(uncertainty, "sobol_of", lambda report: table)
    said = uncertainty.sensitivity(report).data
    assert f"的 2 个市平均，影响最大的是**{report.source('aggregation')}**（总 Sobol 指数 0.55）" in said
    assert said.endswith("不列入下表：乙市。")
    monkeypatch.setattr(uncertainty, "sobol_of", lambda report: table.assign(total=0.5))
    assert "不列入" not in uncertainty.sensitivity(report).data
    monkeypatch.setattr(uncertainty, "sobol_of", lambda report: table.assign(total=float("nan")))
    assert "影响最大" not in uncertainty.sensitivity(report).data
