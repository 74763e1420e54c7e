"""Sentences on the quality of the data: what it comes to first, then what each test can say and cannot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from IPython.display import Markdown

from evalkit.readings.quality import GRAVITIES, WRONG
from evalkit.readings.quality_declared import DeclaredBeside
from evalkit.reporting.chapters.data_quality.coverage import counted
from evalkit.reporting.chapters.data_quality.reasons import quality_of, variable_name, whose
from evalkit.reporting.chapters.data_quality.tables import (
    FIRST,
    LISTED,
    asks,
    asks_of_cities,
)
from evalkit.reporting.conditions import NO_WORDS
from evalkit.reporting.prose import bullets, prose
from evalkit.reporting.report import RoundReport
from evalkit.reporting.saying import rest
from evalkit.tabular.cells import number, plain

SUMMED = {"correct": "sum_correct", "explain": "sum_explain", "supply": "sum_supply", "look": "sum_look"}
OF_CHANGES = ("by_peers", "by_history", "by_series")
NAMED = 3  # variables that are named as those that miss most


def summary(report: RoundReport) -> Markdown:
    """What is to be asked back, what is missing, what chance explains, and how far the look can be trusted."""
    return bullets([_asked(report), _missing(report), *_flagged(report), *_compared(report), *_digits(report)])


def first_asks(report: RoundReport) -> Markdown:
    """What the list is ordered by, and where the rest of it stands."""
    said = [report.word("asks_read"), *rest(report, len(asks(report)) - FIRST, "list")] if len(asks(report)) else []
    return prose(report.joined(said or [report.word("asks_nothing")]))


def listed_asks(report: RoundReport) -> Markdown:
    """How many rows of the list stand in the file alone."""
    left = len(asks(report)) - LISTED
    return prose(report.word("asks_filed", n=left, shown=LISTED)) if left > 0 else NO_WORDS


def whom(report: RoundReport) -> Markdown:
    """Who is asked most."""
    counts = {city: own.total() for city, own in asks_of_cities(report.study, report.year).items()}
    most = max(counts, key=counts.get)
    if not counts[most]:
        return NO_WORDS
    return prose(report.word("whom_read", city=report.region(most), n=counts[most], all=sum(counts.values())))


def coverage(report: RoundReport) -> Markdown:
    """What counts as due, and that a figure which is missing is owed."""
    return prose(report.word("coverage_of_round", first=report.study.years[0], last=report.year))


def by_chance(report: RoundReport) -> Markdown:
    """What the tests of changes hold against what, and what chance alone gives them."""
    design = quality_of(report).design
    values = {"per_cent": plain(100 * design.flag_chance), "apart": plain(100 * design.apart), "least": design.least}
    return prose(report.joined([report.word("tests_read", **values), report.word("tests_nulls")]))


def contradictions(report: RoundReport) -> Markdown:
    """How many figures contradict others, by what, and what cannot be held against each other here."""
    counts = Counter(finding.kind for finding in quality_of(report).findings)
    wrong = sum(counts[kind] for kind in WRONG)
    said = [report.word("contradictions_read", n=wrong, same=counts["same"], copied=counts["copied"])]
    undeclared = [] if quality_of(report).design.parts else [report.word("parts_undeclared")]
    return prose(report.joined([*said, *undeclared]))


def digits(report: RoundReport) -> Markdown:
    """How many registers are large enough, what their digits can say, and what they cannot."""
    quality = quality_of(report)
    design, every = quality.design, quality.registers
    tested = sum(one.tested for one in every)
    values = {"least": design.digits_least, "benford": design.benford_least, "orders": plain(design.benford_orders)}
    small = {"small": len(every) - tested, "tested": tested}
    sizes = report.word("digits_sizes", **small, **values)
    caveats = [report.word("digits_caveats"), report.word("digits_sources")] if tested else []
    return prose(report.joined([sizes, *caveats]))


def known(report: RoundReport) -> Markdown:
    """That the look never reads what is declared, and what the two have in common."""
    return prose(report.joined([report.word("known_read"), *_compared(report)]))


def undated(report: RoundReport) -> Markdown:
    """That no machine can hold a remark without a year against a finding."""
    n = len(DeclaredBeside.of(report.study, report.year).undated)
    return prose(report.word("undated_read", n=n)) if n else NO_WORDS


def bounds(report: RoundReport) -> Markdown:
    """Where the bounds are declared."""
    return prose(report.word("bounds_read"))


def _asked(report: RoundReport) -> str:
    found = quality_of(report).asks
    counts = Counter(ask.gravity for ask in found)
    if not found:
        return report.word("summary_nothing")
    parts = [report.word(SUMMED[gravity], n=counts[gravity]) for gravity in GRAVITIES if counts[gravity]]
    first = found[0]
    named = {"region": whose(report, first.region), "variable": variable_name(report, first.variable)}
    return report.word("summary_asks", n=len(found), parts=report.listed(parts), **named)


def _missing(report: RoundReport) -> str:
    found = counted(report.study, report.year, "variable")
    due, missing, disputed = (int(found[name].sum()) for name in ("owed", "missing", "disputed"))
    if not missing:
        return report.word("summary_complete", due=due, disputed=disputed)
    most = found.missing[found.missing > 0].sort_values(ascending=False, kind="stable").index[:NAMED]
    names = report.listed(variable_name(report, code) for code in most)
    share = number(100 * missing / due, 1)
    return report.word("summary_missing", due=due, missing=missing, share=share, disputed=disputed, names=names)


def _flagged(report: RoundReport) -> Iterator[str]:
    found = quality_of(report).chances
    own = found.loc[[test for test in OF_CHANGES if test in found.index]].sum()
    if own.get("tested", 0):
        values = {"normal": number(own.normal, 0), "heavy": number(own.heavy, 0)}
        yield report.word("summary_flagged", flagged=int(own.flagged), tested=int(own.tested), **values)


def _compared(report: RoundReport) -> Iterator[str]:
    beside = DeclaredBeside.of(report.study, report.year)
    if not beside.known:
        return
    found, beyond = sum(one.found for one in beside.known), len(beside.beyond)
    missed = len(beside.known) - found
    yield report.word("summary_known", n=len(beside.known), found=found, missed=missed, beyond=beyond)


def _digits(report: RoundReport) -> Iterator[str]:
    quality = quality_of(report)
    tested = [one for one in quality.registers if one.tested]
    if tested:
        chance = quality.design.digits_chance
        odd = [one for one in tested if one.suspicious(chance)]
        values = {"n": len(tested), "odd": len(odd), "expected": number(2 * chance * len(tested), 1)}
        names = list(dict.fromkeys(variable_name(report, one.variable) for one in odd))
        named = report.listed(names[:NAMED])
        if len(names) > NAMED:
            named = report.word("and_others", names=named, n=len(names))
        yield report.word("summary_digits" if odd else "summary_even", **values, names=named)
