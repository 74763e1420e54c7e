"""An item of the rectification list as it is written: its name, its figures, what closes it, and its columns."""

from __future__ import annotations

import pandas as pd

from evalkit.assessment.findings.inspections import DISPUTING
from evalkit.assessment.rectification.lists import BY_VALUE
from evalkit.assessment.rectification.shortfalls import EARMARK
from evalkit.base.once import once
from evalkit.index import Indicator
from evalkit.index.plain_target import Target
from evalkit.reporting.legal_basis import CONFIRMED
from evalkit.reporting.report import Report
from evalkit.study import Study
from evalkit.tabular import Table
from evalkit.tabular.cells import NO_DATA, NOT_PRINTED, day, number, plain, told_apart

_ITEM = (
    "item_code",
    "to_rectify",
    "fault",
    "responsible_units",
    "item_value",
    "item_asked",
    "gap",
    "acceptance",
    "deadline",
)
_ESCALATION = ("years_behind", "years_counted", "escalation", "target_status")
FAULT, DEADLINE = "fault", "deadline"
IN_BRIEF = ("to_rectify", "gap", "acceptance", DEADLINE)
OF_A_CITY_ITEM = (*_ITEM, *_ESCALATION)
OF_AN_ITEM = ("city", *OF_A_CITY_ITEM)
_TRACED = (
    "item_status",
    "origin",
    "not_observed",
    "noticed",
    "report_by",
    "closed_by",
    "closed_document",
    "by_finding",
)
EVERY = (*OF_AN_ITEM, *_TRACED, "rule", "rule_source")
CLOSED = ("item_code", "to_rectify", "fault", "origin", "closed_by", "closed_value", "closed_document")
# what closes an item whose figure is of another year
_ACCEPT = {"earlier_years_missing": "accept_earlier_figures", "no_baseline": "accept_baseline"}
COMPLETE = 100.0
NOISE = 1e-9  # of a difference of values
OF_SCORES = 2  # decimals of what is no indicator
Item = pd.Series | tuple  # a row of a list of items, by itself or as a tuple with names


def open_items(report: Report, *, counties: bool = False, **having: str) -> pd.DataFrame:
    """Give the items of cities, or of `counties`, that the year left open and whose columns have these values.

    The gravest first: of the furthest step come first what a document of the round asks, then the least complete; last
    of all stands what the year has no figure of, whatever was lacking before.
    """
    found = _ordered(report.study, report.year, counties=counties)
    for column, value in having.items():
        found = found[found[column] == value]
    return found


@once
def _ordered(study: Study, year: int, *, counties: bool) -> pd.DataFrame:
    consequences = study.consequences
    found = (consequences.county_rectification if counties else consequences.rectification).closing(year)
    steps = [step.code for step in study.assessment_files.accountability.measures]
    order = pd.DataFrame(
        {
            "unseen": unseen(found, year),
            "step": -found.step.map(steps.index).astype(int),
            "other": found.target_status != CONFIRMED,
            "complete": _complete(study, year, found, counties=counties),
        }
    )
    return found.loc[order.sort_index().sort_values([*order], kind="stable").index]


def unseen(found: pd.DataFrame, year: int) -> pd.Series:
    """Say of which items the year has no figure; one that was found to be untrue is known well enough."""
    waits = found.not_observed.map(lambda years: year in years) & ~found.fault.isin(DISPUTING)
    return (found.fault == "missing") | waits.astype(bool)


def _complete(study: Study, year: int, found: pd.DataFrame, *, counties: bool) -> pd.Series:
    """Give how far each item has come: what no completion is told of, such as a project below its floor, comes first.

    A target that has none, for want of a baseline, comes after those that have one.
    """
    assessed = study.assessed
    every = (assessed.counties if counties else assessed.cities).completion.xs(year, level="year").stack()
    known = every.reindex(pd.MultiIndex.from_frame(found[["region", "subject"]])).set_axis(found.index)
    return known.fillna((found.fault == "behind") * COMPLETE)


def item_name(report: Report, subject: str) -> str:
    """Name what has to be put right: an indicator with its unit, a project, or the earmark."""
    if subject == EARMARK:
        return report.rule(subject)
    node = report.system.node(subject)
    if not isinstance(node, Indicator):
        return report.word("item_project", name=report.node(subject))
    return report.word("with_value", name=report.target_name(subject), value=node.unit[report.language])


def step_name(report: Report, code: str) -> str:
    """Name a step of escalation."""
    steps = {step.code: step.name for step in report.study.assessment_files.accountability.measures}
    return steps[code][report.language]


def listed(report: Report, found: pd.DataFrame, columns: tuple[str, ...]) -> Table:
    """Make a table of items."""
    rows = [_row(report, item) for item in found.itertuples()]
    return report.table([{name: row[name] for name in columns} for row in rows], columns)


