from evalkit.reporting.sheets import front_lines, sheet_labels, sheet_notes
from tests.reporting.assessed import demo


def test_the_labels_are_in_the_language_of_the_report():
    assert sheet_labels("zh").heads == ("表", "行数", "栏目")
    assert (sheet_labels("en").contents, sheet_labels("en").back) == ("Contents", "Back to contents")


def test_the_first_sheet_tells_made_up_data_and_the_years_and_language_of_the_report(round_report):
    assert front_lines(round_report(2010, "en"))[-2:] == ("Years of the data: 2008–2010", "Language: English")
    assert front_lines(round_report())[-2:] == ("数据年份：2008—2012", "语言：中文")


def test_a_note_names_a_few_publications_and_of_many_the_dataset(round_report):
    report = round_report()
    assert sheet_notes(report, ["甲", "乙"], where=None) == ("本报告数据来源：甲、乙。",)
    (many,) = sheet_notes(report, list("甲乙丙丁戊己庚"), where="数据来源")
    title = report.study.dataset.metadata.title.zh
    assert many == f"本报告数据来源：{title}，出自 7 种资料。逐项出处见“数据来源”表。"


def test_without_publications_there_is_no_note_and_made_up_data_have_theirs(round_report, monkeypatch):
    assert sheet_notes(round_report(), [], where=None) == ()
    monkeypatch.setattr(type(demo()), "mark", "演示数据")
    assert sheet_notes(round_report(), [], where=None) == ("注：演示数据。",)
