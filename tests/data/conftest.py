"""A dataset of two variables, two cities and two years."""

import json

import pytest

from evalkit import DataError, Dataset, Regions
from evalkit.data.labels import Labels
from evalkit.data.metadata import Metadata

METADATA = """
title: {zh: 小, en: small}
licence: {zh: 无, en: none}
publications: {book: {title: {zh: 书, en: book}, stated: true}}
variables:
  people:
    name: {zh: 人口, en: people}
    unit: {zh: 万人, en: 10 000 persons}
    scale: 10000
    definition: {zh: 人口, en: people}
    kind: count
    scope: {zh: 全市, en: city}
    years: [2011, 2012]
    population_base: resident
  doctors:
    name: {zh: 医师, en: physicians}
    unit: {zh: 人, en: persons}
    definition: {zh: 医师, en: physicians}
    kind: count
    scope: {zh: 全市, en: city}
    years: [2011, 2012]
  share:
    name: {zh: 比重, en: share}
    unit: {zh: "%", en: "%"}
    definition: {zh: 比重, en: share}
    kind: rate
    scope: {zh: 全市, en: city}
    years: [2012, 2012]
    valid: [0, 100]
"""
PEOPLE = """variable,region,year,value,state,publication
people,330100,2011,80,value,book
people,330100,2012,100,value,book
people,330200,2011,50,value,book
people,330200,2012,60,value,book
"""
HEALTH = """variable,region,year,value,state,publication
doctors,330100,2011,1600,value,book
doctors,330100,2012,2500,value,book
doctors,330200,2011,500,value,book
doctors,330200,2012,900,value,book
share,330100,2012,40,value,book
share,330200,2012,100,value,book
"""
FACILITIES = """variable,unit,region,year,value,state,publication
area,centre A,330102,2011,1500,value,book
area,centre B,330102,2012,1499.5,disputed,book
"""
AREA = """  area:
    name: {zh: 面积, en: area}
    unit: {zh: 平方米, en: m2}
    definition: {zh: 面积, en: area}
    kind: facility
    scope: {zh: 县, en: county}
    levels: [county]
    years: [2011, 2012]
"""


PLACES = """
code: province
name: {zh: 浙江省, en: Zhejiang}
source: {zh: 无, en: none}
regions:
  - {code: "330100", name: {zh: 杭州市, en: Hangzhou}, level: city}
  - {code: "330200", name: {zh: 宁波市, en: Ningbo}, level: city}
  - {code: "330102", name: {zh: 上城区, en: Shangcheng}, level: county, parent: "330100"}
  - {code: "330183", name: {zh: 富阳市, en: Fuyang}, level: county, parent: "330100", until: 2011}
  - {code: "330111", name: {zh: 富阳区, en: Fuyang}, level: county, parent: "330100", since: 2012, succeeds: "330183"}
"""


class Tables:
    """The files of the dataset; a test changes them before they are loaded."""

    def __init__(self, folder):
        self.folder = folder
        levels = {"330100": "city", "330200": "city", "330102": "county"}
        regions = [{"code": c, "name": {"zh": c, "en": c}, "level": level} for c, level in levels.items()]
        whole = {"code": "330000", "name": {"zh": "省", "en": "whole"}, "source": {"zh": "无", "en": "none"}}
        self.regions = Regions.model_validate_json(json.dumps(whole | {"regions": regions})).table
        self.write("metadata.yaml", METADATA)
        self.write("people.csv", PEOPLE)
        self.write("health.csv", HEALTH)

    def write(self, name, text):
        (self.folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())

    def edit(self, name, old, new):
        text = (self.folder / name).read_text(encoding="utf-8")
        assert old in text
        self.write(name, text.replace(old, new, 1))

    def load(self):
        return Dataset.load(self.folder, self.regions)

    def refused(self):
        """Load, and give the message and the offenders of the DataError."""
        with pytest.raises(DataError) as error:
            self.load()
        return str(error.value)


@pytest.fixture
def tables(tmp_path):
    return Tables(tmp_path)


@pytest.fixture
def labels(tmp_path):
    """The small dataset's metadata, with a variable of counties, and regions that have names."""
    (tmp_path / "province.yaml").write_text(PLACES, encoding="utf-8")
    of_counties = AREA.replace("kind: facility", "kind: amount")
    (tmp_path / "declared.yaml").write_text(METADATA + of_counties, encoding="utf-8")
    return Labels(Metadata.load(tmp_path / "declared.yaml"), Regions.load(tmp_path / "province.yaml"))


@pytest.fixture
def facilities(tables):
    tables.edit("metadata.yaml", "variables:\n", f"variables:\n{AREA}")
    tables.write("units.csv", FACILITIES)
    return tables
