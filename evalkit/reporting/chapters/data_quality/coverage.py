"""Tables of coverage: what is declared and what is missing, by variable, region and year, and who owes it."""

from __future__ import annotations

import pandas as pd

from evalkit.base.once import once
from evalkit.readings.quality_figures import QualityFigures
from evalkit.reporting.chapters.data_quality.reasons import departments, quality_of, variable_name
from evalkit.reporting.made import round_table
from evalkit.reporting.report import RoundReport
from evalkit.study import Study
from evalkit.tabular import Table
from evalkit.tabular.cells import number, part

STATES = {
    "owed": "figures_due",
    "missing": "figures_lacking",
    "disputed": "figures_disputed",
    "not due": "figures_not_due",
    "not applicable": "figures_not_applicable",
}
COUNTS = (*STATES.values(), "figures_there")


@round_table
def coverage_by_variable(report: RoundReport) -> Table:
    """What is due and missing of every variable in the round, the most missing first, with who owes it."""
    found = counted(report.study, report.year, "variable")
    figures = quality_of(report).figures
    rows = [
        {
            "variable": variable_name(report, code),
            "departments": departments(report, figures.departments.get(code, ())),
            **_cells(row),
        }
        for code, row in found.sort_values("missing", ascending=False, kind="stable").iterrows()
    ]
    return report.table(rows, ("variable", "departments", *COUNTS))


@round_table
def coverage_by_city(report: RoundReport) -> Table:
    """The same of every city, with what lies in it."""
    found = counted(report.study, report.year, "city")
    rows = [{"city": report.region(code), **_cells(row)} for code, row in found.iterrows()]
    return report.table(rows, ("city", *COUNTS))


@round_table
def coverage_by_year(report: RoundReport) -> Table:
    """The same of every year."""
    found = counted(report.study, report.year, "year")
    rows = [{"year": int(year), **_cells(row)} for year, row in found.iterrows()]
    return report.table(rows, ("year", *COUNTS))


@once
def counted(study: Study, year: int, by: str) -> pd.DataFrame:
    """Count the figures of the round by variable, city or year, and by state: those due, and each of `STATES`."""
    wanted = QualityFigures.of(study, year).wanted
    wanted = wanted[(wanted.year >= study.years[0]) & (wanted.year <= year)]
    parents = study.all_regions.table.parent
    city = wanted.region.where(wanted.region.isin(study.regions.index), wanted.region.map(parents))
    table = wanted.assign(city=city).groupby([by, "state"], sort=by == "year").n.sum().unstack("state", fill_value=0)
    states = table.reindex(columns=["value", *list(STATES)[1:]], fill_value=0)
    order = {"city": study.regions.index, "variable": study.dataset.metadata.variables}.get(by)
    states = states if order is None else states.loc[[code for code in order if code in states.index]]
    return states.assign(owed=states[["value", "missing", "disputed"]].sum(axis=1))


def _cells(row: pd.Series) -> dict:
    there = 100 * row["value"] / row.owed if row.owed else None
    cells = {word: int(row[state]) for state, word in STATES.items()}
    return cells | {"figures_there": number(there, 1) if there is None or there == 100 else part(there)}


OF_QUALITY = {
    "quality_coverage_by_variable": coverage_by_variable,
    "quality_coverage_by_city": coverage_by_city,
    "quality_coverage_by_year": coverage_by_year,
}
