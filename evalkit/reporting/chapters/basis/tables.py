"""Tables of the basis: the numbers of the plan, what is scored and why not, scales and targets."""

from __future__ import annotations

from evalkit.index import Indicator
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import imputes, planned, shown_where
from evalkit.reporting.made import report_table, round_table
from evalkit.reporting.report import Report
from evalkit.scoring.composition import composition as compose
from evalkit.tabular import Table
from evalkit.tabular.cells import NOT_PRINTED, Printed, number, plain, rank


@round_table
def composition(report: Report) -> Table:
    """Every indicator that is shown: scored, or why not, with what the data show.

    What decides is the report year of the round; the cities at the cap in the year of the report stand beside those,
    or alone where the report year is still to come.
    """
    years = dict.fromkeys((min(report.study.round.report_year, report.year), report.year))
    by_year = {year: compose(report.panel, report.system, year) for year in years}
    found = by_year[report.year]
    rows = [
        {
            "project": report.project_of(indicator),
            "indicator": indicator.name[report.language],
            "layer": report.word(indicator.layer),
            "status": scored_or_why(report, indicator),
            "missing": report.word("of_total", n=found.missing[indicator.code], total=found.cells[indicator.code]),
            **({"imputed": int(found.imputed[indicator.code])} if imputes(report) else {}),
            "largest_jump": number(found.jump[indicator.code], 2, blank=NOT_PRINTED),
        }
        | {
            report.column("at_cap", year, year=year): rank(table.at_cap[indicator.code])
            for year, table in by_year.items()
        }
        | {"note": indicator.note[report.language] if indicator.note else ""}
        for indicator in report.system.indicators
    ]
    return report.table(rows)


@report_table
def goalposts(report: CityReport) -> Table:
    """The scale of every scored indicator, with its basis, and how the city stands on it before the cap."""
    uncapped = report.result.uncapped.loc[(report.city, report.year)]
    at_cap = report.result.at_cap.xs(report.year, level="year").sum()
    rows = [
        {
            "indicator": indicator.name[report.language],
            "worst": _end(report, indicator, "worst"),
            "best": _end(report, indicator, "best"),
            "basis": indicator.goalposts.basis[report.language] if indicator.goalposts else NOT_PRINTED,
            "uncapped": number(uncapped[indicator.code], report.result.decimals(indicator.code)),
            "score": number(report.score(indicator.code), report.result.decimals(indicator.code)),
            report.column("at_cap", report.year, year=report.year): int(at_cap[indicator.code]),
        }
        for indicator in report.system.scored
    ]
    return report.table(rows)


@report_table
def targets(report: CityReport) -> Table:
    """Every target that an indicator is held against, with its status and the document that gives it."""
    rows = [
        {
            "indicator": indicator.name[report.language],
            "target": plain(report.target_of(indicator), blank=NOT_PRINTED),
            "year": indicator.target.year,
            "target_status": report.word(indicator.target_status),
            "document": indicator.target.document[report.language],
        }
        for indicator in report.system.indicators
        if indicator.target
    ]
    return report.table(rows, ("indicator", "target", "year", "target_status", "document"))


@round_table
@shown_where(planned)
def plan_targets(report: Report) -> Table:
    """The numbers that the plan's own text gives, and whether public statistics can check them."""
    rows = [
        {
            "target": target.name[report.language],
            "clause": target.clause,
            "level": target.level[report.language],
            "data": report.node(target.indicator) if target.indicator else report.word("no_public_data"),
        }
        for target in report.system.plan.targets
    ]
    return report.table(rows, ("target", "clause", "level", "data"))


def scored_or_why(report: Report, indicator: Indicator) -> Printed:
    """Say whether an indicator is scored; the value is why not, or `scored`."""
    if not indicator.unscored:
        return Printed(report.word("yes"), "scored")
    return Printed(report.word("no_because", reason=report.reason(indicator)), indicator.unscored)


def _end(report: CityReport, indicator: Indicator, end: str) -> str:
    posts = indicator.goalposts
    return f"{plain(getattr(posts, end))} {report.word(getattr(posts, f'{end}_status'))}" if posts else NOT_PRINTED


OF_A_CITY = {
    "targets": targets,
    "goalposts": goalposts,
}
OF_INDEX_SYSTEM = {
    "composition": composition,
    "plan_targets": plan_targets,
}
OF_THE_ROUND = {
    "composition": composition,
    "plan_targets": plan_targets,
}
