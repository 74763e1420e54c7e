"""What two runs say otherwise, cell by cell and sentence by sentence, and which of their inputs were others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from evalkit.base.errors import ParamsError, Problem
from evalkit.runs.sentences import changed_sentences
from evalkit.runs.tables import DATA, FOLDER
from evalkit.runs.verification import record_of

MARK = "data_mark"
FIRST = ("ranking", "grade", "province_grades")  # what readers ask for before all else
CHANGES = ["table", "row", "column", "before", "after"]
# Which of the inputs says why, by the folder that it stands in.
CAUSES = {
    "params/studies": "method",
    "params/index": "index system",
    "params/rules": "rules",
    "params/findings": "findings",
    "params/events": "events",
    "params": "params",
    "notebooks": "notebooks",
    "register": "figures",
    "evalkit/data/datasets": "figures",
    "evalkit": "code",
}


@dataclass(frozen=True)
class Comparison:
    """What two runs say otherwise.

    Attributes
    ----------
    changes : one row a cell: table, row (what tells it), column, before, after; of a row that one run alone has the
        column is blank, and so is what the other one says.
    sentences : one row a sentence, in the same columns: the report, its chapter, "sentence", before, after.
    causes : the inputs that are others, by what they are: figures, findings, index system, rules, method, code …
    """

    changes: pd.DataFrame
    sentences: pd.DataFrame
    causes: dict[str, list[str]]


def compare(before: Path, after: Path) -> Comparison:
    """Hold two runs beside each other. Raises ParamsError where a folder is none of a run."""
    records = [record_of(folder) for folder in (before, after)]
    said = changed_sentences((before, after), tuple(record["outputs"] for record in records))
    sentences = [(report, chapter, "sentence", was, now) for report, chapter, was, now in said]
    names = sorted(
        {path.name for folder in (before, after) for path in (folder / FOLDER / DATA).glob("*.csv")}, key=_order
    )
    rows = [
        row
        for name in names
        for row in _changes(name, *(_read(folder / FOLDER / DATA / name) for folder in (before, after)))
    ]
    causes = _causes(*(record.get("inputs", {}) for record in records))
    return Comparison(pd.DataFrame(rows, columns=CHANGES), pd.DataFrame(sentences, columns=CHANGES), causes)


def _order(name: str) -> tuple[bool, int, str]:
    stem = name.removesuffix(".csv")
    return stem not in FIRST, FIRST.index(stem) if stem in FIRST else 0, stem


def _read(path: Path) -> pd.DataFrame:
    if not path.is_file():
        return pd.DataFrame()
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except ValueError as error:  # also what pandas cannot part into rows
        wrong = Problem(str(path), str(error).strip(), "a table as the run left it: `evalkit verify` names what is not")
        raise ParamsError("the runs cannot be compared", [wrong]) from None
    return table.drop(columns=MARK, errors="ignore")


def _changes(name: str, before: pd.DataFrame, after: pd.DataFrame) -> Iterator[tuple]:
    """Give the cells of a table that differ; rows are told by the fewest of their first columns that will do."""
    if before.equals(after):
        return
    shared = [column for column in before if column in after] if len(before) and len(after) else []
    keys = _keys(shared, before, after)
    old, new = (_by_key(table, keys) for table in (before, after))
    table = name.removesuffix(".csv")
    for key in [*old, *(key for key in new if key not in old)]:
        if key not in old or key not in new:
            yield table, " ".join(key), "", "" if key not in old else "a row", "" if key not in new else "a row"
            continue
        cells = ((column, old[key].get(column, ""), new[key].get(column, "")) for column in {**old[key], **new[key]})
        yield from ((table, " ".join(key), column, was, now) for column, was, now in cells if was != now)


def _keys(shared: list[str], before: pd.DataFrame, after: pd.DataFrame) -> list[str]:
    for size in range(1, len(shared) + 1):
        keys = shared[:size]
        if not before.duplicated(keys).any() and not after.duplicated(keys).any():
            return _without_ranks(keys, before, after)
    return []


def _without_ranks(keys: list[str], before: pd.DataFrame, after: pd.DataFrame) -> list[str]:
    """Leave out what tells rows apart only by their place, where the next column does, too."""
    for place in range(len(before.columns)):
        one = before.columns[place]
        if (
            one in after
            and one.endswith("code")
            and not before.duplicated(one).any()
            and not after.duplicated(one).any()
        ):
            return [one]
    return keys


def _by_key(table: pd.DataFrame, keys: list[str]) -> dict[tuple[str, ...], dict[str, str]]:
    """Give the rows by what tells them; by their number where nothing does."""
    rows = table.to_dict("records")
    return {tuple(row[key] for key in keys) or (str(number),): row for number, row in enumerate(rows, 1)}


def _causes(before: dict[str, str], after: dict[str, str]) -> dict[str, list[str]]:
    causes: dict[str, list[str]] = {}
    for path in sorted(before.keys() | after.keys()):
        if before.get(path) != after.get(path):
            causes.setdefault(_cause(path), []).append(path)
    return causes


def _cause(path: str) -> str:
    return next(
        (cause for folder, cause in CAUSES.items() if path == folder or path.startswith(f"{folder}/")), "figures"
    )
