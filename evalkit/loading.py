"""Loading a study: its files read and checked once, and again where they have changed."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from evalkit import fingerprint, params
from evalkit.analysis.livelihood import Livelihood
from evalkit.assessment.provisions import Provisions
from evalkit.data import Dataset, Regions
from evalkit.data.dataset import dataset_folder
from evalkit.errors import Offence, ParamsError, one_of
from evalkit.index import IndexSystem
from evalkit.index.unscored import without_scores
from evalkit.limits import TABLE_BYTES, WORKBOOK_BYTES
from evalkit.project import find, inside, place, project_root
from evalkit.reading import check_file
from evalkit.round import Round
from evalkit.study import Study, files
from evalkit.words import Words

KEPT = 4  # studies, the latest used: a whole round hangs on each
TRIES = 3
_loaded: dict[Path, Study] = {}
_held: dict[Path, Study] = {}


def load_study(name: str | Path, *, root: Path | None = None) -> Study:
    """Give a study by name (`params/studies/<name>.yaml`), or by the path of its file.

    A study whose files are the same as when this process loaded it is not loaded again: all that hangs on it is there.

    Raises
    ------
    ParamsError
        No such study, or something in its YAML files is wrong: every offender by file, key and line.
    DataError
        A table does not meet what is declared of it.
    """
    given = Path(name)
    is_path = given.suffix == ".yaml"
    root = (root or project_root(given.parent if is_path else None)).resolve()
    at = _real(given if is_path else place(root, "studies", str(name)))
    if at in _held:
        return _held[at]
    path = given if is_path else find(root, "studies", str(name))
    study = _loaded.pop(at, None)
    if study is None or study.root != root or not unchanged(study):
        study = _load_whole(path, root)
    _loaded[at] = study
    for oldest in list(_loaded)[:-KEPT]:
        del _loaded[oldest]
    return study


def hold(study: Study) -> None:
    """Have this process, and what is forked from it, take a study for what its name means, whatever its files say."""
    _held[_real(place(study.root, "studies", study.round.code))] = study


def unchanged(study: Study) -> bool:
    """Say whether the files of a study are those that it was loaded from."""
    try:
        return _hashes(study.files, study.root) == study.inputs
    except ParamsError:  # a name that stands for two files now, or for none
        return False


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
    provisions = Provisions.load(root, design.provisions)
    design.check_rules(provisions.rules)
    return provisions


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


def _real(path: Path) -> Path:
    """Follow links; unlike Path.resolve, take a link to itself for what it is called."""
    return Path(os.path.realpath(path))


def _load_whole(path: Path, root: Path) -> Study:
    """Load a study together with what its files hash to: again, where one of them was written to meanwhile."""
    for _ in range(TRIES):
        first = _hashes([path], root)
        declared = params.read(Round, path)
        inputs = _hashes(files(declared, root), root)
        study = _load(declared, path, root)
        if first.items() <= inputs.items() and _hashes(study.files, root) == inputs:
            return replace(study, inputs=inputs)
    raise ParamsError(f"the files of {path.stem} are being written to", [Offence(str(path), "changes", "a pause")])


def _hashes(paths: Iterable[Path], root: Path) -> dict[str, str]:
    there = [path for path in paths if os.path.isfile(path)]
    for path in there:
        check_file(path, most=WORKBOOK_BYTES)
    return fingerprint.inputs(there, root)


def _load(declared: Round, path: Path, root: Path) -> Study:
    if declared.code != path.stem:
        raise ParamsError(f"{path.name} is not valid ({path})", [Offence("code", repr(declared.code), repr(path.stem))])
    if declared.boundaries:
        check_file(inside(root, declared.boundaries.file, "boundaries.file"), most=TABLE_BYTES)
    regions = Regions.load(find(root, "regions", declared.regions))
    system = without_scores(IndexSystem.load(find(root, "index", declared.index)), declared.unscored)
    _check_targets(system, regions)
    dataset = Dataset.load(dataset_folder(declared.dataset, root), regions.table)
    declared.readings.check(system, dataset.metadata.variables)
    provisions = _provisions(declared, root, system, dataset)
    if provisions:
        cities = regions.table[regions.table.level == "city"].index
        provisions.check(system, cities, range(declared.years[0], declared.years[1] + 1))
    livelihood = _livelihood(declared, root, dataset)
    words = Words.load(find(root, "words", declared.words)).words if declared.words else {}
    return Study(declared, root, system, regions, dataset, livelihood, provisions, words)
