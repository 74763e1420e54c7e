"""Tables of what is known to be doubtful in the figures, and of what is imputed."""

from __future__ import annotations

from dataclasses import replace

from evalkit.data.imputation import imputed as imputed_in
from evalkit.reporting.chapters.sources.tables import publications_of, used_variables
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import imputes, shown_where
from evalkit.reporting.made import report_table, round_table
from evalkit.reporting.report import Report
from evalkit.tabular import Table
from evalkit.tabular.cells import NOT_PRINTED, number

IMPUTED = ("year", "indicator", "value", "unit")


@report_table
def quality(report: CityReport) -> Table:
    """What is known to be wrong or doubtful in the figures that this report shows."""
    rows = []
    for code, variable in used_variables(report).items():
        for word, dated in (("break", variable.breaks), ("oddity", variable.doubts)):
            own = [one for one in dated if one.year in report.years and one.region in (None, report.city)]
            rows += [(code, report.word(word), one.year, one.note) for one in own]
        rows += [(code, report.word("oddity"), NOT_PRINTED, note) for note in variable.oddities]
        rows += [(code, report.word("check"), NOT_PRINTED, note) for note in variable.checks]
        unstated = [publication for publication in publications_of(report, code) if not publication.stated]
        rows += [(code, report.word("publication_unstated"), NOT_PRINTED, one.note or one.title) for one in unstated]
    return report.table(
        [
            {
                "variable": report.study.dataset.metadata.variables[code].name[report.language],
                "finding": kind,
                "year": year,
                "note": note[report.language],
            }
            for code, kind, year, note in rows
        ],
        ("variable", "finding", "year", "note"),
    )


@report_table
def doubts(report: CityReport) -> Table:
    """What of it is a break or a doubt in what is scored."""
    scored = {term for indicator in report.system.scored for term in indicator.terms}
    every = report.study.dataset.metadata.variables
    names = {every[code].name[report.language] for code in scored}
    grave = {report.word("break"), report.word("oddity")}
    found = quality(report)
    return replace(found, rows=tuple(row for row in found.rows if row[0] in names and row[1] in grave))


@report_table
@shown_where(imputes)
def city_imputed(report: CityReport) -> Table:
    """Every figure of the city that the method has put in the place of a missing one."""
    found = imputed_in(report.panel)
    rows = [_imputed(report, row) for row in found[found.region == report.city].itertuples()]
    return report.table(rows, IMPUTED)


@round_table
@shown_where(imputes)
def imputed(report: Report) -> Table:
    """Every figure that the method has put in the place of a missing one."""
    found = imputed_in(report.panel)
    rows = [{"city": report.region(row.region)} | _imputed(report, row) for row in found.itertuples()]
    return report.table(rows, ("city", *IMPUTED))


def _imputed(report: Report, row) -> dict:
    indicator = report.system.node(row.indicator)
    name, unit = indicator.name[report.language], indicator.unit[report.language]
    return dict(zip(IMPUTED, (row.year, name, number(row.value, indicator.decimals), unit), strict=True))


OF_A_CITY = {
    "quality": quality,
    "city_imputed": city_imputed,
}
OF_PROVINCE = {
    "imputed": imputed,
}
OF_INDEX_SYSTEM = {
    "imputed": imputed,
}
