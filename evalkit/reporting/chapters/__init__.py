"""The chapters of the reports: of each topic its tables, sentences, figures and words.

A module of a chapter declares which of its tables each kind of report shows, by the names of their files; a name means
one table everywhere. A chapter knows those before it in `CHAPTERS`, and none after it.
"""

from collections.abc import Callable

from evalkit.reporting.chapters import (
    basis,
    census,
    coherence,
    consequences,
    convergence,
    county,
    department,
    efficiency,
    fiscal,
    gaps,
    grade,
    incentives,
    indicators,
    inequality,
    leadership,
    position,
    province,
    province_grades,
    province_targets,
    quality,
    rectification,
    regression,
    resources,
    robustness,
    sources,
    summary,
    supervision,
    targets,
)

CHAPTERS = (
    summary,
    grade,
    targets,
    province_grades,
    province_targets,
    department,
    rectification,
    incentives,
    supervision,
    consequences,
    county,
    basis,
    position,
    robustness,
    indicators,
    resources,
    inequality,
    gaps,
    census,
    convergence,
    efficiency,
    fiscal,
    regression,
    coherence,
    sources,
    quality,
    province,
    leadership,
)


def _joined(declared: str) -> dict[str, Callable]:
    """Join what the modules of all chapters declare under one name; in a chapter, that of `tables` comes first."""
    found = (
        getattr(getattr(chapter, name), declared, {})
        for chapter in CHAPTERS
        for name in sorted(chapter.__all__, key=lambda own: own != "tables")
    )
    return {name: table for tables in found for name, table in tables.items()}


OF_A_CITY = _joined("OF_A_CITY")
OF_A_COUNTY = _joined("OF_A_COUNTY")
OF_A_DEPARTMENT = _joined("OF_A_DEPARTMENT")
OF_PROVINCE = _joined("OF_PROVINCE")
OF_CONSEQUENCES = _joined("OF_CONSEQUENCES")
OF_SUPERVISION = _joined("OF_SUPERVISION")
OF_INDEX_SYSTEM = _joined("OF_INDEX_SYSTEM")
OF_ROBUSTNESS = _joined("OF_ROBUSTNESS")
OF_THE_ROUND = _joined("OF_THE_ROUND")
