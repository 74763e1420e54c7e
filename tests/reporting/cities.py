"""City reports of the demonstration, also under other rules and events."""

from dataclasses import replace
from functools import cache

from evalkit.reporting.city import CityReport
from tests.assessment.small import assessment_files, event, rules
from tests.reporting.departments import plan_study

WENZHOU, HUZHOU = "330300", "330500"


@cache
def assessed_report(city=WENZHOU, year=2012, language="zh"):
    return CityReport(plan_study(), plan_study().evaluate(), city, year, language)


def under(*events, city=WENZHOU, year=2012, **changes):
    """A report under the shipped rules with some choices changed, and with other events."""
    study = replace(plan_study(), assessment_files=assessment_files(rules(**changes), *events))
    return CityReport(study, plan_study().evaluate(), city, year, "zh")


@cache
def vetoed(city=WENZHOU):
    return under(event("V1", region=city, veto=True), city=city)


@cache
def unrated():
    return under(valid_share={"least": 1.0}, city=HUZHOU)


def of_the_city(report, name, year=None):
    """One frame of what was achieved, in one year: a cell an indicator whose target is one of cities."""
    of_cities = [i.code for i in report.system.indicators if i.target and "city" in i.target.assessed]
    return getattr(report.study.assessed.cities, name).loc[(report.city, year or report.year), of_cities]
