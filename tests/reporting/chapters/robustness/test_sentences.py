from dataclasses import replace

import pytest

from evalkit.reporting.chapters import robustness
from evalkit.reporting.report import RoundReport
from evalkit.scoring.uncertainty_sources import WeightNoise

SOURCES = {
    "weights": {"kind": "weight_noise", "spread": 0.25},
    "aggregation": {"kind": "choice", "of": "aggregation", "options": [{"kind": "geometric", "floor": 1}]},
}


def test_only_the_sources_that_are_drawn_are_said_to_vary(study):
    drawn = study.uncertainty.model_copy(update={"sources": {"weights": WeightNoise(spread=0.1)}})
    alone = replace(study, round=study.round.model_copy(update={"uncertainty": drawn}))
    said = [
        robustness.sentences.robustness(RoundReport(own, own.evaluate(), 2012, "zh")).data for own in (study, alone)
    ]
    assert "同时变动：权数、标准化方法、合成方法、是否封顶、去掉一项指标。" in said[0]
    assert "同时变动：权数。" in said[1]


@pytest.fixture
def drawn(small, monkeypatch):
    monkeypatch.setattr("evalkit.reporting.chapters.robustness.tables.SOBOL_SIZE", 16)
    declared = {"draws": 50, "sources": SOURCES}
    return lambda *changes: small(lambda edit: edit.study(uncertainty=declared), *changes, whole=True)


def test_firm_ranks_are_told_from_those_that_the_draws_move(drawn):
    report = drawn()
    found = report.draws.rank_interval(report.readings.declared.level)
    fixed = [report.region(city) for city in found.index[found.low == found.high]]
    assert f"只有一个的 {len(fixed)} 个：{'、'.join(fixed) or '无'}" in robustness.sentences.intervals(report).data


def test_the_source_that_matters_most_is_named_and_who_does_not_move(drawn, monkeypatch):
    report = drawn()
    table = robustness.tables.sobol_of(report).assign(total=[0.2, 0.6, float("nan"), float("nan"), 0.4, 0.5])
    monkeypatch.setattr(robustness.sentences, "sobol_of", lambda report: table)
    said = robustness.sentences.sensitivity(report).data
    assert f"的 2 个市平均，影响最大的是**{report.source('aggregation')}**（总 Sobol 指数 0.55）" in said
    assert said.endswith("不列入下表：乙市。")
    monkeypatch.setattr(robustness.sentences, "sobol_of", lambda report: table.assign(total=0.5))
    assert "不列入" not in robustness.sentences.sensitivity(report).data
    monkeypatch.setattr(robustness.sentences, "sobol_of", lambda report: table.assign(total=float("nan")))
    assert "影响最大" not in robustness.sentences.sensitivity(report).data
