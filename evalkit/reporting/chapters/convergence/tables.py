"""Tables of convergence: whether the cities drew together since the first year of the round."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.base.text import Text
from evalkit.data.metadata import Variable
from evalkit.readings.study_readings import Convergence
from evalkit.reporting.made import round_table
from evalkit.reporting.report import RoundReport
from evalkit.tabular import Table
from evalkit.tabular.cells import NOT_PRINTED, estimate, number, span

LONGEST = 1000  # years in which a gap is said to halve: of more, there is no half-life to speak of
_COLUMNS = (
    "series",
    "layer",
    "year",
    "first_spread",
    "last_spread",
    "spread_ratio",
    "beta_slope",
    "half_life",
    "rank_correlation",
    "moved_most",
    "cities",
)


@round_table
def series(report: RoundReport) -> Table:
    """Dispersion, slope and order of every series that carries such a reading, one row each."""
    found = report.readings.convergences(report.year)
    rows = [_row(report, code, reading) for code, reading in found.items() if reading]
    return report.table(rows, _COLUMNS, level=report.level)


@round_table
def doubts(report: RoundReport) -> Table:
    """What is on record against the figures of the series: breaks after the first year, and doubts."""
    nodes = [report.system.node(code) for code in report.readings.convergences(report.year)]
    terms = dict.fromkeys(term for node in nodes for term in getattr(node, "terms", ()))
    known = report.study.dataset.metadata.variables
    rows = [
        {
            "variable": known[term].name[report.language],
            "finding": report.word(kind),
            "year": year,
            "note": note[report.language],
        }
        for term in terms
        for kind, year, note in _doubts(known[term], report.years[1:])
    ]
    return report.table(rows, ("variable", "finding", "year", "note"))


def name(report: RoundReport, code: str) -> str:
    """Name a series: an indicator by its name, the index as the one without a cap."""
    index = code == report.system.tree.code
    return report.word("uncapped_series", name=report.node(code)) if index else report.node(code)


def movers(report: RoundReport, reading: Convergence) -> str:
    """Name the cities whose rank changed most, each with its first and its last rank."""
    moved = reading.mobility.movers
    return report.listed(f"{report.region(city)} {row.before}→{row.after}" for city, row in moved.iterrows())


def _doubts(variable: Variable, years: range) -> Iterator[tuple[str, str, Text]]:
    for word, dated in (("break", variable.breaks), ("oddity", variable.doubts)):
        yield from ((word, found.year, found.note) for found in dated if found.year in years)
    yield from (("oddity", NOT_PRINTED, note) for note in variable.oddities)


def _within_reach(years: float) -> float:
    """Give a half-life, and none (which is infinite) for one that nobody can speak of."""
    return years if years <= LONGEST else float("inf")


def _row(report: RoundReport, code: str, reading: Convergence) -> dict:
    node, years = report.system.node(code), report.years
    named = {
        "series": name(report, code),
        "layer": report.word(getattr(node, "layer", "index")),
        "year": span(years[0], years[-1]),
    }
    change, beta = reading.change, reading.beta
    half_life, *ends = map(_within_reach, (beta.half_life, *beta.half_life_interval))
    return named | {
        "first_spread": number(change.first, 3),
        "last_spread": number(change.last, 3),
        "spread_ratio": estimate(change.ratio, change.interval, 2),
        "beta_slope": estimate(beta.slope, beta.interval, 3),
        "half_life": estimate(half_life, ends, 1),
        "rank_correlation": number(reading.mobility.spearman, 2),
        "moved_most": movers(report, reading),
        "cities": change.n,
    }


OF_PROVINCE = {
    "province_convergence": series,
    "province_doubts": doubts,
}
