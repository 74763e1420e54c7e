"""What a report shows only where the study has it: elsewhere nothing, and the page leaves the section out."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

import pandas as pd
from IPython.display import Markdown

from evalkit.base.once import once
from evalkit.data.imputation import NoImputation
from evalkit.reporting.city import CityReport
from evalkit.reporting.report import Report
from evalkit.scoring.composition import Limits
from evalkit.study import Study
from evalkit.tabular.table import READABLE

AnyReport = TypeVar("AnyReport", bound=Report)
Shown = TypeVar("Shown")
NO_WORDS = Markdown("")
MATRIX = 100  # cities of which each is held beside each other in a table
FEW = 30  # the usual bound of a small sample: bootstrap intervals of fewer are too short (docs/methods.md)


def shown_where(
    holds: Callable[..., object], otherwise: Markdown | None = None
) -> Callable[[Callable[[AnyReport], Shown]], Callable[[AnyReport], Shown | None]]:
    """Make a table or figure that is None, or `otherwise`, in reports of which `holds` is not true."""

    def conditional(made: Callable[[AnyReport], Shown]) -> Callable[[AnyReport], Shown | None]:
        @wraps(made)
        def shown(report: AnyReport) -> Shown | None:
            return made(report) if holds(report) else otherwise

        return shown

    return conditional


def said_where(
    holds: Callable[..., object],
) -> Callable[[Callable[[AnyReport], Shown]], Callable[[AnyReport], Shown | None]]:
    """Make prose that is `NO_WORDS` in reports of which `holds` is not true."""
    return shown_where(holds, NO_WORDS)


def planned(report: Report) -> bool:
    """Whether the index system says which plan it serves."""
    return report.system.plan is not None


def outlived(report: Report) -> bool:
    """Whether the plan ended before the year of the report, in a year that the round has."""
    plan = report.system.plan
    return plan is not None and plan.ends in report.years and plan.ends < report.year


def strict(report: Report) -> bool:
    """Whether all that is scored is complete, unbroken and tells cities apart, by the default limits."""
    declared, method = report.study.round, report.study.method
    return (declared.composition, method.imputation, method.min_weight) == (Limits(), NoImputation(), 1)


def mapped(report: Report) -> bool:
    """Whether it is known where the cities lie: from boundaries, or from a tile for each of them."""
    known = report.study.all_regions.by_code
    return report.study.round.boundaries is not None or all(known[city].tile for city in report.study.regions.index)


def drawn(report: Report) -> bool:
    """Whether the round declares what is uncertain."""
    return report.study.round.uncertainty is not None


def drawn_of_few(report: Report) -> bool:
    """Whether the draws can be told of each city beside each other: a matrix has a row and a column for every one."""
    return drawn(report) and len(report.study.regions) <= MATRIX


def drawn_of_several(report: Report) -> bool:
    """Whether several choices are uncertain, so that they can be held against each other."""
    return drawn(report) and len(report.study.uncertainty.sources) > 1


def rebased(report: Report) -> bool:
    """Whether another way of scoring has another population base, which no draw varies."""
    return any(alternative.population_base for alternative in report.study.round.alternatives)


def few_cities(report: Report) -> bool:
    """Whether the cities are so few that their intervals are too short."""
    return len(report.study.regions) < FEW


def has_headline_input(report: Report) -> bool:
    """Whether one input stands for all of them."""
    return report.system.headline_input is not None


def assessed(report: Report) -> bool:
    """Whether the round is assessed by targets."""
    return report.study.assessed is not None


def judged(report: CityReport) -> bool:
    """Whether any target is judged of the region itself: all may be judged in what lies below it."""
    return assessed(report) and not report.judged.empty


def earmarked(report: Report) -> bool:
    """Whether an earmark of the rules is held against an indicator."""
    return assessed(report) and report.study.round.assessment.earmark is not None


def without_figure(report: Report, rule: str) -> bool:
    """Whether a rule or a part of the rules asks for a figure which the round does not name."""
    return assessed(report) and getattr(report.study.round.assessment, rule, rule) is None


def outcome_of(report: Report, rule: str, outcome: str) -> str:
    """Give what came of a rule; one for which no figure is declared does not merely lack it."""
    return "undeclared" if outcome == "not_tested" and without_figure(report, rule) else outcome


def held_to_limits(report: Report) -> bool:
    """Whether scored indicators have to keep to limits: not where targets are what counts."""
    return not assessed(report)


def grouped(report: Report) -> bool:
    """Whether any group has more cities than one, so that a city can have a place in it."""
    return _grouped(report.study)


@once
def _grouped(study: Study) -> bool:
    return bool((study.regions["group"].value_counts() > 1).any())


def has_peers(report: Report, city: str) -> bool:
    """Whether the city's group, if it has one, has other cities."""
    own = report.study.regions["group"]
    return bool((own == own[city]).sum() > 1)


def split_in_groups(report: Report) -> bool:
    """Whether there are two groups of cities to compare."""
    return report.equality.ends is not None


def too_many_to_list(report: Report) -> bool:
    """Whether the cities are more than anybody reads one by one, and stand in groups."""
    return len(report.study.regions) > READABLE and split_in_groups(report)


def called_to_account(report: Report) -> bool:
    """Whether rules of accountability follow the assessment: there is a rectification list."""
    return assessed(report) and report.study.assessment_files.accountability is not None


def supervised(report: Report) -> bool:
    """Whether rules of supervision follow the assessment: there is a plan of visits."""
    return assessed(report) and report.study.assessment_files.supervision is not None


def rewarded(report: Report) -> bool:
    """Whether rules of incentives follow the assessment: there are funds, commendations or restrictions."""
    return assessed(report) and report.study.assessment_files.incentives is not None


def imputes(report: Report) -> bool:
    """Whether the method puts something in the place of what is missing."""
    return report.result.method.imputation.kind != "none"


def needs_part(report: Report) -> bool:
    """Whether a node is scored of part of its weight."""
    return report.result.method.min_weight < 1


def ranked(report: CityReport) -> bool:
    """Whether the city has a score in the year: too much may be missing."""
    return bool(pd.notna(report.rank(report.result.root)))


def has_census(report: CityReport) -> bool:
    """Whether a county of the city has an indicator of a census."""
    return bool(report.census)


def reads_convergence(report: Report) -> bool:
    """Whether the round reads series for convergence."""
    return bool(report.readings.convergences(report.year))


def reads_fiscal(report: Report) -> bool:
    """Whether the round reads fiscal effort."""
    return report.readings.declared.fiscal is not None


def reads_efficiency(report: Report) -> bool:
    """Whether the round reads what cities yield for what they spend, and the data of the year have it."""
    return report.efficiency is not None


def more_cities_than_indicators(report: Report) -> bool:
    """Whether there are more cities than scored indicators, without which their structure cannot be read."""
    return len(report.study.regions) > len(report.system.scored)


of_an_assessed_round = shown_where(assessed)
