"""What each reporter is asked for a year: one question a figure, with what was accepted the time before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import pandas as pd

from evalkit.base.errors import ParamsError, Problem, one_of
from evalkit.base.text import Language, Text
from evalkit.data.metadata import Metadata, Variable
from evalkit.data.regions import in_year
from evalkit.index import IndexSystem

OWN, DEPARTMENT = "own", "department"
CITY, COUNTY = "city", "county"
UNITS = "facility"
FIGURES = ("variable", "region", "unit", "year", "value", "state", "publication")
VERSION_LENGTH = 12
SEPARATOR = "/"


@dataclass(frozen=True)
class Question:
    """One figure that is asked for, with what was accepted of it the time before; `unit` is the facility, or blank."""

    variable: str
    region: str
    unit: str = ""
    last: float | None = None
    last_state: str = ""
    publication: str = ""

    @property
    def key(self) -> str:
        """The name by which a form is read again: neither of the codes has a slash."""
        return SEPARATOR.join((self.variable, self.region, *filter(None, [self.unit])))


@dataclass(frozen=True)
class Section:
    """The questions that stand on one sheet: those of a project, or a register of units of one variable."""

    code: str
    name: Text
    questions: tuple[Question, ...]
    units_of: str | None = None


@dataclass(frozen=True)
class Form:
    """What one reporter is asked for a year.

    `version` is a digest of what is asked and how, units and earlier figures apart: these change while a form is out.
    `partial` says that only what is still open is asked.
    """

    survey: Survey = field(repr=False, compare=False)
    reporter: str
    standing: str
    name: Text
    sections: tuple[Section, ...]
    version: str
    partial: bool = False

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by its key, in the order of the sheets."""
        return {question.key: question for section in self.sections for question in section.questions}

    def only(self, keys: Container[str]) -> Form:
        """Give the part of the form that asks some questions, by their keys."""
        cut = [
            replace(one, questions=tuple(each for each in one.questions if each.key in keys)) for one in self.sections
        ]
        return replace(self, sections=tuple(section for section in cut if section.questions), partial=True)

    @property
    def asked(self) -> str:
        """The digest of the questions that stand in the form, by which one that is gone is missed."""
        return digest(sorted(self.questions))


