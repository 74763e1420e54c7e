"""Every table of the reports: a function of the report, giving a plain DataFrame of printed cells.

Those of a city report stand here; those of the round's own notebooks in `tables.coherence` and `tables.robustness`.
Each dictionary has the tables of one kind of report, under the names of their files; a name means one table everywhere.
"""

from evalkit.reporting.tables import coherence, robustness
from evalkit.reporting.tables.context import (
    counties,
    county_spread,
    plan_targets,
    quality,
    resources,
    sources,
)
from evalkit.reporting.tables.effort import fiscal_effort, frontier, frontier_targets
from evalkit.reporting.tables.indicators import (
    annex,
    composition,
    contributions,
    goalposts,
    shortfalls,
    strengths,
    targets,
    terms,
)
from evalkit.reporting.tables.overview import alternatives, cover, headline, path, projects, rank_chances, ranking
from evalkit.reporting.tables.places import among_cities, county_change, county_gaps, shortages

OF_A_CITY = {
    table.__name__: table
    for table in (
        headline,
        path,
        alternatives,
        rank_chances,
        projects,
        annex,
        terms,
        targets,
        goalposts,
        contributions,
        strengths,
        shortfalls,
        resources,
        frontier,
        frontier_targets,
        fiscal_effort,
        among_cities,
        shortages,
        counties,
        county_spread,
        county_gaps,
        county_change,
        quality,
    )
}
OF_THE_ROUND = {table.__name__: table for table in (ranking, composition, plan_targets, sources)}
OF_INDEX_SYSTEM = {"composition": composition, "plan_targets": plan_targets} | {
    f"index_{table.__name__}": table
    for table in (
        coherence.departments,
        coherence.coverage,
        coherence.statistics,
        coherence.correlations,
        coherence.components,
        coherence.reliability,
        coherence.influence,
    )
}
OF_ROBUSTNESS = {
    f"robustness_{table.__name__}": table
    for table in (
        robustness.sources,
        robustness.intervals,
        robustness.probabilities,
        robustness.above,
        robustness.sensitivity,
    )
}

__all__ = [
    "OF_A_CITY",
    "OF_INDEX_SYSTEM",
    "OF_ROBUSTNESS",
    "OF_THE_ROUND",
    "alternatives",
    "among_cities",
    "annex",
    "coherence",
    "composition",
    "contributions",
    "counties",
    "county_change",
    "county_gaps",
    "county_spread",
    "cover",
    "fiscal_effort",
    "frontier",
    "frontier_targets",
    "goalposts",
    "headline",
    "path",
    "plan_targets",
    "projects",
    "quality",
    "rank_chances",
    "ranking",
    "resources",
    "robustness",
    "shortages",
    "shortfalls",
    "sources",
    "strengths",
    "targets",
    "terms",
]
