"""Sentences on what is missing, what is imputed, and what is in doubt."""

from __future__ import annotations

from collections.abc import Iterator

from IPython.display import Markdown

from evalkit.data.imputation import imputed as listed_imputed
from evalkit.data.panel import up_to
from evalkit.reporting.chapters.quality import tables
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import NO_WORDS, needs_part, said_where
from evalkit.reporting.prose import prose
from evalkit.reporting.report import Report
from evalkit.reporting.saying import partly_scored, say, unscored
from evalkit.tabular.cells import number, plain


def quality(report: CityReport) -> Markdown:
    """How many doubts are on record."""
    return say(report, "quality_read", count=len(tables.quality(report)))


@said_where(needs_part)
def partial(report: Report) -> Markdown:
    """How much of the weight must have figures, and which scores of the year rest on part of it, or are not given."""
    least = plain(100 * report.result.method.min_weight)
    needed = report.word(f"weight_needed_of_{report.result.method.min_weight_of}", least=least)
    return prose(report.joined([needed, *_of_the_year(report)]))


def imputed(report: Report) -> Markdown:
    """How many figures are imputed, and how; of the city, in its report."""
    table = tables.city_imputed(report) if isinstance(report, CityReport) else tables.imputed(report)
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
    cells = [
        report.word("imputed_cell", city=report.region(row.region), year=row.year, name=report.node(row.indicator))
        for row in found.itertuples()
        if donors.loc[(row.region, row.year), row.indicator] == 1 and report.code in ("", row.region)
    ]
    if cells:
        yield report.word("imputed_alone", statistic=report.word(method.statistic), cells=report.listed(cells))


def _imputation(report: Report) -> str:
    method = report.result.method.imputation
    options = method.model_dump()
    if "statistic" in options:
        options["statistic"] = report.word(method.statistic)
    return report.word(f"imputed_by_{method.kind}", **options)


def _of_the_year(report: Report) -> Iterator[str]:
    cities = [report.code] if report.code else None
    yield from partly_scored(report, cities)
    yield from unscored(report, cities)
