"""Printed tables taken in: their figures as one long table, held against what is declared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from evalkit.base.errors import FAILED, Attempts, ParamsError, Problem, in_order, one_of
from evalkit.data.contract import COLUMNS, KEY, WITHOUT_VALUE, MisfitError, check_table, refuse
from evalkit.data.labels import Labels, narrow, plain
from evalkit.data.places import Places
from evalkit.data.wide import Astray, Figure, WideTable
from evalkit.tabular.grids import Grid, read_grids

BLANK = ""
SIGNS = ("-", "--", "—", "——", "…", "……", "...")
PARTED = r"[0-9]{1,3}(?:[,\s][0-9]{3})+"
NUMBER = re.compile(rf"[-+]?(?:{PARTED}|[0-9]+)(?:\.[0-9]+)?(?:e[-+]?[0-9]+)?", re.IGNORECASE)
EXPECTED = f"a number such as 1,234.5, nothing, or one of {', '.join(SIGNS)}"


@dataclass(frozen=True)
class Reading:
    """How printed tables are read: the `publication` that they are from, and what signs stand for.

    A sign stands for a state of a figure without a value, or for a number. With `known_only`, what is not known to the
    metadata and the regions is passed over.
    """

    publication: str
    signs: Mapping[str, str] = field(default_factory=dict)
    known_only: bool = False

    @property
    def _declared(self) -> dict[str, str]:
        return {plain(sign): known for sign, meaning in self.signs.items() if (known := _meaning(meaning))}

    @property
    def stands_for(self) -> dict[str, str]:
        """What every sign stands for, as it is compared."""
        return {plain(sign): "missing" for sign in (BLANK, *SIGNS)} | self._declared

    def is_unsaid(self, text: str) -> bool:
        """Whether a text is one of the usual signs, of which nobody said what it means."""
        return plain(text) in map(plain, SIGNS) and plain(text) not in self._declared

    def check(self, labels: Labels) -> None:
        """Raise ParamsError where the publication is not declared, or a sign stands for nothing that is known."""
        wrong = []
        if self.publication not in labels.metadata.publications:
            known = one_of(self.publication, labels.metadata.publications)
            wrong.append(Problem("--publication", repr(self.publication), known))
        wrong += [
            Problem(f"--sign {sign}", repr(meaning), f"a number, or {one_of(meaning, WITHOUT_VALUE)}")
            for sign, meaning in self.signs.items()
            if not _meaning(meaning)
        ]
        if wrong:
            raise ParamsError("the tables cannot be taken", wrong)


def _meaning(text: str) -> str | None:
    return text if text in WITHOUT_VALUE else _digits(text)


@dataclass(frozen=True)
class Intake:
    """What printed tables hold.

    Attributes
    ----------
    table : one row a figure, as text: the columns of a dataset, `cell` (where it is printed), `blank` (whether not),
        `sign` (what is printed, where it is a sign that nobody gave a meaning).
    passed_over : what is not known, and sheets that are hidden.
    """

    table: pd.DataFrame
    passed_over: tuple[Problem, ...] = ()


def take_in(files: Iterable[Path], labels: Labels, reading: Reading) -> Intake:
    """Read printed tables.

    Raises EvalkitError with every offender in all files, by sheet and cell: what cannot be read, what is not known,
    what is no number, what does not meet the metadata, and figures that are printed twice and differ.
    """
    tried = Attempts()
    tried(reading.check, labels)
    read = [tried(read_grids, file) for file in files]
    intake = tried(_intake, [grid for grids in read if grids is not FAILED for grid in grids], labels, reading)
    tried.refuse()
    return intake


def _intake(grids: Sequence[Grid], labels: Labels, reading: Reading) -> Intake:
    astray = Astray()
    hidden = [Problem(grid.file, "a hidden sheet", "one that is shown") for grid in grids if grid.hidden]
    tables = [WideTable(grid, labels, astray) for grid in grids if not grid.hidden]
    printed = [figure for table in tables for figure in table.figures()]
    rows = _settled(_rows(printed, reading, astray), astray)
    table = pd.DataFrame(rows, columns=[*COLUMNS, "cell", "blank", "sign"])
    wrong = [*astray.wrong.values(), *(() if reading.known_only else astray.unknown.values())]
    refuse("cannot be taken", in_order([*wrong, *_misfits(table, labels)]))
    return Intake(table, (*hidden, *astray.unknown.values()))


def _rows(figures: Iterable[Figure], reading: Reading, astray: Astray) -> Iterator[dict]:
    """Give the figures as rows of a dataset."""
    stands_for = reading.stands_for
    for figure in figures:
        text = stands_for.get(plain(figure.text)) or _digits(figure.text)
        state = text if text in WITHOUT_VALUE else "value"
        if text is None:
            astray.refuse(figure.where, repr(figure.text), EXPECTED)
            continue
        yield {
            "variable": figure.variable,
            "region": figure.region,
            "year": str(figure.year),
            "value": text if state == "value" else "",
            "state": state,
            "publication": reading.publication,
            "unit": "",
            "cell": figure.where,
            "blank": not figure.text,
            "sign": figure.text if reading.is_unsaid(figure.text) else "",
        }


def _digits(text: str) -> str | None:
    """Give a number without what parts its thousands; None for what is no number."""
    written = narrow(text).strip().replace("−", "-")
    return re.sub(r"[,\s]", "", written) if NUMBER.fullmatch(written) else None


def _settled(rows: Iterable[dict], astray: Astray) -> list[dict]:
    """Give each figure once: what is blank in one table may be printed in another."""
    found: dict[tuple, dict] = {}
    for row in sorted(rows, key=lambda row: row["blank"]):
        first = found.setdefault(tuple(row[key] for key in KEY), row)
        if not row["blank"] and said(row) != said(first):
            printed = f"{first['value'] or first['state']}, as {first['cell']} has it"
            astray.refuse(row["cell"], row["value"] or row["state"], printed)
    return list(found.values())


def said(row: Mapping) -> tuple:
    """Give what a row says of its figure, whichever way its number is written."""
    return row["state"], float(row["value"]) if row["value"] else None, row["publication"]


def _misfits(table: pd.DataFrame, labels: Labels) -> list[Problem | str]:
    """Hold the figures against the contract, and tell what does not meet it by cell."""
    known = next(iter(labels.metadata.publications), "")  # that of the figures is checked apart
    figures = table[[*COLUMNS]].astype("str").assign(publication=known)
    places = Places(lambda row, _: table.cell[row], lambda row: table.cell[row])
    try:
        check_table(figures, labels.metadata, labels.regions.table, whole=False, places=places)
    except MisfitError as error:
        return list(error.every)
    return []
