"""Sheets with a row for each figure of a submission: to write down what was seen, or what the figure is to be."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd

from evalkit.base.errors import Problem
from evalkit.base.limits import TABLE_BYTES
from evalkit.base.reading import read_text
from evalkit.data.contract import STATES
from evalkit.data.metadata import Metadata
from evalkit.register.decisions.verification import VERDICTS
from evalkit.tabular.xlsx.book import open_workbook
from evalkit.tabular.xlsx.checking import refuse
from evalkit.tabular.xlsx.entries import NUMBER, read_table
from evalkit.tabular.xlsx.sheets import Field, Row, Sheet

IN_SIGHT = "供查阅，填写无效"
FIGURE = (
    Field("figure", "数据编号", "number", hint="登记册中的编号，不得改动"),
    Field("region", "地区代码", hint=IN_SIGHT),
    Field("region_name", "地区", hint=IN_SIGHT),
    Field("variable", "变量代码", hint=IN_SIGHT),
    Field("variable_name", "变量", hint=IN_SIGHT),
    Field("unit", "设施", hint=IN_SIGHT),
    Field("measure", "计量单位", hint=IN_SIGHT),
    Field("reported", "报送值", "number", hint=IN_SIGHT),
    Field("source", "报送依据", hint=IN_SIGHT),
    Field("explanation", "对提示的说明", hint=IN_SIGHT),
)
VERDICT_WORDS = dict(zip(("相符", "存疑"), VERDICTS, strict=True))
STATE_WORDS = dict(zip(("有数", "缺失", "不适用", "未到期", "有争议"), STATES, strict=True))
SEEN = (
    Field("seen", "核实值", "number", hint="查得的数值，单位同报送值；未查的留空"),
    Field("verdict", "结论", options=tuple(VERDICT_WORDS), hint="留空则按核实值与报送值是否一致"),
    Field("note", "说明", hint="查得的情况"),
)
REVISED = (
    Field("value", "修订值", "number", hint="单位同报送值；不修订的整行留空"),
    Field("state", "状态", options=tuple(STATE_WORDS), hint="留空即为有数"),
    Field("because", "修订原因", hint="必填"),
    Field("evidence", "证明材料", hint="必填"),
)
SHEETS: Mapping[str, tuple[str, tuple[Field, ...]]] = {"seen": ("数据核实", SEEN), "revised": ("数据修订", REVISED)}
WORDS = {"verdict": VERDICT_WORDS, "state": STATE_WORDS}


def figure_sheet(kind: str, figures: pd.DataFrame, metadata: Metadata, names: Mapping[str, str]) -> Sheet:
    """Give a sheet with a row for each figure, to be filled in; `names` are those of the regions.

    `kind` is "seen" or "revised".
    """
    name, columns = SHEETS[kind]
    rows = [_row(figure, metadata, names) for figure in figures.itertuples()]
    return Sheet(name, (*FIGURE, *columns), rows)


def read_figures(kind: str, path: Path) -> pd.DataFrame:
    """Read what was filled in: a column `figure`, and those of the kind; rows in which nothing of it is are left out.

    Raises ParamsError with every offender by cell.
    """
    name, columns = SHEETS[kind]
    wrong: list[Problem] = []
    fields = (*FIGURE, *columns)
    if path.suffix.lower() == ".csv":
        rows = _rows(path, (FIGURE[0], *columns), wrong)
    else:
        rows = read_table(open_workbook(path), name, fields, wrong)
    filled = [row for row in rows if any(column.key in row.values for column in columns)]
    passed = {row.cells.get(column.key) for row in rows for column in FIGURE[1:]}
    refuse(path, [problem for problem in wrong if problem.where not in passed], _faults(filled, columns))
    return pd.DataFrame([_values(row, columns) for row in filled], columns=["figure", *(each.key for each in columns)])


def _row(figure: tuple, metadata: Metadata, names: Mapping[str, str]) -> dict[str, object]:
    variable = metadata.variables.get(figure.variable)
    known = {"variable_name": variable.name.zh, "measure": variable.unit.zh} if variable else {}
    value = {} if pd.isna(figure.value) else {"reported": figure.value}
    texts = {name: getattr(figure, name) for name in ("region", "variable", "unit", "source", "explanation")}
    kept = {name: text for name, text in texts.items() if text}
    return {"figure": int(figure.id), "region_name": names.get(figure.region, ""), **kept, **known, **value}


def _values(row: Row, columns: Sequence[Field]) -> dict[str, object]:
    """Give the values of a row, blanks as NaN or as empty text, words of a list as their codes."""
    found = {"figure": int(row.values["figure"])}
    for column in columns:
        blank = float("nan") if column.kind == "number" else ""
        value = row.values.get(column.key, blank)
        found[column.key] = WORDS.get(column.key, {}).get(value, value)
    return found


def _faults(rows: Sequence[Row], columns: Sequence[Field]) -> Iterator[Problem]:
    for row in rows:
        number = row.values.get("figure")
        if not isinstance(number, int | float) or number != int(number):
            yield Problem(row.cells["figure"], repr(number), "the number of a figure, as the sheet came with it")
        for column in columns:
            value, words = row.values.get(column.key), WORDS.get(column.key, {})
            if column.options and value is not None and value not in (*words, *words.values()):
                yield Problem(row.cells[column.key], repr(value), " or ".join(words))


def _rows(path: Path, columns: Sequence[Field], wrong: list[Problem]) -> list[Row]:
    """Read a table of CSV by the keys of its columns; others are passed over."""
    reader = csv.DictReader(io.StringIO(read_text(path, most=TABLE_BYTES), newline=""))
    absent = [column.key for column in columns if column.key not in (reader.fieldnames or ())]
    if absent:
        wrong.append(Problem(f"{path.name} row 1", f"no column {', '.join(absent)}", "every column, by its key"))
        return []
    return [_record(f"{path.name} row {number}", line, columns, wrong) for number, line in enumerate(reader, start=2)]


def _record(where: str, line: Mapping[str, str], columns: Sequence[Field], wrong: list[Problem]) -> Row:
    cells = {column.key: f"{where}, column {column.key!r}" for column in columns}
    values: dict[str, object] = {}
    for column in columns:
        text = (line[column.key] or "").strip()
        if text and column.kind == "number" and not NUMBER.fullmatch(text):
            wrong.append(Problem(cells[column.key], repr(text), "a number"))
        elif text:
            values[column.key] = float(text) if column.kind == "number" else text
    return Row(values, cells)
