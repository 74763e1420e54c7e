"""Sentences on efficiency: what the scores say of the cities, and what nobody may read into them."""

from __future__ import annotations

from collections.abc import Iterable

from IPython.display import Markdown

from evalkit.analysis.yield_ranks import input_output_ranks
from evalkit.index import Indicator
from evalkit.readings.yields import Yields
from evalkit.reporting.conditions import NO_WORDS
from evalkit.reporting.prose import prose
from evalkit.reporting.report import Report, RoundReport
from evalkit.reporting.tables.efficiency import DECIMALS, mean_change, per_head, results
from evalkit.tabular.cells import number

FAR = 3


def ranks(report: RoundReport) -> Markdown:
    """The cities whose results rank far above or far below their means."""
    if report.yields is None:
        return prose(unread(report))
    table = input_output_ranks(per_head(report), results(report))
    above, below = table.index[table.difference >= FAR], table.index[table.difference <= -FAR]
    known = {"n": int(table.n.max()), "far": FAR, "inputs": _names(report, report.yields.design.inputs)}
    return prose(report.word("efficiency_ranks", above=_cities(report, above), below=_cities(report, below), **known))


def scores(report: RoundReport) -> Markdown:
    """How many cities are on the frontier, the rule on their number, the lowest, and the warnings."""
    if report.yields is None:  # `ranks`, which opens the chapter, says why
        return NO_WORDS
    yields, design = report.yields, report.yields.design
    frontier = yields.frontier
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
    lonely = yields.alone.index[yields.alone.infeasible]
    lines = [text, report.word("efficiency_alone", cities=_cities(report, lonely)) if len(lonely) else ""]
    return prose("\n\n".join(filter(None, [*lines, warnings(report)])))


def warnings(report: Report) -> str:
    """What nobody may read into a score; what is declared of the data and of the regions closes the list."""
    notes = [*report.chapter_notes("efficiency"), *report.told(report.study.all_regions.notes)]
    return "\n".join([report.word("efficiency_warnings"), *(f"- {note}" for note in notes)])


def productivity(report: RoundReport) -> Markdown:
    """What the change of productivity is made of, and why falling prices of money are no regress."""
    if report.yields is None:
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
    """Say why no frontier is read: none is declared, a figure is missing, or the figures bear none."""
    if report.study.round.readings.efficiency is None:
        return report.word("efficiency_none")
    yields = Yields.of(report.study, report.year)
    lacking = [
        report.word("in_brackets", name=total.name[report.language], note=_cities(report, blank.index[blank]))
        for totals, amounts in ((yields.design.inputs, yields.inputs), (yields.design.outputs, yields.outputs))
        for total in totals
        if (blank := amounts[total.code].isna()).any()
    ]
    key = "efficiency_lacking" if lacking else "efficiency_unread"
    return report.word(key, year=report.year, amounts=report.listed(lacking))


def _names(report: Report, parts: Iterable[Indicator]) -> str:
    return report.listed(part.name[report.language] for part in parts)


def _cities(report: Report, codes: Iterable[str]) -> str:
    return report.listed(map(report.region, codes)) or report.word("nobody")
