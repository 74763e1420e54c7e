import pytest

from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import (
    NO_WORDS,
    assessed,
    drawn,
    has_census,
    more_cities_than_indicators,
    ranked,
    reads_convergence,
    reads_fiscal,
    shown_where,
)
from tests.reporting.printed import census, position, resources, robustness, summary


def test_something_is_shown_only_where_its_condition_holds():
    @shown_where(lambda report: report == "this")
    def table(report):
        """A table."""
        return f"a table of {report}"

    assert (table("this"), table("that"), table.__name__) == ("a table of this", None, "table")
    assert shown_where(lambda report: False, NO_WORDS)(str)("x") is NO_WORDS


@pytest.mark.parametrize(
    "condition", [drawn, has_census, more_cities_than_indicators, reads_convergence, reads_fiscal, assessed]
)
def test_the_public_edition_is_drawn_has_a_census_and_no_targets_and_the_full_one_is_the_other_way_round(
    condition, study, result, demo
):
    public = condition(CityReport(study, result, "330100", 2012, "zh"))
    assert public is (condition is not assessed)
    assert condition(CityReport(demo, demo.evaluate(), "330100", 2012, "zh")) is not public


@pytest.fixture(scope="module")
def withheld(demo):
    """The report of a city that withheld so much that it has no score."""
    scores = demo.evaluate().published["index"].xs(2012, level="year")
    [city] = scores.index[scores.isna()]
    return CityReport(demo, demo.evaluate(), city, 2012, "zh")


def test_a_city_without_a_score_is_told_so(withheld):
    assert not ranked(withheld)
    assert "不予计分" in summary.sentences.summary(withheld).data
    assert position.sentences.position(withheld) is resources.sentences.resources(withheld) is NO_WORDS


def test_what_a_round_does_not_have_is_not_shown(withheld):
    assert (
        robustness.tables.rank_chances(withheld)
        is census.tables.counties(withheld)
        is census.tables.county_spread(withheld)
        is None
    )
    assert robustness.sentences.draws(withheld) is census.sentences.counties(withheld) is NO_WORDS
