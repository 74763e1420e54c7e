"""What is said of equality within a city: its targets of equality, and its counties project by project."""

from __future__ import annotations

from collections.abc import Iterator

from IPython.display import Markdown

from evalkit.reporting.chapters.county_projects.tables import SCORE, graded_counties, results, scores
from evalkit.reporting.chapters.targets.tables import names_of
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import assessed, said_where
from evalkit.reporting.lags import counted
from evalkit.reporting.prose import bullets
from evalkit.tabular.cells import number


@said_where(assessed)
def equality(report: CityReport) -> Markdown:
    """How many targets of equality are met, and where the counties are furthest apart."""
    return bullets([*_targets(report), *(_counties(report) if graded_counties(report) else ())])


def _targets(report: CityReport) -> Iterator[str]:
    lit = report.judged.lamps
    own = lit[[report.system.node(code).is_gap for code in lit.index]]
    if own.empty:
        return
    missed = own.index[own == "behind"]
    yield report.word("equality_short", count=len(own), counts=counted(report, own))
    if len(missed):
        yield report.word("equality_missed", names=names_of(report, missed))


def _counties(report: CityReport) -> Iterator[str]:
    """Name the first and the last county, and the project in which the counties are furthest apart."""
    found = results(report).score.dropna()
    if len(found) > 1:
        ends = {"first": report.region(found.index[0]), "last": report.region(found.index[-1])}
        high, low = (number(found.iloc[place], 2) for place in (0, -1))
        yield report.word("counties_ranked", n=len(found), high=high, low=low, **ends)
    table = scores(report)
    apart = (table.max() - table.min()).dropna()
    if len(found) > 1 and len(apart) and apart.max() > 0:
        widest = apart.idxmax()
        low, high = (number(end, SCORE) for end in (table[widest].min(), table[widest].max()))
        lowest = report.region(table[widest].idxmin())
        yield report.word("counties_apart", project=report.node(widest), low=low, high=high, county=lowest)
