"""A project of a few KB, made up for the test: three cities, three indicators, two years, and its workbooks."""

import csv
import json
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl

from evalkit.assessment.supervision.findings_sheet import COLUMNS, FINDINGS
from evalkit.data.dataset_workbook import dataset_sheets
from evalkit.index.system_workbook import write_system_workbook
from evalkit.loading import load_study
from evalkit.tabular.xlsx.sheets import Sheet
from evalkit.tabular.xlsx.writer import write_sheets
from tests.conftest import ROOT

STUDY = """code: small
title: {zh: 小, en: small}
index: small
regions: small
dataset: tables
years: [2011, 2012]
report_year: 2012
seed: 7
method:
  normalisation: {kind: goalposts}
  weighting: {kind: declared}
  aggregation: {kind: arithmetic}
alternatives:
  - {code: equal, name: {zh: 等权, en: equal}, method: {weighting: {kind: equal, over: indicators}}}
uncertainty:
  draws: 10
  sources: {weights: {kind: weight_noise, spread: 0.25}}
boundaries: {file: own.geojson}
notes: [{zh: 注, en: note}]
"""
REGIONS = """code: small
name: {zh: 省, en: province}
source: {zh: 书, en: book}
groups: {north: {zh: 北, en: north}}
regions:
  - {code: "0100", name: {zh: 甲市, en: A}, level: city, group: north, tile: [0, 0]}
  - {code: "0200", name: {zh: 乙市, en: B}, level: city, group: north, tile: [0, 1]}
  - {code: "0300", name: {zh: 丙市, en: C}, level: city, tile: [1, 1], since: 2000}
  - {code: "0101", name: {zh: 丁县, en: D}, level: county, parent: "0100"}
"""
SYSTEM = """code: small
version: "1"
name: {zh: 小, en: small}
edition: {zh: 试, en: test}
population: {resident: people}
departments: {health: {names: [{name: {zh: 卫, en: health}, since: 2000}], source: {zh: 书, en: book}}}
tree:
  code: index
  name: {zh: 总, en: index}
  level: index
  responsible: [health]
  children:
    - code: care
      name: {zh: 医, en: care}
      level: area
      weight: 2
      children:
        - &leaf
          code: doctors-per-head
          name: {zh: 医师, en: doctors}
          unit: {zh: 人, en: persons}
          layer: output
          numerator: doctors
          denominator: people
          per: 1
          population_base: resident
          goalposts:
            {worst: 0, best: 5, basis: {zh: 书, en: book}, date: "2012", worst_status: proxy, best_status: proxy}
          target: {value: 4, year: 2012, status: confirmed, document: {zh: 书, en: book}, by_region: {"0100": 3.5}}
          decimals: 1
    - code: share
      name: {zh: 比重, en: share}
      unit: {zh: "%", en: "%"}
      layer: outcome
      variable: share
      goalposts: {worst: 0, best: 100, basis: {zh: 书, en: book}, date: "2012", worst_status: proxy, best_status: proxy}
      valid: [0, 100]
"""
METADATA = """title: {zh: 小, en: small}
licence: {zh: 无, en: none}
publications: {book: {title: {zh: 书, en: book}, stated: true}}
variables:
"""
VARIABLE = """  %s:
    name: {zh: %s, en: %s}
    unit: {zh: 个, en: units}
    scale: 1
    definition: {zh: 定义, en: definition}
    kind: count
    scope: {zh: 全市, en: city}
    years: [2011, 2012]
    valid: [0, 100000]
    breaks: [{year: 2012, note: {zh: 断, en: break}}]
"""
NAMES = {"people": "人口", "doctors": "医师", "share": "比重"}
AREAS = json.dumps(
    {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"code": f"0{place}00"},
                "geometry": {"type": "Polygon", "coordinates": [[[place, 0], [place + 1, 0], [place, 1], [place, 0]]]},
            }
            for place in (1, 2, 3)
        ],
    }
)
FINDING = {
    "code": "D1", "region": "0100", "year": 2012, "indicator": "share", "verdict": "弄虚作假", "seen": 26.4,
    "date": "2013-03-20", "document.zh": "记录", "note.zh": "说明",
}  # fmt: skip
PRINTED = "地区,年份,人口,医师（个）,share\n甲市,2011,1,2,3\n乙市,2012年,4,…,6\n"
# Declarations that the study does without: read by themselves.
APART = ("rules", "events", "accountability", "incentives", "supervision", "livelihood")


@dataclass(frozen=True)
class Small:
    """The folder of the project; `books` holds its workbooks, and `apart` what the study does without."""

    root: Path

    @classmethod
    def make(cls, root: Path):
        """Give a copy of the project in `root`."""
        shutil.copytree(_whole().name, root, dirs_exist_ok=True)
        return cls(root)

    @classmethod
    def written(cls, root: Path):
        small = cls(root)
        for name in ("params/studies", "params/regions", "params/index", "tables", "books", "apart"):
            (root / name).mkdir(parents=True)
        small.write("params/studies/small.yaml", STUDY)
        small.write("params/regions/small.yaml", REGIONS)
        small.write("params/index/small.yaml", SYSTEM)
        entries = [VARIABLE % (code, name, code) for code, name in NAMES.items()]
        small.write("tables/metadata.yaml", METADATA + "".join(entries))
        small.edit("tables/metadata.yaml", "    kind: count", "    kind: count\n    population_base: resident")
        small.write("tables/figures.csv", "\n".join(small.figures()) + "\n")
        small.write("own.geojson", AREAS)
        small.write("printed.csv", PRINTED)
        small.make_books()
        for kind in APART:
            file = next((ROOT / "params" / kind).glob("*.yaml"))
            shutil.copy(file, root / "apart" / f"{kind}.yaml")
        return small

    @staticmethod
    def figures():
        yield "variable,region,year,value,state,publication"
        for place, code in enumerate(NAMES, start=1):
            for region in ("0100", "0200", "0300"):
                for year in (2011, 2012):
                    yield f"{code},{region},{year},{place * int(region) / 10 % 97 + year - 2010},value,book"

    def make_books(self):
        study = load_study("small", root=self.root)
        more = dataset_sheets(study.dataset)
        write_system_workbook(study.system, self.root / "books/system.xlsx", more=more)
        write_sheets([Sheet(FINDINGS, COLUMNS, [FINDING])], self.root / "books/findings.xlsx")
        book = openpyxl.Workbook()
        for row in csv.reader(PRINTED.splitlines()):
            book.active.append(row)
        book.save(self.root / "books/printed.xlsx")

    def write(self, name: str, text: str):
        (self.root / name).write_text(text, encoding="utf-8")

    def edit(self, name: str, old: str, new: str):
        text = (self.root / name).read_text(encoding="utf-8")
        assert old in text
        self.write(name, text.replace(old, new, 1))

    def state(self) -> dict[Path, object]:
        """What stands in the folder: a test sees from it whether anything was written."""
        found = {path: path.lstat() for path in self.root.rglob("*")}
        folders = {path for path in found if path.is_dir()}  # their own dates tell of nothing that stays
        return {
            path: each.st_mode if path in folders else (each.st_mode, each.st_size, each.st_mtime_ns)
            for path, each in found.items()
        }


@cache
def _whole() -> TemporaryDirectory:
    """The project, written once a process: its workbooks take twelve times as long as a copy of it."""
    folder = TemporaryDirectory()
    Small.written(Path(folder.name))
    return folder
