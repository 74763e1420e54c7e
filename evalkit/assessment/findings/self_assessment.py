"""Self-assessment: the values that regions claimed of themselves, before anybody verified them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pandas as pd
from pydantic import field_validator

from evalkit.base.errors import ParamsError, Problem, one_of
from evalkit.base.fields import Code, Year
from evalkit.base.limits import TABLE_BYTES
from evalkit.base.model import DeclaredModel
from evalkit.base.params import ContradictionError
from evalkit.base.reading import read_text
from evalkit.tabular.xlsx.book import open_workbook
from evalkit.tabular.xlsx.checking import checked, refuse
from evalkit.tabular.xlsx.entries import NUMBER, read_table
from evalkit.tabular.xlsx.sheets import Field, Row

SELF_ASSESSED = "自评值"
COLUMNS = (
    Field("region", "地区代码"),
    Field("year", "年份", "number"),
    Field("indicator", "指标代码"),
    Field("value", "自评值", "number", hint="单位同指标"),
)
KEYS = tuple(column.key for column in COLUMNS)
NUMBERS = tuple(column.key for column in COLUMNS if column.kind == "number")


class Claim(DeclaredModel):
    """One value that a region claimed, in the indicator's unit."""

    region: Code
    year: Year
    indicator: Code
    value: float


class SelfAssessment(DeclaredModel):
    """The values that regions claimed, each once."""

    code: Code
    claims: tuple[Claim, ...] = ()

    @classmethod
    def load(cls, path: Path) -> SelfAssessment:
        """Read a table of CSV, or the sheet `SELF_ASSESSED` of a workbook, under the name of the file.

        Its columns are region, year, indicator and value. Raises ParamsError with every offender by row or cell.
        """
        wrong: list[Problem] = []
        is_book = path.suffix == ".xlsx"
        rows = read_table(open_workbook(path), SELF_ASSESSED, COLUMNS, wrong) if is_book else _rows(path, wrong)
        data = {"code": path.stem, "claims": tuple(row.nested(*KEYS) for row in rows)}
        cells = {}
        for place, row in enumerate(rows):
            cells |= row.at(("claims", place), *KEYS)
        claimed, found = checked(cls, data, cells)
        refuse(path, wrong, found)
        return claimed

    @field_validator("claims")
    @classmethod
    def _each_once(cls, claims):
        about = [(one.region, one.year, one.indicator) for one in claims]
        first = {key: place for place, key in reversed(list(enumerate(about)))}
        again = [place for place, key in enumerate(about) if first[key] != place]
        if again:
            expected = "one value of a region, year and indicator"
            raise ContradictionError(((place, "value"), expected) for place in again)
        return claims

    def problems(self, regions: Iterable[str], years: Iterable[int], indicators: Iterable[str]) -> Iterator[Problem]:
        """Find every region, year and indicator that is not there."""
        known = {"region": list(regions), "year": list(years), "indicator": list(indicators)}
        for name, options in known.items():
            for value in dict.fromkeys(getattr(one, name) for one in self.claims):
                if value not in options:
                    yield Problem(f"{name} of the self-assessment {self.code}", repr(value), one_of(value, options))

    @property
    def table(self) -> pd.DataFrame:
        """The values by (region, year), one column an indicator; blank where nothing was claimed."""
        rows = pd.DataFrame([one.model_dump() for one in self.claims], columns=list(KEYS))
        return rows.pivot(index=["region", "year"], columns="indicator", values="value")


def _rows(path: Path, wrong: list[Problem]) -> list[Row]:
    """Read the rows of a CSV file that are not blank; what is wrong is added to `wrong`."""
    header, *lines = _lines(path)
    if sorted(header) != sorted(KEYS):
        wrong.append(Problem(f"{path.name} row 1", ", ".join(header) or "nothing", f"the columns {', '.join(KEYS)}"))
        return []
    rows = []
    for number, line in enumerate(lines, start=2):
        if len(line) not in (0, len(header)):
            wrong.append(Problem(f"{path.name} row {number}", f"{len(line)} cell(s)", str(len(header))))
        elif any(text.strip() for text in line):
            rows.append(_record(f"{path.name} row {number}", header, line))
    return rows


def _lines(path: Path) -> list[list[str]]:
    text = read_text(path, most=TABLE_BYTES)
    try:
        return list(csv.reader(io.StringIO(text, newline=""))) or [[]]
    except csv.Error as error:
        wrong = Problem(path.name, str(error), "a table in CSV")
        raise ParamsError(f"{path.name} cannot be read ({path})", [wrong]) from None


def _record(where: str, header: Sequence[str], line: Sequence[str]) -> Row:
    cells = {key: text.strip() for key, text in zip(header, line, strict=True) if text.strip()}
    values = {key: _number(text) if key in NUMBERS else text for key, text in cells.items()}
    return Row(values, {key: f"{where}, column '{key}'" for key in KEYS})


def _number(text: str) -> float | int | str:
    """Take a number; other text goes on, to be refused with what is expected."""
    if not NUMBER.fullmatch(text):
        return text
    return int(value) if (value := float(text)).is_integer() else value
