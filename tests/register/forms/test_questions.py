from dataclasses import replace

import pytest

from evalkit.base.errors import ParamsError
from tests.register.forms.small import METADATA, figures, survey


def keys(form):
    return [[one.key for one in section.questions] for section in form.sections]


def test_a_city_is_asked_its_own_terms_once_each_in_their_first_project():
    form = survey().form("0100")
    assert [section.code for section in form.sections] == ["P1", "P2"]
    assert keys(form) == [["doctors/0100", "people/0100", "spending/0100"], ["readers/0100"]]


def test_a_county_is_asked_its_own_and_every_unit_of_the_year_before():
    form = survey().form("0101")
    assert [(section.code, section.units_of) for section in form.sections] == [("P1", None), ("library_area",) * 2]
    assert keys(form)[1] == ["library_area/0101/老馆", "library_area/0101/=新馆"]


def test_a_department_is_asked_the_figure_of_every_city_of_what_it_leads():
    health, culture = (survey().form(code) for code in ("health", "culture"))
    terms, cities = ("doctors", "people", "spending"), ("0100", "0200")
    assert keys(health) == [[f"{code}/{city}" for code in terms for city in cities]]
    assert keys(culture) == [["readers/0100", "readers/0200"]]  # people is led by who divides by it first


def test_who_leads_nothing_and_a_county_that_is_gone_are_not_asked():
    assert survey().reporters == {
        "0100": "own", "0200": "own", "0101": "own", "health": "department", "culture": "department",
    }  # fmt: skip


def test_a_question_tells_what_was_accepted_before_and_from_where():
    doctors, _, spending = survey().form("0100").sections[0].questions
    assert (doctors.last, doctors.last_state, doctors.publication) == (20.0, "value", "book")
    assert spending.last == -3.5
    other = survey().form("0200").sections[0].questions[0]
    assert (other.last, other.publication) == (None, "book")  # that of another region's figure
    assert survey(figures=figures([])).form("0200").sections[0].questions[0].publication == "form"


def declared(code, **changes):
    """The metadata with one variable changed."""
    other = METADATA.variables[code].model_copy(update=changes)
    return METADATA.model_copy(update={"variables": METADATA.variables | {code: other}})


def test_what_is_not_declared_for_the_year_is_not_asked():
    form = replace(survey(), metadata=declared("doctors", years=(2011, 2011))).form("0100")
    assert keys(form)[0] == ["people/0100", "spending/0100"]


def test_a_figure_of_every_ten_years_stands_beside_that_of_ten_years_ago():
    census = declared("people", years=(2002, 2012), every=10)
    found = figures([("people", "0100", "", 900.0)], year=2002)
    questions = replace(survey(), metadata=census, figures=found).form("0100").questions
    assert questions["people/0100"].last == 900.0


def test_the_version_changes_with_what_is_asked_and_not_with_earlier_figures_or_units():
    form = survey().form("0101")
    assert survey(figures=figures([])).form("0101").version == form.version
    scaled = replace(survey(), metadata=declared("doctors", scale=10.0))
    versions = {form.version, survey().form("0100").version, scaled.form("0101").version}
    assert len(versions) == 3


def test_what_is_open_is_what_nobody_said_or_what_is_missing():
    answered = figures([("doctors", "0100", "", 21.0), ("people", "0100", "", 1001.0)], year=2012, standing="own")
    answered.loc[1, "state"] = "missing"
    asked = survey(figures=answered).open_form("0100")
    assert list(asked.questions) == ["people/0100", "spending/0100", "readers/0100"]
    assert asked.partial
    assert asked.version == survey().form("0100").version


def test_where_nothing_is_open_there_is_no_form():
    keys = survey().form("0100").questions.values()
    whole = figures([(one.variable, one.region, "", 1.0) for one in keys], year=2012, standing="own")
    assert survey(figures=whole).open_form("0100") is None


def test_who_is_not_asked_is_told_with_all_others():
    with pytest.raises(ParamsError, match=r"--city: found '0101'.*\n.*--department: found 'sport'"):
        survey().chosen({"city": ["0101"], "county": [], "department": ["sport"]})
    assert survey().chosen({"city": [], "county": ["0101"], "department": ["health"]}) == ["0101", "health"]
    assert survey().chosen({"city": [], "county": [], "department": []}) == list(survey().reporters)
