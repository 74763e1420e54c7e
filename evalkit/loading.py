"""Loading a study: its files read and checked once, and again where they have changed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd

from evalkit.analysis.livelihood import Livelihood
from evalkit.assessment.assessment_files import KINDS, AssessmentFiles
from evalkit.base import fingerprint, params
from evalkit.base.errors import FAILED, Attempts, EvalkitError, ParamsError, Problem, one_of
from evalkit.base.limits import TABLE_BYTES, WORKBOOK_BYTES
from evalkit.base.project import find, inside, place, project_root
from evalkit.base.reading import check_file
from evalkit.data import Dataset, Regions
from evalkit.data.contract import read_table
from evalkit.data.dataset import dataset_folder
from evalkit.data.metadata import METADATA, Metadata
from evalkit.data.panel import check_terms
from evalkit.index import IndexSystem
from evalkit.index.unscored import without_scores
from evalkit.register import as_of
from evalkit.register.calendar import Calendar
from evalkit.register.checks.checks import Checks
from evalkit.register.recorded import recorded
from evalkit.round import Round
from evalkit.study import Study, files
from evalkit.words import Words

KEPT = 4  # studies, the latest used: a whole round hangs on each
TRIES = 3
# Where a study names the file of a kind.
NAMED = {
    "regions": ("regions",),
    "index": ("index",),
    "dataset": ("dataset",),
    "variables": ("register", "variables"),
    "words": ("words",),
    "livelihood": ("readings", "fiscal", "livelihood"),
    "checks": ("register", "checks"),
    "calendar": ("register", "calendar"),
    **{kind: ("assessment", kind) for kind in KINDS},
}
OWN_FILES = {"livelihood": Livelihood, "checks": Checks, "calendar": Calendar}
REGISTER = "register"  # what stands for it among the inputs
_Key = tuple[Path, date | None]
_loaded: dict[_Key, Study] = {}
_held: dict[_Key, Study] = {}


def load_study(name: str | Path, *, root: Path | None = None) -> Study:
    """Give a study by name (`params/studies/<name>.yaml`), or by the path of its file.

    NAME@2013-05-20 is the study as it stood at the end of that day: with the figures that counted then by its register,
    and without the findings and events that are dated later. Of all else (rules, the index system, metadata, claims of
    self-assessment, events without a day) nobody knows what it was then: it is taken as its files say it now. A
    finding that was entered later under an earlier date counts from that date.
    A study whose files are the same as when this process loaded it is not loaded again: all that hangs on it is there.

    Raises
    ------
    ParamsError
        No such study, or something in its YAML files is wrong: every offender by file, key and line; or a day that is
        none, or of a study without a register.
    DataError
        A table does not meet what is declared of it, or nothing was on record on the day.
    CombinedError
        Several of its files are wrong, or do not fit one another: every offender in all of them.
    """
    given = Path(name)
    is_path = given.suffix == ".yaml"
    bare, day = (str(name), None) if is_path else as_of.split(str(name))
    root = (root or project_root(given.parent if is_path else None)).resolve()
    at = _real(given if is_path else place(root, "studies", bare)), day
    if at in _held:
        return _held[at]
    path = given if is_path else find(root, "studies", bare)
    study = _loaded.pop(at, None)
    if study is None or study.root != root or not unchanged(study):
        study = _load_whole(path, root, day)
    _loaded[at] = study
    for oldest in list(_loaded)[:-KEPT]:
        del _loaded[oldest]
    return study


def hold(study: Study, root: Path | None = None) -> None:
    """Have this process, and its forks, take a study for what its name means in a project, its own if left out."""
    _held[_real(place(root or study.root, "studies", study.round.code)), study.day] = study


@contextmanager
def held(study: Study) -> Iterator[None]:
    """Have this process take a study for what its name means until the end."""
    before = dict(_held)
    hold(study)
    try:
        yield
    finally:
        _held.clear()
        _held.update(before)


def unchanged(study: Study) -> bool:
    """Say whether the files of a study, and what its register holds, are those that it was loaded from."""
    try:
        return _inputs(study.round, study.root, study.day) == study.inputs
    except EvalkitError:  # a name that stands for two files now, or for none
        return False


def load_system(name: str | Path, *, root: Path | None = None) -> IndexSystem:
    """Load an index system by name (`params/index/<name>.yaml`), or by the path of its YAML file or workbook.

    Raises ParamsError where there is none, or with every offender in it.
    """
    path = Path(name)
    if path.suffix.lower() == ".xlsx":
        from evalkit.index.system_workbook import read_system_workbook

        return read_system_workbook(path)
    return IndexSystem.load(path if path.suffix == ".yaml" else find(root or project_root(), "index", str(name)))


def _real(path: Path) -> Path:
    """Follow links; unlike Path.resolve, take a link to itself for what it is called."""
    return Path(os.path.realpath(path))


def _load_whole(path: Path, root: Path, day: date | None) -> Study:
    """Load a study together with what its files hash to: again, where one of them was written to meanwhile."""
    for _ in range(TRIES):
        first = _hashes([path], root)
        inputs = _before(path, root, day)
        study = _load(path, root, day)
        if first.items() <= inputs.items() and _inputs(study.round, root, day) == inputs:
            return replace(study, inputs=inputs)
    raise ParamsError(f"the files of {path.stem} are being written to", [Problem(str(path), "changes", "a pause")])


def _before(path: Path, root: Path, day: date | None) -> dict[str, str]:
    """Give what the files of a study hash to that is about to be loaded."""
    with suppress(EvalkitError):  # loading will say it, with all else that is wrong
        return _inputs(params.read(Round, path), root, day)
    return {}


def _inputs(declared: Round, root: Path, day: date | None) -> dict[str, str]:
    own = {REGISTER: declared.register.open(root).digest(day)} if declared.register else {}
    return _hashes(files(declared, root), root) | own


def _hashes(paths: Iterable[Path], root: Path) -> dict[str, str]:
    there = [path for path in paths if os.path.isfile(path)]
    for path in there:
        check_file(path, most=WORKBOOK_BYTES)
    return fingerprint.inputs(there, root)


def _load(path: Path, root: Path, day: date | None) -> Study:
    """Read every file that a study names and hold them against one another, as far as they can be read."""
    named, tried = _named(path), Attempts()
    declared = tried(params.read, Round, path)
    tried(_check_round, declared, path, root)
    system = tried(IndexSystem.load, tried(find, root, "index", named.get("index", FAILED)))
    regions = tried(Regions.load, tried(find, root, "regions", named.get("regions", FAILED)))
    tried(_check_day, declared, day)
    folder = tried(_folder, named, root) if {"dataset", "variables"} & named.keys() else FAILED
    metadata = tried(lambda at: Metadata.load(at / METADATA), folder)
    if "variables" in named:
        dataset = tried(_recorded, declared, root, metadata, regions, day)
    else:
        dataset = tried(_dataset, tried(read_table, folder), metadata, regions)
    livelihood, checks, calendar = (tried(_own_file, kind, name, root, named) for name, kind in OWN_FILES.items())
    words, assessment_files = tried(_words, root, named), tried(_assessment_files, root, named, day)
    tried(_check_targets, system, regions)
    tried(check_terms, system, metadata)
    scored = tried(_scored, system, declared)
    tried(_check_readings, declared, scored, metadata)
    tried(_check_functions, livelihood, metadata)
    tried(_check_checks, checks, metadata)
    tried(_check_design, declared, scored, metadata)
    tried(_check_assessment_files, declared, assessment_files, scored, regions)
    more = (livelihood, assessment_files, words, checks, calendar)
    study = tried(Study, declared, root, scored, regions, dataset, *more)
    tried.refuse()
    return replace(study, day=day)


def _named(path: Path) -> dict[str, str]:
    """Name the files of a study by kind, also of one that is not valid. Raises ParamsError where it is not YAML."""
    found, _ = params.parse(path)
    names = {kind: _follow(found, way) for kind, way in NAMED.items()}
    return {kind: name for kind, name in names.items() if isinstance(name, str)}


def _follow(data: object, way: tuple[str, ...]) -> object:
    for key in way:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def _assessment_files(root: Path, named: Mapping[str, str], day: date | None) -> AssessmentFiles | None:
    """Load what a round names for its assessment, as far as it was there on a day."""
    if "rules" not in named:
        return None
    found = AssessmentFiles.load(root, {kind: named[kind] for kind in KINDS if kind in named})
    return found.until(day) if day else found


def _own_file(kind: type, name: str, root: Path, named: Mapping[str, str]) -> object | None:
    """Load a file that a study names in one of its kinds; None where it names none."""
    return kind.load(find(root, name, named[name])) if name in named else None


def _words(root: Path, named: Mapping[str, str]) -> Mapping:
    return Words.load(find(root, "words", named["words"])).words if "words" in named else {}


def _scored(system: IndexSystem, declared: Round) -> IndexSystem:
    return without_scores(system, declared.unscored)


def _folder(named: Mapping[str, str], root: Path) -> Path:
    """Find the folder whose metadata declare the variables."""
    if "variables" in named:
        return dataset_folder(named["variables"], root, "register.variables")
    return dataset_folder(named["dataset"], root)


def _recorded(declared: Round, root: Path, metadata: Metadata, regions: Regions, day: date | None) -> Dataset:
    return recorded(declared.register.open(root), declared.register, metadata, regions.table, day)


def _check_day(declared: Round, day: date | None) -> None:
    if day and not declared.register:
        wrong = Problem(f"the study {declared.code}", "no register", "one: a dataset does not say what stood on a day")
        raise ParamsError(f"nothing is known of {declared.code} as of {day.isoformat()}", [wrong])


def _dataset(table: pd.DataFrame, metadata: Metadata, regions: Regions) -> Dataset:
    return Dataset.checked(table, metadata, regions.table)


def _check_round(declared: Round, path: Path, root: Path) -> None:
    its_place = place(root, "studies", path.stem)
    if _real(path) != _real(its_place):
        raise ParamsError(f"{path.name} is no study of the project", [Problem("the file", str(path), str(its_place))])
    if declared.code != path.stem:
        raise ParamsError(f"{path.name} is not valid ({path})", [Problem("code", repr(declared.code), repr(path.stem))])
    if declared.boundaries:
        check_file(inside(root, declared.boundaries.file, "boundaries.file"), most=TABLE_BYTES)


def _check_targets(system: IndexSystem, regions: Regions) -> None:
    codes = regions.table.index
    wrong = [
        Problem(f"{key} of {indicator.code}, by_region", repr(region), one_of(region, codes))
        for indicator in system.indicators
        if indicator.target
        for key, given in (("target", indicator.target), ("baseline", indicator.target.baseline))
        for region in (given.by_region if given else ())
        if region not in codes
    ]
    if wrong:
        raise ParamsError(f"the index system {system.code} names regions that {regions.code} does not have", wrong)


def _check_readings(declared: Round, system: IndexSystem, metadata: Metadata) -> None:
    declared.readings.check(system, metadata.variables)


def _check_functions(livelihood: Livelihood | None, metadata: Metadata) -> None:
    if livelihood:
        livelihood.check(metadata.variables)


def _check_checks(checks: Checks | None, metadata: Metadata) -> None:
    if checks:
        checks.check(metadata.variables)


def _check_design(declared: Round, system: IndexSystem, metadata: Metadata) -> None:
    if declared.assessment:
        declared.assessment.check(system, metadata.variables)


def _check_assessment_files(
    declared: Round, assessment_files: AssessmentFiles | None, system: IndexSystem, regions: Regions
) -> None:
    if assessment_files:
        declared.assessment.check_rules(assessment_files.rules)
        years = range(declared.years[0], declared.years[1] + 1)
        assessment_files.check(system, regions.at_level("city"), years, counties=regions.at_level("county"))
