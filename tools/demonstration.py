"""Make up the demonstration submissions of the full edition: the same seed gives the same bytes.

Usage, from the project's root: python tools/demonstration.py [--seed SEED] [--to FOLDER]
"""

import argparse
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pandas as pd
import yaml
from submissions import CENSUS, YEARS, Submissions, evenly

from evalkit.base import params
from evalkit.data.dataset import SHIPPED, Dataset
from evalkit.data.metadata import Metadata
from evalkit.data.regions import Regions
from evalkit.index import IndexSystem
from evalkit.index.target import Quota, Range

HERE = Path(__file__).parent
PARAMS = HERE.parent / "params"
FOLDER = SHIPPED / "zhejiang-plan-demo"
COLUMNS = ["variable", "region", "year", "value", "state", "publication"]


def tables(made: Submissions) -> dict[str, pd.DataFrame]:
    """Give the tables by the name of their file: one row a figure of a region, or of a facility."""
    found: dict[str, list] = {}
    for name, variable in made.variables.items():
        facility = variable.kind == "facility"
        areas = {made.system.area_of(i.code).code for i in made.uses[name]}
        file = "units" if facility else made.profile["files"][areas.pop() if len(areas) == 1 else "several"]
        rows = _of_facilities(made, name) if facility else _of_regions(made, name)
        found.setdefault(file, []).append(rows.assign(variable=name, publication=_form(made, name)))
    return {file: pd.concat(rows) for file, rows in found.items()}


def _form(made: Submissions, name: str) -> str:
    """Name the form of the department that leads where the variable is first used; money is the treasury's."""
    by_kind, by_name = made.profile["forms"].get(made.variables[name].kind), made.profile["forms"].get(name)
    return "form-" + (by_name or by_kind or made.uses[name][0].responsible[0])


def _of_regions(made: Submissions, name: str) -> pd.DataFrame:
    variable, places = made.variables[name], pd.concat([made.cities, made.counties])
    values = np.vstack([made.of_cities(name), made.of(name)])
    states = _states(made, name)
    told = made.rng("disputes", name).random(states.shape) < made.profile["gaps"]["dispute_with_figure"]
    values = np.where((states == "value") | ((states == "disputed") & told), values, np.nan)
    index = pd.MultiIndex.from_product([places.index, YEARS], names=["region", "year"])
    rows = pd.DataFrame({"value": values.ravel(), "state": states.ravel()}, index=index).reset_index()
    return rows[rows.region.map(places.level).isin(variable.levels) & rows.year.isin(variable.calendar)]


def _states(made: Submissions, name: str) -> np.ndarray:
    """Give the state of every figure, the cities' before the counties'."""
    gaps, city = made.profile["gaps"], np.append(np.arange(len(made.cities)), made.of_city)
    luck = made.rng("gaps", name).random((len(city), len(YEARS)))
    level = np.where(np.arange(len(city)) < len(made.cities), gaps["city"], gaps["county"])[:, None]
    missing = level + gaps["withheld"] * (made.dealt("withheld")[city][:, None] == YEARS)
    states = _gaps(luck, *((0, 0) if name in _firm(made) else (missing, gaps["disputed"])))
    for indicator in made.uses[name]:
        target, baseline = indicator.target, indicator.target and indicator.target.baseline
        if indicator.code == made.profile["resources"]["indicator"]:
            below = indicator.denominator
            states[np.vstack([made.of_cities(below), made.of(below)]) <= 0] = "not applicable"
        elif target and target.valid_from and indicator.terms[0] == name:
            since = target.valid_from - (baseline is None or baseline.value is None)
            states[:, since > YEARS] = made.profile["before"].get(indicator.code, "not applicable")
    return states


def _gaps(luck: np.ndarray, missing: np.ndarray | float, disputed: float) -> np.ndarray:
    return np.select([luck < missing, luck < missing + disputed], ["missing", "disputed"], "value").astype(object)


