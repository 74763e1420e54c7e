"""Sentences on what became of the plan's aims after its end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd
from IPython.display import Markdown

from evalkit.data import Panel
from evalkit.index import Indicator
from evalkit.reporting.chapters.afterwards.tables import compared, due, gains, ginis, met_by, verdict
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import outlived, said_where
from evalkit.reporting.prose import bullets
from evalkit.reporting.report import Report, RoundReport
from evalkit.tabular.cells import plain


@said_where(outlived)
def city(report: CityReport) -> Markdown:
    """What was set for the years after the plan, which indicators of the city got worse, and its targets of then."""
    return bullets([*_of_the_plan(report), _counted(report, "since_plan_city"), *_rebased(report), *_targets(report)])


@said_where(outlived)
def province(report: RoundReport) -> Markdown:
    """The same of all cities together, with how far they are apart."""
    return bullets([*_of_the_plan(report), _held(report), _spread(report), *_province_targets(report)])


def _of_the_plan(report: Report) -> Iterator[str]:
    """Say that the plan is over, whether anything was set for later, and which of its numbers can be checked."""
    plan, later = report.system.plan, [i for i in report.system.indicators if i.target]
    said = [report.word("plan_over", plan=plan.title[report.language], ends=plan.ends)]
    if not any(indicator.target.year > plan.ends for indicator in later):
        said.append(report.word("nothing_set", ends=plan.ends))
    if plan.targets:
        n = sum(target.indicator is not None for target in plan.targets)
        said.append(report.word("plan_numbers" if n else "plan_numbers_none", total=len(plan.targets), n=n))
    yield report.joined(said)


def _counted(report: CityReport, key: str, panel: Panel | None = None, **more: str) -> str:
    """Count the indicators of the city that got better, stayed and got worse, and name the last."""
    found = pd.Series({i.code: gains(report, i, panel)[report.city] for i in report.system.scored}).dropna()
    worse = found.index[found < 0]
    counts = {"better": int((found > 0).sum()), "same": int((found == 0).sum()), "worse": len(worse)}
    ends, year = compared(report)
    return report.word(key, ends=ends, year=year, n=len(found), names=_named_if_any(report, worse), **counts, **more)


def _rebased(report: CityReport) -> Iterator[str]:
    """Count anew per head of the other people that the round declares."""
    for alternative in report.study.round.alternatives:
        if base := alternative.population_base:
            panel = report.study.panel(population_base=base)
            yield _counted(report, "since_plan_rebased", panel, base=report.word(base))


def _targets(report: CityReport) -> Iterator[str]:
    for indicator in due(report):
        met = (verdict(report, indicator, report.city, year) for year in compared(report))
        yield report.word("since_plan_target", **_named(report, indicator), **_both(report, met))


def _province_targets(report: RoundReport) -> Iterator[str]:
    for indicator in due(report):
        counts = _both(report, (met_by(report, indicator, year) for year in compared(report)))
        yield report.word("kept_target", **_named(report, indicator), **counts, cities=len(report.study.regions))


def _both(report: Report, found: Iterable) -> dict:
    then, now = found
    ends, year = compared(report)
    return {"ends": ends, "year": year, "then": then, "now": now}


def _named(report: Report, indicator: Indicator) -> dict:
    """Name an indicator with its target, whose it is, and for which year."""
    targets = [report.code] if report.code else report.study.regions.index
    return {
        "name": report.node(indicator.code),
        "by": indicator.target.year,
        "target": "/".join(map(plain, sorted({indicator.target.at(city) for city in targets}))),
        "unit": indicator.unit[report.language],
        "status": report.word(indicator.target_status),
    }


def _held(report: RoundReport) -> str:
    """Count the indicators that no city let fall, and name those that most did."""
    gained = {indicator.code: gains(report, indicator).dropna() for indicator in report.system.scored}
    everywhere = [code for code, found in gained.items() if (found >= 0).all()]
    mostly = [code for code, found in gained.items() if (found < 0).sum() > len(found) / 2]
    ends, year = compared(report)
    told = {"everywhere": len(everywhere), "names": _named_if_any(report, everywhere)}
    said = [report.word("kept_read", ends=ends, year=year, n=len(gained), **told)]
    said += [report.word("mostly_worse", names=report.listed(map(report.node, mostly)))] if mostly else []
    return report.joined(said)


def _spread(report: RoundReport) -> str:
    """Count the indicators on which cities came closer, and name those on which they moved apart."""
    found = pd.DataFrame({i.code: ginis(report, i) for i in report.system.scored}, index=["then", "now"]).T.dropna()
    apart = found.index[found.now > found.then]
    ends, year = compared(report)
    counts = {"closer": int((found.now < found.then).sum()), "apart": len(apart), "n": len(found)}
    return report.word("spread_read", ends=ends, year=year, names=_named_if_any(report, apart), **counts)


def _named_if_any(report: Report, codes: Iterable[str]) -> str:
    """Name indicators after a colon; nothing where there is none."""
    names = [report.node(code) for code in codes]
    return report.word("those_named", names=report.listed(names)) if names else ""
