"""What several chapters say: of chance, of cities scored on part of the weight, of those without a score."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from IPython.display import Markdown

from evalkit.reporting.conditions import few_cities
from evalkit.reporting.prose import link, prose
from evalkit.reporting.region import RegionReport
from evalkit.reporting.report import Report
from evalkit.tabular.cells import number, part


def say(report: Report, key: str, **values) -> Markdown:
    """Give one sentence, its braces filled."""
    return prose(report.word(key, **values))


def on_day(report: Report, day: date) -> str:
    """Write a day as it stands in a sentence."""
    return report.word("on_day", year=day.year, month=day.month, day=day.day)


def rest(report: Report, left: int, chapter: str, unit: str = "item") -> Iterator[str]:
    """Say how many rows, each one `unit`, a short table leaves to the annex, and lead there; nothing where none."""
    if left > 0:
        counted = report.word(f"counted_{unit}", n=left)
        yield report.word("rest_in_annex", counted=counted, where=link(report.word("annexed"), chapter))


def by_chance(report: Report, tests: int) -> dict:
    """How many of so many intervals miss on average where there is nothing to find: tests, expected, level."""
    missed = tests * (1 - report.readings.declared.level)
    return {"tests": tests, "expected": number(missed, 1), "level": report.level}


def chance_more(report: Report) -> Iterator[str]:
    """Say that intervals of few cities are too short, where the cities are few."""
    if few_cities(report):
        yield report.word("chance_more", cities=len(report.study.regions))


def partly_scored(report: Report, cities: Iterable[str] | None = None) -> Iterator[str]:
    """Name the cities, of some or of all, that are scored on part of the weight, and say whom they are ranked among."""
    known = report.scored_on_part
    if len(own := known[known.index.isin(list(cities or known.index))]):
        counts = report.result.counted.xs(report.year, level="year")[report.result.root]
        parts = {c: report.word("scored_on_of", n=int(counts[c]), share=part(own[c])) for c in own.index}
        shares = (report.word("with_value", name=report.region(c), value=value) for c, value in parts.items())
        told = {"cities": report.listed(shares), "all": len(report.system.scored)}
        yield report.word("partly_scored", year=report.year, **told)
        if len(known) < report.result.scores[report.result.root].xs(report.year, level="year").count():
            yield report.word("ranked_among_full")


def other_base(report: RegionReport) -> Iterator[str]:
    """Say on what the scores of the year and of the one before rest, where it is not the same."""
    if report.previous is None:
        return
    before, now = (report.assessment.base(report.code, year) for year in (report.previous, report.year))
    then, current = (base.get("completion", frozenset()) for base in (before, now))
    named = report.assessment.rules.parts
    apart = [named[code].name[report.language] for code in named if (code in before) != (code in now)]
    if not (before and now) or (then == current and not apart):
        return
    counts = {"then": len(then), "now": len(current), "both": len(then & current)}
    parts = report.word("parts_of_one_year", parts=report.listed(apart)) if apart else ""
    yield report.word("score_on_other_base", before=report.previous, year=report.year, **counts, parts=parts)


def unscored(report: Report, cities: Iterable[str] | None = None) -> Iterator[str]:
    """Name the cities, of some or of all, that have no score in the year, and so no rank; nothing where all have."""
    scores = report.result.scores[report.result.root].xs(report.year, level="year")
    without = scores.loc[list(cities) if cities else list(scores.index)].isna()
    if without.any():
        names = report.listed(map(report.region, without.index[without]))
        yield report.word("not_scored", year=report.year, cities=names)
