"""Sentences on inequality between the cities: what the data show, how firm it is, and what they cannot say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd
from IPython.display import Markdown

from evalkit.index import Group, Indicator
from evalkit.readings.equality import InequalityChange
from evalkit.reporting.chapters.inequality.tables import THOUSAND, ends
from evalkit.reporting.conditions import NO_WORDS
from evalkit.reporting.prose import paragraphs, prose
from evalkit.reporting.report import RoundReport
from evalkit.reporting.saying import by_chance, chance_more, say
from evalkit.tabular.cells import number, signed


def inequality(report: RoundReport) -> Markdown:
    """What is compared, by whom it is weighed, and what an interval means where the cities are all there are."""
    if not report.equality.nodes:
        return NO_WORDS
    bases = dict.fromkeys(report.readings.weight_base(node.code) for node in report.equality.nodes)
    read = report.word(
        "equality_read",
        cities=len(report.study.regions),
        weights=report.listed(map(report.word, bases)),
        draws=report.readings.declared.draws,
    )
    lower = [node for node in report.readings.services if node.higher_is_better is False]
    worse = report.word("equality_lower", names=names(report, lower)) if lower else ""
    return paragraphs(report.joined([read, *report.chapter_notes("equality")]), worse)


def changes(report: RoundReport) -> Markdown:
    """Which inequalities rose and fell, which of that is firm, and which hangs on a single city."""
    if not report.equality.nodes:
        return NO_WORDS
    if report.year == report.study.years[0]:
        return prose(report.word("equality_base", year=report.year))
    found = [(node, report.equality.change(node.code, report.year)) for node in report.equality.nodes]
    known = [(node, change) for node, change in found if change is not None]
    if not known:
        return NO_WORDS
    return paragraphs(
        report.word(
            "equality_changes",
            first=report.study.years[0],
            year=report.year,
            cities=len(report.study.regions),
            told="\n".join(_told(report, known)),
        ),
        *_left_out(report, [node for node, change in found if change is None], ends(report)),
        *(chance_more(report) if known else ()),
        _zeros(report, {node.code: c for node, c in known}),
    )


def _told(report: RoundReport, known: list[tuple[Indicator | Group, InequalityChange]]) -> Iterator[str]:
    """Name which rose and which fell, and how firm that is; whether an interval is firm is said of none too."""
    turned = [
        report.word("hangs_on", name=report.node(node.code), cities=report.listed(map(report.region, c.turns)))
        for node, c in known
        if c.turns
    ]
    told = {
        "changes_rose": [report.node(node.code) for node, c in known if c.change.value > 0],
        "changes_fell": [report.node(node.code) for node, c in known if c.change.value < 0],
        "changes_every": [report.node(node.code) for node, _ in known if _every_year(report, node)],
        "changes_firm": [report.node(node.code) for node, c in known if c.change.excludes_zero],
        "changes_steady": [report.node(node.code) for node, c in known if not c.turns],
        "changes_turned": turned,
    }
    for key, own in told.items():
        if own or key == "changes_firm":
            yield report.word(key, names=listed(report, own), **by_chance(report, len(known)))


def groups(report: RoundReport) -> Markdown:
    """How much of the inequality lies between the groups of cities."""
    splits = {node.code: report.equality.split(node.code, report.year) for node in report.equality.nodes}
    known = {code: split.between_share for code, split in splits.items() if split is not None}
    shares = pd.Series(known, dtype=float).dropna()
    if shares.empty:
        return NO_WORDS
    services = [i.code for i in report.readings.services if i.code in shares]
    said = report.word(
        "equality_groups",
        groups=report.listed(map(report.group, report.equality.groups)),
        year=report.year,
        highest=report.node(shares.idxmax()),
        high=number(100 * shares.max(), 0),
        lowest=report.node(shares.idxmin()),
        low=number(100 * shares.min(), 0),
        cities=len(report.study.regions),
    )
    counts = {"within": int((shares[services] < 0.5).sum()), "services": len(services)}
    mostly = [report.word("equality_within", **counts)] if services else []
    lines = [said, *mostly, report.word("equality_split_read"), *report.texts([report.study.all_regions.groups_note])]
    unknown = [node for node in report.equality.nodes if splits[node.code] is None]
    return paragraphs(report.joined(lines), *_left_out(report, unknown, [report.year]))


def contributions(report: RoundReport) -> Markdown:
    """Which city weighs most in the inequality of each service, and on which side of the mean."""
    largest = []
    for indicator in report.readings.services:
        parts = report.equality.contributions(indicator.code, report.year)
        if parts is not None:
            city = parts.abs().idxmax()
            part = signed(THOUSAND * parts[city], 1)
            largest.append(
                report.word("largest_part", name=report.node(indicator.code), city=report.region(city), part=part)
            )
    if not largest:
        return NO_WORDS
    return say(report, "equality_contributions", listed=listed(report, largest), year=report.year)


def dimensions(report: RoundReport) -> Markdown:
    """Which indicator adds most to the inequality of the index."""
    parts = report.equality.dimensions(report.year, "indicator")
    if parts is None:
        return NO_WORDS
    share = number(100 * parts.max() / parts.sum(), 0)
    return say(report, "equality_dimensions", year=report.year, name=report.node(parts.idxmax()), share=share)


def projects(report: RoundReport) -> Markdown:
    """For how many of the plan's projects anything can be said of equality."""
    unscored = [project for project in report.projects if project not in report.scored_projects]
    return say(
        report,
        "equality_projects",
        total=len(report.projects),
        scored=len(report.scored_projects),
        shown=sum(bool(report.system.indicators_of(project)) for project in unscored),
        absent=sum(not report.system.indicators_of(project) for project in unscored),
    )


def _left_out(report: RoundReport, nodes: list[Indicator | Group], years: list[int]) -> Iterator[str]:
    """Name what is not in the table, since the figures of a year do not bear it."""
    if nodes:
        listed_years = report.listed(map(str, years))
        yield report.word("equality_left_out", names=names(report, nodes), years=listed_years)


def _zeros(report: RoundReport, changes: dict[str, InequalityChange]) -> str:
    """Say so where the relative and the absolute spread of the index moved apart: its zero is set by the goalposts."""
    root = report.result.root
    if root not in changes:
        return ""
    years = (report.study.years[0], report.year)
    deviation = report.equality.inequality(root, alike=years).deviation
    before, after = (number(deviation[year], 2) for year in years)
    gini = signed(changes[root].change.value, 4)
    return report.word("equality_zero", index=report.node(root), gini=gini, before=before, after=after)


def _every_year(report: RoundReport, node: Indicator | Group) -> bool:
    years = tuple(year for year in report.study.years if year <= report.year)
    same = report.equality.inequality(node.code, alike=years)
    return same is not None and bool((same.gini[list(years)].diff().dropna() > 0).all())


def names(report: RoundReport, nodes: Iterable[Indicator | Group]) -> str:
    """Name nodes one after another."""
    return listed(report, (report.node(node.code) for node in nodes))


def listed(report: RoundReport, parts: Iterable[str]) -> str:
    """Write names that may have commas of their own one after another."""
    return ("；" if report.language == "zh" else "; ").join(parts) or report.word("none")
