import nbformat
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from evalkit.runs.sentences import changed_sentences


def left(folder, **reports):
    """Leaves reports of these words in a run's folder; gives what its manifest says of them."""
    for name, words in reports.items():
        path = folder / "cities" / name / "report.ipynb"
        path.parent.mkdir(parents=True)
        cells = [new_markdown_cell(text, id=f"c{place}") for place, text in enumerate(["# 报告", *words])]
        nbformat.write(new_notebook(cells=cells), path)
    return {f"cities/{name}/report.ipynb": repr(words) for name, words in reports.items()}


def changes(tmp_path, before, after):
    runs = (tmp_path / "a", tmp_path / "b")
    return [*changed_sentences(runs, (left(runs[0], **before), left(runs[1], **after)))]


def test_a_sentence_is_told_with_its_chapter_and_those_around_it_are_not(tmp_path):
    before = ["## 结论", "甲市得 90 分。位列第 1。", "## 目标", "- 已达到 3 项。\n- 未达到 1 项。"]
    after = ["## 结论", "甲市得 90 分。位列第 2。", "## 目标", "- 已达到 3 项。\n- 未达到 2 项。"]
    assert changes(tmp_path, {"01": before}, {"01": after}) == [
        ("cities/01", "一、结论", "位列第 1。", "位列第 2。"),
        ("cities/01", "二、目标", "未达到 1 项。", "未达到 2 项。"),
    ]


@pytest.mark.parametrize("turned", [False, True], ids=["left out", "added"])
def test_a_sentence_that_one_run_alone_has_moves_no_other(tmp_path, turned):
    longer, shorter = ["## One", "First. Second. Third."], ["## One", "First. Third."]
    before, after = (shorter, longer) if turned else (longer, shorter)
    said = ("", "Second.") if turned else ("Second.", "")
    assert changes(tmp_path, {"01": before}, {"01": after}) == [("cities/01", "一、One", *said)]


def test_a_report_that_one_run_alone_has_is_told_once(tmp_path):
    words = ["## 结论", "甲。乙。"]
    assert changes(tmp_path, {"01": words, "02": words}, {"02": words, "03": words}) == [
        ("cities/01", "", "a report", ""),
        ("cities/03", "", "", "a report"),
    ]
