"""The kinds of report: from which notebook each is made, once for what, and which tables it shows.

A new kind is a line in `KINDS`; what is new that reports are made for is a line in `subjects.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from evalkit.reporting.chapters import joined
from evalkit.reporting.city import CityReport
from evalkit.reporting.county import CountyReport
from evalkit.reporting.department import DepartmentReport
from evalkit.reporting.report import Report, RoundReport
from evalkit.study import Study
from evalkit.subjects import CITY, COUNTY, DEPARTMENT, Subject
from evalkit.tabular import Table

Tables = Mapping[str, Callable[..., Table | None]]


@dataclass(frozen=True, eq=False)
class ReportKind:
    """One kind of report, under the name of its folder; `title` is the key of its title in the words.

    `each` is what it is made for, one report each; None where a round has one of them. `tables` are its own, and
    `shared` those of the round that each of its reports shows. A table may be None where a study has nothing to show
    in it. `where` says which studies have the kind.
    """

    name: str
    notebook: str
    title: str
    report: type[Report] = RoundReport
    each: Subject | None = None
    tables: Tables = field(default_factory=dict)
    shared: Tables = field(default_factory=dict)
    where: Callable[[Study], object] = lambda study: True

    @property
    def path(self) -> Path:
        """The notebook, in the project."""
        return Path("notebooks") / f"{self.notebook}.ipynb"

    def codes(self, study: Study) -> tuple[str, ...]:
        """What the study has that it is made once for: their codes, or one blank for the round."""
        if not self.where(study):
            return ()
        return self.each.codes(study) if self.each else ("",)

    def make(self, study: Study, code: str, *, year: int, language: str) -> Report:
        """Give one of its reports."""
        return self.report(study, study.evaluate(), *([code] if self.each else []), year, language)


@dataclass(frozen=True)
class ReportId:
    """One report: its kind, and the code of what it is made for (blank for the round)."""

    kind: ReportKind
    code: str = ""

    @property
    def name(self) -> str:
        """What it is told by: the code, or the kind where there is none."""
        return self.code or self.kind.name

    @property
    def folder(self) -> str:
        """Its place in what a run leaves."""
        return f"{self.kind.name}/{self.code}" if self.code else self.kind.name


KINDS = {
    kind.name: kind
    for kind in (
        ReportKind("province", "province_report", "province_title", tables=joined("OF_PROVINCE")),
        ReportKind(
            "robustness",
            "robustness",
            "robustness_title",
            tables=joined("OF_ROBUSTNESS"),
            where=lambda study: study.round.uncertainty,
        ),
        ReportKind("data_quality", "data_quality", "data_quality_title", tables=joined("OF_QUALITY")),
        ReportKind(
            "consequences",
            "consequences",
            "consequences_title",
            tables=joined("OF_CONSEQUENCES"),
            where=lambda study: study.consequences and study.consequences.drawn,
        ),
        ReportKind(
            "supervision",
            "supervision_plan",
            "supervision_title",
            tables=joined("OF_SUPERVISION"),
            where=lambda study: study.consequences and study.assessment_files.supervision,
        ),
        ReportKind("index_system", "index_system", "index_system_title", tables=joined("OF_INDEX_SYSTEM")),
        ReportKind(
            "cities",
            "city_report",
            "report_title",
            CityReport,
            CITY,
            tables=joined("OF_A_CITY"),
            shared=joined("OF_THE_ROUND"),
        ),
        ReportKind(
            "counties",
            "county_report",
            "counties_title",
            CountyReport,
            COUNTY,
            tables=joined("OF_A_COUNTY"),
        ),
        ReportKind(
            "departments",
            "department_report",
            "department_title",
            DepartmentReport,
            DEPARTMENT,
            tables=joined("OF_A_DEPARTMENT"),
            where=lambda study: study.assessed,
        ),
    )
}


def present(root: Path) -> tuple[ReportKind, ...]:
    """Give the kinds whose notebook the project has."""
    return tuple(kind for kind in KINDS.values() if (root / kind.path).is_file())


def reports(study: Study, only: Mapping[str, tuple[str, ...]] | None = None) -> tuple[ReportId, ...]:
    """Give every report that the project can have; `only` narrows it to some kinds, and to some codes of a kind."""
    chosen = only or {kind.name: () for kind in present(study.root)}
    return tuple(
        ReportId(kind, code)
        for name, kind in KINDS.items()
        if name in chosen
        for code in dict.fromkeys(chosen[name] or kind.codes(study))
    )
