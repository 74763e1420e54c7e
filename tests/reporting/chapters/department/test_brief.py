import pytest

from evalkit.reporting.chapters.department import brief
from tests.reporting.assessed import blank_or_chinese
from tests.reporting.departments import cells, department_report, plan_study, without_data

TABLES = (brief.leading, brief.heat, brief.pressed, brief.wanted, brief.due)


def led_lamps(report):
    """The lamps of the cities on the targets that the department leads, by target."""
    lamps = cells(report, "lamps")
    return {code: [lamp for (_, own), lamp in lamps.items() if own == code] for code in report.first}


def test_the_targets_that_a_document_gives_come_first_with_the_result_of_the_province():
    report = department_report()
    found = brief.leading(report).data
    assert found.target_status.tolist()[:4] == ["文件确认"] * 4
    assert "文件确认" not in found.target_status.tolist()[4:]
    assert found.whole_value[0] == plan_study().assessed.province.values.loc[("zhejiang", 2012), "P05-04"]
    assert brief.leading(report).printed["全省结果"].tolist() == ["▼ 未完成", *["—"] * 6]
    assert found.cities_short.tolist() == [own.count("behind") for own in led_lamps(report).values()]


def test_before_the_last_year_what_is_not_met_is_behind():
    lamps = brief.leading(department_report(year=2011)).printed["全省结果"].tolist()
    assert lamps.count("▼ 滞后") == 1
    assert "▼ 未完成" not in lamps


def test_the_worst_target_stands_on_top_and_the_worst_city_on_the_left():
    report = department_report()
    made = brief.heat(report)
    behind = dict.fromkeys(report.study.regions.index, 0)
    for (city, code), lamp in cells(report, "lamps").items():
        behind[city] += lamp == "behind" and code in report.first
    counts = [behind[code] for code in made.codes[1:]]
    assert counts == sorted(behind.values(), reverse=True)
    by_target = [sum(str(cell).startswith("▼") for cell in row) for row in made.rows]
    assert by_target == sorted((own.count("behind") for own in led_lamps(report).values()), reverse=True)


def test_what_falls_short_is_never_rounded_up_to_what_is_met():
    tables = [brief.heat(department_report(department)) for department in ("labour", "education")]
    shown = {str(cell) for made in tables for row in made.rows for cell in row}
    assert [cell for cell in shown if cell.startswith("▼ 99.")]
    assert not [cell for cell in shown if cell.startswith("▼ 100")]


def test_the_effect_of_a_city_is_what_the_mean_would_be_without_it():
    report = department_report()
    shares = {key: x for key, x in cells(report, "completion").items() if key[1] in report.first and x == x}
    without = [x for (city, _), x in shares.items() if city != "330400"]
    effect = sum(shares.values()) / len(shares) - sum(without) / len(without)
    row = brief.pressed(report).data.iloc[0]
    assert row.city == "嘉兴市"
    assert row.effect_on_lead_mean == pytest.approx(effect)
    own = [lamp for (city, code), lamp in cells(report, "lamps").items() if city == "330400" and code in report.first]
    assert row.targets_short == own.count("behind")


def test_figures_that_are_wanted_name_whom_to_ask():
    found = brief.wanted(department_report()).data
    assert found.cities_named.tolist() == ["台州市", "舟山市", "宁波市", "湖州市"]
    assert found.state.tolist() == ["… 缺失"] * 4


def test_items_are_counted_by_their_deadline_the_nearest_first():
    items = plan_study().consequences.rectification.closing(2012).query("lead == 'culture'")
    found = brief.due(department_report()).data
    assert found.deadline.is_monotonic_increasing
    assert found.items_n.sum() == len(items)
    assert f"{found.deadline[0]:%Y-%m-%d}" == items.deadline.min()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__)
def test_tables_are_made_without_data_and_in_english(table):
    assert table(without_data("environment")) is not None
    assert blank_or_chinese(table(department_report(language="en")).printed, "en") == []


def test_a_cell_of_the_heat_table_is_rounded_as_the_completion_is_elsewhere():
    for code in ("culture", "education", "labour"):
        report = department_report(code)
        completion = report.of_the_year(report.achieved.completion)
        table = brief.heat(report).printed.set_index("指标")
        for city in report.study.regions.index:
            for indicator in brief.by_city(report):
                cell = table.at[report.target_name(indicator), report.region(city)]
                if cell.startswith("▼ "):
                    assert cell == f"▼ {completion.loc[city, indicator]:.1f}"


def test_the_pace_of_a_target_is_the_median_of_the_cities_behind():
    report = department_report("civil-affairs")
    values = report.study.assessed.cities.values["P06-01"].unstack("year")
    short = values[values[2012] < 3]
    needed = sorted((3 - short[2012]) / (short[2012] - short[2011]).where(lambda moved: moved > 0, 0))
    assert brief.years_of_cities(report, "P06-01") == pytest.approx(needed[len(needed) // 2])
    row = brief.leading(report).printed.set_index("指标").loc["每百名老年人社会养老床位数"]
    assert row["未达到的市还需（中位数）"] == f"{needed[len(needed) // 2]:.1f} 年"
    assert brief.years_of_cities(department_report("civil-affairs", 2008), "P06-01") is None
