"""What an assessed year came to, a line each: grades, targets, the province's own, gaps, what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pandas as pd

from evalkit.assessment.grading.bands import UNRATED
from evalkit.reporting.chapters.province_grades.sentences import city_names
from evalkit.reporting.chapters.province_grades.tables import city_targets, ordered
from evalkit.reporting.chapters.province_targets.tables import (
    asked_and_done,
    completion_of,
    lamps_of,
    province_targets,
)
from evalkit.reporting.chapters.province_targets.verdicts import DOUBTED, confirmed, turned_cells
from evalkit.reporting.conditions import called_to_account
from evalkit.reporting.lags import turns
from evalkit.reporting.report import RoundReport
from evalkit.tabular.cells import number, signed

WIDEST = 3


def lines(report: RoundReport) -> Iterator[str]:
    """Say what was decided and met, what the province missed, which gaps widened, what changed, how firm it is."""
    yield _decided(report)
    yield report.joined([*_met(report), *_documented(report)])
    yield from _own(report)
    yield from _gaps(report)
    yield from _since(report)
    yield _standing(report)


def _decided(report: RoundReport) -> str:
    """How many cities have which grade, and which."""
    grades = ordered(report).grade
    known = [*(one.code for one in report.study.rules.bands.scale), UNRATED]
    found = {code: grades.index[grades == code] for code in known}
    named = (
        report.word("grade_count", grade=report.band(code), n=len(own), cities=city_names(report, own))
        for code, own in found.items()
        if len(own)
    )
    return report.word("province_decided", year=report.year, cities=len(grades), grades=_parted(report, named))


def _met(report: RoundReport) -> Iterator[str]:
    """Which share of the verdicts on cities' targets is met, and what became of the others."""
    lamps = lamps_of(report)
    counts = Counter(lamps.stack())
    named = {"year": report.year, "targets": lamps.shape[1], "cells": lamps.size, "met": counts["met"]}
    share = number(100 * counts["met"] / lamps.size, 1) if lamps.size else number(None, 1)
    key = "province_met_end" if report.at_the_end else "province_met"
    yield report.word(key, **named, share=share, behind=counts["behind"], on_schedule=counts["on_schedule"])
    if doubted := sum(counts[lamp] for lamp in DOUBTED):
        yield report.word("province_doubted", n=doubted)


def _documented(report: RoundReport) -> Iterator[str]:
    """The same of the targets that a document of the round gives, where there are others beside them."""
    codes = confirmed(report)
    if codes and len(codes) < len(city_targets(report)):
        own = lamps_of(report)[codes]
        met = int((own == "met").sum().sum())
        share = number(100 * met / own.size, 1)
        yield report.word("province_documented_met", targets=len(codes), cells=own.size, met=met, share=share)


def _own(report: RoundReport) -> Iterator[str]:
    """How many of the province's own targets it met, and what it missed by how much."""
    own = {indicator.code: indicator for indicator in province_targets(report)}
    if not own:
        return
    lamps = report.study.assessed.province.lamps.loc[(report.study.all_regions.code, report.year), list(own)]
    missed = [_missed(report, own[code]) for code in lamps.index[lamps == "behind"]]
    unknown = [report.node(code) for code in lamps.index[lamps.isin(DOUBTED)]]
    parts = [report.word("province_own", n=len(own), met=int((lamps == "met").sum()))]
    parts += [report.word("province_own_missed", names=_parted(report, missed))] if missed else []
    parts += [report.word("province_own_unknown", names=_parted(report, unknown))] if unknown else []
    yield report.joined(parts)


def _missed(report: RoundReport, indicator) -> str:
    asked, done = (number(x[report.year], min(indicator.decimals, 2)) for x in asked_and_done(report, indicator))
    unit = indicator.unit[report.language]
    return report.word("missed_by", name=report.node(indicator.code), done=done, asked=asked, unit=unit)


