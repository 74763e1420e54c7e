"""Sentences on efficiency: what the scores say of the cities, and what nobody may read into them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from IPython.display import Markdown

from evalkit.analysis.yield_ranks import input_output_ranks
from evalkit.index import Indicator
from evalkit.readings.efficiency import EfficiencyReading
from evalkit.reporting.chapters.efficiency.tables import DECIMALS, mean_change, peers_of, per_head, results
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import NO_WORDS
from evalkit.reporting.prose import points, prose
from evalkit.reporting.report import Report, RoundReport
from evalkit.tabular.cells import number

FAR = 3


def ranks(report: RoundReport) -> Markdown:
    """The cities whose results rank far above or far below their means."""
    if report.efficiency is None:
        return prose(unread(report)) if report.study.round.readings.efficiency else NO_WORDS
    table = input_output_ranks(per_head(report), results(report))
    above, below = table.index[table.difference >= FAR], table.index[table.difference <= -FAR]
    known = {"n": int(table.n.max()), "far": FAR, "inputs": _names(report, report.efficiency.design.inputs)}
    return prose(report.word("efficiency_ranks", above=_cities(report, above), below=_cities(report, below), **known))


def scores(report: RoundReport) -> Markdown:
    """How many cities are on the frontier, the rule on their number, the lowest, and the warnings."""
    if report.efficiency is None:  # `ranks`, which opens the chapter, says why
        return NO_WORDS
    efficiency, design = report.efficiency, report.efficiency.design
    frontier = efficiency.frontier
    best, last = frontier.scores.index[frontier.efficient], frontier.scores.idxmin()
    text = report.word(
        "efficiency_scores",
        inputs=_names(report, design.inputs),
        outputs=_names(report, design.outputs),
        returns=report.word(f"assumed_{design.returns}"),
        orientation=report.word(f"orientation_{design.orientation}"),
        n=frontier.n,
        needed=frontier.needed,
        rule=report.word("rule_met" if frontier.adequate else "rule_broken"),
        count=len(best),
        best=_cities(report, best),
        last=report.region(last),
        score=number(frontier.scores[last], DECIMALS),
        year=report.year,
    )
    lonely = efficiency.alone.index[efficiency.alone.infeasible]
    lines = [text, report.word("efficiency_alone", cities=_cities(report, lonely)) if len(lonely) else ""]
    return prose("\n\n".join(filter(None, [*lines, warnings(report)])))


def warnings(report: Report) -> str:
    """What nobody may read into a score; what is declared of the data and of the regions closes the list."""
    notes = [*report.chapter_notes("efficiency"), *report.texts(report.study.all_regions.notes)]
    return "\n".join([report.word("efficiency_warnings"), *(f"- {note}" for note in notes)])


def productivity(report: RoundReport) -> Markdown:
    """What the change of productivity is made of, and why falling prices of money are no regress."""
    if report.efficiency is None:
        return NO_WORDS
    if report.previous is None:
        return prose(report.word("productivity_none", year=report.year))
    found = mean_change(report)
    if found is None:
        return prose(report.word("productivity_unread", first=report.study.years[0], year=report.year))
    mean = found.loc["all"]
    return prose(
        report.word(
            "productivity_read",
            first=report.study.years[0],
            year=report.year,
            n=len(report.study.regions),
            total=number(mean.productivity_change, DECIMALS),
            catching_up=number(mean.efficiency_change, DECIMALS),
            frontier=number(mean.technical_change, DECIMALS),
        )
    )


def unread(report: Report) -> str:
    """Say why no frontier that is declared is read: a figure is missing, or the figures bear none."""
    efficiency = EfficiencyReading.of(report.study, report.year)
    lacking = [
        report.word("in_brackets", name=total.name[report.language], note=_cities(report, blank.index[blank]))
        for totals, amounts in (
            (efficiency.design.inputs, efficiency.inputs),
            (efficiency.design.outputs, efficiency.outputs),
        )
        for total in totals
        if (blank := amounts[total.code].isna()).any()
    ]
    key = "efficiency_lacking" if lacking else "efficiency_unread"
    return report.word(key, year=report.year, amounts=report.listed(lacking))


def frontier(report: CityReport) -> Markdown:
    """The city's score, what it rests on, whether size alone gives it, and the warnings."""
    if report.efficiency is None:
        return prose(unread(report)) if report.study.round.readings.efficiency else NO_WORDS
    return prose(f"{points(_frontier(report))}\n\n{warnings(report)}")


def ends(report: CityReport) -> list[str]:
    """Name the amounts in which the city lies at one end: the least input, or the most of an output.

    Under variable returns no other city or mix of cities compares with it there, and it scores 1 whatever it does.
    """
    efficiency = report.efficiency
    sides = (
        (efficiency.design.inputs, efficiency.inputs, "min", "least_of_all"),
        (efficiency.design.outputs, efficiency.outputs, "max", "most_of_all"),
    )
    return [
        report.word(key, name=total.name[report.language])
        for totals, amounts, end, key in sides
        for total in totals
        if amounts[total.code][report.city] == amounts[total.code].agg(end)
    ]


def _names(report: Report, parts: Iterable[Indicator]) -> str:
    return report.listed(part.name[report.language] for part in parts)


def _cities(report: Report, codes: Iterable[str]) -> str:
    return report.listed(map(report.region, codes)) or report.word("nobody")


def _frontier(report: CityReport) -> Iterator[str]:
    found, design = report.efficiency.frontier, report.efficiency.design
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
    efficiency, spent = report.efficiency, per_head(report)
    yield report.word("frontier_on")
    if spent[report.city] == spent.min():
        yield report.word("frontier_lean", inputs=inputs)
    if efficiency.alone.infeasible[report.city]:
        yield report.word("efficiency_alone", cities=report.city_name)
    elif efficiency.design.returns == "variable" and (amounts := ends(report)):
        yield report.word("frontier_end", amounts=report.listed(amounts))
    if efficiency.design.returns == "constant":  # its score is the one above
        return
    scale = efficiency.scale.loc[report.city]
    side = report.word(f"returns_{scale.returns}")
    yield report.word("frontier_constant", score=number(scale.constant, DECIMALS), side=side)
    if scale.returns == "increasing":
        yield report.word("frontier_small")
