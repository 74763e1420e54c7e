import pandas as pd
import pytest

from evalkit.reporting.chapters import robustness
from tests.reporting.printed import chapters
from tests.reporting.second import second_round, second_study

# Published against interpolated residents in 2015, to two decimals, as the reading of the statistics found them.
KNOWN = {
    "人均教育支出": 0.89,
    "每千常住人口执业（助理）医师数": 0.92,
    "每千常住人口医院、卫生院床位数": 0.94,
    "人均医疗卫生支出": 0.97,
    "每千常住人口城镇登记失业人数": 0.98,
    "每百常住人口失业保险参保人数": 0.99,
}


@pytest.fixture(scope="module")
def table():
    return chapters.robustness.bases.rebased_ranks(second_round())


def test_residents_between_censuses_move_ranks_as_is_known(table):
    rows = table[table["人口口径"] == "普查间常住人口"].set_index("指标")
    assert {name: float(rows.loc[name, "与现行位次的秩相关"]) for name in KNOWN} == KNOWN
    assert rows.loc[list(KNOWN), "最多变动位数"].max() == 3


def test_correlation_and_places_are_those_of_plain_pandas(table):
    figures = second_study().panel().variables.xs(2015, level="year")
    by_base = figures[["pop_registered", "pop_resident"]]
    own, other = (figures.hospital_beds / by_base[base] for base in ("pop_resident", "pop_registered"))
    ranks = pd.DataFrame({"own": own, "other": other}).rank(ascending=False)
    row = table[table["人口口径"] == "户籍人口"].set_index("指标").loc["每千常住人口医院、卫生院床位数"]
    assert float(row["与现行位次的秩相关"]) == round(ranks.own.corr(ranks.other), 2)
    assert row["最多变动位数"] == (ranks.own - ranks.other).abs().max()
    assert row["变动最大的市（现行→改换后）"] == "衢州市（3→10）"


def test_what_is_not_per_head_and_what_is_not_read_has_no_row(table):
    assert not table["指标"].str.contains("生师比|处理率|藏量").any()


def test_the_sentence_names_the_index_and_the_indicator_that_moves_most():
    said = robustness.sentences.bases(second_round()).data
    assert "公共统计服务指数位次与现行位次的秩相关系数为 0.91，最多变动 3 位：金华市（7→10）。" in said
    assert "6 项人均指标中" not in said  # two more inputs are per head
    assert "8 项人均指标中秩相关最低的是“人均教育支出”（0.89），最多变动 3 位：杭州市（1→4）、舟山市（4→1）。" in said


def test_a_round_without_another_population_says_nothing(small):
    report = small(whole=True)
    assert robustness.sentences.bases(report).data == ""
    assert robustness.bases.rebased_ranks(report) is None
