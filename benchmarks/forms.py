"""How long it takes to send out all forms of a year, and to read, check and answer 90 that came in, on two workers.

The study is the demonstration, whose figures are made up, with its figures of the years before on record. Forms of
counties have some 110 rows and three registers; they are filled in with the figures of the demonstration.
"""

import os
import shutil
import time
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pandas as pd

from evalkit.base.project import CHECKOUT
from evalkit.cli import main as evalkit
from evalkit.data.contract import read_table
from evalkit.data.dataset import SHIPPED
from evalkit.register.entries import Entry, Submission
from evalkit.register.forms.columns import FIRST_ROW, KEY_ROW, state_label
from evalkit.register.register import Register

STUDY, YEAR, FORMS, LIMIT = "zhejiang-plan-demo", 2012, 90, 60
REGISTER = f"register: {{store: r.sqlite, variables: {STUDY}, publication: form-statistics, checks: zhejiang}}"
SOURCE = {"source": "统计年报", "page": 12, "compiler": "张三", "compiled": date(YEAR + 1, 3, 15)}


def main() -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        os.environ["EVALKIT_ROOT"] = folder
        table = make(root)
        begun = time.perf_counter()
        evalkit(["template", STUDY, "--year", str(YEAR), "--to", str(root / "forms")])
        print(f"all forms written in {time.perf_counter() - begun:.1f} s")
        files = [fill(path, table) for path in counties(root)[:FORMS]]
        begun, used = time.perf_counter(), cpu()
        evalkit(["intake", STUDY, *files, "--to", str(root / "answers"), "--day", "2013-04-10", "--jobs", "2"])
        seconds = time.perf_counter() - begun
        kept = "kept" if seconds <= LIMIT else "MISSED"
        taken = f"{seconds:.1f} s (limit {LIMIT} s: {kept}), {cpu() - used:.1f} s of the processor"
        print(f"{len(files)} forms read, checked, answered and on record by two workers in {taken}")


def make(root: Path) -> dict[str, tuple]:
    """Make the study with a register of the years before; gives value and state of the year by the key of a row."""
    shutil.copytree(CHECKOUT / "params", root / "params")
    study = root / "params" / "studies" / f"{STUDY}.yaml"
    study.write_text(study.read_text(encoding="utf-8").replace(f"dataset: {STUDY}", REGISTER), encoding="utf-8")
    table = read_table(SHIPPED / STUDY).drop(columns=["file", "row"])
    table = table.assign(value=pd.to_numeric(table.value), year=table.year.astype(int), standing="own")
    opening = Submission("opening", STUDY, "office", YEAR - 1, "opening")
    before = table[table.year < YEAR]
    Register.make(f"sqlite:///{root}/r.sqlite").receive(opening, before, Entry("open", "office", date(YEAR + 1, 1, 1)))
    now = table[table.year == YEAR]
    keys = ["/".join(filter(None, key)) for key in zip(now.variable, now.region, now.unit, strict=True)]
    return dict(zip(keys, zip(now.value, now.state, strict=True), strict=True))


def counties(root: Path) -> list[Path]:
    """Give the forms that have registers of units."""
    paths = sorted((root / "forms").glob("33*.xlsx"))
    return [path for path in paths if not path.name.split("-")[0].endswith("00")]


def fill(path: Path, table: dict[str, tuple]) -> str:
    """Fill a form in with the figures of the demonstration."""
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets[1:]:
        places = {cell.value: cell.column for cell in sheet[KEY_ROW]}
        for row in range(FIRST_ROW, sheet.max_row + 1):
            value, state = table.get(sheet.cell(row, 1).value, (None, None))
            if state:
                known = state in ("value", "disputed")
                given = {"value": value} if known else {"state": state_label(state, "zh"), "reason": "未统计"}
                for name, cell in {**given, **SOURCE}.items():
                    sheet.cell(row, places[name]).value = cell
    book.save(path)
    return str(path)


def cpu() -> float:
    """Give the seconds that this process and those it waited for have used."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


if __name__ == "__main__":
    main()