def _firm(made: Submissions) -> set[str]:
    """Name what never has a gap: populations, quotas and their bases, new resources, bases of several indicators."""
    quotas = [i for i in made.system.indicators if isinstance(i.target, Quota)]
    ledgers = {i.variable for i in made.system.indicators if isinstance(i.target, Quota | Range)}
    resources = made.system.node(made.profile["resources"]["indicator"]).terms
    shared = {name for name, uses in made.uses.items() if len(uses) > 1}
    split = {i.target.apportionment.base for i in quotas}
    return ledgers | split | shared | {*resources, *made.system.population.values()}


def _of_facilities(made: Submissions, name: str) -> pd.DataFrame:
    rule, drawn = made.profile["facilities"] | made.profile["facilities"]["of"][name], made.rng("facilities", name)
    numbers = made.of(made.profile["townships"]["variable"])[:, 0].astype(int) if rule["in_townships"] else 1
    county = np.repeat(np.arange(len(made.counties)), numbers)
    ordinal = pd.Series(county).groupby(county).cumcount() + 1
    places = made.counties.iloc[county]
    names = [place + rule["name"].format(n) for place, n in zip(places.name_zh, ordinal, strict=True)]
    values = _areas(made, county, made.uses[name][0].target.threshold, rule, drawn)
    states = _gaps(drawn.random(values.shape), rule["missing"], rule["disputed"])
    rows = {"unit": np.repeat(names, len(YEARS)), "region": np.repeat(places.index, len(YEARS))}
    rows |= {"year": np.tile(YEARS, len(names)), "value": values.ravel(), "state": states.ravel()}
    return pd.DataFrame(rows).assign(value=lambda table: table.value.where(table.state != "missing"))


def _areas(
    made: Submissions, county: np.ndarray, threshold: float, rule: dict, drawn: np.random.Generator
) -> np.ndarray:
    """Give the floor area of every facility: those below the threshold are rebuilt in some year, or never."""
    n = len(county)
    at_first = threshold * np.exp(rule["spread"] * (drawn.normal(0, 1, n) + NormalDist().inv_cdf(rule["reached"])))
    at_first = np.where(drawn.random(n) < rule["just"], threshold - 0.5, np.round(at_first))
    rebuilt = np.round(threshold * (1 + drawn.exponential(rule["beyond"], n)))
    rebuilt = np.where(drawn.random(n) < rule["just"], threshold, rebuilt)
    city, below = made.of_city[county], at_first < threshold
    share = (rule["rebuilt"] + rule["by_strength"] * made.dealt("strength"))[city]
    ever = below & (evenly(drawn, 2 * city + below) < share)
    year = np.where(ever, drawn.integers(YEARS[1], YEARS[-1], n, endpoint=True), YEARS[-1] + 1)
    return np.where(year[:, None] <= YEARS, rebuilt[:, None], at_first[:, None])


def write(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    """Write each table as CSV."""
    folder.mkdir(parents=True, exist_ok=True)
    for file, table in tables.items():
        columns = [COLUMNS[0], *(["unit"] if "unit" in table else []), *COLUMNS[1:]]
        printed = table.value.map(lambda value: "" if np.isnan(value) else f"{value:.12g}")
        table.assign(value=printed)[columns].to_csv(folder / f"{file}.csv", index=False, lineterminator="\n")


def submissions(seed: int | None = None) -> Submissions:
    """Read what the submissions are made up for, and how."""
    profile = yaml.safe_load((HERE / "demonstration.yaml").read_text(encoding="utf-8"))
    regions = Regions.load(PARAMS / "regions" / "zhejiang.yaml").table
    people = Dataset.load(SHIPPED / "zhejiang", regions).values.pop_census.xs(CENSUS, level="year")
    system = IndexSystem.load(PARAMS / "index" / "zhejiang-plan.yaml")
    metadata = params.read(Metadata, FOLDER / "metadata.yaml")
    return Submissions(profile | ({} if seed is None else {"seed": seed}), system, metadata, regions, people)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int)
    parser.add_argument("--to", type=Path, default=FOLDER)
    given = parser.parse_args()
    write(tables(submissions(given.seed)), given.to)
