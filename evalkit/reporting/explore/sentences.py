"""What is said of a what-if: that it is one, what moves, and what its interval of ranks is."""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan

from IPython.display import Markdown

from evalkit.base.exact import above, below
from evalkit.reporting.explore.what_if import WhatIf
from evalkit.reporting.prose import paragraphs
from evalkit.tabular.cells import number, rank, signed

NAMED = 3  # indicators that a sentence names


def reading(found: WhatIf) -> Markdown:
    """Say that it is a what-if, what moves, and what the interval of ranks is."""
    return paragraphs(*said(found))


def said(found: WhatIf) -> Iterator[str]:
    """Give the paragraphs one by one."""
    report = found.own
    yield report.word("explore_notice")
    yield " · ".join(filter(None, (report.edition_line, report.mark)))
    if isnan(report.score(report.result.root)):
        yield report.word("explore_unscored", name=report.city_name, year=report.year)
        return
    if found.groups:
        yield report.joined([_moves(found), *_most(found)])
    else:
        yield report.word("explore_untouched")
    if interval := _interval(found):
        yield report.word(interval, level=report.level)


def _moves(found: WhatIf) -> str:
    own, other = found.own, found.other
    root, decimals = own.result.root, own.result.decimals()
    ranks = {"rank": rank(own.rank(root)), "rank_tried": rank(other.rank(root))}
    return own.word(
        "explore_stays" if ranks["rank"] == ranks["rank_tried"] else "explore_moves",
        name=own.city_name,
        year=own.year,
        score=number(own.score(root), decimals),
        tried=number(other.score(root), decimals),
        change=signed(other.score(root) - own.score(root), decimals),
        **ranks,
    )


def _most(found: WhatIf) -> Iterator[str]:
    """Name the indicators that give most more, and most less."""
    own, decimals = found.own, found.own.result.decimals()
    change = found.contributions.change
    for key, moved in (("explore_up", change[above(change, 0)]), ("explore_down", change[below(change, 0)])):
        each = moved.iloc[:NAMED].items()
        named = [own.word("in_brackets", name=own.node(code), note=signed(by, decimals)) for code, by in each]
        if named:
            yield own.word(key, names=own.listed(named))


def _interval(found: WhatIf) -> str | None:
    """Say what the interval of ranks is over, by the key of the sentence; nothing where none is declared."""
    declared = found.own.study.round
    if not (declared.uncertainty or declared.alternatives):
        return None
    if isnan(found.rank_intervals["other"][0]):
        return "explore_no_interval"
    return "explore_drawn" if declared.uncertainty else "explore_other_ways"
