"""Reports of the second public round, whose years go on after the plan had ended."""

from functools import cache

from evalkit.reporting.city import CityReport
from evalkit.reporting.report import RoundReport
from tests.conftest import shipped

SECOND = "zhejiang-public-2015"


def second_study():
    return shipped(SECOND)


@cache
def second_city(city="330700", year=2015, language="zh"):
    return CityReport(second_study(), second_study().evaluate(), city, year, language)


@cache
def second_round(year=2015, language="zh"):
    return RoundReport(second_study(), second_study().evaluate(), year, language)
