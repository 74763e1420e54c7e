import pandas as pd

from evalkit.reporting.chapters import county_projects
from tests.reporting.cities import WENZHOU, assessed_report, of_the_city


def test_equality_is_told_by_its_targets_and_by_its_counties():
    report = assessed_report()
    own = [one.code for one in report.system.indicators if one.layer == "equity" and one.target]
    lit = of_the_city(report, "lamps")[own]
    text = county_projects.sentences.equality(report).data
    counts = {"完成": (lit == "met").sum(), "未完成": (lit == "behind").sum(), "缺数据": (lit == "no_data").sum()}
    told = "、".join(f"{name} {n} 项" for name, n in counts.items() if n)
    assert f"均等化目标 {len(own)} 项：{told}。" in text
    assert "未完成的有：农村与城镇每百名老人床位比" in text
    projects = report.study.assessed.county_assessment.projects.xs(2012, level="year")
    own = projects[projects.index.str.startswith(WENZHOU[:4])]
    apart = (own.max() - own.min()).idxmax()
    assert f"差距最大的是{report.node(apart)}：{own[apart].min():.1f}—{own[apart].max():.1f} 分" in text
    scores = report.study.assessed.county_assessment.results.score.xs(2012, level="year")[own.index]
    ends = {"first": report.region(scores.idxmax()), "last": report.region(scores.idxmin())}
    assert "参评县（市、区）11 个：得分最高的是{first}（91.54 分），最低的是{last}（89.36 分）".format(**ends) in text


def test_without_an_assessment_nothing_is_said(city_report):
    assert county_projects.sentences.equality(city_report()).data == ""


def test_of_a_city_that_missed_none_and_has_one_county_neither_is_said(monkeypatch):
    report = assessed_report()
    module = county_projects.sentences
    monkeypatch.setattr(module, "results", lambda report: pd.DataFrame({"score": [90.0]}, index=["330302"]))
    text = module.equality(report).data
    assert "参评县" not in text
    assert "差距最大" not in text
    met = report.judged.assign(lamps="met")
    report.__dict__["judged"], kept = met, report.judged
    try:
        assert "未完成" not in module.equality(report).data
    finally:
        report.__dict__["judged"] = kept


def test_a_system_without_equity_says_nothing_of_it(small):
    report = small(lambda edit: edit.assessed())
    assert "均等化目标" not in county_projects.sentences.equality(report).data
