"""Sentences on what a score rests on: the limits that its figures keep to, what is missing, and what is imputed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from IPython.display import Markdown

from evalkit.base.exact import below
from evalkit.data.imputation import imputed as listed_imputed
from evalkit.data.panel import up_to
from evalkit.reporting import tables
from evalkit.reporting.conditions import NO_WORDS, held_to_limits, needs_part, shown_where
from evalkit.reporting.prose import prose
from evalkit.reporting.report import Report
from evalkit.tabular.cells import number, plain


@shown_where(held_to_limits, NO_WORDS)
def limits(report: Report) -> Markdown:
    """What the figures of an indicator keep to where it is scored."""
    declared = report.study.round.composition
    return prose(
        report.word(
            "composition_limits",
            figures=_figures(report),
            jump=plain(declared.jump),
            share=report.share(declared.at_cap),
            year=report.study.round.report_year,
        )
    )


@shown_where(needs_part, NO_WORDS)
def partial(report: Report) -> Markdown:
    """How much of the weight must have figures, and which scores of the year rest on part of it, or are not given."""
    least = plain(100 * report.result.method.min_weight)
    return prose(report.joined([report.word("weight_needed", least=least), *_of_the_year(report)]))


def coverage(report: Report) -> Markdown:
    """What the table of coverage counts, and that it is no weight."""
    return prose(report.word("coverage_read", year=report.year))


def imputed(report: Report) -> Markdown:
    """How many figures are imputed, and how; of the city, in its report."""
    table = (tables.city_imputed if report.code else tables.imputed)(report)
    if not table:
        return NO_WORDS
    scores = up_to(report.result.normalised, report.year)
    cells = (scores.xs(report.code, level="region") if report.code else scores).size
    counts = {"count": len(table), "cells": cells, "share": number(100 * len(table) / cells, 1)}
    said = report.word("imputed_read", **counts, method=_imputation(report))
    return prose(report.joined([said, *_of_one_peer(report)]))


def _of_one_peer(report: Report) -> Iterator[str]:
    """Name the figures imputed from a peer group of which a single city had a published one."""
    method = report.result.method.imputation
    if method.kind != "peer_group":
        return
    found = listed_imputed(report.panel)
    donors = method.donors(report.panel, report.system)
    told = [
        report.word("imputed_cell", city=report.region(row.region), year=row.year, name=report.node(row.indicator))
        for row in found.itertuples()
        if donors.loc[(row.region, row.year), row.indicator] == 1 and report.code in ("", row.region)
    ]
    if told:
        yield report.word("imputed_alone", statistic=report.word(method.statistic), cells=report.listed(told))


def _imputation(report: Report) -> str:
    method = report.result.method.imputation
    options = method.model_dump()
    if "statistic" in options:
        options["statistic"] = report.word(method.statistic)
    return report.word(f"imputed_by_{method.kind}", **options)


def _figures(report: Report) -> str:
    """Say how complete figures have to be."""
    method, most = report.result.method, report.study.round.composition.missing
    strict = "figures_all" if method.imputation.kind == "none" else "figures_imputed"
    figures = report.word("figures_some" if method.min_weight < 1 else strict)
    return figures if most is None else report.word("figures_up_to", figures=figures, n=plain(100 * most))


def _of_the_year(report: Report) -> Iterator[str]:
    known = report.result.normalised.xs(report.year, level="year").notna() @ report.points
    scored = report.result.scores[report.result.root].xs(report.year, level="year").notna()
    cities = [report.code] if report.code else list(known.index)
    if partly := [city for city in cities if scored[city] and below(known[city], 100)]:
        shares = (report.word("with_value", name=report.region(c), value=f"{number(known[c], 1)}%") for c in partly)
        yield report.word("partly_scored", year=report.year, cities=report.listed(shares))
    yield from unscored(report, cities)


def unscored(report: Report, cities: Iterable[str] | None = None) -> Iterator[str]:
    """Name the cities, of some or of all, that have no score in the year, and so no rank; nothing where all have."""
    scores = report.result.scores[report.result.root].xs(report.year, level="year")
    without = scores.loc[list(cities) if cities else list(scores.index)].isna()
    if without.any():
        names = report.listed(map(report.region, without.index[without]))
        yield report.word("not_scored", year=report.year, cities=names)
