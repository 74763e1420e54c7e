import pytest

from tests.reporting.plain import numbers
from tests.reporting.printed import resources

CITIES = ["330800", "330100", "330900", "331000"]


@pytest.mark.parametrize("city", CITIES)
def test_resources_have_the_ranks_of_the_table(city_report, city):
    ranks = resources.tables.resources(city_report(city)).set_index("指标")["位次"]
    text = resources.sentences.resources(city_report(city)).data
    assert numbers(text) == [ranks["人均一般预算支出"], ranks["公共统计服务指数"]]
    assert "不能据此推断因果" in text
