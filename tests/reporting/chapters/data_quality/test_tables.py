from collections import Counter

import pytest

from evalkit.readings.quality import Quality
from evalkit.reporting.chapters.data_quality import tables
from tests.conftest import DEMO, STUDY
from tests.readings.planted import copied, times
from tests.reporting.chapters.data_quality.reports import faulty, whole


@pytest.mark.parametrize("name", [STUDY, DEMO])
def test_the_list_has_everything_and_the_body_its_first_rows(name):
    report = whole(name=name)
    every = tables.asks(report)
    assert len(every) == len(Quality.of(report.study, 2012).asks)
    assert [row[0] for row in every.rows] == list(range(1, len(every) + 1))
    assert len(tables.first_asks(report)) == 10
    assert tables.first_asks(report).rows[0][-1] == every.rows[0][-1]
    assert len(tables.listed_asks(report)) == min(len(every), 200)


def test_a_planted_slip_leads_the_list_with_whom_to_ask():
    row = tables.first_asks(faulty(times(10_000, "gdp", "330800", 2010))).data.iloc[0]
    assert (row.ask_for, row.asked_of, row.variable) == ("更正", "衢州市", "地区生产总值")
    assert "疑单位误填" in row.ask_why


def test_the_department_is_named_beside_the_region():
    row = tables.first_asks(whole(name=DEMO)).data.iloc[0]
    assert row.asked_of == "台州市临海市（省财政厅）"


def test_each_city_counts_with_its_counties():
    report = whole(name=DEMO)
    found = tables.asks_by_city(report).data.set_index("city")
    asks = Quality.of(report.study, 2012).asks
    own = [ask for ask in asks if ask.region[:4] == "3308"]
    assert found["sum"]["衢州市"] == len(own)
    assert found.ask_supply["衢州市"] == Counter(ask.gravity for ask in own)["supply"]
    assert found["sum"].is_monotonic_decreasing


def test_an_ask_counts_for_each_department_that_answers_and_last_for_none():
    report = whole(name=DEMO)
    found = tables.asks_by_department(report).data
    asks = Quality.of(report.study, 2012).asks
    assert found["sum"].sum() == sum(len(ask.departments) or 1 for ask in asks)
    assert found.departments.iloc[-1] == "未声明责任部门"
    assert len(tables.most_asked(report)) == 5


def test_contradictions_and_copies_are_listed_the_gravest_first():
    def change(table):
        return copied("exp_education", ("330500", 2011), ("330400", 2011))(times(100, "gdp", "330800", 2010)(table))

    found = tables.contradictions(faulty(change)).data
    assert (found.region[0], found.variable[0]) == ("衢州市", "地区生产总值")
    assert {"湖州市", "嘉兴市"} <= set(found.region[found.variable == "教育支出"])
