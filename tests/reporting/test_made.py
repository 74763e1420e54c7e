from dataclasses import replace
from inspect import signature, unwrap

import pytest

from evalkit.base.errors import ParamsError
from evalkit.reporting import chapters
from evalkit.reporting.city import CityReport
from evalkit.reporting.made import made, report_table, round_table
from evalkit.reporting.report import RoundReport
from tests.conftest import anew
from tests.tabular.tables import column
from tests.tabular.tables import table as table_of

QUZHOU, HANGZHOU = "330800", "330100"
NOBODY_ELSE_S = "330700"  # of which no other test makes a table, so that on the shared study only these are kept
OF = {name: made for name, made in vars(chapters).items() if name.startswith("OF_")}


@pytest.fixture
def report(study, result):
    return anew(CityReport(study, result, QUZHOU, 2012, "zh"))


@pytest.fixture
def counted():
    """A table of one report, a table of the round, and the reports for which they were made."""
    calls = []

    def make(report):
        calls.append(report.code)
        return report.table([{"city": report.code}])

    make.__module__, make.__name__ = chapters.position.tables.__name__, "ranking"  # what it is called by its title
    return report_table(make), round_table(make), calls


def test_a_table_is_called_by_the_word_of_its_chapter_and_function(report, counted):
    assert [counted[0](one).title for one in (report, replace(report, language="en"))] == ["各市位次", "Ranking"]


def test_a_table_is_made_once_for_each_report_of_the_same(report, counted):
    table, _, calls = counted
    again = CityReport(report.study, report.result, QUZHOU, 2012, "zh")
    assert table(report) is table(again)
    assert calls == [QUZHOU]
    for other in (replace(report, city=HANGZHOU), replace(report, year=2011), replace(report, language="en")):
        table(other)
    assert calls == [QUZHOU, HANGZHOU, QUZHOU, QUZHOU]


def test_a_table_of_the_round_is_made_once_for_all_its_reports(report, counted):
    _, table, calls = counted
    for each in (report, replace(report, city=HANGZHOU), RoundReport(report.study, report.result, 2012, "zh")):
        assert table(each).rows == ((QUZHOU,),)
    table(replace(report, language="en"))
    assert calls == [QUZHOU, QUZHOU]


def test_what_a_reader_writes_into_the_data_of_a_table_stays_with_the_reader(report, counted):
    table, _, _ = counted
    data = table(report).data
    data.iloc[0, 0] = "甲"
    assert table(report).data.iloc[0, 0] == QUZHOU


def test_a_table_of_another_evaluation_is_its_own(report, counted):
    table, _, calls = counted
    what_if = replace(report, result=report.study.uncapped)
    table(report)
    table(what_if)
    assert calls == [QUZHOU, QUZHOU]


def test_a_table_that_a_study_does_not_have_is_none_every_time(report):
    table = report_table(lambda report: None)
    assert (table(report), table(report)) == (None, None)


def test_a_table_whose_columns_cannot_be_told_apart_is_refused(report):
    table = report_table(lambda report: table_of(甲=[1]).with_column(column("另", "甲"), [2]))
    with pytest.raises(ParamsError, match="found '甲' twice; expected another name for each column"):
        table(report)


@pytest.mark.parametrize("of", OF)
def test_a_table_takes_the_report_for_which_it_is_kept(of):
    own = f"{of.removeprefix('OF_A_').title()}Report" if of.startswith("OF_A_") else None
    taken = {name: next(iter(signature(unwrap(f)).parameters.values())).annotation for name, f in OF[of].items()}
    kinds = {own, "RegionReport"} if own else {"Report", "RoundReport"}
    assert {name: kind for name, kind in taken.items() if kind not in kinds} == {}


def test_every_table_of_a_city_is_kept_with_its_city(study, result):
    report = CityReport(study, result, NOBODY_ELSE_S, 2012, "zh")
    for table in chapters.joined("OF_A_CITY").values():
        table(report)
    key_of_a_city = (2012, "zh", "CityReport", NOBODY_ELSE_S)
    kept = {key[0].rpartition(".")[2] for key in made(study) if key[1:] == key_of_a_city}
    assert kept == {unwrap(table).__name__ for table in chapters.joined("OF_A_CITY").values()}
