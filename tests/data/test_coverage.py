import pandas as pd
import pytest

from evalkit.data.coverage import held_against
from tests.data.conftest import METADATA, PEOPLE


def test_a_declared_figure_without_a_row_is_refused(tables):
    tables.edit("people.csv", "people,330200,2011,50,value,book\n", "")
    assert "people of 330200 in 2011: found no row; expected a row; a blank value with a state will do" in (
        tables.refused()
    )


def test_what_is_absent_is_told_in_the_order_of_the_metadata(tables):
    tables.write("people.csv", "variable,region,year,value,state,publication\n")
    tables.edit("health.csv", "share,330100,2012,40,value,book\n", "")
    told = [line.split(": ")[0].removeprefix("  - ") for line in tables.refused().splitlines()[1:]]
    figures = [f"people of {region} in {year}" for year in (2011, 2012) for region in (330100, 330200)]
    assert told == [*figures, "share of 330100 in 2012"]


def test_tables_without_a_row_lack_every_figure(tables):
    for name in ("people.csv", "health.csv"):
        tables.write(name, "variable,region,year,value,state,publication\n")
    assert "hold 10 thing" in tables.refused()


@pytest.mark.parametrize(("region", "year"), [("330100", 2013), ("330102", 2012)])
def test_a_row_that_nobody_declared_is_refused(tables, region, year):
    tables.edit("people.csv", "people,330100,2012,", f"people,{region},{year},1,value,book\npeople,330100,2012,")
    expected = "expected what metadata.yaml declares: levels [city], years 2011–2012"
    assert f"people.csv row 3, column 'variable': found people of {region} in {year}; {expected}" in tables.refused()


def test_a_figure_that_nobody_declared_is_told_once_by_the_last_of_its_rows(tables):
    row = "people,330100,2013,1,value,book\n"
    tables.edit("people.csv", "people,330100,2012,", f"{row}{row}people,330100,2012,")
    message = tables.refused()
    assert "people.csv row 4, column 'variable': found people of 330100 in 2013; expected what" in message
    assert message.count("expected what metadata.yaml declares") == 1


def test_a_figure_of_every_ten_years_is_declared_so(tables):
    tables.edit("metadata.yaml", "years: [2012, 2012]", "years: [2002, 2022]\n    every: 10")
    tables.edit("health.csv", "share,330200,2012,100", "share,330200,2013,100")
    message = tables.refused()
    declared = "what metadata.yaml declares: levels [city], years 2002–2022 every 10 years"
    assert f"found share of 330200 in 2013; expected {declared}" in message
    assert [year for year in (2002, 2012, 2022) if f"share of 330200 in {year}: found no row" in message] == [
        2002,
        2012,
        2022,
    ]


def test_a_dataset_may_declare_nothing(tables):
    tables.write("metadata.yaml", METADATA.partition("variables:")[0] + "variables: {}\n")
    for name in ("people.csv", "health.csv"):
        tables.write(name, "variable,region,year,value,state,publication\n")
    assert tables.load().values.empty
    tables.write("people.csv", PEOPLE)
    assert "hold 4 thing" in (message := tables.refused())
    assert "found 'people'; expected nothing: none is known" in message


def test_a_level_may_have_no_region(tables):
    tables.edit("metadata.yaml", "    years: [2012, 2012]", "    levels: [city, county]\n    years: [2012, 2012]")
    tables.regions.loc["330102", "since"] = 2013
    assert tables.load().values.share.notna().sum() == 2


def test_a_region_has_figures_while_it_is_there(tables):
    tables.regions.loc["330200", "until"] = 2011
    message = tables.refused()
    assert "found people of 330200 in 2012; expected what" in message
    assert "found people of 330200 in 2011" not in message


def test_facilities_have_a_row_each_and_need_not_have_one_every_year(facilities):
    units = facilities.load().units
    assert units[["unit", "region", "year", "value"]].to_numpy().tolist() == [
        ["centre A", "330102", 2011, 1500],
        ["centre B", "330102", 2012, 1499.5],
    ]
    assert facilities.load().values.area.isna().all()


def test_a_facility_has_a_name_and_nothing_else_has_one(facilities):
    facilities.edit("units.csv", "centre A", "")
    facilities.edit(
        "people.csv",
        "publication\npeople,330100,2011,80,value,book",
        "publication,unit\npeople,330100,2011,80,value,book,hall",
    )
    for row in ("330100,2012,100", "330200,2011,50", "330200,2012,60"):
        facilities.edit("people.csv", f"{row},value,book", f"{row},value,book,")
    message = facilities.refused()
    assert "units.csv row 2, column 'unit': found nothing; expected a facility" in message
    assert "people.csv row 2, column 'unit': found 'hall'; expected nothing: people is not by facility" in message


def test_a_facility_twice_in_a_year_is_told(facilities):
    facilities.edit("units.csv", "centre B,330102,2012", "centre A,330102,2011")
    assert "units.csv row 3, column 'variable': found area of 330102 in 2011 again" in facilities.refused()


def test_a_table_is_held_against_what_is_declared(tables):
    dataset = tables.load()
    first, *others = dataset.table.index
    more = dataset.table.loc[[first]].assign(year=1999)
    own, lacking = held_against(
        pd.concat([dataset.table.loc[others], more], ignore_index=True), dataset.metadata, tables.regions
    )
    assert own.tolist() == [True] * len(others) + [False]
    row = dataset.table.loc[first]
    assert lacking.values.tolist() == [[row.variable, row.region, row.year]]
