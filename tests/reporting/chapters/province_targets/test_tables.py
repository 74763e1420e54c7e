from decimal import Decimal

import pandas as pd
import pytest

from evalkit.data.dataset import SHIPPED
from evalkit.reporting.chapters.province_grades.tables import city_targets
from evalkit.reporting.chapters.province_targets import tables as made
from evalkit.tabular.cells import signed
from tests.reporting.assessed import demo, demonstration
from tests.reporting.printed import province_targets

targets = province_targets.tables
NAMES = ("totals", "parts", "projects", "weakest", "departments")
LAMPS = ["● 完成", "◐ 达到时序进度", "▼ 未完成", "/ 不适用", "… 数据缺失", "? 有争议"]


@pytest.fixture(scope="module")
def submitted():
    """What the cities submitted, read without evalkit: index (region, year), one column a variable."""
    files = sorted((SHIPPED / "zhejiang-plan-demo").glob("*.csv"))
    found = pd.concat([pd.read_csv(file, dtype={"region": str}) for file in files if file.stem != "units"])
    found = found[found.region.isin(demonstration().regions.index)]
    return found.pivot(index=["region", "year"], columns="variable", values="value")


@pytest.mark.parametrize("name", NAMES)
def test_a_round_without_an_assessment_has_no_such_table(round_report, name):
    assert getattr(targets, name)(round_report()) is None


@pytest.mark.parametrize(("year", "language"), [(2012, "en"), (2008, "zh")])
@pytest.mark.parametrize("name", NAMES)
def test_tables_have_no_blank_cell(name, year, language):
    table = getattr(targets, name)(demo(year, language))
    assert len(table) > 0
    assert not (table.isna() | (table == "")).any(axis=None)


@pytest.mark.parametrize(("name", "variable"), [("村级", "village_clubs"), ("青少年", "youth_clubs")])
def test_a_total_is_the_sum_over_all_cities_or_nothing(submitted, name, variable):
    table = targets.totals(demo()).set_index("年份")
    own = table[table["省级目标（单位）"].str.contains(f"{name}体育俱乐部")]["累计完成"]
    whole = submitted[variable].unstack("year").loc[:, 2008:].sum(min_count=11)
    assert [own[year] for year in whole.index] == ["…" if pd.isna(n) else Decimal(int(n)) for n in whole]


def test_an_annual_quota_is_asked_again_every_year():
    table = targets.totals(demo())
    own = table[table["目标类型"] == "年度数量"]
    assert own["当年应达"].tolist() == [1000] * 5
    assert own["累计应达"].tolist() == [1000, 2000, 3000, 4000, 5000]


def test_parts_add_up_to_the_total_and_none_is_a_whole_one_off_its_share():
    table = targets.parts(demo())
    for place, total in ((1, 1000), (3, 1000), (5, 500)):
        base, parts = (table.iloc[:, place + side] for side in (0, 1))
        sizes = base.str.replace(",", "").astype(float)
        assert parts[:-1].sum() == parts.iloc[-1] == total
        assert ((total * sizes[:-1] / sizes[:-1].sum() - parts[:-1].astype(float)).abs() < 1).all()


def test_what_several_totals_are_split_by_is_shown_once(monkeypatch):
    whole = targets.parts(demo())
    same = made._base(demo(), next(iter(demo().study.assessed.cities.parts)))
    monkeypatch.setattr(made, "_base", lambda report, code: same)
    assert list(targets.parts(demo())) == list(whole.columns[[0, 1, 2, 4, 6]])


def test_every_verdict_is_counted_in_one_project():
    table = targets.projects(demo())
    assert (table[LAMPS].sum(axis=1) == 11 * table["目标数"]).all()
    assert table[LAMPS].iloc[:-1].sum().tolist() == table[LAMPS].iloc[-1].tolist()


def test_the_weakest_have_the_lowest_mean_first_and_name_whoever_is_behind():
    table = targets.weakest(demo())
    means = table["平均完成度（%）"].tolist()
    assert (len(means), means) == (targets.SHOWN, sorted(means))
    assert [len(cities.split("、")) for cities in table.iloc[:, -1]] == table["▼ 未完成"].tolist()


def test_a_target_that_is_split_is_flagged():
    assert demo().target_name("P05-08") == "累计建设的村级体育俱乐部数（各市数为推算分解）"
    assert demo().target_name("P05-01") == demo().node("P05-01")


def test_departments_lead_every_target_once_and_the_most_behind_stand_first():
    table, report = targets.departments(demo()), demo()
    assert table["牵头市级目标数"].sum() == targets.projects(report)["目标数"].iloc[-1]
    shares = [float(share) for share in table["未完成占比（%）"] if share != "—"]
    assert shares == sorted(shares, reverse=True)
    row = table[table["部门"] == "省文化厅"].iloc[0]
    lit = row[LAMPS[:3]].sum()
    assert float(row["未完成占比（%）"]) == pytest.approx(100 * row["▼ 未完成"] / lit, abs=0.0501)


def test_departments_are_compared_over_the_targets_that_both_years_know():
    report, unequal = demo(), 0
    changes = targets.departments(report).set_index("部门")["比上年（两年都有数据的）"]
    duties = demonstration().assessed.duties.query("role == 'lead'")
    for department, led in duties[duties.indicator.isin(city_targets(report))].groupby("department").indicator:
        cells = demonstration().assessed.cities.completion[list(led)].unstack("region").T[[2011, 2012]]
        unequal += bool((cells.isna().sum(axis=1) == 1).any())
        mean = (cells[2012] - cells[2011]).mean()
        assert changes[report.named_department(department)] == signed(mean, 1)
    assert unequal


def test_a_department_has_the_name_that_it_bore():
    assert "省劳动保障厅" in set(targets.departments(demo(2008))["部门"])
    assert "省人力社保厅" in set(targets.departments(demo(2012))["部门"])


def test_who_is_behind_is_never_printed_as_full():
    completion, lamps = pd.Series({"330100": 99.97, "330200": 40.0}), pd.Series("behind", index=["330100", "330200"])
    assert targets._behind(demo(), lamps, completion) == ["宁波市（40.0）", "杭州市（不足 100）"]
