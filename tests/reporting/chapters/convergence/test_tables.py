import numpy as np
import pytest

from tests.reporting.printed import convergence


@pytest.fixture(scope="module")
def report(round_report):
    return round_report()


@pytest.fixture(scope="module")
def logs(values):
    """Logarithms of every indicator: one row a city, one column an indicator and year."""
    return np.log(values.drop(index="zhejiang", level="region", errors="ignore")).unstack("year")


@pytest.fixture(scope="module")
def table(report):
    return convergence.tables.series(report).set_index("序列")


def test_every_service_the_index_and_every_input_have_a_row(table):
    assert list(table["类别"]) == ["产出（供给）"] * 4 + ["总指数"] + ["投入"] * 4
    assert set(table["年份"]) == {"2008—2012"}
    assert set(table["城市数"]) == {11}


@pytest.mark.parametrize(
    ("code", "name"), [("P03-primary", "小学生师比（学生/专任教师）"), ("F-spending", "人均一般预算支出")]
)
def test_dispersion_is_that_of_the_printed_figures(table, logs, code, name):
    own = logs[code][[2008, 2012]].dropna()
    first, last = own.std(ddof=0)
    assert float(table.loc[name].iloc[2]) == pytest.approx(first, abs=5e-4)
    assert float(table.loc[name].iloc[3]) == pytest.approx(last, abs=5e-4)
    assert float(table.loc[name, "末年为首年的倍数 [90% 区间]"].split(" ")[0]) == pytest.approx(last / first, abs=5e-3)


def test_the_slope_is_that_of_a_line_and_an_open_half_life_has_no_end(table, logs):
    own = logs["P04-beds"][[2008, 2012]].dropna()
    slope = np.polyfit(own[2008], (own[2012] - own[2008]) / 4, 1)[0]
    row = table.loc["每千常住人口医院、卫生院床位数"]
    assert float(row["β 斜率（每年）[90% 区间]"].split(" ")[0]) == pytest.approx(slope, abs=5e-4)
    half_life = np.log(2) / (-np.log(1 + 4 * slope) / 4)
    assert float(row["半衰期（年）[90% 区间]"].split(" ")[0]) == pytest.approx(half_life, abs=0.05)
    assert row["半衰期（年）[90% 区间]"].endswith(", ∞]")


def test_the_order_is_that_of_the_ranks(table, values):
    physicians = values["P04-physicians"].unstack("year")[[2008, 2012]].drop(index="zhejiang", errors="ignore")
    ranks = physicians.rank(ascending=False)
    row = table.loc["每千常住人口执业（助理）医师数"]
    assert float(row["首末年秩相关"]) == pytest.approx(ranks.corr().iloc[0, 1], abs=5e-3)
    assert row["位次变动最大的市"] == "丽水市 10→3"
    assert (ranks[2008] - ranks[2012]).abs().idxmax() == "331100"


def test_a_series_that_cannot_be_read_has_no_row(round_report):
    assert convergence.tables.series(round_report(years=(2012, 2012))).empty


def test_nobody_speaks_of_a_half_life_of_a_thousand_years():
    assert [convergence.tables._within_reach(years) for years in (1000.0, 43520.2)] == [1000.0, float("inf")]


def test_doubts_are_those_of_the_figures_after_the_first_year(report):
    table = convergence.tables.doubts(report)
    assert len(table) == 6
    assert list(table[table["发现"] == "序列断裂"]["说明"]) == ["舟山 2009 年为上年的 1.6 倍"]
    assert not table["说明"].str.contains("2007").any()


def test_a_round_that_declares_no_series_has_empty_tables_with_their_columns(round_report):
    bare = round_report(services=(), money=())
    assert convergence.tables.series(bare).shape == (0, 11)
    assert convergence.tables.doubts(bare).shape == (0, 4)
