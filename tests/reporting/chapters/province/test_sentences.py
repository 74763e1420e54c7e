from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from evalkit.reporting.chapters import province
from evalkit.reporting.report import RoundReport
from tests.conftest import DEMO, shipped
from tests.mutations.edit import FIGURES
from tests.reporting.assessed import demo


@pytest.fixture
def said(study, result):
    return lambda year=2012, language="zh": province.sentences.summary(RoundReport(study, result, year, language)).data


def summary(report):
    return province.sentences.summary(report).data


def test_the_ends_of_the_ranking_are_named(said):
    assert "居前三位的是舟山市、杭州市、丽水市，居后三位的是嘉兴市、金华市、台州市" in said()


def test_no_change_of_inequality_is_shown_where_every_interval_holds_nothing(said, study, result):
    report = RoundReport(study, result, 2012, "en")
    changes = [report.equality.change(i.code, 2012).change for i in report.readings.services]
    shown = sum(not change.low <= 0 <= change.high for change in changes)
    rose = sum(change.value > 0 for change in changes)
    text = said(language="en")
    names = {i.code: report.node(i.code) for i in report.readings.services}
    wider = "; ".join(name for name, change in zip(names.values(), changes, strict=True) if change.value > 0)
    assert f": {rose}, fell: {len(changes) - rose}, of {len(changes)}; it rose for: {wider}. The" in text
    assert f"The 90 % interval of the change excludes 0 for {shown} of them (n = 11)" in text
    assert f"about {len(changes) / 10:.1f} would by the nominal level" in text


def test_convergence_is_counted_by_the_dispersion_and_not_by_the_slope(study, result):
    report = RoundReport(replace(study), result, 2012, "zh")
    assert "缩小（倍数的 90% 区间低于 1）的 0 个、扩大的 0 个（n=11）；即使都没有变化，平均也会有约 0.9 个" in summary(
        report
    )
    found = report.readings.convergences(report.year)
    code, reading = next((code, reading) for code, reading in found.items() if reading)
    slope = replace(reading.beta, interval=(-0.2, -0.1))
    found[code] = replace(reading, beta=slope)
    assert "低于 1）的 0 个" in summary(report)
    found[code] = replace(reading, change=replace(reading.change, interval=(0.7, 0.9)))
    assert "低于 1）的 1 个、扩大的 0 个" in summary(report)


@pytest.mark.parametrize(("noise", "open_"), [(0, 0), (1e6, 10)])
def test_neighbours_are_counted_by_what_the_draws_tell_apart(study, result, noise, open_):
    report = RoundReport(study, result, 2012, "zh")
    base = np.arange(11.0)
    scores = base + noise * np.random.default_rng(1).standard_normal((200, 11))
    report.__dict__["draws"] = replace(report.draws, scores=scores, base=base, decimals=np.full(200, 2))
    assert f"位次相邻的 10 对城市中，{open_} 对分不出先后" in summary(report)


def test_a_round_without_draws_says_nothing_of_neighbours(study, result):
    bare = replace(study, round=study.round.model_copy(update={"uncertainty": None}))
    assert "分不出先后" not in summary(RoundReport(bare, result, 2012, "zh"))


@pytest.mark.parametrize(
    ("language", "told"),
    [("zh", "分不出以下各组城市：温州市、嘉兴市。"), ("en", "apart: Wenzhou, Jiaxing.")],
)
def test_cities_that_two_decimals_do_not_tell_apart_are_named_in_the_year_in_which_there_are_some(said, language, told):
    assert told in said(year=2011, language=language)
    assert told not in said(year=2012, language=language)


def test_the_first_year_holds_nothing_against_an_earlier_one(said):
    assert "市际基尼系数" not in said(year=2008)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_nothing_here_can_say_stands_last(said, language):
    last = said(language=language).splitlines()[-1]
    assert "4" in last
    assert ("不评定等次" in last) or ("awards no grade" in last)


def test_who_has_no_rank_is_named_in_the_summary(small):
    text = province.sentences.summary(small(lambda edit: edit.study(alternatives=[]), whole=True)).data
    assert "没有位次的" not in text
    blank = small(allowing_gaps, lambda edit: edit.without("uncertainty"), short_of_doctors, whole=True)
    assert "2012 年不予计分、没有位次的：甲市。" in province.sentences.summary(blank).data


def allowing_gaps(edit):
    edit.study(composition={"missing": 1})


def short_of_doctors(edit):
    edit.lines(FIGURES, lambda line: not line.startswith("doctors,0100,2012"))
    edit.figures("doctors", {("0100", 2012): None})


def test_all_whom_the_method_moves_most_are_named(round_report, monkeypatch):
    report = replace(round_report())
    widest = round_report().rank_range.assign(best=3, worst=3)
    widest.loc[["330100", "330300"], "best"] = 1
    monkeypatch.setattr(type(report), "rank_range", widest)
    assert "位次变动最大的是杭州市（第 1—3 位）、温州市（第 1—3 位）。" in province.sentences.summary(report).data


def test_the_headline_is_text_without_marks(round_report):
    [line] = province.sentences.headline(round_report())
    assert line.startswith("位次：2012 年公共统计服务指数")
    decided, met = province.sentences.headline(demo())
    assert decided.startswith("考核结果：2012 年对 11 个市进行考核，优秀 3 个")
    assert "占 41.0%；" in met


def test_whose_rank_changed_since_the_year_before_is_told(said):
    assert "位次上升：无；下降：嘉兴市（8→9）。" in said()
    assert "年相比**：位次" not in said(year=2008)


def test_the_index_is_called_another_reading_where_grades_are_given(round_report):
    assessed = RoundReport(shipped(DEMO), shipped(DEMO).evaluate(), 2012, "zh")
    assert "与考核得分分别评价" in province.sentences.cities(assessed).data
    assert province.sentences.cities(round_report()).data == ""


def test_differences_are_explained_where_any_has_changed(round_report):
    assert "2008 年与 2012 年相比" in province.sentences.moved_apart(round_report()).data
    assert province.sentences.moved_apart(round_report(year=2008)).data == ""


def test_projects_in_which_cities_came_closer_are_told_apart_from_those_in_which_they_moved_apart(monkeypatch):
    assert "缩小" not in summary(demo())
    monkeypatch.setattr(province.assessed, "deviations", lambda report: pd.Series({"P01": -1.0}))
    assert "缩小 1 项：就业促进工程（-1.00）。" in summary(demo())
    assert "扩大" not in summary(demo())


def test_what_the_province_missed_and_what_is_not_known_is_told_where_there_is_any(monkeypatch):
    assert "因数据不全无法判定：新增财力用于社会事业和民生改善的比例。" in summary(demo(2009))
    assert "因数据不全" not in summary(demo())
    assert "未完成：年度补助建设的村文化活动室数" in summary(demo())
    met = [demo().system.node("P05-08")]
    monkeypatch.setattr(province.assessed, "province_targets", lambda report: met)
    assert "对全省提出的目标 1 项，完成 1 项。" in summary(demo())
    assert "未完成：" not in summary(demo())
    monkeypatch.setattr(province.assessed, "province_targets", lambda report: [])
    assert "省级目标" not in summary(demo())


def test_none_that_fell_is_not_counted_as_nought(monkeypatch):
    assert "完成 56 项次，完成度没有比上年下降的。" in province.sentences.summary(demo()).data
    own = province.assessed.completion_of
    monkeypatch.setattr(province.assessed, "completion_of", lambda report, year: own(report, year) + 2012 - year)
    assert "项次，完成度比上年下降" in province.sentences.summary(demo()).data
