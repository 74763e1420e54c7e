from evalkit.readings.quality_figures import QualityFigures
from tests.conftest import DEMO, STUDY, shipped


def figures(study=STUDY, year=2012):
    return QualityFigures.of(shipped(study), year)


def test_figures_stand_by_level_and_calendar():
    shapes = [(block.level, block.years, len(block.places)) for block in figures().blocks]
    assert ("city", tuple(range(2007, 2013)), 11) in shapes
    assert ("city", (2010, 2020), 11) in shapes
    assert ("county", (2010, 2020), 98) in shapes


def test_a_block_holds_the_printed_figures():
    block = figures().blocks[0]
    v, r, t = block.variables.index("physicians"), block.places.index(("331100", "")), block.years.index(2007)
    assert block.values[v, r, t] == 5914


def test_a_report_of_an_earlier_year_has_no_later_figure():
    assert max(year for block in figures(year=2010).blocks for year in block.years) == 2010
    assert figures(year=2010).rows.year.max() == 2010


def test_every_facility_has_a_place_of_its_own():
    registers = {block.variables[0]: block for block in figures(DEMO).registers}
    assert registers["township_station_area"].values.shape == (1, 1301, 6)
    assert registers["cultural_centre_area"].places[0][1]


def test_figures_are_counted_by_state():
    wanted = figures().wanted
    assert wanted.n.sum() == len(shipped(STUDY).dataset.table)
    assert wanted[wanted.state == "missing"].groupby("year").n.sum().to_dict() == {2020: 88}


def test_a_variable_is_of_the_departments_of_its_indicators_and_what_only_divides_is_nobody_s():
    departments = figures(DEMO).departments
    assert departments["physicians"] == ("health",)
    assert "pop_resident" not in departments
    assert departments["urban_labour_force"] == departments["unemployed_registered"]
