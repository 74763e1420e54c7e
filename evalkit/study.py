"""One assessment round, with every choice that its reports rest on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from evalkit import cache, fingerprint, params
from evalkit.analysis.livelihood import Livelihood
from evalkit.assessment import Rules
from evalkit.assessment.assessed import Assessed
from evalkit.assessment.consequences import Consequences
from evalkit.assessment.inspections import NO_FINDINGS, Findings, dispute
from evalkit.assessment.provisions import Provisions
from evalkit.data import Dataset, Panel, Regions
from evalkit.data.dataset import dataset_folder
from evalkit.data.regions import in_year
from evalkit.errors import Offence, ParamsError, one_of
from evalkit.index import IndexSystem, extension
from evalkit.index.indicator import PopulationBase
from evalkit.project import find, place, project_root
from evalkit.round import Alternative, Round
from evalkit.scoring import Evaluation, Method, evaluate
from evalkit.scoring.composition import check_composition, composition
from evalkit.scoring.draws import Draws
from evalkit.scoring.sources import Uncertainty
from evalkit.scoring.uncertainty import uncertainty


@dataclass(frozen=True)
class Study:
    """A round with its index system, its regions and its dataset, loaded and checked."""

    round: Round
    root: Path
    system: IndexSystem
    all_regions: Regions
    dataset: Dataset
    livelihood: Livelihood | None = None
    provisions: Provisions | None = None

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
        return self.provisions and self.provisions.rules

    @property
    def years(self) -> range:
        """The years of the round."""
        return range(self.round.years[0], self.round.years[1] + 1)

    @cached_property
    def regions(self) -> pd.DataFrame:
        """The cities that are assessed, one row each."""
        table = self.all_regions.table
        return table[table.level == "city"]

    def counties(self, city: str, year: int | None = None) -> pd.DataFrame:
        """Give the counties of one city as they are in a year (the report year if none is given), one row each."""
        table = self.all_regions.table
        return table[(table.parent == city) & in_year(table, self.round.report_year if year is None else year)]

    def panel(self, *, population_base: PopulationBase | None = None) -> Panel:
        """Give every indicator of every city and year; per head of the other population if one is named."""
        if population_base not in self._panels:
            system = self.system.on_population(population_base) if population_base else self.system
            reported = Panel.from_dataset(self.dataset, system, self.regions, self.years)
            self._panels[population_base] = dispute(reported, self._findings)
        return self._panels[population_base]

    @cached_property
    def _panels(self) -> dict[PopulationBase | None, Panel]:
        return {}

    def evaluate(self) -> Evaluation:
        """Score every city and year with the method of the round, or read what the runner stored of the same."""
        stored = cache.read_evaluation(self.cache, self.system, self.method) if self.cache else None
        return stored or evaluate(self.panel(), self.system, self.method)

    def draws(self, year: int | None = None) -> Draws:
        """Draw what the round declares uncertain, for its report year if no other is given; or read the same.

        Raises
        ------
        ParamsError
            The round declares no uncertainty, or does not have the year.
        MethodError
            A source of uncertainty cannot apply.
        """
        year = self.round.report_year if year is None else year
        self._check_draws(year)
        stored = cache.read_draws(self.cache, year) if self.cache else None
        return stored or uncertainty(self.evaluate(), self.round.uncertainty, seed=self.round.seed, year=year)

    @property
    def _findings(self) -> Findings:
        return self.provisions.findings if self.provisions else NO_FINDINGS

    @cached_property
    def province(self) -> Evaluation:
        """Score all cities together, as if they were one: ratio of sums."""
        total = self.panel().total(self.dataset, self.system, self.all_regions.code)
        whole = dispute(total, self._findings, whole=self.all_regions.code)
        return evaluate(whole, self.system, self.method)

    @cached_property
    def uncapped(self) -> Evaluation:
        """Score with the method of the round, but without its cap."""
        return evaluate(self.panel(), self.system, self.method.but(cap=False))

    @cached_property
    def alternatives(self) -> dict[str, Evaluation]:
        """Score in each of the other ways that the round declares, by code."""
        return {a.code: self._alternative(a) for a in self.round.alternatives}

    @cached_property
    def assessed(self) -> Assessed | None:
        """What targets, rules and events come to; None where the round is not assessed by them."""
        design = self.round.assessment
        return design and Assessed(self.system, self.dataset, self.all_regions, self.years, design, self.provisions)

    @cached_property
    def consequences(self) -> Consequences | None:
        """What follows from the assessment; None where the round is not assessed."""
        return self.assessed and Consequences(self.assessed, self.seed)

    def check(self, year: int | None = None) -> pd.DataFrame:
        """Hold the composition of the index against the data, and try what is to follow from the assessment of a year.

        Raises ParamsError where they do not agree; but in a round that is assessed by targets, data may be missing (the
        rules say from when on there is no grade) and indicators may be saturated (their targets are met). Raises
        EvalkitError with all that keeps a consequence from being drawn.
        """
        hold = composition if self.round.assessment else check_composition
        held = hold(self.panel(), self.system, self.round.report_year)
        if self.consequences:
            self.consequences.check(self.round.report_year if year is None else year)
        return held

    @property
    def files(self) -> list[Path]:
        """Every file that the results rest on, params first."""
        folder = dataset_folder(self.round.dataset, self.root)
        params_files = [
            place(self.root, "studies", self.round.code),
            *extension.files(place(self.root, "index", self.round.index)),
            place(self.root, "regions", self.round.regions),
            *self._named_files(),
        ]
        return [*params_files, *sorted(folder.glob("*.csv")), folder / "metadata.yaml"]

    def _named_files(self) -> Iterator[Path]:
        """The files that a round may do without."""
        if fiscal := self.round.readings.fiscal:
            yield place(self.root, "livelihood", fiscal.livelihood)
        if self.round.boundaries:
            yield self.root / self.round.boundaries.file
        if assessment := self.round.assessment:
            for kind, name in assessment.provisions.items():
                yield place(self.root, kind, name)

    @property
    def cache(self) -> Path | None:
        """The folder of what the runner has stored of exactly this study; None where it has stored nothing yet."""
        folder = cache.folder(self.root, self.round.code)
        return folder / self.key if folder.is_dir() else None

    @cached_property
    def key(self) -> str:
        """A SHA-256 of all that the results rest on: what is loaded, its files, the library and the versions."""
        parts = (self.round, self.system, self.all_regions, self.dataset.metadata, self.livelihood)
        declared = (*parts, *(self.provisions.declared if self.provisions else ()))
        files = [file for file in [*self.files, *fingerprint.source_files()] if file.is_file()]
        return fingerprint.digest(
            {
                "declared": [part.model_dump(mode="json") for part in declared if part],
                "table": fingerprint.of_frame(self.dataset.table),
                "inputs": fingerprint.inputs(files, self.root),
                "versions": fingerprint.versions(cache.PACKAGES),
            }
        )

    def resolved(self) -> dict:
        """Give the round with every default written out."""
        return self.round.model_dump(mode="json")

    def _check_draws(self, year: int) -> None:
        wrong = []
        if self.round.uncertainty is None:
            wrong.append(Offence("uncertainty", "nothing", "the sources that are to be drawn"))
        if year not in self.years:
            wrong.append(Offence("year", str(year), f"{self.years[0]} to {self.years[-1]}"))
        if wrong:
            raise ParamsError(f"the study {self.round.code} cannot be drawn", wrong)

    def _alternative(self, alternative: Alternative) -> Evaluation:
        panel = self.panel(population_base=alternative.population_base)
        return evaluate(panel, self.system, self.method.but(**alternative.method))


def load_study(name: str | Path, *, root: Path | None = None) -> Study:
    """Load a study by name (`params/studies/<name>.yaml`), or by the path of its file.

    Raises
    ------
    ParamsError
        No such study, or something in its YAML files is wrong: every offender by file, key and line.
    DataError
        A table does not meet what is declared of it.
    """
    given = Path(name)
    is_path = given.suffix == ".yaml"
    root = root or project_root(given.parent if is_path else None)
    path = given if is_path else find(root, "studies", str(name))
    declared = params.read(Round, path)
    if declared.code != path.stem:
        raise ParamsError(f"{path.name} is not valid ({path})", [Offence("code", repr(declared.code), repr(path.stem))])
    regions = Regions.load(find(root, "regions", declared.regions))
    system = IndexSystem.load(find(root, "index", declared.index))
    _check_targets(system, regions)
    dataset = Dataset.load(dataset_folder(declared.dataset, root), regions.table)
    declared.readings.check([indicator.code for indicator in system.indicators], dataset.metadata.variables)
    provisions = _provisions(declared, root, system, dataset)
    if provisions:
        cities = regions.table[regions.table.level == "city"].index
        provisions.check(system, cities, range(declared.years[0], declared.years[1] + 1))
    return Study(declared, root, system, regions, dataset, _livelihood(declared, root, dataset), provisions)


def load_system(name: str | Path, *, root: Path | None = None) -> IndexSystem:
    """Load an index system by name (`params/index/<name>.yaml`), or by the path of its YAML file or workbook.

    Raises ParamsError where there is none, or with every offender in it.
    """
    path = Path(name)
    if path.suffix == ".xlsx":
        from evalkit.index.workbook import read_system_workbook

        return read_system_workbook(path)
    return IndexSystem.load(path if path.suffix == ".yaml" else find(root or project_root(), "index", str(name)))


def _livelihood(declared: Round, root: Path, dataset: Dataset) -> Livelihood | None:
    if declared.readings.fiscal is None:
        return None
    livelihood = Livelihood.load(find(root, "livelihood", declared.readings.fiscal.livelihood))
    livelihood.check(dataset.metadata.variables)
    return livelihood


def _provisions(declared: Round, root: Path, system: IndexSystem, dataset: Dataset) -> Provisions | None:
    """Load what a round names for its assessment."""
    design = declared.assessment
    if design is None:
        return None
    design.check(system, dataset.metadata.variables)
    return Provisions.load(root, design.provisions)


def _check_targets(system: IndexSystem, regions: Regions) -> None:
    codes = regions.table.index
    wrong = [
        Offence(f"{key} of {indicator.code}, by_region", repr(region), one_of(region, codes))
        for indicator in system.indicators
        if indicator.target
        for key, given in (("target", indicator.target), ("baseline", indicator.target.baseline))
        for region in (given.by_region if given else ())
        if region not in codes
    ]
    if wrong:
        raise ParamsError(f"the index system {system.code} names regions that {regions.code} does not have", wrong)
