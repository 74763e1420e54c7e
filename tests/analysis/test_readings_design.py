import pytest
from pydantic import ValidationError

from evalkit import ParamsError
from evalkit.analysis.readings_design import Readings
from tests.scoring.small import leaf, system


def declared(**readings):
    return Readings.model_validate(readings)


TOTAL = {"name": {"zh": "甲", "en": "a"}, "unit": {"zh": "人", "en": "persons"}}


def test_readings_of_nothing_rest_on_nothing():
    assert declared().variables == ()


@pytest.mark.parametrize("bands", [(80, 60), (60, 60)])
def test_bands_rise(bands):
    with pytest.raises(ValidationError, match=f"bands that rise, not {bands[0]}, {bands[1]}"):
        declared(bands=bands)


def test_every_figure_that_a_reading_rests_on_is_named_once():
    readings = declared(
        efficiency={
            "inputs": ({"code": "money", "variables": ("spent", "lent"), **TOTAL},),
            "outputs": ({"code": "staff", "variables": ("staff",), **TOTAL},),
        },
        regressors=({"code": "money", "name": TOTAL["name"], "numerator": "spent", "denominator": "people"},),
    )
    assert readings.variables == ("spent", "lent", "staff", "people")


def test_all_that_the_study_does_not_have_is_told_at_once():
    regressor = {"code": "wealth", "name": TOTAL["name"], "numerator": "gdb", "denominator": "people"}
    readings = declared(services=("doctors", "nurse"), money=("purse",), regressors=(regressor,))
    with pytest.raises(ParamsError) as error:
        readings.check(system(leaf("doctors"), leaf("nurses")), ["gdp", "people"])
    assert [problem.where for problem in error.value.problems] == [
        "readings, services",
        "readings, money",
        "readings, regressor wealth",
        "population of small",
    ]
    assert "did you mean 'nurses'?" in str(error.value)


def test_a_code_stands_for_one_thing():
    with pytest.raises(ValueError, match="every code once, not beds again"):
        declared(services=("beds",), money=("beds",))


STRUCTURE = {"code": "size", "name": {"zh": "大小", "en": "size"}, "numerator": "people", "denominator": "area"}


def test_the_figures_of_a_structure_are_among_those_named():
    comparables = {"source": {"zh": "甲", "en": "a"}, "structure": (STRUCTURE,)}
    assert declared(comparables=comparables).variables == ("people", "area")
    with pytest.raises(ValidationError, match="every code once, not size again"):
        declared(comparables=comparables | {"structure": (STRUCTURE, STRUCTURE)})
