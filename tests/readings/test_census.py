"""Censuses of a small study: before the round, in it and after it, of all regions or of some."""

import pytest

from evalkit import load_study
from evalkit.base.errors import EvalkitError
from evalkit.readings.census import Census
from evalkit.readings.counties import Counties
from evalkit.reporting.chapters import census, indicators
from evalkit.reporting.city import CityReport
from evalkit.reporting.report import RoundReport
from evalkit.runs.request import check_study
from tests.mutations.edit import FIGURES, METADATA, Edit
from tests.mutations.project import Small

OF_A_CITY = (
    indicators.tables.terms, indicators.tables.shortfalls,
    census.tables.counties, census.tables.county_spread, census.tables.county_gaps, census.tables.county_change,
    census.sentences.counties, census.sentences.county_gaps, census.sentences.county_change,
)  # fmt: skip
OF_A_ROUND = (
    census.county_equality.spreads, census.county_equality.county_ceilings, census.county_equality.county_progress,
    census.county_equality.furthest, census.sentences.county_equality,
)  # fmt: skip


@pytest.fixture
def small(tmp_path):
    def load(*years, change=lambda edit: None, **options):
        edit = Edit(Small.make(tmp_path / str(len(list(tmp_path.iterdir())))))
        edit.census(*years, **options)
        change(edit)
        return load_study("small", root=edit.small.root)

    return load


def of_the_city(study, code="0100", year=2012):
    return CityReport(study, study.evaluate(), code, year, "zh")


def test_a_census_outside_the_round_is_read_beside_it(small):
    study = small(2010, 2020)
    panel = Census(study).beside(study.panel())
    assert sorted(panel.values.bath.dropna().index.unique("year")) == [2010, 2020]
    assert panel.values.bath["0100", 2020] == 10
    assert panel.values.share["0100", 2012] == study.panel().values.share["0100", 2012]


def test_an_earlier_census_stands_with_its_own_year(small):
    standing = of_the_city(small(2005, 2020)).standings.loc["bath"]
    assert (standing.value, standing.as_of, standing["rank"]) == (10, 2005, 3)


def test_people_are_counted_in_persons_and_a_county_without_them_is_left_out(small):
    study = small(2012, change=in_thousands)
    people = Counties(study, 2012).people(study.system.node("bath"))
    assert people["0101", 2012] == 101_000
    assert people.index.tolist() == [("0101", 2012)]


def in_thousands(edit):
    """The census counts people in thousands, and none in the second county."""
    edit.yaml(METADATA, lambda data: data["variables"]["census-people"].update(scale=1000))
    edit.small.edit(FIGURES, "people,0102,2012,102.0,value", "people,0102,2012,,missing")


def test_an_indicator_that_lacks_one_of_the_censuses_is_not_compared(small):
    study = small(2010, 2020, regions=("0101", "0102"))
    assert [i.code for i in Counties(study, 2012).compared] == ["bath"]
    assert Counties(small(2010, 2020, regions=("0100", "0200")), 2012).indicators == ()


def test_a_figure_that_no_census_may_have_is_told_before_anything_is_made(small):
    study = small(2010, 2020, change=lambda edit: edit.indicator("baths", variable="bath", valid=[0, 10.15]))
    with pytest.raises(EvalkitError) as told:
        check_study(study)
    assert "(baths) of 0102 in 2020: found 10.2; expected 0 to 10.15" in str(told.value)


@pytest.mark.parametrize("years", [(2010, 2020), (2005,), (2012,), (2020,)])
@pytest.mark.parametrize("regions", [("0101", "0102", "0100"), ("0101",), ("0100", "0200", "0300"), ()])
def test_whichever_census_there_is_the_reports_are_made(small, years, regions):
    study = small(*years, regions=regions)
    study.check()
    reports = [of_the_city(study, code) for code in ("0100", "0200")]
    whole = RoundReport(study, study.evaluate(), 2012, "en")
    said = [make(report) for report in reports for make in OF_A_CITY] + [make(whole) for make in OF_A_ROUND]
    assert "{" not in "".join(str(getattr(each, "rows", getattr(each, "data", ""))) for each in said)
