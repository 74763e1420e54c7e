"""A sentence that names a chapter goes with it: every chapter is left out in turn."""

import json
import re
from copy import copy
from dataclasses import replace
from itertools import product
from operator import attrgetter

import pytest

from evalkit.reporting import chapters as contents
from evalkit.reporting.report import RoundReport
from evalkit.runs.chapters import chapter_of_each
from tests.conftest import DEMO, ROOT, STUDY, shipped
from tests.reporting.cities import assessed_report, unrated
from tests.reporting.departments import department_report

SAID = re.compile(r"chapters\.(\w+\.sentences\.\w+)\(report\)")
TITLE = re.compile(r"^## (?:<.*>)?(.+) · (.+)$", re.MULTILINE)


def whole(language, name=DEMO):
    return RoundReport(shipped(name), shipped(name).evaluate(), 2012, language)


REPORTS = {
    "city_report": lambda language: (assessed_report(language=language), replace(unrated(), language=language)),
    "department_report": lambda language: (department_report(language=language),),
    **dict.fromkeys(
        ("province_report", "index_system", "robustness", "data_quality", "consequences", "supervision_plan"),
        lambda language: (whole(language), whole(language, STUDY)),
    ),
}


def without(report, notebook, chapter):
    """The same report of a study, with all that hangs on it, that leaves a chapter out."""
    study = copy(report.study)
    round_ = study.round.model_copy(update={"leave_out": {notebook: (chapter,)}})
    object.__setattr__(study, "round", round_)
    return replace(report, study=study)


def told(notebook):
    """The titles of the chapters, and the sentences of the notebook with the chapter in which each stands."""
    cells = json.loads((ROOT / f"notebooks/{notebook}.ipynb").read_text("utf-8"))["cells"]
    placed = [(chapter, "".join(cell["source"])) for cell, chapter in zip(cells, chapter_of_each(cells), strict=True)]
    titles = {chapter: TITLE.search(source).groups() for chapter, source in placed if TITLE.search(source)}
    return titles, {name: chapter for chapter, source in placed for name in SAID.findall(source)}


def names(text, titles):
    """Whether a text refers to a chapter; a part of the points may bear the same name."""
    zh, en = map(re.escape, titles)
    return re.search(f'见[^，。；]*“{zh}”|“{zh}”(一节|一章|部分)|(see|under|in) [“"]{en}[”"]', text)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("notebook", REPORTS)
def test_no_sentence_names_a_chapter_that_is_left_out(notebook, language):
    titles, functions = told(notebook)
    for report in REPORTS[notebook](language):
        texts = {name: attrgetter(name)(contents)(report).data for name in functions}
        for chapter, name in product(titles, functions):
            if chapter == functions[name] or not names(texts[name], titles[chapter]):
                continue
            left = attrgetter(name)(contents)(without(report, notebook, chapter)).data
            assert not names(left, titles[chapter])


def test_there_are_sentences_that_name_another_chapter():
    assert "见附表[“位次”](#ranking)一节" in contents.province.sentences.summary(whole("zh", STUDY)).data
    shown = contents.province_grades.sentences.grades(whole("zh")).data
    assert "总指数见附表[“位次”](#ranking)一节。规则及其性质见附表[“考核规则”](#rules)一节。" in shown
    assert "所缺的数据见“待核数据”一节。" in contents.grade.sentences.improvements(unrated()).data
    assert "各目标的性质见“所负目标”一节的表。" in contents.department.sentences.lamps(department_report()).data
