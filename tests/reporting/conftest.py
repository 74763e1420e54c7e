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
from tests.mutations.edit import Edit
from tests.mutations.project import Small
from tests.reporting.plain import printed

PER_HEAD = "(pop_resident * 1e4)"
# per indicator: how its value comes from the printed figures, and which end is better
FORMULAS = {
    "P01-unemployment": ("unemployed_registered / (employees_units * 1e4) * 100", "lower"),
    "P01-employment": ("employment_total / pop_resident * 100", None),
    "P02-pension": (f"insured_pension_employees / {PER_HEAD} * 100", "higher"),
    "P02-unemployment-insurance": (f"insured_unemployment / {PER_HEAD} * 100", "higher"),
    "P08-housing-area": ("housing_area_per_capita", "higher"),
    "P08-toilet": ("hh_share_toilet", "higher"),
    "P08-kitchen": ("hh_share_kitchen", "higher"),
    "P08-bath": ("hh_share_bath", "higher"),
    "P03-primary": ("pupils_primary * 1e4 / teachers_primary", "lower"),
    "P03-secondary": ("pupils_secondary * 1e4 / teachers_secondary", "lower"),
    "P03-schooling": ("schooling_years_mean", "higher"),
    "P03-illiteracy": ("illiteracy_rate_15plus", "lower"),
    "P03-spending": ("exp_education / pop_resident", None),
    "P03-share": ("exp_education / fiscal_expenditure * 100", None),
    "P04-physicians": (f"physicians / {PER_HEAD} * 1000", "higher"),
    "P04-beds": (f"hospital_beds / {PER_HEAD} * 1000", "higher"),
    "P04-hospitals": (f"hospitals / {PER_HEAD} * 1e5", None),
    "P04-spending": ("exp_health / pop_resident", None),
    "P04-share": ("exp_health / fiscal_expenditure * 100", None),
    "P05-libraries": ("libraries / county_level_units", "higher"),
    "P05-collection": (f"library_collection * 1000 / {PER_HEAD} * 100", "higher"),
    "P05-theatres": (f"theatres / {PER_HEAD} * 1e6", "higher"),
    "P09-tap-water": ("hh_share_tap_water", "higher"),
    "P09-sewage-household": ("sewage_treat_rate_household", "higher"),
    "P09-sewage-plant": ("sewage_treat_rate_plant", "higher"),
    "P09-refuse": ("garbage_harmless_rate", "higher"),
    "P09-roads": ("road_area_per_capita", "higher"),
    "P09-broadband": (f"internet_users / {PER_HEAD} * 100", "higher"),
    "P09-mobile": ("mobile_users / pop_resident * 100", "higher"),
    "P09-post": (f"post_offices / {PER_HEAD} * 1e4", "higher"),
    "F-spending": ("fiscal_expenditure / pop_resident", None),
    "F-revenue": ("fiscal_revenue / pop_resident", None),
    "F-cover": ("fiscal_revenue / fiscal_expenditure * 100", None),
}
GOALPOSTS = pd.DataFrame(
    {"P03-primary": (26.4, 13.2), "P03-secondary": (20.3, 10.1), "P04-physicians": (1.35, 2.5), "P04-beds": (1.95, 4)},
    index=["worst", "best"],
)


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
        if "children" not in node:
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
