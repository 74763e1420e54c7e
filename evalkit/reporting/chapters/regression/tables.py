"""Tables of determinants: what goes with the level of services, in four comparisons, and how far it holds."""

from __future__ import annotations

from math import log

import pandas as pd

from evalkit.analysis.readings_design import Regressor
from evalkit.reporting.made import round_table
from evalkit.reporting.report import RoundReport
from evalkit.tabular import Table
from evalkit.tabular.cells import interval, number

EFFECTS = {"none": "effects_none", "year": "effects_year", "region": "effects_region", "both": "effects_both"}
_COEFFICIENTS = (
    "comparison",
    "regressor",
    "step",
    "score_difference",
    "level_interval",
    "p",
    "p_without",
    "r2",
    "observations",
)
_DIAGNOSTICS = ("comparison", "regressor", "share_within", "share_left", "vif", "range_without", "moved_by")
_RESIDUALS = ("comparison", "observations", "cities", "r2_within", "serial", "serial_expected", "condition")


@round_table
def coefficients(report: RoundReport) -> Table:
    """How many points the index differs for one step of each regressor, by comparison."""
    rows = [
        {
            "comparison": report.word(EFFECTS[row.effects]),
            "regressor": row.regressor.name[report.language],
            "step": step(report, row.regressor),
            "score_difference": number(row.points, 1),
            "level_interval": interval((row.low, row.high), 1),
            "p": number(row.p, 3),
            "p_without": number(row.p_without, 3),
            "r2": number(report.readings.regressions(report.year)[row.effects].r2, 2),
            "observations": report.readings.regressions(report.year)[row.effects].n,
        }
        for row in changes(report).itertuples()
    ]
    return report.table(rows, _COEFFICIENTS, level=report.level)


@round_table
def diagnostics(report: RoundReport) -> Table:
    """What each comparison has to go by, and how far leaving one city out moves it."""
    rows = [
        {
            "comparison": report.word(EFFECTS[row.effects]),
            "regressor": row.regressor.name[report.language],
            "share_within": number(100 * row.within, 1),
            "share_left": number(100 * row.left, 1),
            "vif": number(row.vif, 1),
            "range_without": interval((row.lowest, row.highest), 1),
            "moved_by": report.region(row.moved_by),
        }
        for row in changes(report).itertuples()
    ]
    return report.table(rows, _DIAGNOSTICS)


@round_table
def residuals(report: RoundReport) -> Table:
    """What each comparison explains, and how its residuals hang together from year to year."""
    rows = [
        {
            "comparison": report.word(EFFECTS[effects]),
            "observations": model.n,
            "cities": model.clusters,
            "r2_within": number(model.r2_within, 2),
            "serial": number(model.diagnostics.serial, 2),
            "serial_expected": number(model.diagnostics.serial_expected, 2),
            "condition": number(model.diagnostics.condition, 1),
        }
        for effects, model in report.readings.regressions(report.year).items()
        if model
    ]
    return report.table(rows, _RESIDUALS)


def changes(report: RoundReport) -> pd.DataFrame:
    """Coefficients as numbers, in points a step: effects, regressor, points, low, high, p, clear, and diagnostics.

    `clear` says whether the interval leaves 0 out.
    """
    declared = {regressor.code: regressor for regressor in report.readings.declared.regressors}
    tables = [
        _per_step(model.table.join(model.diagnostics.regressors), declared).assign(effects=effects)
        for effects, model in report.readings.regressions(report.year).items()
        if model
    ]
    return pd.concat(tables) if tables else pd.DataFrame()


def step(report: RoundReport, regressor: Regressor) -> str:
    """Name the step for which the difference in points is given."""
    return report.word("step_log" if regressor.log else "step_plain")


def _per_step(table: pd.DataFrame, declared: dict[str, Regressor]) -> pd.DataFrame:
    """Ten per cent more where the regressor is a logarithm, else 0.1: ten points of a share."""
    sizes = pd.Series({code: log(1.1) if declared[code].log else 0.1 for code in table.index})
    scaled = table[["coefficient", "low", "high", "lowest", "highest"]].mul(sizes, axis=0)
    return table.assign(**scaled).assign(
        points=scaled.coefficient,
        regressor=[declared[code] for code in table.index],
        clear=(scaled.low > 0) | (scaled.high < 0),
    )


OF_PROVINCE = {
    "province_coefficients": coefficients,
    "province_diagnostics": diagnostics,
    "province_residuals": residuals,
}
