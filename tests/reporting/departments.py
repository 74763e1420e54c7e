"""Reports of departments of the demonstration, and the same figures from the achievement's own frames."""

from dataclasses import replace
from functools import cache

from evalkit.reporting.department import DepartmentReport
from tests.conftest import DEMO, shipped


def plan_study():
    return shipped(DEMO)


@cache
def department_report(department="culture", year=2012, language="zh"):
    return DepartmentReport(plan_study(), plan_study().evaluate(), department, year, language)


def with_cities(report, **frames):
    """The same report where every cell of its targets is another; `units` is replaced as it is given."""
    assessed = replace(report.study.assessed)
    changed = {name: cell if name == "units" else _filled(report, name, cell) for name, cell in frames.items()}
    assessed.__dict__.update(report.study.assessed.__dict__ | {"cities": replace(report.achieved, **changed)})
    study = replace(report.study)
    study.__dict__["assessed"] = assessed
    return replace(report, study=study)


@cache
def without_data(department="culture"):
    """A report of a round in which nothing of the department was reported."""
    nothing = {"lamps": "no_data", "states": "missing", "reasons": "missing", "completion": float("nan")}
    return with_cities(department_report(department), **nothing, units=None)


def cells(report, name, year=None):
    """The department's cells of one frame in one year, by city and indicator, one after another."""
    frame = getattr(report.study.assessed.cities, name)
    duties = report.study.assessed.duties
    codes = duties.indicator[duties.department == report.department]
    return {
        (city, code): frame.loc[(city, year or report.year), code]
        for city in report.study.regions.index
        for code in codes
    }


def _filled(report, name, cell):
    return getattr(report.achieved, name).assign(**dict.fromkeys(report.scorecard.index, cell))
