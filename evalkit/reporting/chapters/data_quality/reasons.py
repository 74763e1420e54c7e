"""Why a figure is asked about, in words, and of whom."""

from __future__ import annotations

import numpy as np

from evalkit.readings.quality import Ask, Quality
from evalkit.readings.quality_changes import Finding
from evalkit.reporting.report import Report
from evalkit.tabular.cells import NOT_PRINTED, number, plain, years

SHOWN = 3  # reasons of one thing to ask back that are told
SIX = 6  # digits of a figure that is no count
FOUND = {
    "slip": "found_slip",
    "parts": "found_parts",
    "counties": "found_counties",
    "range": "found_range",
    "units": "found_units",
    "exceeds": "found_ratio",
    "step": "found_step",
    "same": "found_same",
    "copied": "found_copied",
    "zero": "found_zero",
    "whole": "found_whole",
    "coarse": "found_coarse",
    "level": "found_level",
    "digits": "found_digits",
    "missing": "found_missing",
}
ASKED = {"correct": "ask_correct", "explain": "ask_explain", "supply": "ask_supply", "look": "ask_look"}
OF_MANY_YEARS = ("missing", "coarse", "whole")  # told once for all years


def quality_of(report: Report) -> Quality:
    """Give the look at the figures up to the year of the report."""
    return Quality.of(report.study, report.year)


def variable_name(report: Report, code: str) -> str:
    """Name a variable of the dataset."""
    return report.study.dataset.metadata.variables[code].name[report.language]


def whose(report: Report, region: str) -> str:
    """Name the region that is asked: a county with its city; all regions where none is named."""
    if not region:
        return report.word("every_region")
    parent = report.study.all_regions.by_code[region].parent
    if parent is None or parent not in report.study.regions.index:
        return report.region(region)
    return report.word("county_of", name=report.region(region), of=report.region(parent))


def departments(report: Report, codes: tuple[str, ...]) -> str:
    """Name the departments that answer; a sign where none is declared."""
    return report.listed(map(report.named_department, codes)) if codes else NOT_PRINTED


def why(report: Report, ask: Ask) -> str:
    """Say what was found, by year; of more than three findings the gravest, and how many are left out."""
    every = _each_once(ask.findings)
    told = sorted(every[:SHOWN], key=lambda finding: finding.year)
    said = [reason(report, finding, when=_when(ask, finding)) for finding in told]
    more = [report.word("more_reasons", n=len(every) - SHOWN)] if len(every) > SHOWN else []
    return report.word("apart").join([*said, *more])


def reason(report: Report, finding: Finding, *, when: object = None) -> str:
    """Say of one finding what the figure is, and what it does not go with; `when` stands for its year."""
    with np.errstate(divide="ignore", invalid="ignore"):
        factor = float(np.float64(finding.value) / finding.against)
    alone = finding.kind == "step" and np.isnan(finding.usual)
    said = report.word(
        "found_step_alone" if alone else FOUND[finding.kind],
        when=finding.year if when is None else when,
        value=_figure(finding.value),
        against=_figure(finding.against),
        factor=number(factor, 2),
        usual=number(finding.usual, 2),
        share=number(100 * finding.size, 0),
        other=whose(report, finding.about) if finding.kind == "copied" else "",
        part=variable_name(report, finding.about) if finding.kind == "exceeds" else "",
        power=_power(factor),
    )
    noted = report.word("with_value", name=said, value=report.word("few_counted")) if finding.few else said
    return report.word("labelled", name=finding.unit, value=noted) if finding.unit else noted


def _each_once(findings: tuple[Finding, ...]) -> list[Finding]:
    """Give the findings, of a kind that is told once for all years the first."""
    kinds = [finding.kind for finding in findings]
    return [f for n, f in enumerate(findings) if f.kind not in OF_MANY_YEARS or kinds.index(f.kind) == n]


def _when(ask: Ask, finding: Finding) -> object:
    """The year of a finding, or all years of its kind."""
    if finding.kind not in OF_MANY_YEARS:
        return finding.year
    return years({other.year for other in ask.findings if other.kind == finding.kind})


def _figure(value: float) -> str:
    return plain(float(f"{value:.{SIX}g}")) if value != np.rint(value) else plain(value)


def _power(factor: float) -> str:
    """Write about how many times a figure is another: 10000, or 1/100."""
    if not (np.isfinite(factor) and factor > 0):
        return NOT_PRINTED
    power = round(abs(np.log10(factor)))
    return f"{10**power}" if factor > 1 else f"1/{10**power}"
