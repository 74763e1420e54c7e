"""What stands on the rectification list, how it got there, and what the list leaves open."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from IPython.display import Markdown

from evalkit.assessment.findings.inspections import DISPUTING
from evalkit.reporting.chapters.rectification import brief, items, tables
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import NO_WORDS, called_to_account, said_where
from evalkit.reporting.department import DepartmentReport
from evalkit.reporting.legal_basis import rule_notes
from evalkit.reporting.prose import prose
from evalkit.reporting.report import Report, RoundReport
from evalkit.reporting.saying import rest
from evalkit.tabular.cells import plain


@said_where(called_to_account)
def balance(report: RoundReport) -> Markdown:
    """How the list is carried over, and how many items of the year stand at each step."""
    found, word = items.open_items(report), report.word
    rules = report.study.assessment_files.accountability
    counts = {"year": report.year, "items": len(found), "cities": found.region.nunique()}
    edition = {"rules": rules.name[report.language], "version": rules.version}
    first = word("rectification_read", **counts, **edition, steps=_steps(report, found))
    return prose(report.joined([first, *rule_notes(report, rules)]))


@said_where(called_to_account)
def grave(report: RoundReport) -> Markdown:
    """What is listed here, and where the rest of the list stands."""
    found, closed = items.open_items(report), report.study.consequences.rectification.closed(report.year)
    counts = {"shown": len(tables.grave(report)), "items": len(found), "closed": len(closed)}
    lines = [report.word("rectification_grave", **counts), report.word("rectification_key")]
    return prose("\n\n".join(lines))


@said_where(called_to_account)
def gravest(report: RoundReport) -> Markdown:
    """How many items have passed the first step, and where those are that are not shown."""
    n = len(tables.grave(report))
    if not n:
        return NO_WORDS
    return prose(report.joined([report.word("rectification_gravest", n=n), *rest(report, n - brief.SHOWN, "items")]))


@said_where(called_to_account)
def rules(report: Report) -> Markdown:
    """How an item escalates."""
    declared = report.study.assessment_files.accountability
    bounds = {one.counts_below for one in declared.grounds.values() if one.counts_below}
    counted = [report.word("rectification_counts", n=plain(bound)) for bound in sorted(bounds)]
    read = report.joined([report.word("rectification_rules"), *_apart(report)])
    return prose("\n\n".join([read, report.word("rectification_carried"), *counted]))


@said_where(called_to_account)
def city(report: CityReport) -> Markdown:
    """How many items the city has, at which steps, by when it reports, and how the list is to be read."""
    found, lists = items.open_items(report, region=report.city), report.study.consequences.rectification
    if found.empty:
        return NO_WORDS
    closed = lists.closed(report.year)
    day = report.study.assessment_files.accountability.report_by(report.assessed.result.grade, report.year).isoformat()
    counts = {"items": len(found), "closed": int((closed.region == report.city).sum()), "year": report.year}
    read = report.word("rectification_city", city=report.city_name, steps=_steps(report, found), day=day, **counts)
    return prose("\n\n".join([read, *_unmarked(report, found), report.word("rectification_key")]))


@said_where(called_to_account)
def department(report: DepartmentReport) -> Markdown:
    """How many items the department leads and joins."""
    led, every = items.open_items(report, lead=report.department), items.open_items(report)
    joined = sum(report.department in others for others in every.joint)
    if led.empty:
        return prose(report.word("rectification_department_none", joined=joined)) if joined else NO_WORDS
    counts = {"items": len(led), "cities": led.region.nunique(), "joined": joined, "steps": _steps(report, led)}
    read = report.word("rectification_department", year=report.year, **counts)
    return prose("\n\n".join([read, report.word("rectification_key")]))


def _apart(report: Report) -> Iterator[str]:
    """Say which grounds have a step from the start, and which of them a review alone closes."""
    grounds = report.study.assessment_files.accountability.grounds
    names = {fault: ground.name[report.language] for fault, ground in grounds.items()}
    for fault, ground in grounds.items():
        if ground.at_once:
            yield report.word(
                "rectification_at_once", ground=names[fault], step=items.step_name(report, ground.at_once)
            )
    if reviewed := [names[fault] for fault in DISPUTING if fault in names]:
        yield report.word("rectification_reviewed", grounds=report.listed(reviewed))


def _steps(report: Report, found: pd.DataFrame) -> str:
    """Write how many items stand at each step, the gravest first."""
    steps = report.study.assessment_files.accountability.measures[::-1]
    counts = {step: int((found.step == step.code).sum()) for step in steps}
    return report.listed(
        report.word("items_at_step", name=step.name[report.language], n=n) for step, n in counts.items() if n
    )


def _unmarked(report: CityReport, found: pd.DataFrame) -> Iterator[str]:
    """Say how many of a city's items rest on targets that no document of the round gives."""
    advice = report.study.assessment_files.accountability.advice
    proposed = int((found.target_status != "confirmed").sum())
    if advised := int((found.step == advice.code).sum()) if advice else 0:
        yield report.word("rectification_advice", n=advised, items=len(found), advice=advice.name[report.language])
    elif proposed and not advice:
        yield report.word("rectification_proposed", n=proposed, items=len(found))
