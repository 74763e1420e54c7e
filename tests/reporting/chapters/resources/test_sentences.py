import pytest

from evalkit.assessment.grading.evidence import EXEMPT
from tests.reporting.cities import WENZHOU, assessed_report
from tests.reporting.plain import numbers
from tests.reporting.printed import resources

CITIES = ["330800", "330100", "330900", "331000"]


@pytest.mark.parametrize("city", CITIES)
def test_resources_have_the_ranks_of_the_table(city_report, city):
    ranks = resources.tables.resources(city_report(city)).set_index("指标")["位次"]
    text = resources.sentences.resources(city_report(city)).data
    assert numbers(text) == [ranks["人均一般预算支出"], ranks["公共统计服务指数"]]
    assert "不能据此推断因果" in text


@pytest.mark.parametrize(("city", "told"), [(WENZHOU, "达到"), ("330900", "未达到")])
def test_the_earmark_is_told_with_its_share_and_whether_it_is_kept(city, told):
    report = assessed_report(city)
    spent, base = report.study.assessed.earmark.loc[(city, 2012), ["spent", "base"]]
    text = resources.sentences.earmark(report).data
    assert f"{100 * spent / base:.1f}%，要求不低于 2/3，**{told}**。" in text
    assert (3 * spent >= 2 * base) == (told == "达到")


@pytest.mark.parametrize(("state", "told"), [("missing", "不能检验"), (EXEMPT, "不作要求")])
def test_an_earmark_without_figures_is_not_tested_and_one_without_means_asks_nothing(monkeypatch, state, told):
    report = assessed_report()
    earmark = report.study.assessed.earmark.copy()
    earmark.loc[(WENZHOU, 2012), ["met", "ratio", "state"]] = [None, None, state]
    monkeypatch.setitem(report.study.assessed.__dict__, "earmark", earmark)
    assert told in resources.sentences.earmark(report).data


def test_a_round_without_an_earmark_says_nothing_of_it(city_report):
    assert resources.sentences.earmark(city_report()).data == ""
