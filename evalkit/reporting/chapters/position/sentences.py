"""Sentences on position: the change on the year before, the neighbours, and what moves the rank."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from IPython.display import Markdown

from evalkit.analysis.ranks import neighbours
from evalkit.reporting.chapters.summary.tables import change_of
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import NO_WORDS, ranked
from evalkit.reporting.prose import prose
from evalkit.reporting.saying import partly_scored
from evalkit.round import Alternative
from evalkit.tabular.cells import number, signed


def position(report: CityReport) -> Markdown:
    """The change on the year before, the distance to the neighbours, and which choices move the rank."""
    if not ranked(report):
        return NO_WORDS
    in_year = report.result.published[report.result.root].xs(report.year, level="year")
    near = [
        report.word(f"near_{side}", city=report.region(found[0]), points=number(found[1], report.result.decimals()))
        for side, found in neighbours(in_year, report.city).items()
        if found
    ]
    return prose(report.joined([changed(report), *near, *partly_scored(report, [report.city]), *_moved(report)]))


def changed(report: CityReport) -> str:
    """Say how score and rank moved on the year before."""
    if report.previous is None:
        return report.word("base_year", year=report.year)
    root = report.result.root
    if pd.isna(report.rank(root, report.previous)):
        return report.word("unscored_before", year=report.previous)
    before, now = int(report.rank(root, report.previous)), int(report.rank(root))
    change = signed(change_of(report, root, report.city), 2)
    told = report.word("rank_kept" if before == now else "rank_moved", change=change, before=before, now=now)
    return report.joined([told, *_common(report)])


def _common(report: CityReport) -> Iterator[str]:
    """Say so where the two years rest on other indicators, and the change on those that both have."""
    known = report.result.normalised.loc[report.city].notna().loc[[report.previous, report.year]]
    if not known.eq(known.iloc[0]).all(axis=None):
        yield report.word("change_in_common", n=int(known.all().sum()))


def _moved(report: CityReport) -> Iterator[str]:
    """Say which of the other ways of scoring, if any is declared, give the city another rank."""
    if not report.study.round.alternatives:
        return
    ranks = report.ranks_by_alternative.loc[report.city]
    moved = [_under(report, a, ranks) for a in report.study.round.alternatives if ranks[a.code] != ranks["main"]]
    listed = ("、" if report.language == "zh" else "; ").join(moved)
    yield report.word("not_robust", listed=listed) if moved else report.word("robust")


def _under(report: CityReport, alternative: Alternative, ranks: pd.Series) -> str:
    """Say which rank the city has under another way of scoring, if any."""
    name = alternative.name[report.language]
    if pd.isna(ranks[alternative.code]):
        return report.word("unscored_under", name=name)
    return report.word("rank_under", name=name, rank=int(ranks[alternative.code]))
