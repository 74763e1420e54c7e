"""Reports of the shipped study, and its indicators and scores computed without evalkit."""

from dataclasses import replace
from functools import cache

import pandas as pd
import pytest
import yaml

from evalkit import load_study
from evalkit.data.dataset import SHIPPED
from evalkit.reporting.city import CityReport
from evalkit.reporting.report import RoundReport
from tests.conftest import FILES, ROOT
from tests.indicators import FORMULAS, GOALPOSTS
from tests.mutations.edit import Edit
from tests.mutations.project import Small
from tests.reporting.plain import printed


@pytest.fixture(scope="session")
def city_report(study, result):
    """Gives a report of Quzhou in 2012 in Chinese, or of what else is asked for."""

    @cache
    def make(city="330800", year=2012, language="zh"):
        return CityReport(study, result, city, year, language)

    return make


@pytest.fixture(scope="session")
def round_report(study, result):
    """Gives a report of all cities in 2012 in Chinese, or of what else is asked for; `readings` are declared anew."""

    def make(year=2012, language="zh", years=None, **readings):
        if not (years or readings):
            return RoundReport(study, result, year, language)
        declared = study.round.readings.model_copy(update=readings)
        round_ = study.round.model_copy(update={"readings": declared, "years": years or study.round.years})
        livelihood = study.livelihood if declared.fiscal else None
        return RoundReport(replace(study, round=round_, livelihood=livelihood), result, year, language)

    return cache(make)


def declaring(report, **readings):
    """Give the report of a round that declares other readings."""
    declared = report.study.round.readings.model_copy(update=readings)
    livelihood = report.study.livelihood if declared.fiscal else None
    round_ = report.study.round.model_copy(update={"readings": declared})
    return replace(report, study=replace(report.study, round=round_, livelihood=livelihood))


@pytest.fixture(scope="session")
def values(figures):
    """Every indicator of every region and year: one column an indicator."""
    return pd.DataFrame({code: figures.eval(formula) for code, (formula, _) in FORMULAS.items()})


@pytest.fixture(scope="session")
def uncapped(values):
    """The scores of the four scored indicators before the cap: index (city, year), 2008–2012."""
    scored = values[list(GOALPOSTS)].drop(index=2007, level="year").dropna()
    return 100 * (scored - GOALPOSTS.loc["worst"]) / (GOALPOSTS.loc["best"] - GOALPOSTS.loc["worst"])


@pytest.fixture(scope="session")
def points(uncapped):
    """The scores of the four scored indicators, each of which weighs a quarter."""
    return uncapped.clip(0, 100)


@pytest.fixture(scope="session")
def scores(points):
    """The index in plain pandas: index (city, year), as printed."""
    return points.mean(axis=1).map(printed)


@pytest.fixture(scope="session")
def declared():
    """Every indicator as index and study declare it, by code, in the order of the file."""
    found, waiting = {}, [yaml.safe_load((ROOT / FILES["index"]).read_text("utf-8"))["tree"]]
    while waiting:
        node = waiting.pop(0)
        waiting = node.get("children", []) + waiting
        if node["code"] in FORMULAS:
            found[node["code"]] = node
    reasons = yaml.safe_load((ROOT / FILES["study"]).read_text("utf-8"))["unscored"]
    return {code: node | ({"unscored": reasons[code]} if code in reasons else {}) for code, node in found.items()}


@pytest.fixture(scope="session")
def by_code(declared):
    """Gives a table with the codes of the indicators as its index."""
    codes = {node["name"][language]: code for code, node in declared.items() for language in ("zh", "en")}

    def index(table, column="指标"):
        return table.set_index(table[column].map(codes))

    return index


@pytest.fixture(scope="session")
def cities(figures):
    return sorted(figures.libraries.dropna().index.unique("region"))


@pytest.fixture(scope="session")
def variables():
    """What metadata.yaml declares of the variables that indicators and readings rest on."""
    declared = yaml.safe_load((SHIPPED / "zhejiang" / "metadata.yaml").read_text("utf-8"))["variables"]
    used = [formula for formula, _ in FORMULAS.values()] + ["gdp", "pop_urban", "pop_census"]
    return {code: v for code, v in declared.items() if any(code in formula for formula in used)}


@pytest.fixture
def small(tmp_path):
    """Loads a small study after a change, and gives the report of its first city, or of the round."""

    def load(*changes, whole=False):
        edit = Edit(Small.make(tmp_path / str(len(list(tmp_path.iterdir())))))
        for change in changes:
            change(edit)
        study = load_study("small", root=edit.small.root)
        if whole:
            return RoundReport(study, study.evaluate(), 2012, "zh")
        return CityReport(study, study.evaluate(), "0100", 2012, "zh")

    return load