def _row(report: Report, item: Item) -> dict[str, object]:
    ground = report.study.assessment_files.accountability.grounds[item.fault]
    return {
        "city": report.region(item.region),
        "item_code": item.Index,
        "to_rectify": item_name(report, item.subject),
        "fault": ground.name[report.language],
        "responsible_units": report.listed([report.named_department(d) for d in (item.lead, *item.joint) if d]),
        **_figures(report, item),
        "deadline": day(item.deadline),
        "years_behind": item.years_behind,
        "years_counted": item.years_counted,
        "escalation": step_name(report, item.step),
        "target_status": report.word(item.target_status),
        "item_status": report.word(f"item_{item.status}"),
        "origin": item.origin,
        "not_observed": ", ".join(map(str, item.not_observed)) or NOT_PRINTED,
        "noticed": day(item.noticed),
        "report_by": day(item.report_by),
        "closed_by": report.word("closed_by_value") if item.closed_by == BY_VALUE else item.closed_by or NOT_PRINTED,
        "closed_document": item.closed_document[report.language] if item.closed_document else NOT_PRINTED,
        "by_finding": item.finding or NOT_PRINTED,
        "rule": item.rule,
        "rule_source": item.source[report.language],
    }


def _figures(report: Report, item: Item) -> dict[str, object]:
    """Write the figure, what was asked, what it lacks and what will close it, with decimals that tell them apart."""
    decimals = _telling(report, item)
    sign = report.word(f"asked_{item.accept_kind}", **_ends(report, item, item.bound, decimals))
    of_a_year = _ACCEPT if item.accept_kind == "figure" else {}
    accept = of_a_year.get(item.reason, f"accept_{item.accept_kind}")
    return {
        "item_value": number(item.value, decimals, blank=NO_DATA),
        "item_asked": sign if item.fault not in ("missing", "contradicted", "falsified") else NOT_PRINTED,
        "gap": _gap(item, decimals),
        "acceptance": _supplied(report, item, report.word(accept, **_ends(report, item, item.accept_at, decimals))),
        "closed_value": number(item.closed_value, decimals, blank=NOT_PRINTED),
    }


def acceptance_in_short(report: Report, item: Item) -> str:
    """Write what closes an item by the sign of its kind of target; in words what has none, or is of the next year."""
    if item.accept_kind in ("figure", "finding", "annual_quota"):
        return _figures(report, item)["acceptance"]
    asked = report.word(f"asked_{item.accept_kind}", **_ends(report, item, item.accept_at, _telling(report, item)))
    return _supplied(report, item, asked)


def _telling(report: Report, item: Item) -> int:
    """Give the decimals that tell a figure from what it misses, and its gap from none."""
    decimals = _decimals(report, item)
    if not item.gap > 0:
        return decimals
    return max(told_apart(item.value, [item.bound], decimals), told_apart(item.gap, [0], decimals))


def _gap(item: Item, decimals: int) -> object:
    """Write what is lacking: between two figures that are printed it is the difference of what is printed."""
    plainly = abs(abs(item.bound - item.value) - item.gap) < NOISE
    value, bound = number(item.value, decimals), number(item.bound, decimals)
    return number(abs(bound - value) if plainly else item.gap, decimals, blank=NOT_PRINTED)


def _supplied(report: Report, item: Item, acceptance: str) -> str:
    """Ask for the year's figure too, where the item waits for it."""
    waits = item.status == "open" and report.year in item.not_observed and item.fault not in DISPUTING
    return report.word("accept_supplied", year=report.year, acceptance=acceptance) if waits else acceptance


def _decimals(report: Report, item: Item) -> int:
    """Give the decimals of the indicator that is judged; of a project, those of its score."""
    figure = report.study.consequences.assessed.design.earmark if item.subject == EARMARK else item.subject
    node = report.system.node(figure)
    return node.decimals if isinstance(node, Indicator) else OF_SCORES


def _ends(report: Report, item: Item, level: float, decimals: int) -> dict[str, object]:
    """Give a level, the bounds of a target, or its value with how far off that level lets a figure be."""
    target = _target(report, item.subject)
    ends = {} if target is None else target.ends
    band = {name: plain(ends.get(end, 0)) for name, end in (("low", "value"), ("high", "upper"))}
    off = None if target is None or pd.isna(level) else target.margin(level)
    if off is not None:
        return {"x": plain(target.value), "off": number(off, decimals), **band}
    return {"x": number(level, decimals, blank=NOT_PRINTED), "off": NOT_PRINTED, **band}


def _target(report: Report, subject: str) -> Target | None:
    """Give the target that an item is about; none for a project and for the earmark, which are held to a number."""
    node = None if subject == EARMARK else report.system.node(subject)
    return node.target if isinstance(node, Indicator) else None
