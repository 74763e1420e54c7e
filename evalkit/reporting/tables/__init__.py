"""Every table of the reports: a function of the report, giving a plain DataFrame of printed cells.

Those of a city report stand here; those of the round's own notebooks in modules of their own.
Each dictionary has the tables of one kind of report, under the names of their files; a name means one table everywhere.
"""

from evalkit.reporting.tables import (
    coherence,
    convergence,
    county_equality,
    decomposition,
    determinants,
    efficiency,
    equality,
    fiscal,
    gaps,
    robustness,
)
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
OF_A_DEPARTMENT = {}
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
OF_PROVINCE = {"ranking": ranking, "sources": sources} | {
    f"province_{name}": table
    for name, table in {
        "intervals": robustness.intervals,
        "inequality": equality.inequality,
        "extremes": equality.extremes,
        "inequality_changes": equality.changes,
        "groups": decomposition.groups,
        "overlap": decomposition.overlap,
        "city_contributions": decomposition.city_contributions,
        "dimensions": decomposition.dimensions,
        "projects": equality.projects,
        "group_gaps": gaps.group_gaps,
        "gap_progress": gaps.gap_progress,
        "gap_people": gaps.gap_people,
        "gap_sensitivity": gaps.gap_sensitivity,
        "ceilings": gaps.ceilings,
        "county_spreads": county_equality.spreads,
        "county_ceilings": county_equality.county_ceilings,
        "county_progress": county_equality.county_progress,
        "county_furthest": county_equality.furthest,
        "convergence": convergence.series,
        "doubts": convergence.doubts,
        "efficiency_ranks": efficiency.ranks,
        "efficiency_scores": efficiency.scores,
        "frontier_targets": efficiency.targets,
        "productivity": efficiency.productivity,
        "effort": fiscal.effort,
        "functions": fiscal.functions,
        "coefficients": determinants.coefficients,
        "diagnostics": determinants.diagnostics,
        "residuals": determinants.residuals,
    }.items()
}

__all__ = [
    "OF_A_CITY",
    "OF_A_DEPARTMENT",
    "OF_INDEX_SYSTEM",
    "OF_PROVINCE",
    "OF_ROBUSTNESS",
    "OF_THE_ROUND",
    "alternatives",
    "among_cities",
    "annex",
    "coherence",
    "composition",
    "contributions",
    "convergence",
    "counties",
    "county_change",
    "county_equality",
    "county_gaps",
    "county_spread",
    "cover",
    "decomposition",
    "determinants",
    "efficiency",
    "equality",
    "fiscal",
    "fiscal_effort",
    "frontier",
    "frontier_targets",
    "gaps",
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
