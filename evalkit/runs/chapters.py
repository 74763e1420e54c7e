"""Chapters of a report: a heading `## …` of its notebook that is tagged `chapter:NAME`, and all up to the next one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from operator import attrgetter

from evalkit.base.errors import ParamsError, Problem, one_of
from evalkit.base.once import once
from evalkit.reporting import chapters as contents
from evalkit.runs.kinds import ReportKind, Tables, present
from evalkit.runs.parameters import cells_of
from evalkit.study import Study

HEADING = re.compile("##? ")
CHAPTER, TABLE = "chapter:", "table:"
CALLED = re.compile(r"\bchapters\.(\w+\.\w+\.\w+)\(")
Cells = Sequence[Mapping]


def chapter_of_each(cells: Cells) -> Iterator[str | None]:
    """Name the chapter that each cell stands in; None before the first, and below a heading `## …` without a tag."""
    name = None
    for cell in cells:
        if cell["cell_type"] == "markdown" and HEADING.match(_source(cell)):
            name = next(_tagged([cell], CHAPTER), None)
        yield name


def chapter_names(cells: Cells) -> list[str]:
    """Name the chapters of a notebook, each once."""
    return list(dict.fromkeys(filter(None, chapter_of_each(cells))))


def without(cells: Cells, names: Iterable[str]) -> list[Mapping]:
    """Give the cells that stand in none of these chapters."""
    left_out = set(names)
    return [cell for cell, name in zip(cells, chapter_of_each(cells), strict=True) if name not in left_out]


def check_chapters(study: Study) -> None:
    """Raise ParamsError with every notebook and chapter that a study leaves out and that is not there."""
    known = {kind.notebook: kind.path for kind in present(study.root)}
    wrong = []
    for notebook, names in study.round.leave_out.items():
        if notebook not in known:
            wrong.append(Problem("leave_out", repr(notebook), one_of(notebook, known)))
            continue
        there = chapter_names(cells_of(study.root / known[notebook]))
        wrong += [
            Problem(f"leave_out.{notebook}", repr(name), one_of(name, there)) for name in names if name not in there
        ]
    if wrong:
        raise ParamsError(f"the study {study.round.code} leaves out chapters that are not there", wrong)


def shown(study: Study, kind: ReportKind) -> Tables:
    """Give the tables of a kind of report, but for those of chapters that the study leaves out."""
    return _kept(kind.tables, _gone(study, kind.notebook))


def shared(study: Study, kind: ReportKind) -> Tables:
    """Give those of the round that each report of a kind shows."""
    return _kept(kind.shared, _gone(study, kind.notebook))


def _kept(given: Tables, gone: Set) -> Tables:
    return {name: table for name, table in given.items() if name not in gone and table not in gone}


@once
def _gone(study: Study, notebook: str) -> frozenset:
    """Give the tables, by function or by name, that stand in chapters which are left out and in no others."""
    names = study.round.leave_out.get(notebook)
    if not names:
        return frozenset()
    cells = cells_of(study.root / "notebooks" / f"{notebook}.ipynb")
    return frozenset({*_tables(cells)} - {*_tables(without(cells, names))})


def _tables(cells: Cells) -> Iterator[Callable | str]:
    """Give the tables that cells call, and the names of those that a tag puts beside them for the annex alone."""
    yield from _tagged(cells, TABLE)
    for name in CALLED.findall("\n".join(_source(cell) for cell in cells if cell["cell_type"] == "code")):
        try:
            yield attrgetter(name)(contents)
        except AttributeError:  # of another module under that name
            continue


def _tagged(cells: Cells, prefix: str) -> Iterator[str]:
    tags = (tag for cell in cells for tag in cell.get("metadata", {}).get("tags", ()))
    return (tag.removeprefix(prefix) for tag in tags if tag.startswith(prefix))


def _source(cell: Mapping) -> str:
    return "".join(cell["source"])
