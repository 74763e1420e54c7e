"""Whether a run is what it was when it was made: every file against the manifest, or a report made anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import takewhile, zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat

from evalkit.base.errors import ParamsError, Problem, one_of
from evalkit.loading import load_study
from evalkit.register.as_of import AT
from evalkit.reporting.render.document import Block, Document, text_of
from evalkit.reporting.render.reading import document
from evalkit.runs import manifest
from evalkit.runs.kinds import KINDS, ReportId
from evalkit.runs.report import make_report
from evalkit.runs.request import prepare

SHOWN, LEAD = 60, 10  # characters of a text that are quoted, and how many of them before what differs
NOTEBOOK = "report.ipynb"


def record_of(folder: Path) -> dict:
    """Give the manifest of a run. Raises ParamsError where the folder is none, or its manifest cannot be read."""
    with _readable(folder):
        record = manifest.read(folder)
    if not {"outputs", "study", "year", "language"} <= record.keys():
        wrong = Problem(str(folder), f"no {manifest.NAME} of a run", "the folder of a run: outputs/STUDY/YEAR")
        raise ParamsError(f"{folder} cannot be verified", [wrong])
    return record


@contextmanager
def _readable(folder: Path) -> Iterator[None]:
    """Tell of what cannot be read in the folder of a run."""
    try:
        yield
    except OSError as error:
        wrong = Problem(str(error.filename), (error.strerror or str(error)).lower(), "what can be read")
        raise ParamsError(f"{folder} cannot be verified", [wrong]) from None


def altered(folder: Path) -> list[Problem]:
    """Give every file of a run that is not what the manifest says: missing, added or changed.

    Of a run that did not come to its end the manifest says nothing of some files: that is told once, and of none.
    """
    record = record_of(folder)
    with _readable(folder):
        now = manifest.outputs(folder)
    then = record["outputs"]
    gone = [Problem(path, "nothing", "the file of the run") for path in then if path not in now]
    added = [Problem(path, "a file", "nothing: the run did not leave it") for path in now if path not in then]
    if not record.get("finished", True):
        added = [Problem(manifest.NAME, "a run that did not come to its end", "its end, to which the next run comes")]
    changed = [
        Problem(path, "changed", "as the run left it") for path in then if now.get(path, then[path]) != then[path]
    ]
    return sorted([*gone, *added, *changed], key=lambda problem: problem.where)


def again(folder: Path, name: str, *, root: Path | None = None) -> list[Problem]:
    """Make a report of a run anew, and give what its tables and its text say otherwise.

    `name` is the kind of the report, with /CODE where a kind is made for several. Raises ParamsError where the run has
    no such report.
    """
    record, (kind, code) = record_of(folder), _told(name)
    there = folder / ReportId(kind, code).folder / NOTEBOOK
    if not there.is_file():
        raise ParamsError(f"{folder} has no report {name}", [Problem("--again", repr(name), str(there))])
    name = record["study"] if record.get("as_of") is None else f"{record['study']}{AT}{record['as_of']}"
    study = load_study(name, root=root)
    request = prepare(study, only={kind.name: [code] if code else []}, year=record["year"], language=record["language"])
    [report_id] = request.reports
    with TemporaryDirectory() as place:
        made_for = (kind.name, request.label(report_id), request.parameters_of(report_id))
        make_report(study.root, *made_for, request.template(kind), Path(place))
        then, now = map(document_of, (there, Path(place) / NOTEBOOK))
    return list(differences(then, now))


def document_of(path: Path) -> Document:
    """Read what the notebook of a report says. Raises ParamsError where it cannot be read as one."""
    try:
        return document(nbformat.read(path, as_version=4))
    except (OSError, ValueError, LookupError, AttributeError, TypeError, nbformat.ValidationError) as error:
        wrong = Problem(
            str(path), type(error).__name__, "a report as the run left it: `evalkit verify` names what is not"
        )
        raise ParamsError("the report cannot be read", [wrong]) from None


def _told(name: str) -> tuple:
    kind, _, code = name.partition("/")
    if kind not in KINDS:
        raise ParamsError("there is no such report", [Problem("--again", repr(kind), one_of(kind, KINDS))])
    if bool(code) != bool(KINDS[kind].each):
        expected = f"{kind}/CODE" if KINDS[kind].each else kind
        raise ParamsError("it is not clear which report is meant", [Problem("--again", repr(name), expected)])
    return KINDS[kind], code


def differences(then: Document, now: Document) -> Iterator[Problem]:
    """Give what two documents say otherwise, block by block of each volume."""
    if (then.title, then.edition, then.mark) != (now.title, now.edition, now.mark):
        yield Problem("the head", f"{now.title} {now.edition}", f"{then.title} {then.edition}")
    volumes = {volume.name: volume.blocks for volume in now.volumes}
    for volume in then.volumes:
        for place, (before, after) in enumerate(zip_longest(volume.blocks, volumes.pop(volume.name, ())), 1):
            if before != after:
                was, now_is = _where_they_part(before, after)
                yield Problem(f"{volume.name}, block {place}", now_is, was)
    yield from (Problem(name, f"{len(blocks)} block(s)", "no such volume") for name, blocks in volumes.items())


def _where_they_part(before: Block | None, after: Block | None) -> tuple[str, str]:
    """Quote two blocks from shortly before the first character in which they differ."""
    texts = ["" if block is None else text_of(block) for block in (before, after)]
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(*texts, strict=False))
    start = max(sum(1 for _ in alike) - LEAD, 0)
    said = [repr(text[start : start + SHOWN]) for text in texts]
    return tuple("nothing" if block is None else quoted for block, quoted in zip((before, after), said, strict=True))
