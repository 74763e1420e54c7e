"""What the commands of an office's year share: a study's register, and who puts something on record on which day."""

from __future__ import annotations

import argparse
import getpass
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from evalkit.base import params
from evalkit.base.errors import DataError, ParamsError, Problem, one_of
from evalkit.base.project import find, project_root
from evalkit.commands import arguments
from evalkit.data import Regions
from evalkit.data.metadata import METADATA, Metadata
from evalkit.index import IndexSystem
from evalkit.round import Round
from evalkit.study import variables_folder

if TYPE_CHECKING:
    from evalkit.register.calendar import Calendar
    from evalkit.register.entries import Entry
    from evalkit.register.register import Register
    from evalkit.register.standing import Standing

LONGEST_NAME = 60


@dataclass(frozen=True)
class Office:
    """What a study declares of its register, read without its figures, which need not be there yet."""

    round: Round
    root: Path

    @classmethod
    def of(cls, study: str) -> Office:
        """Read the file of a study. Raises ParamsError where it has no register."""
        root = project_root()
        declared = params.read(Round, find(root, "studies", study))
        if declared.register is None:
            wrong = Problem(f"the study {study}", "no register", "one: `register:` in the place of `dataset:`")
            raise ParamsError("nothing is on record", [wrong])
        return cls(declared, root)

    @cached_property
    def register(self) -> Register:
        """The register, open."""
        return self.round.register.open(self.root)

    @cached_property
    def metadata(self) -> Metadata:
        """What is declared of the variables."""
        return Metadata.load(variables_folder(self.round, self.root) / METADATA)

    @cached_property
    def regions(self) -> Regions:
        """The regions of the study."""
        return Regions.load(find(self.root, "regions", self.round.regions))

    @cached_property
    def system(self) -> IndexSystem:
        """The index system of the study."""
        return IndexSystem.load(find(self.root, "index", self.round.index))

    @property
    def rests_on(self) -> tuple[IndexSystem, Metadata, Regions]:
        """What the figures that are asked rest on."""
        return self.system, self.metadata, self.regions

    @cached_property
    def calendar(self) -> Calendar | None:
        """The calendar that the register names; None where it names none."""
        from evalkit.register.calendar import Calendar

        name = self.round.register.calendar
        return Calendar.load(find(self.root, "calendar", name)) if name else None

    def standing(self, year: int, day: date) -> Standing:
        """Say where everybody stands with the figures of a year at the end of a day."""
        from evalkit.readings.standing import recent_figures, survey_of
        from evalkit.register.standing import Standing

        figures = recent_figures(self.register, year, self.metadata)
        survey = survey_of(self.round, year, self.rests_on, figures)
        return Standing(self.register, survey, day, self.calendar)

    def check_reporter(self, code: str) -> None:
        """Raise ParamsError where a code is neither a region's nor a department's."""
        known = [*self.regions.by_code, *self.system.departments]
        if code not in known:
            raise ParamsError("nobody of that code reports", [Problem("the code", code, one_of(code, known))])

    def check_node(self, code: str) -> None:
        """Raise ParamsError where a code is that of nothing that is scored."""
        known = [node.code for node in self.system.nodes]
        if code not in known:
            raise ParamsError("nothing of that code is scored", [Problem("the code", code, one_of(code, known))])

    def check_day(self, day: date) -> None:
        """Raise DataError where a day lies before the last one on record."""
        last = self.register.last_day()
        if last and day < last:
            wrong = Problem("the day", day.isoformat(), f"{last}, the last day on record, or later")
            raise DataError("what stood on a day is not changed afterwards", [wrong])

    def check_year(self, year: int) -> None:
        """Raise ParamsError where a year is none of those that are scored."""
        first, last = self.round.years
        if not first <= year <= last:
            raise ParamsError("that year is not scored", [Problem("--year", str(year), f"{first} to {last}")])

    def check_value(self, variable: str, value: float | None) -> None:
        """Raise DataError where a value lies outside what its variable allows."""
        known = self.metadata.variables.get(variable)
        low, high = known.valid if known else (None, None)
        if value is not None and ((low is not None and value < low) or (high is not None and value > high)):
            ends = f"{'any' if low is None else f'{low:g}'} to {'any' if high is None else f'{high:g}'}"
            raise DataError("the value cannot be", [Problem(variable, f"{value:g}", ends)])


def add_author(command: argparse.ArgumentParser) -> None:
    """Have a command that writes take who does so, and on which day."""
    command.add_argument("--by", metavar="NAME", help="who puts it on record; your login name if left out")
    add_day(command, "the day that counts; today if left out")


def add_day(command: argparse.ArgumentParser, what: str) -> None:
    """Have a command take a day."""
    command.add_argument("--day", type=arguments.day, metavar="YYYY-MM-DD", help=what)


def entry(options: argparse.Namespace, kind: str) -> Entry:
    """Give the entry of a command. Raises ParamsError where the day is still to come."""
    from evalkit.register.entries import Entry

    day = options.day or date.today()
    if day > date.today():
        raise ParamsError(
            "nothing is put on record in advance", [Problem("--day", day.isoformat(), "today or earlier")]
        )
    return Entry(kind, _author(options), day)


def _author(options: argparse.Namespace) -> str:
    """Give who puts something on record. Raises ParamsError where that is no name."""
    try:
        name = (options.by if options.by is not None else getpass.getuser()).strip()
    except (OSError, KeyError):  # nobody is logged in
        name = ""
    if not name or not name.isprintable() or len(name) > LONGEST_NAME:
        found = ascii(name) if len(name) <= LONGEST_NAME else f"{len(name)} characters"
        expected = f"a name of one line, of at most {LONGEST_NAME} characters"
        raise ParamsError("nobody is named who puts it on record", [Problem("--by", found, expected)])
    return name


def shown(table: pd.DataFrame) -> str:
    """Give a table as lines of text, with Chinese characters as wide as they are."""
    texts = table.map(lambda cell: "" if cell is None or cell != cell else f"{cell:g}" if _number(cell) else str(cell))
    with pd.option_context("display.unicode.east_asian_width", True, "display.max_colwidth", None):
        return texts.to_string(index=False) if len(texts) else "(none)"


def _number(cell: object) -> bool:
    return isinstance(cell, float)
