from dataclasses import replace

from evalkit.analysis.quality_design import PartsOfWhole, UnitsCounted
from evalkit.readings.quality import Quality
from evalkit.readings.quality_relations import Relations
from tests.readings.planted import DEMONSTRATION, at, copied, made, planted, times, unchanged

CENSUS = "pop_census"


def found(quality, kind, variable):
    """The region and year of each contradiction of a kind in a variable."""
    findings = Relations(quality.figures).findings()
    return {(f.region, f.year) for f in findings if f.kind == kind and f.variable == variable}


def test_a_city_that_is_not_the_sum_of_its_counties_is_found():
    assert found(planted(unchanged), "counties", CENSUS) == set()
    assert found(planted(times(1.02, CENSUS, "330800", 2010)), "counties", CENSUS) == {("330800", 2010)}


def test_a_county_that_is_missing_is_no_contradiction_but_more_than_the_city_is():
    def silent(table):
        table.loc[at(table, CENSUS, "330802", 2010), ["value", "state"]] = [float("nan"), "missing"]
        return table

    assert found(planted(silent), "counties", CENSUS) == set()
    more = planted(lambda table: silent(times(3, CENSUS, "330803", 2010)(table)))
    assert found(more, "counties", CENSUS) == {("330800", 2010)}


def test_a_mean_lies_among_those_of_the_counties():
    quality = planted(made(15.0, "schooling_years_mean", "330800", 2010))
    assert found(quality, "range", "schooling_years_mean") == {("330800", 2010)}
    (finding,) = (f for f in quality.findings if f.kind == "range")
    counties = quality.study.counties("330800", 2010).index
    values = quality.study.dataset.values.schooling_years_mean.xs(2010, level="year")
    assert finding.against == values[counties].max()


def test_declared_parts_are_held_against_their_whole():
    change = copied("exp_education", ("330100", 2011), ("330800", 2011))
    parts = (PartsOfWhole(whole="fiscal_expenditure", parts=("exp_education", "exp_health"), rest=True),)
    assert found(planted(unchanged, parts=parts), "parts", "fiscal_expenditure") == set()
    assert found(planted(change, parts=parts), "parts", "fiscal_expenditure") == {("330800", 2011)}


def test_parts_of_another_unit_are_turned_into_that_of_the_whole():
    parts = (PartsOfWhole(whole="pop_resident", parts=("insured_pension_employees",), rest=True),)
    assert found(planted(unchanged, parts=parts), "parts", "pop_resident") == set()
    more = planted(times(9, "insured_pension_employees", "330800", 2011), parts=parts)
    assert found(more, "parts", "pop_resident") == {("330800", 2011)}


def test_a_share_of_more_than_a_hundred_per_cent_is_found_in_a_county():
    quality = planted(times(50, "pension_residents_insured", "330802", 2012), study=DEMONSTRATION)
    assert ("330802", 2012) in found(quality, "exceeds", "pension_residents_due")
    assert found(planted(unchanged, study=DEMONSTRATION), "exceeds", "pension_residents_due") == set()


def test_a_count_is_that_of_the_register():
    units = (UnitsCounted(facilities="township_station_area", count="townships"),)
    whole = planted(unchanged, study=DEMONSTRATION, units=units)
    assert found(whole, "units", "townships") == set()
    rows = whole.study.dataset.table
    gone = rows.index[at(rows, "township_station_area", "330802", 2012)][0]
    fewer = planted(lambda table: table.drop(index=gone), study=DEMONSTRATION, units=units)
    assert found(fewer, "units", "townships") == {("330802", 2012), ("330800", 2012)}


def test_without_counties_or_with_a_single_city_nothing_contradicts():
    quality = planted(unchanged)
    regions = quality.study.all_regions
    alone = regions.model_copy(update={"regions": tuple(r for r in regions.regions if r.code == "330800")})
    table = quality.study.dataset.table
    dataset = replace(quality.study.dataset, table=table[table.region == "330800"].reset_index(drop=True))
    found_there = Quality.of(replace(quality.study, all_regions=alone, dataset=dataset), 2012).findings
    assert {f.kind for f in found_there} <= {"step", "coarse", "same"}
