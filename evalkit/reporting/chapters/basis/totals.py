"""Sentences on all cities together: of which indicators they have no figure or no score, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from evalkit.data.panel import is_count_or_amount, not_addable
from evalkit.index import Indicator
from evalkit.reporting.report import Report
from evalkit.scoring.normalisation import FIXED


def without_total(report: Report) -> Iterator[str]:
    """Say which scored indicators all cities together have no figure or no scale of, and what has no score for it."""
    metadata, scored = report.study.dataset.metadata, report.system.scored
    fixed = report.study.method.normalisation.kind in FIXED
    why = {indicator: not_addable(indicator, metadata) for indicator in scored}
    kinds = {
        "total_unknown": [i for i in scored if why[i] == "unweighed"],
        "total_unlike": [i for i in scored if why[i] == "unlike"],
        "total_sized": [i for i in scored if fixed and is_count_or_amount(i, metadata)],
    }
    for key, own in kinds.items():
        if own:
            yield report.word(key, names=report.listed(report.node(i.code) for i in own), scores=_scores(report, own))
    whole = report.study.province.panel.values.loc[(report.study.all_regions.code, report.year)]
    if blank := [i for i in scored if why[i] is None and pd.isna(whole[i.code])]:
        figures = report.study.panel().variables.xs(report.year, level="year")
        states = report.study.province.panel.states.loc[(report.study.all_regions.code, report.year)]
        names = report.listed(_blank(report, figures, indicator, states[indicator.code]) for indicator in blank)
        yield report.word("total_blank", year=report.year, names=names, scores=_scores(report, blank))


def _blank(report: Report, figures: pd.DataFrame, indicator: Indicator, state: str) -> str:
    """Name an indicator with what its total lacks: whose figure, or whose weight, of which city."""
    variables = report.study.dataset.metadata.variables
    weights = [weight for term in indicator.terms if (weight := variables[term].weight)]
    reasons = [*_lacking(report, figures, [*indicator.terms, *weights])]
    if not reasons:
        none = (code for code in (*weights, *indicator.terms[1:]) if figures[code].sum() == 0)
        reasons = [report.word("sum_is_zero", name=variables[code].name[report.language]) for code in none]
    otherwise = "lamp_disputed" if state == "disputed" else "reason_missing"
    why = report.word("semicolon").join(reasons) or report.word(otherwise)
    return report.word("with_value", name=report.node(indicator.code), value=why)


def _lacking(report: Report, figures: pd.DataFrame, codes: Iterable[str]) -> Iterator[str]:
    """Say of each variable which cities have no figure of it."""
    variables = report.study.dataset.metadata.variables
    for code in dict.fromkeys(codes):
        lacking = figures.index[figures[code].isna()]
        if len(lacking) and variables[code].kind != "facility":
            cities = report.listed(map(report.region, lacking))
            yield report.word("lacking_in", parts=variables[code].name[report.language], cities=cities)


def _scores(report: Report, lacking: list[Indicator]) -> str:
    """Say which scores of all cities together are missing for want of some indicators."""
    scores = report.study.province.scores.xs(report.year, level="year").iloc[0]
    above = {group.code for indicator in lacking for group in report.system.above(indicator.code)}
    missing = [g.code for g in report.system.scored_groups if g.code in above and pd.isna(scores[g.code])]
    said = "total_unscored" if missing else "total_scored"
    return report.word(said, names=report.listed(map(report.node, missing)))