def _gaps(report: RoundReport) -> Iterator[str]:
    """In which projects the cities moved apart since the first year, and in which they came closer."""
    changes = deviations(report)
    if changes.empty:
        return
    sides = {"province_gaps_wider": changes[changes > 0].sort_values(ascending=False, kind="stable")}
    sides["province_gaps_closer"] = changes[changes < 0].sort_values(kind="stable")
    parts = [report.word("province_gaps", first=report.study.years[0], n=len(changes))]
    parts += [report.word(side, n=len(own), most=_moved(report, own)) for side, own in sides.items() if len(own)]
    yield report.joined([*parts, *_gap_targets(report)])


def _gap_targets(report: RoundReport) -> Iterator[str]:
    """How many verdicts on targets of equity are met, and on how many completion fell since the year before."""
    codes = [code for code in city_targets(report) if report.system.node(code).layer == "equity"]
    if codes and report.previous is not None:
        lamps = lamps_of(report)[codes]
        change = (completion_of(report, report.year) - completion_of(report, report.previous))[codes].stack()
        counts = {"cells": lamps.size, "met": int((lamps == "met").sum().sum())}
        fell = int((change < 0).sum())
        counts["worse"] = report.word("gap_targets_fell", n=fell) if fell else report.word("gap_targets_kept")
        yield report.word("province_gap_targets", targets=len(codes), **counts)


def deviations(report: RoundReport) -> pd.Series:
    """Give by how much the standard deviation of each project's score moved since the first year, where it is known."""
    years = (report.study.years[0], report.year)
    tables = {p.code: report.equality.inequality(p.code, alike=years) for p in report.scored_projects}
    found = {code: t.deviation[years[1]] - t.deviation[years[0]] for code, t in tables.items() if t is not None}
    return pd.Series(found, dtype=float).dropna() if len(set(years)) > 1 else pd.Series(dtype=float)


def _moved(report: RoundReport, changes: pd.Series) -> str:
    """Name the projects that moved most."""
    most = changes.head(WIDEST).items()
    return report.listed(report.word("with_value", name=report.node(p), value=signed(x, 2)) for p, x in most)


def _since(report: RoundReport) -> Iterator[str]:
    """What changed since the last edition: ranks, targets newly met and lost, items opened and closed."""
    if report.previous is None:
        return
    results = report.study.assessed.assessment.results["rank"].unstack("year")
    moves = ranks_moved(report, results[report.previous], results[report.year])
    parts = [
        report.word("province_since", year=report.previous, **moves),
        turns(report, *turned_cells(report), unit="cell"),
    ]
    if called_to_account(report):
        lists = report.study.consequences.rectification
        items = {name: len(getattr(lists, name)(report.year)) for name in ("new", "closed", "closing")}
        parts.append(report.word("province_since_items", **items))
    yield report.joined(parts)


def ranks_moved(report: RoundReport, before: pd.Series, now: pd.Series) -> dict[str, str]:
    """Name who went up and who went down, each with both ranks, the furthest first; by `up` and `down`."""
    steps = (before - now).dropna()
    sides = {"up": steps[steps > 0].sort_values(ascending=False, kind="stable")}
    sides["down"] = steps[steps < 0].sort_values(kind="stable")
    return {
        side: report.listed(
            report.word("city_moved", name=report.region(city), before=int(before[city]), now=int(now[city]))
            for city in own.index
        )
        for side, own in sides.items()
    }


def _standing(report: RoundReport) -> str:
    """Whose the targets are, and that nothing follows until those who sign decide."""
    statuses = Counter(report.system.node(code).target_status for code in city_targets(report))
    counted = report.listed(report.word("of_status", status=report.word(status), n=n) for status, n in statuses.items())
    return report.word("province_standing", targets=statuses.total(), statuses=counted)


def _parted(report: RoundReport, names) -> str:
    """Write names that have commas of their own one after another."""
    return report.word("semicolon").join(names)
