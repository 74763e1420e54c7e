import pytest

from evalkit.reporting import RoundReport
from evalkit.reporting.narrative import province


@pytest.fixture
def said(study, result):
    return lambda year=2012, language="zh": province.summary(RoundReport(study, result, year, language)).data


def test_the_ends_of_the_ranking_are_named(said):
    assert "居前三位的是舟山市、杭州市、丽水市，居后三位的是嘉兴市、金华市、台州市" in said()


def test_no_change_of_inequality_is_shown_where_every_interval_holds_nothing(said, study, result):
    report = RoundReport(study, result, 2012, "en")
    changes = [report.equality.change(i.code, 2012).change for i in report.findings.services]
    shown = sum(not change.low <= 0 <= change.high for change in changes)
    rose = sum(change.value > 0 for change in changes)
    text = said(language="en")
    assert f"rose for {rose} and fell for {len(changes) - rose} of {len(changes)}" in text
    assert f"for {shown} of them the 90 % interval of the change excludes 0 (n = 11 cities)" in text


def test_convergence_is_counted_from_the_intervals(said, study, result):
    read = RoundReport(study, result, 2012, "zh").findings.convergences.values()
    closer = sum(found.beta.interval[1] < 0 for found in read)
    assert f"趋同的 {closer} 个、趋异的 0 个（n=11）" in said()


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
