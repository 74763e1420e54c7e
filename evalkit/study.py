"""One assessment round, with every choice that its reports rest on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, partial
from pathlib import Path

import pandas as pd

from evalkit.analysis.livelihood import Livelihood
from evalkit.assessment import Rules
from evalkit.assessment.assessed import Assessed
from evalkit.assessment.assessment_files import FOLDERS, AssessmentFiles
from evalkit.assessment.consequences import Consequences
from evalkit.assessment.findings.inspections import NO_FINDINGS, Findings, dispute
from evalkit.base.errors import FAILED, Attempts, EvalkitError, MethodError, ParamsError, Problem, all_of
from evalkit.base.once import once
from evalkit.base.project import inside, place
from evalkit.data import Dataset, Panel, Regions
from evalkit.data.boundaries import Rings, read_boundaries
from evalkit.data.dataset import dataset_folder
from evalkit.data.imputation import NoImputation
from evalkit.data.metadata import METADATA
from evalkit.data.regions import in_year
from evalkit.index import IndexSystem, extension
from evalkit.index.indicator import PopulationBase
from evalkit.register import as_of
from evalkit.register.calendar import Calendar
from evalkit.register.checks.checks import Checks
from evalkit.round import Alternative, Round
from evalkit.scoring import Evaluation, Method, evaluate
from evalkit.scoring.composition import check_composition, composition
from evalkit.scoring.draws import Draws
from evalkit.scoring.normalisation import FIXED
from evalkit.scoring.uncertainty import uncertainty
from evalkit.scoring.uncertainty_sources import Uncertainty
from evalkit.words import Wording


@dataclass(frozen=True)
class Study:
    """A round with its index system, its regions and its dataset, loaded and checked.

    Whatever follows from it alone, whoever reads it, is computed when it is first asked for and kept with it. `inputs`
    holds the SHA-256 of every file that it was loaded from, by its path in the project, and the digest of its register
    under `register`. One that is meant as it stood on a day says which (`day`).
    """

    round: Round
    root: Path
    system: IndexSystem
    all_regions: Regions
    dataset: Dataset
    livelihood: Livelihood | None = None
    assessment_files: AssessmentFiles | None = None
    words: Mapping[str, Wording] = field(default_factory=dict)
    checks: Checks | None = None
    calendar: Calendar | None = None
    inputs: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    day: date | None = None

    @property
    def name(self) -> str:
        """The name by which it is loaded: its code, with the day of which it is meant, if it is meant of one."""
        return as_of.joined(self.round.code, self.day)

    @property
    def method(self) -> Method:
        """How the round scores."""
        return self.round.method

    @property
    def uncertainty(self) -> Uncertainty | None:
        """What the round's uncertainty analysis draws, if it declares one."""
        return self.round.uncertainty

    @property
    def seed(self) -> int:
        """The seed of the round's draws."""
        return self.round.seed

    @property
    def rules(self) -> Rules | None:
        """The rules of the assessment, in a round that is assessed by targets."""
        return self.assessment_files and self.assessment_files.rules

    @property
    def bands(self) -> tuple[float, ...]:
        """The scores at which bands start, rising: those of the rules, or else of the round's readings."""
        if self.rules is None:
            return self.round.readings.bands
        return tuple(sorted(band.least for band in self.rules.bands.scale if band.least))

    @property
    def years(self) -> range:
        """The years of the round."""
        return range(self.round.years[0], self.round.years[1] + 1)

    def year(self, year: int | None = None) -> int:
        """Give a year of the round: the report year if none is named. Raises ParamsError where it is another."""
        if year is not None and year not in self.years:
            wrong = Problem("year", str(year), f"{self.years[0]} to {self.years[-1]}")
            raise ParamsError(f"the study {self.round.code} does not have the year", [wrong])
        return self.round.report_year if year is None else year

    @cached_property
    def regions(self) -> pd.DataFrame:
        """The cities that are assessed, one row each."""
        table = self.all_regions.table
        return table[table.level == "city"]

    @once
    def counties(self, city: str, year: int | None = None) -> pd.DataFrame:
        """Give the counties of one city as they are in a year (the report year if none is given), one row each."""
        table = self.all_regions.table
        return table[(table.parent == city) & in_year(table, self.round.report_year if year is None else year)]

    @once
    def panel(self, *, population_base: PopulationBase | None = None) -> Panel:
        """Give every indicator of every city and year; per head of the other population if one is named."""
        system = self.system.on_population(population_base) if population_base else self.system
        reported = Panel.from_dataset(self.dataset, system, self.regions, self.years)
        return dispute(reported, self._findings)

    @once
    def evaluate(self) -> Evaluation:
        """Score every city and year with the method of the round."""
        return evaluate(self.panel(), self.system, self.method)

    def draws(self, year: int | None = None) -> Draws:
        """Draw what the round declares uncertain, for its report year if no other is given.

        Raises
        ------
        ParamsError
            The round declares no uncertainty, or does not have the year.
        MethodError
            A source of uncertainty cannot apply.
        """
        return self._draws(self.year(year))

    @once
    def _draws(self, year: int) -> Draws:
        if self.round.uncertainty is None:
            wrong = Problem("uncertainty", "nothing", "the sources that are to be drawn")
            raise ParamsError(f"the study {self.round.code} cannot be drawn", [wrong])
        return uncertainty(self.evaluate(), self.round.uncertainty, seed=self.round.seed, year=year)

    @property
    def _findings(self) -> Findings:
        return self.assessment_files.findings if self.assessment_files else NO_FINDINGS

    @cached_property
    def province(self) -> Evaluation:
        """Score all cities together, as if they were one: ratio of sums, for which nothing is imputed.

        A sum of things has no score on ends that are declared for a city; no project of it rests on a part that no city
        is held beside.
        """
        total = self.panel().total(self.dataset, self.system, self.all_regions.code)
        whole = dispute(total, self._findings, whole=self.all_regions.code)
        scored = whole.rated(self.system, self.dataset.metadata) if self.method.normalisation.kind in FIXED else whole
        method = self.method.but(imputation=NoImputation(), min_weight_of="node")
        return replace(evaluate(scored, self.system, method), panel=whole)

    @cached_property
    def uncapped(self) -> Evaluation:
        """Score with the method of the round, but without its cap."""
        return evaluate(self.panel(), self.system, self.method.but(cap=False))

    @cached_property
    def alternatives(self) -> dict[str, Evaluation]:
        """Score in each of the other ways that the round declares, by code."""
        declared = self.round.alternatives
        scored = all_of(partial(self._alternative, alternative) for alternative in declared)
        return dict(zip((alternative.code for alternative in declared), scored, strict=True))

    @cached_property
    def assessed(self) -> Assessed | None:
        """What targets, rules and events come to; None where the round is not assessed by them."""
        design = self.round.assessment
        return design and Assessed(
            self.system, self.dataset, self.all_regions, self.years, design, self.assessment_files
        )

    @cached_property
    def consequences(self) -> Consequences | None:
        """What follows from the assessment; None where the round is not assessed."""
        return self.assessed and Consequences(self.assessed, self.seed)

    def check(self, year: int | None = None) -> pd.DataFrame:
        """Hold the composition of the index against the data, and try what is to be read in a year.

        The composition is that of the round, held against its report year whichever year is to be read. Raises
        ParamsError where they do not agree, by the limits of the round; but in a round that is assessed by targets,
        data of what is scored may be missing (the rules say from when on there is no grade) and indicators may be
        saturated (their targets are met). Raises EvalkitError with all that keeps a score, a draw, the map or a
        consequence from being made.
        """
        year, tried = self.year(year), Attempts()
        tried(self.boundaries)
        held = tried(self._composition)
        if held is not FAILED:
            tried(self._try, year)
        tried.refuse()
        return held

    def _composition(self) -> pd.DataFrame:
        held = composition(self.panel(), self.system, self.round.report_year, self.round.composition, self.method)
        check_composition(held, self.system, scored=not self.round.assessment)
        return held

    def _try(self, year: int) -> None:
        """Score, and then in every other way that is declared, draw what is uncertain, and try what follows."""
        self.evaluate()
        ways = [lambda: self.province, lambda: self.uncapped, lambda: self.alternatives]
        drawn = [lambda: self.draws(year)] if self.round.uncertainty else []
        follows = [lambda: self.consequences.check(year)] if self.consequences else []
        all_of([*ways, *drawn, *follows])

    @once
    def boundaries(self) -> dict[str, Rings] | None:
        """Read the boundaries of the cities, as `read_boundaries` does; None where the round declares none."""
        declared = self.round.boundaries
        if declared is None:
            return None
        file = inside(self.root, declared.file, "boundaries.file")
        return read_boundaries(file, declared.key, self.regions.index)

    @property
    def files(self) -> list[Path]:
        """Every file that the results rest on, params first."""
        return files(self.round, self.root)

    def resolved(self) -> dict:
        """Give the round with every default written out."""
        return self.round.model_dump(mode="json")

    def _alternative(self, alternative: Alternative) -> Evaluation:
        try:
            panel = self.panel(population_base=alternative.population_base)
            return evaluate(panel, self.system, self.method.but(**alternative.method))
        except EvalkitError as error:
            raise MethodError(f"the alternative {alternative.code!r}: {error.title}", error.problems) from None


