from evalkit.reporting.chapters.province_targets import brief, tables, verdicts
from tests.reporting.assessed import demo


def test_the_province_s_own_targets_stand_with_what_was_asked_and_done():
    table = brief.totals(demo()).printed.set_index("省级目标（单位）")
    assert table.loc["年度补助建设的村文化活动室数（个）", ["应达", "实际"]].tolist() == [1000, 950]
    assert table.loc["累计建设的省级青少年体育俱乐部数（个）", ["应达", "实际"]].tolist() == [500, 488]
    assert len(table) == 5


def test_the_weakest_are_the_first_of_the_whole_table_with_three_cities_each():
    shown, whole = brief.weakest(demo()).printed, tables.weakest(demo()).printed
    assert shown["指标"].tolist() == whole["指标"].tolist()[: brief.SHOWN]
    assert all(len(cell.split("、")) <= brief.CITIES for cell in shown.iloc[:, -1])
    assert shown.iloc[0, -1].startswith("嘉兴市（48.9）")


def test_short_tables_have_few_columns_and_some_of_the_rows():
    pairs = {"projects": tables, "departments": tables, "documented": verdicts, "lost": verdicts}
    for name, module in pairs.items():
        shown, whole = getattr(brief, name)(demo()), getattr(module, name)(demo())
        assert len(shown.columns) <= 7, name
        assert len(shown) <= len(whole), name


def test_a_round_without_an_assessment_has_no_short_table(round_report):
    for name in ("totals", "documented", "projects", "weakest", "lost", "departments"):
        assert getattr(brief, name)(round_report()) is None
