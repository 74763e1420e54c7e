"""County reports of the demonstration, which grades counties, and of the public round, which has their censuses."""

from functools import cache

from evalkit.reporting.county import CountyReport
from tests.conftest import DEMO, STUDY, shipped

KECHENG, UNRATED, WEAK = "330802", "330502", "330482"


@cache
def county_report(county=KECHENG, year=2012, language="zh", study=DEMO):
    return CountyReport(shipped(study), shipped(study).evaluate(), county, year, language)


def public_county(county=KECHENG, language="zh"):
    return county_report(county, 2012, language, STUDY)


def scores(year=2012):
    """The published scores of all counties in a year."""
    return shipped(DEMO).assessed.county_assessment.results.score.xs(year, level="year")
