import pytest

from evalkit.readings.equality import Equality
from evalkit.reporting.chapters import inequality
from evalkit.reporting.report import RoundReport


@pytest.fixture(scope="module", params=["zh", "en"])
def report(request, study, result):
    return RoundReport(study, result, 2012, request.param)


@pytest.fixture(scope="module")
def base(study, result):
    return RoundReport(study, result, 2008, "en")


ALL = ("inequality", "changes", "groups", "contributions", "dimensions", "projects")


def test_the_cities_are_said_to_be_no_sample(report):
    text = inequality.sentences.inequality(report).data
    assert "11" in text
    assert "1000" in text
    assert report.node("P03-primary") in text


def test_what_rose_every_year_and_what_is_firm(report):
    lines = inequality.sentences.changes(report).data.split("\n")
    assert report.node("P03-primary") in lines[1]
    assert report.node("F-spending") in lines[2]
    assert lines[3].count(report.node("P03-primary")) == 1
    assert report.node("P04-physicians") not in lines[3]
    assert report.word("none") in lines[4]


def test_the_cities_on_which_a_direction_hangs_are_named(report):
    line = inequality.sentences.changes(report).data.split("\n")[6]
    assert report.word("hangs_on", name=report.node("P03-secondary"), cities=report.region("330300")) in line
    assert report.node("P03-primary") not in line


def test_the_index_is_read_by_its_deviation(report):
    assert "15.19" in inequality.sentences.changes(report).data
    assert "20.17" in inequality.sentences.changes(report).data


def test_the_deviations_of_the_index_are_of_the_cities_that_have_both_years(report, monkeypatch):
    find = Equality.inequality
    asked = []
    monkeypatch.setattr(Equality, "inequality", lambda *of, **more: asked.append((of[1], more)) or find(*of, **more))
    inequality.sentences.changes(report)
    assert [more for code, more in asked if code == "index"] == [
        {"alike": tuple(range(2008, 2013))},
        {"alike": (2008, 2012)},
    ]


def test_the_groups_are_said_to_differ_less_than_the_cities_within(report):
    text = inequality.sentences.groups(report).data
    assert report.node("F-revenue") in text
    assert "71" in text


def test_the_largest_part_of_each_service_is_named(report):
    text = inequality.sentences.contributions(report).data
    assert report.word("largest_part", name=report.node("P04-beds"), city=report.region("330100"), part="+72.5") in text


def test_projects_without_data_are_counted(report):
    text = inequality.sentences.projects(report).data
    assert [number in text for number in ("10", "2", "5", "3")] == [True] * 4


@pytest.mark.parametrize("name", ALL)
def test_the_base_year_has_its_sentences(base, name):
    assert "2012" not in getattr(inequality.sentences, name)(base).data
    assert "{" not in getattr(inequality.sentences, name)(base).data


def test_what_does_not_hold_is_said(report, monkeypatch):
    for reading in ("split", "dimensions"):
        monkeypatch.setattr(Equality, reading, lambda *_: None)
    assert inequality.sentences.groups(report).data == ""
    assert inequality.sentences.dimensions(report).data == ""


def test_what_a_missing_figure_leaves_out_is_named(round_report, monkeypatch):
    report = round_report(services=("P04-beds",), draws=200)
    assert "1 项服务中，组间比重不到一半" in inequality.sentences.groups(report).data
    assert "未列入" not in inequality.sentences.groups(report).data + inequality.sentences.changes(report).data
    for reading in ("split", "change"):
        monkeypatch.setattr(Equality, reading, none_of("P04-beds", getattr(Equality, reading)))
    assert "项服务中" not in inequality.sentences.groups(report).data
    for about, years in ((inequality.sentences.groups, "2012"), (inequality.sentences.changes, "2008、2012")):
        assert f"数据不足、未列入的：每千常住人口医院、卫生院床位数。{years} 年须" in about(report).data


def none_of(lacking, reading):
    """The same reading, but of one node none."""
    return lambda self, code, year: None if code == lacking else reading(self, code, year)
