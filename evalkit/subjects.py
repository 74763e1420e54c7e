"""What reports are made for: each with its codes in a study, its names, and what it is called on the command line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from evalkit.base.once import once
from evalkit.base.text import Text
from evalkit.study import Study


@dataclass(frozen=True, eq=False)
class Subject:
    """One of what reports are made for, under its parameter in notebooks, which is its option and its label too.

    `code_label` is the word over its codes in tables, `several` what many of them are called in English; `within` names
    what one of them is a part of and is listed under.
    """

    name: str
    several: str
    code_label: str
    codes: Callable[[Study], tuple[str, ...]]
    named: Callable[[Study, str, int], Text]
    within: Callable[[Study, str], Text | None] = lambda study, code: None

    def name_of(self, study: Study, code: str, year: int, language: str) -> str:
        """Name one of them as it was called in a year."""
        return self.named(study, code, year)[language]


def _region(study: Study, code: str, year: int) -> Text:
    return study.all_regions.by_code[code].name


def _city(study: Study, code: str) -> Text:
    """The city that a county belongs to."""
    regions = study.all_regions.by_code
    return regions[regions[code].parent].name


@once
def _answerable(study: Study) -> tuple[str, ...]:
    return tuple(study.assessed.duties.department.unique()) if study.assessed else ()


@once
def _counties(study: Study) -> tuple[str, ...]:
    """The counties that are graded; where none is, those in the report year that a census may show."""
    if study.assessed and study.assessed.graded_counties:
        return study.assessed.graded_counties
    shown = any(indicator.unscored == "snapshot" for indicator in study.system.indicators)
    return tuple(code for city in study.regions.index for code in study.counties(city).index) if shown else ()


CITY = Subject("city", "cities", "code", lambda study: tuple(study.regions.index), _region)
DEPARTMENT = Subject(
    "department",
    "departments",
    "department_code",
    _answerable,
    lambda study, code, year: study.system.departments[code].name_in(year),
)
COUNTY = Subject("county", "counties", "county_code", _counties, _region, _city)
SUBJECTS = (CITY, COUNTY, DEPARTMENT)
