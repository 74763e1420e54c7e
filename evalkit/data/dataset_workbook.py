"""A dataset in an Excel workbook, beside the index system that it serves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import get_args

import pandas as pd

from evalkit.base.errors import DataError, Problem, one_of
from evalkit.data.contract import COLUMNS, STATES, check_table
from evalkit.data.dataset import Dataset
from evalkit.data.metadata import DATED, Metadata, Variable
from evalkit.data.places import Places
from evalkit.index.indicator import PopulationBase
from evalkit.tabular.xlsx.book import open_workbook
from evalkit.tabular.xlsx.checking import Cells, checked, refuse
from evalkit.tabular.xlsx.entries import read_form, read_table
from evalkit.tabular.xlsx.sheets import Field, Row, Sheet, flat, words

FIGURES, VARIABLES, REMARKS, PUBLICATIONS, ABOUT = "数据", "变量", "变量备注", "出处", "数据说明"
ABOUT_FIELDS = (*words("title", "名称"), *words("licence", "许可"), *words("synthetic", "演示标记"))
FIGURE_COLUMNS = (
    Field("variable", "变量"),
    Field("region", "地区代码"),
    Field("year", "年份", "number"),
    Field("value", "数值", "number"),
    Field(
        "state",
        "状态",
        options=STATES,
        hint="value 有数；missing 缺；not applicable 不适用；not due 未到期；disputed 有争议",
    ),
    Field("publication", "出处"),
    Field("unit", "设施", hint="逐个设施填报的变量填设施名称；其余留空"),
)
UNDATED = ("oddities", "checks")
VARIABLE_COLUMNS = (
    Field("code", "代码", "name"),
    *words("name", "名称"),
    *words("unit", "单位"),
    Field("scale", "换算", "number", hint="换算为基本单位的乘数：万人填 10000；留空为 1"),
    *words("definition", "定义"),
    Field("kind", "类型", options=get_args(Variable.model_fields["kind"].annotation)),
    *words("scope", "口径"),
    Field("levels", "地区层级", "codes", hint="多个以“；”隔开；留空为 city"),
    Field("years.0", "起始年", "number"),
    Field("years.1", "终止年", "number"),
    Field("population_base", "人口口径", options=get_args(PopulationBase)),
    Field("valid.0", "合理下限", "number", hint="留空为无下限"),
    Field("valid.1", "合理上限", "number", hint="留空为无上限"),
    Field("every", "间隔年数", "number", hint="相邻两个数据相隔的年数：普查填 10；留空为 1"),
    Field("weight", "合计权数", hint="平均数、比率填写：各市合计时以哪个计数变量（代码）为权；留空则没有合计"),
)
REMARK_COLUMNS = (
    Field("variable", "变量"),
    Field("kind", "类型", options=(*DATED, *UNDATED), hint="breaks 断点；doubts 某年存疑；oddities 疑点；checks 核对"),
    Field("year", "年份", "number", hint="仅断点、某年存疑填写"),
    Field("region", "地区代码", hint="仅断点、某年存疑填写；留空为全部地区"),
    *words("note", "说明"),
)
PUBLICATION_COLUMNS = (
    Field("code", "代码", "name"),
    *words("title", "名称"),
    Field("stated", "是否注明", "truth", hint="TRUE 或 FALSE"),
    *words("note", "说明"),
)
NOTE_KEYS = ("note.zh", "note.en")


def dataset_sheets(dataset: Dataset) -> list[Sheet]:
    """Give the sheets of a dataset, to be written with those of its index system (`more`)."""
    data = dataset.metadata.model_dump()
    return [
        Sheet(FIGURES, FIGURE_COLUMNS, [*map(_figure, dataset.table.itertuples(index=False))]),
        Sheet(VARIABLES, VARIABLE_COLUMNS, list(_coded(data["variables"], VARIABLE_COLUMNS))),
        Sheet(REMARKS, REMARK_COLUMNS, list(_remarks(data["variables"]))),
        Sheet(PUBLICATIONS, PUBLICATION_COLUMNS, list(_coded(data["publications"], PUBLICATION_COLUMNS))),
        Sheet(ABOUT, ABOUT_FIELDS, [flat(data, ABOUT_FIELDS)], form=True),
    ]


def is_dataset(path: Path) -> bool:
    """Whether a file is a workbook with a sheet that such a dataset has. Raises ParamsError where it cannot be read."""
    return path.suffix.lower() != ".csv" and not {FIGURES, VARIABLES, ABOUT}.isdisjoint(open_workbook(path).sheetnames)


def read_dataset_workbook(path: Path, regions: pd.DataFrame) -> Dataset:
    """Read the dataset of a workbook; other sheets are passed over.

    Raises
    ------
    ParamsError
        What the sheets declare of variables and publications is wrong: every offender by sheet and cell.
    DataError
        A figure does not meet what is declared: every offender by sheet and cell.
    """
    book, wrong = open_workbook(path), []
    about = read_form(book, ABOUT, ABOUT_FIELDS, wrong)
    data, cells = about.nested(), about.at(()) if about.cells else {}
    for key, (found, below) in {
        "variables": _variables(read_table(book, VARIABLES, VARIABLE_COLUMNS, wrong), wrong),
        "publications": _by_code(read_table(book, PUBLICATIONS, PUBLICATION_COLUMNS, wrong), wrong),
    }.items():
        data[key] = found
        cells |= {(key, *at): cell for at, cell in below.items()}
    _remark(data["variables"], cells, read_table(book, REMARKS, REMARK_COLUMNS, wrong), wrong)
    metadata, found = checked(Metadata, data, cells)
    unread = []
    rows = read_table(book, FIGURES, FIGURE_COLUMNS, unread)
    refuse(path, wrong, found)
    return Dataset(metadata, _figures(rows, unread, metadata, regions), regions.parent)


def _figures(rows: Sequence[Row], unread: list[Problem], metadata: Metadata, regions: pd.DataFrame) -> pd.DataFrame:
    """Hold the figures against the contract; of a cell that cannot be read, nothing else is said."""
    if unread and not rows:
        raise DataError("the figures of the workbook cannot be read", unread)
    places = Places(
        lambda row, column: rows[row].cells[column], lambda row: rows[row].cells["variable"], f"the sheet {VARIABLES}"
    )
    try:
        table, found = check_table(_table(rows), metadata, regions, places=places), ()
    except DataError as error:
        found = error.problems
    told = {problem.where for problem in unread}
    wrong = [*unread, *(each for each in found if isinstance(each, str) or each.where not in told)]
    if wrong:
        raise DataError("the figures of the workbook do not fit", wrong)
    return table


def _figure(row) -> dict:
    cells = {key: getattr(row, key) for key in COLUMNS} | {"year": int(row.year), "value": float(row.value)}
    return {key: cell for key, cell in cells.items() if cell != "" and not pd.isna(cell)}


def _coded(entries: dict[str, dict], columns: Sequence[Field]) -> Iterator[dict]:
    yield from ({"code": code, **flat(entry, columns)} for code, entry in entries.items())


def _remarks(variables: dict[str, dict]) -> Iterator[dict]:
    for code, variable in variables.items():
        for kind in (*DATED, *UNDATED):
            for each in variable[kind]:
                remark = each if kind in DATED else {"note": each}
                yield {"variable": code, "kind": kind, **flat(remark, REMARK_COLUMNS)}


def _by_code(rows: Sequence[Row], wrong: list[Problem]) -> tuple[dict, Cells]:
    data, cells = {}, {}
    for row in rows:
        code = row.values.get("code")
        if code is None or code in data:
            found = "nothing" if code is None else f"{code!r} again"
            wrong.append(Problem(row.cells["code"], found, "a code of its own"))
            continue
        keys = [key for key in row.cells if key != "code"]
        data[code] = row.nested(*keys)
        cells |= row.at((code,), *keys)
    return data, cells


def _variables(rows: Sequence[Row], wrong: list[Problem]) -> tuple[dict, Cells]:
    """A blank bound of a variable is none, and not the one that YAML has by default."""
    data, cells = _by_code(rows, wrong)
    bounds = {row.values.get("code"): tuple(row.values.get(f"valid.{end}") for end in (0, 1)) for row in rows}
    return {code: {**entry, "valid": bounds[code]} for code, entry in data.items()}, cells


def _remark(variables: dict, cells: Cells, rows: Sequence[Row], wrong: list[Problem]) -> None:
    """Put every remark into the data of its variable."""
    for row in rows:
        code, kind = row.values.get("variable"), row.values.get("kind")
        faults = [
            Problem(row.cells[key], repr(found), one_of(found, known))
            for key, found, known in (("variable", code, variables), ("kind", kind, REMARK_COLUMNS[1].options))
            if found not in known
        ]
        beyond = [key for key in ("year", "region") if kind not in DATED and key in row.values]
        faults += [Problem(row.cells[key], repr(row.values[key]), "nothing beside this kind") for key in beyond]
        wrong += faults
        if not faults:
            before = variables[code].get(kind, ())
            start = ("variables", code, kind, len(before))
            data = row.nested("year", "region", *NOTE_KEYS)
            variables[code][kind] = (*before, data if kind in DATED else data.get("note", {}))
            places = row.at(start, "year", "region", *NOTE_KEYS)
            cells |= places | {(*start, key[-2:]): row.cells[f"note.{key[-2:]}"] for key in NOTE_KEYS}


def _table(rows: Sequence[Row]) -> pd.DataFrame:
    """Give figures as the contract takes them: text."""
    cells = [{key: str(row.values.get(key, "")) for key in COLUMNS} for row in rows]
    return pd.DataFrame(cells, columns=COLUMNS, dtype=str)
