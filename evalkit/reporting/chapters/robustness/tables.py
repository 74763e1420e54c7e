"""Tables of robustness: how far ranks depend on the choices made."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from evalkit.base.once import once
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import drawn, drawn_of_few, drawn_of_several, ranked, shown_where
from evalkit.reporting.made import report_table, round_table
from evalkit.reporting.report import Report, RoundReport
from evalkit.scoring.sensitivity import sensitivity as sobol
from evalkit.tabular import Table
from evalkit.tabular.cells import NOT_PRINTED, number, rank, span
from evalkit.tabular.table import numbered

SOBOL_SIZE = 256


@round_table
@shown_where(drawn)
def sources(report: RoundReport) -> Table:
    """What the draws vary, and between what."""
    rows = [
        {
            "source": report.source(name),
            "note": report.word(_kind(source), **_details(report, source)),
        }
        for name, source in report.study.uncertainty.sources.items()
    ]
    return report.table(rows)


@round_table
@shown_where(drawn)
def intervals(report: RoundReport) -> Table:
    """Rank in force, median rank, interval of ranks, tier and stability of the score's band: one row a city.

    Without declared bands there is no stability.
    """
    draws, level, bands = report.draws, report.readings.declared.level, report.study.bands
    table = draws.rank_interval(level).assign(
        tier=draws.tiers(level), stability=draws.band_stability(bands), span=report.rank_range.apply(_span, axis=1)
    )
    rows = [
        {
            "city": report.region(city),
            "rank": rank(row["rank"]),
            "median_rank": rank(row["median"]),
            "rank_interval": span(row.low, row.high),
            "rank_range": row.span,
            "tier": int(row.tier),
        }
        | ({"stability": number(100 * row.stability, 0)} if bands else {})
        for city, row in table.sort_values("rank").iterrows()
    ]
    return report.table(rows, level=report.level)


@round_table
@shown_where(drawn_of_few)
def probabilities(report: RoundReport) -> Table:
    """The share of draws, in per cent, in which each city has each rank."""
    found = report.draws.rank_probability().loc[_by_rank(report)]
    rows = [
        {"city": report.region(city)}
        | {numbered(place): number(100 * share, 0) if share else NOT_PRINTED for place, share in row.items()}
        for city, row in found.iterrows()
    ]
    return report.table(rows)


@round_table
@shown_where(drawn_of_few)
def above(report: RoundReport) -> Table:
    """The share of draws, in per cent, in which the city of the row is above that of the column."""
    order = _by_rank(report)
    found = report.draws.above().loc[order, order]
    rows = [
        {"city": report.region(city)}
        | {report.of_region(other): NOT_PRINTED if other == city else number(100 * row[other], 0) for other in order}
        for city, row in found.iterrows()
    ]
    return report.table(rows)


@round_table
@shown_where(drawn_of_several)
def sensitivity(report: RoundReport) -> Table:
    """First-order and total Sobol' indices of the rank of every city whose rank moves, by source."""
    rows = [
        {
            "city": report.region(row.region),
            "source": report.source(row.source),
            "first_order": number(row["first"], 2, blank=NOT_PRINTED),
            "total_effect": number(row.total, 2, blank=NOT_PRINTED),
            "half_width": number(row.total_half_width, 2, blank=NOT_PRINTED),
        }
        for _, row in sobol_of(report).dropna(subset="total").iterrows()
    ]
    return report.table(rows, ("city", "source", "first_order", "total_effect", "half_width"))


@once
def sobol_of(report: RoundReport) -> pd.DataFrame:
    """Sobol' indices as numbers: region, source, first, total and their half-widths."""
    round_ = report.study.round
    return sobol(report.result, round_.uncertainty, seed=round_.seed, size=SOBOL_SIZE, year=report.year)


def moved_by_choices(report: RoundReport) -> bool:
    """Whether several choices are uncertain, and the rank of some city rests on them."""
    return drawn_of_several(report) and sobol_of(report).total.notna().any()


def rank_of(report: Report, city: str) -> dict:
    """The interval of ranks of one city, and its most likely rank with its share of the draws."""
    level = report.readings.declared.level
    row, shares = report.draws.rank_interval(level).loc[city], report.draws.chances(city)
    names = [report.source(name) for name in report.study.uncertainty.sources]
    return {
        "sources": ("、" if report.language == "zh" else ", ").join(names),
        "interval": span(row.low, row.high),
        "level": report.level,
        "likely": int(shares.idxmax()),
        "share": number(100 * shares.max(), 0),
        "draws": len(report.draws.scores),
    }


@report_table
@shown_where(drawn)
@shown_where(ranked)
def rank_chances(report: CityReport) -> Table:
    """The share of draws, in per cent, in which the city has each rank that it ever has."""
    shares = report.draws.chances(report.city)
    rows = [{"rank": int(place), "chance": number(100 * share, 1)} for place, share in shares.items() if share]
    return report.table(rows)


def _by_rank(report: RoundReport) -> list[str]:
    return list(report.draws.rank_interval(report.readings.declared.level).sort_values(["rank", "median"]).index)


def _span(row: pd.Series) -> str:
    return span(row.best, row.worst)


def _kind(source) -> str:
    return "kind_weight_noise_at" if getattr(source, "level", None) else f"kind_{source.kind}"


def _details(report: RoundReport, source) -> dict:
    return {
        "level": getattr(source, "level", None),
        "spread": number(100 * getattr(source, "spread", 0), 0),
        "relative": number(100 * getattr(source, "relative", 0), 0),
        "concentration": getattr(source, "concentration", 0),
        "experts": len(getattr(source, "experts", ())),
        "options": ", ".join(_option(report, option) for option in getattr(source, "options", ())),
    }


def _option(report: RoundReport, option: object) -> str:
    """Name a method, or a choice of one node by node."""
    if not isinstance(option, Mapping):
        return report.word(f"option_{str(option).lower()}")
    if "kind" not in option:
        return report.word("option_several")
    floor = option["kind"] == "geometric" and option.get("floor")
    return report.word(f"option_{option['kind']}_floor" if floor else f"option_{option['kind']}", floor=floor)


OF_A_CITY = {
    "rank_chances": rank_chances,
}
OF_PROVINCE = {
    "province_intervals": intervals,
}
OF_ROBUSTNESS = {
    "robustness_sources": sources,
    "robustness_intervals": intervals,
    "robustness_probabilities": probabilities,
    "robustness_above": above,
    "robustness_sensitivity": sensitivity,
}
