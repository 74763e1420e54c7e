import numpy as np
import pandas as pd

from tests.reporting.printed import weaknesses

WENZHOU = "330300"
FIGURES = ["pop_resident", "gdp", "pop_urban"]


def nearest(report, city, count=3):
    """The nearest cities, from the figures as they were published."""
    raw = report.study.panel().variables.xs(2012, level="year")[FIGURES]
    table = pd.DataFrame(
        {
            "size": np.log(raw.pop_resident),
            "wealth": np.log(raw.gdp / raw.pop_resident),
            "urban": raw.pop_urban / raw.pop_resident,
        }
    )
    scaled = (table - table.mean()) / table.std()
    distance = np.sqrt(((scaled - scaled.loc[city]) ** 2).sum(axis=1)).drop(city)
    return list(distance.nsmallest(count).index)


def test_what_is_weak_stands_beside_the_nearest_cities(city_report):
    report = city_report(WENZHOU)
    cities = nearest(report, WENZHOU)
    table = weaknesses.tables.weaknesses(report).set_index("指标")
    assert list(table)[-3:] == [report.region(city) for city in cities]
    row = table.loc["每百万常住人口剧场、影剧院数（个）"]
    assert list(row[["情形", "倒数位次"]]) == ["居末且退步", 1]
    values = report.result.panel.values["P05-theatres"]
    own = [values[WENZHOU, 2012], values[WENZHOU, 2011], *(values[city, 2012] for city in cities)]
    shown = [float(cell) for cell in (row["数值"], row["上年数值"], *row.iloc[-3:])]
    assert np.allclose(shown, own, atol=0.00501)


def test_a_round_that_declares_no_structure_has_none_beside_it(small):
    report = small()
    assert weaknesses.tables.comparable(report) == {}
    assert not set(weaknesses.tables.weaknesses(report)) & {"乙市", "丙市"}


def test_the_short_table_is_the_head_of_the_whole(monkeypatch, city_report):
    report = city_report("330400")
    whole = weaknesses.tables.every_weakness(report)
    assert weaknesses.tables.weaknesses(report).equals(whole.head(12))