@dataclass(frozen=True)
class Survey:
    """What all forms of a year rest on.

    `figures` are those that were accepted in the years before, and those handed in for this one (`FIGURES`, and for
    this year `standing`); `publication` is that of a figure that no earlier one tells it of.
    """

    study: str
    title: Text
    year: int
    system: IndexSystem
    metadata: Metadata
    regions: pd.DataFrame
    figures: pd.DataFrame
    publication: str
    language: Language = "zh"
    deadline: date | None = None

    @cached_property
    def reporters(self) -> dict[str, str]:
        """Give the standing of everyone who is asked something, by code: cities, counties, departments."""
        there = self.regions[in_year(self.regions, self.year)]
        levels = {level for variable in self._declared.values() for level in variable.levels}
        own = [code for level in (CITY, COUNTY) if level in levels for code in there.index[there.level == level]]
        led = {self._lead(variable) for variable in self._declared if self._is_of_cities(variable)}
        return dict.fromkeys(own, OWN) | {code: DEPARTMENT for code in self.system.departments if code in led}

    def chosen(self, wanted: Mapping[str, Iterable[str]]) -> list[str]:
        """Give those who are asked: of each kind ("city", "county", "department") the codes, or all if none is given.

        Raises ParamsError with every code that is not asked.
        """
        of_kind = {kind: [code for code in self.reporters if self.kind(code) == kind] for kind in wanted}
        wrong = [
            Problem(f"--{kind}", repr(code), one_of(code, of_kind[kind]))
            for kind, codes in wanted.items()
            for code in codes
            if code not in of_kind[kind]
        ]
        if wrong:
            raise ParamsError(f"the study {self.study} does not ask them in {self.year}", wrong)
        named = [code for codes in wanted.values() for code in codes]
        return list(dict.fromkeys(named)) or list(self.reporters)

    def kind(self, reporter: str) -> str:
        """Say what a reporter is: the level of a region, or a department."""
        return DEPARTMENT if self.reporters[reporter] == DEPARTMENT else self.regions.level[reporter]

    def form(self, reporter: str) -> Form:
        """Give what a reporter is asked. KeyError where it is asked nothing."""
        standing = self.reporters[reporter]
        if standing == DEPARTMENT:
            name = self.system.departments[reporter].name_in(self.year)
        else:
            row = self.regions.loc[reporter]
            name = Text(zh=row.name_zh, en=row.name_en)
        sections = tuple(self._sections(reporter, standing))
        return Form(self, reporter, standing, name, sections, self._version(reporter, sections))

    def open_form(self, reporter: str) -> Form | None:
        """Give what a reporter is asked and has not answered yet; None where nothing is open.

        Open is what no accepted figure of the year says, or what one says is missing.
        """
        form = self.form(reporter)
        there = self.figures[(self.figures.year == self.year) & (self.figures.state != "missing")]
        there = there[there.standing == form.standing] if len(there) else there
        answered = set(zip(there.variable, there.region, there.unit, strict=True))
        keys = {key for key, each in form.questions.items() if (each.variable, each.region, each.unit) not in answered}
        return form.only(keys) if keys else None

    @cached_property
    def _declared(self) -> dict[str, Variable]:
        """The variables that are asked for, in the order of the projects and their indicators."""
        known = self.metadata.variables
        terms = dict.fromkeys(term for _, terms in self._projects.values() for term in terms)
        return {term: known[term] for term in terms if self.year in known[term].calendar}

    @cached_property
    def _projects(self) -> dict[str, tuple[Text, list[str]]]:
        """The name of each project and the terms of its indicators; one that serves several stands in the first."""
        found: dict[str, tuple[Text, list[str]]] = {}
        seen: set[str] = set()
        for indicator in self.system.indicators:
            project = self.system.project_of(indicator.code)
            _, terms = found.setdefault(project.code, (project.name, []))
            terms += [term for term in dict.fromkeys(indicator.terms) if term not in seen]
            seen |= set(indicator.terms)
        return found

    @cached_property
    def _leads(self) -> dict[str, str | None]:
        """Say who leads a variable: who leads what it measures, or else the first thing that is divided by it."""
        leads: dict[str, str | None] = {}
        for place in (0, 1):
            for indicator in self.system.indicators:
                for term in indicator.terms[place : place + 1]:
                    leads.setdefault(term, next(iter(self.system.departments_of(indicator.code)), None))
        return leads

    def _lead(self, variable: str) -> str | None:
        return self._leads[variable]

    def _is_of_cities(self, variable: str) -> bool:
        declared = self._declared[variable]
        return CITY in declared.levels and declared.kind != UNITS

    def _sections(self, reporter: str, standing: str) -> Iterator[Section]:
        asked = {term: regions for term in self._declared if (regions := self._regions(term, reporter, standing))}
        for code, (name, terms) in self._projects.items():
            plain = [term for term in terms if term in asked and self._declared[term].kind != UNITS]
            questions = [self._question(term, region) for term in plain for region in asked[term]]
            if questions:
                yield Section(code, name, tuple(questions))
        for term in asked:
            if self._declared[term].kind == UNITS:
                yield Section(term, self._declared[term].name, tuple(self._units(term, reporter)), units_of=term)

    def _regions(self, variable: str, reporter: str, standing: str) -> list[str]:
        """Give the regions whose figure a reporter is asked for."""
        if standing == OWN:
            return [reporter] if self._levels[reporter] in self._declared[variable].levels else []
        return self._cities if self._lead(variable) == reporter and self._is_of_cities(variable) else []

    @cached_property
    def _levels(self) -> dict[str, str]:
        return self.regions.level.to_dict()

    @cached_property
    def _cities(self) -> list[str]:
        there = self.regions[in_year(self.regions, self.year)]
        return list(there.index[there.level == CITY])

    def _question(self, variable: str, region: str, unit: str = "") -> Question:
        figure = self._before.get((variable, region, unit))
        if figure is None:
            return Question(variable, region, unit, publication=self._publication(variable, region))
        last = None if pd.isna(figure.value) else float(figure.value)
        return Question(variable, region, unit, last, figure.state, figure.publication or self.publication)

    def _units(self, variable: str, region: str) -> list[Question]:
        """Ask again for every unit that had a figure the time before, and is there."""
        return [self._question(variable, region, unit) for unit in self._units_before.get((variable, region), ())]

    def _publication(self, variable: str, region: str) -> str:
        """Give the publication of any earlier figure: of the same region, or of another one."""
        own = self._publications.get((variable, region))
        return own or self._publications.get((variable, None)) or self.publication

    @cached_property
    def _before(self) -> dict[tuple, object]:
        """The figure before this year's of each variable, region and unit."""
        steps = self.figures.variable.map({code: each.every for code, each in self.metadata.variables.items()})
        rows = self.figures[self.figures.year + steps == self.year]
        return {(row.variable, row.region, row.unit): row for row in rows[[*FIGURES]].itertuples()}

    @cached_property
    def _units_before(self) -> dict[tuple, list[str]]:
        found: dict[tuple, list[str]] = {}
        for variable, region, unit in filter(lambda key: key[2], self._before):
            found.setdefault((variable, region), []).append(unit)
        return found

    @cached_property
    def _publications(self) -> dict[tuple, str]:
        rows = self.figures[(self.figures.year < self.year) & (self.figures.publication != "")]
        found = {(row.variable, None): row.publication for row in rows.itertuples()}
        return found | {(row.variable, row.region): row.publication for row in rows.itertuples()}

    def publication_of(self, variable: str, region: str, unit: str = "") -> str:
        """Give the publication of a figure that is handed in: that of the one before it, or else the register's."""
        return self._question(variable, region, unit).publication

    def _version(self, reporter: str, sections: Iterable[Section]) -> str:
        told = [
            (section.code, term, regions, self._told(term)) for section in sections for term, regions in _terms(section)
        ]
        return digest([self.study, self.year, reporter, self.system.code, self.system.version, told])

    def _told(self, variable: str) -> list:
        """Give what makes a variable another one than it was, if it changes."""
        declared = self._declared[variable]
        return [declared.unit.zh, declared.scale, declared.definition.zh, declared.kind, declared.valid]


def _terms(section: Section) -> list[tuple[str, list[str]]]:
    if section.units_of:
        return [(section.units_of, [])]
    terms: dict[str, list[str]] = {}
    for question in section.questions:
        terms.setdefault(question.variable, []).append(question.region)
    return list(terms.items())


def digest(told: object) -> str:
    """Give a short digest of what is told."""
    text = json.dumps(told, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:VERSION_LENGTH]
