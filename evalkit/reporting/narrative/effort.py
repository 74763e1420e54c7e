"""Sentences on inputs and outputs in a city report: what its place at the frontier means, and where its money went."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from IPython.display import Markdown

from evalkit.reporting.city import CityReport
from evalkit.reporting.narrative.efficiency import unread, warnings
from evalkit.reporting.narrative.trends import bullets, known_functions, points, rule
from evalkit.reporting.prose import prose
from evalkit.reporting.tables.efficiency import DECIMALS, peers_of, per_head
from evalkit.tabular.cells import number, span


def frontier(report: CityReport) -> Markdown:
    """The city's score, what it rests on, whether size alone gives it, and the warnings."""
    if report.yields is None:
        return prose(unread(report))
    return prose(f"{points(_frontier(report))}\n\n{warnings(report)}")


def fiscal_effort(report: CityReport) -> Markdown:
    """How the city's spending grew beside its revenue, where the growth went, and why the rule stays untested."""
    if report.findings.declared.fiscal is None:
        return prose(report.word("fiscal_undeclared"))
    return bullets(_fiscal_effort(report))


def ends(report: CityReport) -> list[str]:
    """Name the amounts in which the city lies at one end: the least input, or the most of an output.

    Under variable returns no other city or mix of cities compares with it there, and it scores 1 whatever it does.
    """
    yields = report.yields
    sides = (
        (yields.design.inputs, yields.inputs, "min", "least_of_all"),
        (yields.design.outputs, yields.outputs, "max", "most_of_all"),
    )
    return [
        report.word(key, name=total.name[report.language])
        for totals, amounts, end, key in sides
        for total in totals
        if amounts[total.code][report.city] == amounts[total.code].agg(end)
    ]


def _frontier(report: CityReport) -> Iterator[str]:
    found, design = report.yields.frontier, report.yields.design
    inputs, outputs = (
        report.listed(total.name[report.language] for total in totals) for totals in (design.inputs, design.outputs)
    )
    score = number(found.scores[report.city], DECIMALS)
    yield report.word(
        "frontier_read",
        inputs=inputs,
        outputs=outputs,
        year=report.year,
        returns=report.word(f"assumed_{design.returns}"),
        orientation=report.word(f"orientation_{design.orientation}"),
        n=found.n,
        needed=found.needed,
        rule=report.word("rule_met" if found.adequate else "rule_broken"),
        score=score,
    )
    if found.efficient[report.city]:
        yield from _on_frontier(report, inputs)
    else:
        key = "frontier_below_output" if design.orientation == "output" else "frontier_below_input"
        yield report.word(key, share=number(100 * found.scores[report.city], 1), peers=peers_of(report, report.city))


def _on_frontier(report: CityReport, inputs: str) -> Iterator[str]:
    yields, spent = report.yields, per_head(report)
    yield report.word("frontier_on")
    if spent[report.city] == spent.min():
        yield report.word("frontier_lean", inputs=inputs)
    if yields.alone.infeasible[report.city]:
        yield report.word("efficiency_alone", cities=report.city_name)
    elif yields.design.returns == "variable" and (amounts := ends(report)):
        yield report.word("frontier_end", amounts=report.listed(amounts))
    if yields.design.returns == "constant":  # its score is the one above
        return
    scale = yields.scale.loc[report.city]
    side = report.word(f"returns_{scale.returns}")
    yield report.word("frontier_constant", score=number(scale.constant, DECIMALS), side=side)
    if scale.returns == "increasing":
        yield report.word("frontier_small")


def _fiscal_effort(report: CityReport) -> Iterator[str]:
    if report.previous is None:
        yield report.word("base_year", year=report.year)
    else:
        yield _grew(report)
        yield from _went(report)
    yield from rule(report)


def _grew(report: CityReport) -> str:
    table = report.spending_growth
    own, whole = table.loc[report.city], table.loc[report.study.all_regions.code]
    rates = {"spending": own.spending_growth, "revenue": own.revenue_growth}
    rates |= {"spending_of_all": whole.spending_growth, "revenue_of_all": whole.revenue_growth}
    cells = {name: number(100 * rate, 1) for name, rate in rates.items()}
    return report.word("effort_growth", first=report.study.years[0], year=report.year, **cells)


def _went(report: CityReport) -> Iterator[str]:
    """The share since the first year, and how far single years are from it; nothing where none is known."""
    first, shares = report.study.years[0], report.shares_of_growth
    by_year = shares[None].xs(report.city, level="region").loc[: report.year] if shares else pd.DataFrame({"share": []})
    known = 100 * by_year.share.dropna()
    if known.empty:
        return
    since = shares[first].share.xs(report.year, level="year")
    yield report.word(
        "effort_share",
        first=first,
        functions=known_functions(report),
        share=number(100 * since[report.city], 1),
        share_of_all=number(100 * since[report.study.all_regions.code], 1),
        years=span(known.index[0], known.index[-1]),
        low=number(known.min(), 1),
        high=number(known.max(), 1),
    )
    if odd := [report.word("in_year", year=year) for year in by_year.index[by_year.falling.notna()]]:
        yield report.word("fiscal_falling", cities=report.listed(odd))
