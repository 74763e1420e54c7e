"""Sentences on what goes with higher services: associations, each with how far it holds, and never a cause."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from IPython.display import Markdown

from evalkit.base.exact import at_most
from evalkit.reporting.chapters.regression import tables
from evalkit.reporting.conditions import NO_WORDS
from evalkit.reporting.prose import bullets
from evalkit.reporting.report import RoundReport
from evalkit.reporting.saying import by_chance
from evalkit.tabular.cells import interval, number, signed

BETWEEN, OVER_TIME = {"none", "year"}, {"region", "both"}
ENTANGLED, LITTLE = 10, 0.05


def determinants(report: RoundReport) -> Markdown:
    """What goes with higher scores between cities and over time, how far it holds, and that nothing is a cause."""
    if not report.readings.regressions(report.year):
        return NO_WORDS
    return bullets(_determinants(report))


def _determinants(report: RoundReport) -> Iterator[str]:
    found = report.readings.regressions(report.year)
    changes = tables.changes(report)
    if not changes.empty:
        yield _estimated(report)
        yield from (_clear(report, effects, changes) for effects, model in found.items() if model)
        yield _how_many(report, changes)
        yield from _cautions(report, changes)
    if unread := [_comparison(report, effects) for effects, model in found.items() if model is None]:
        yield report.word("determinants_unread", names=report.listed(unread))
    if not changes.empty:
        yield report.word("determinants_cause")


def _estimated(report: RoundReport) -> str:
    model = next(model for model in report.readings.regressions(report.year).values() if model)
    return report.word(
        "determinants_read",
        n=model.n,
        cities=model.clusters,
        years=len(model.years),
        samples=f"{model.samples:,}",
        level=report.level,
    )


def _clear(report: RoundReport, effects: str, changes: pd.DataFrame) -> str:
    """Name the regressors whose interval leaves 0 out in one comparison."""
    rows = changes[(changes.effects == effects) & changes.clear]
    lines = [
        report.word(
            "determinant_clear",
            name=row.regressor.name[report.language],
            step=tables.step(report, row.regressor),
            points=signed(row.points, 1),
            interval=interval((row.low, row.high), 1),
            p=number(row.p, 3),
            without=number(row.p_without, 3),
        )
        for row in rows.itertuples()
    ]
    said = ("；" if report.language == "zh" else "; ").join(lines) or report.word("determinant_none")
    return report.word("determinants_in", comparison=_comparison(report, effects), said=said)


def _how_many(report: RoundReport, changes: pd.DataFrame) -> str:
    """How many coefficients are clear, beside what chance would give; how many stay so without any one city."""
    allowed = 1 - report.readings.declared.level
    lasting = changes[changes.clear & at_most(changes.p_without, allowed)]
    kinds = [set(changes[changes.clear & changes.effects.isin(kind)].index) for kind in (BETWEEN, OVER_TIME)]
    names = {row.Index: row.regressor.name[report.language] for row in changes.itertuples()}
    return report.word(
        "determinants_many",
        clear=int(changes.clear.sum()),
        lasting=len(lasting),
        allowed=number(allowed, 2),
        both=report.listed(names[code] for code in names if code in kinds[0] & kinds[1]),
        **by_chance(report, len(changes)),
    )


def _cautions(report: RoundReport, changes: pd.DataFrame) -> Iterator[str]:
    """What the comparisons have to go by: entangled regressors, what effects leave, residuals, shared denominators."""
    widest = changes.iloc[changes.vif.argmax()]
    least = changes.iloc[changes.left.argmin()]
    yield report.word(
        "determinants_entangled" if widest.vif > ENTANGLED else "determinants_apart",
        vif=number(widest.vif, 1),
        comparison=_comparison(report, widest.effects),
    )
    if least.left < LITTLE:
        comparison = _comparison(report, least.effects)
        yield report.word("determinants_left", left=number(100 * least.left, 1), comparison=comparison)
    yield from _serial(report)
    if shared := _shared_denominators(report):
        yield report.word("determinants_shared", names=report.listed(shared))


def _serial(report: RoundReport) -> Iterator[str]:
    """How far rows of one city repeat each other, where the years tell."""
    model = next(model for model in report.readings.regressions(report.year).values() if model)
    if model.diagnostics.pairs > 2:
        yield report.word(
            "determinants_serial",
            comparison=_comparison(report, model.effects),
            serial=number(model.diagnostics.serial, 2),
            expected=number(model.diagnostics.serial_expected, 2),
            n=model.n,
            cities=model.clusters,
        )


def _shared_denominators(report: RoundReport) -> list[str]:
    """Name the figures by which both a scored indicator and a regressor are divided."""
    scored = {indicator.terms[1] for indicator in report.system.scored if len(indicator.terms) > 1}
    divided = dict.fromkeys(regressor.denominator for regressor in report.readings.declared.regressors)
    variables = report.study.dataset.metadata.variables
    return [variables[code].name[report.language] for code in divided if code in scored]


def _comparison(report: RoundReport, effects: str) -> str:
    return report.word(tables.EFFECTS[effects])