def files(declared: Round, root: Path) -> list[Path]:
    """Name every file that the results of a round rest on, params first; some may not be there.

    A register is none of them: it is known by its digest.
    """
    folder = variables_folder(declared, root)
    tables = () if declared.register else sorted(folder.glob("*.csv"))
    params_files = [
        place(root, "studies", declared.code),
        *extension.files(place(root, "index", declared.index)),
        place(root, "regions", declared.regions),
        *_named_files(declared, root),
    ]
    return [*params_files, *tables, folder / METADATA]


def variables_folder(declared: Round, root: Path) -> Path:
    """Find the dataset whose metadata declare the variables of a round. Raises ParamsError where there is none."""
    return dataset_folder(declared.variables, root, "register.variables" if declared.register else "dataset")


def _named_files(declared: Round, root: Path) -> Iterator[Path]:
    """The files that a round may do without."""
    if fiscal := declared.readings.fiscal:
        yield place(root, "livelihood", fiscal.livelihood)
    if declared.boundaries:
        yield inside(root, declared.boundaries.file, "boundaries.file")
    if declared.register and declared.register.checks:
        yield place(root, "checks", declared.register.checks)
    if declared.register and declared.register.calendar:
        yield place(root, "calendar", declared.register.calendar)
    if declared.words:
        yield place(root, "words", declared.words)
    if assessment := declared.assessment:
        for kind, name in assessment.named_files.items():
            yield place(root, FOLDERS[kind], name)
