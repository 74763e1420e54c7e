"""Sentences on a city's targets: how they stand, who answers for them, and what waits for data."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from IPython.display import Markdown

from evalkit.reporting.chapters.targets import answerable
from evalkit.reporting.chapters.targets.tables import equality_targets, targeted, wanting
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import NO_WORDS, assessed, has_headline_input, said_where
from evalkit.reporting.legal_basis import duty_bases
from evalkit.reporting.prose import bullets, prose
from evalkit.reporting.saying import say
from evalkit.tabular.cells import NO_DATA, number, rank

LIT = ("met", "on_schedule", "behind")


@said_where(assessed)
def readings(report: CityReport) -> Markdown:
    """The four readings, kept apart: targets, the level of services, equality, resources."""
    completion = number(report.assessed.parts["mean"]["completion"], 2)
    lines = [report.word("readings_read", **_lit(report), level=_level(report), completion=completion)]
    return prose(report.joined([*lines, *_equality(report), *_money(report)]))


def _equality(report: CityReport) -> Iterator[str]:
    """What the equality part comes to, where the index has one."""
    if len(equality_targets(report)) and "equality" in report.study.rules.parts:
        yield report.word("readings_equality", equality=number(report.assessed.parts["mean"].get("equality"), 2))


def _money(report: CityReport) -> Iterator[str]:
    """What the city spends, where one input stands for all."""
    if has_headline_input(report):
        money = report.system.node(report.system.headline_input)
        spending = report.result.panel.values[money.code].xs(report.year, level="year")
        yield report.word(
            "readings_money",
            money=money.name[report.language],
            spent=number(spending[report.city], money.decimals),
            unit=money.unit[report.language],
            money_rank=rank(spending.rank(method="min", ascending=False)[report.city], blank=NO_DATA),
        )


@said_where(assessed)
def work_plan(report: CityReport) -> Markdown:
    """The year's targets under each lamp, what the signs mean, and whose the targets are."""
    return bullets(_work_plan(report))


@said_where(assessed)
def departments(report: CityReport) -> Markdown:
    """Which departments lead the targets that are behind."""
    duties, lit = report.study.assessed.duties, report.judged.lamps
    behind = duties[(duties.role == "lead") & duties.indicator.map(lit == "behind")]
    counts = behind.groupby("department", sort=False).size().sort_values(ascending=False, kind="stable")
    names = (report.word("department_behind", name=report.named_department(code), n=n) for code, n in counts.items())
    known = {"names": report.listed(names), "bases": duty_bases(report)}
    return say(report, "departments_read", behind=int((lit == "behind").sum()), **known)


@said_where(assessed)
def counties(report: CityReport) -> Markdown:
    """How many targets are judged in the counties, and where the most are behind."""
    table = answerable.county_targets(report)
    if table is None:
        return NO_WORDS
    found = table.data
    behind = found.lamp_behind
    lines = [report.word("county_targets_read", count=len(table), asked=answerable.judged_in_counties(report))]
    if behind.any():
        most = found.county[behind == behind.max()]
        lines.append(report.word("county_targets_behind", most=report.listed(most), behind=behind.max()))
    lines.append(report.word("county_targets_mean"))
    return prose(report.joined(lines))


@said_where(assessed)
def facilities(report: CityReport) -> Markdown:
    """How many facilities miss their threshold."""
    if report.facilities is None:
        return NO_WORDS
    sums = report.facilities[["met", "below", "unknown"]].sum()
    return say(report, "facilities_read", **{name: int(count) for name, count in sums.items()})


@said_where(assessed)
def equality(report: CityReport) -> Markdown:
    """What the equality part rests on."""
    count = len(equality_targets(report))
    if not count or "equality" not in report.study.rules.parts:
        return NO_WORDS
    return say(report, "equality_targets_read", count=count, mean=number(report.assessed.parts["mean"]["equality"], 2))


@said_where(assessed)
def pending(report: CityReport) -> Markdown:
    """How many targets wait for data, and how many events there are."""
    events = len(report.study.assessed.events.of(report.city, report.year))
    return say(report, "pending_read", **wanting(report), events=events)


def _level(report: CityReport) -> str:
    root = report.result.root
    name, score = report.node(root), report.score(root)
    if pd.isna(score):
        return report.word("readings_no_level", headline=name)
    return report.word(
        "readings_level", headline=name, index=number(score, report.result.decimals()), rank=rank(report.rank(root))
    )


def _work_plan(report: CityReport) -> Iterator[str]:
    lit = report.judged.lamps.value_counts()
    counts = {lamp: int(lit.get(lamp, 0)) for lamp in (*LIT, "no_data", "disputed", "not_applicable")}
    yield report.word("work_plan_read", year=report.year, count=len(report.judged), **counts)
    yield report.word("work_plan_signs", **{lamp: report.word(f"lamp_{lamp}") for lamp in counts})
    official = sum(indicator.target_status == "confirmed" for indicator in targeted(report))
    others = report.word("work_plan_others", n=n) if (n := len(report.judged) - official) else ""
    yield report.word("work_plan_targets", official=official, others=others)
    if parts := report.study.assessed.cities.parts:
        names = report.listed(report.node(code) for code in parts)
        yield report.word("work_plan_apportioned", names=names)


def _lit(report: CityReport) -> dict[str, int]:
    counts = report.judged.lamps.value_counts()
    return {"judged": int(counts.reindex(LIT).sum())} | {lamp: int(counts.get(lamp, 0)) for lamp in LIT}
