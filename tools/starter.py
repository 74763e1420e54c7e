"""Make up the figures of the starter project: the same seed gives the same bytes. Usage: python tools/starter.py"""

from pathlib import Path
from zlib import crc32

import numpy as np
import pandas as pd

from evalkit.data.regions import Regions

FOLDER = Path(__file__).parents[1] / "evalkit" / "starter"
SEED = 20200101
YEARS = np.arange(2016, 2021)
COLUMNS = ["variable", "region", "year", "value", "state", "publication"]
# How far a city is above or below the path of the province by 2020, and what is better the less there is of it.
STRENGTH = {"990100": 0.16, "990200": 0.08, "990300": 0.02, "990400": -0.06, "990500": -0.2}
SERVED = ("trained", "care_beds", "kindergarten_children", "physicians", "exp_education", "exp_health")
BURDENS = ("infant_deaths", "unemployed")
# So many of each of what stands first, in 2016 and in 2020; counties differ about it by the share that stands last.
RATES = {
    "pop_aged": ("pop_resident", 0.16, 0.19, 0.08),
    "pop_aged_3_5": ("pop_resident", 0.034, 0.033, 0.05),
    "births": ("pop_resident", 0.011, 0.010, 0.06),
    "infant_deaths": ("births", 0.0065, 0.0038, 0.25),
    "labour_force": ("pop_resident", 0.33, 0.36, 0.05),
    "unemployed": ("labour_force", 0.046, 0.033, 0.1),
    "trained": ("pop_resident", 0.0042, 0.0052, 0.12),
    "care_beds": ("pop_aged", 0.024, 0.040, 0.1),
    "kindergarten_children": ("pop_aged_3_5", 0.78, 0.95, 0.03),
    "physicians": ("pop_resident", 0.0019, 0.0028, 0.1),
    "exp_education": ("pop_resident", 0.16, 0.24, 0.1),
    "exp_health": ("pop_resident", 0.09, 0.15, 0.12),
    "exp_total": ("pop_resident", 0.95, 1.45, 0.12),
}
OF_CITIES = {"senior_teachers_rural": (36, 45), "senior_teachers_urban": (46, 47), "satisfaction": (74, 84)}
PUBLISHED = {"pop_resident", "pop_aged", "pop_aged_3_5", "physicians", "exp_education", "exp_health", "exp_total"}
GAPS = {("care_beds", "990501", 2018): "missing", ("unemployed", "990202", 2020): "disputed"}
THRESHOLD = 300


def rng(name: str) -> np.random.Generator:
    """Give the generator of one variable: what else is drawn does not move it."""
    return np.random.default_rng([SEED, crc32(name.encode())])


def counties(regions: pd.DataFrame) -> dict[str, np.ndarray]:
    """Give the figures of every county (down) and year (across), whole numbers."""
    n = len(regions)
    people = rng("pop_resident").uniform(250_000, 650_000, n)[:, None] * 1.004 ** (YEARS - YEARS[0])
    made = {"pop_resident": np.round(people)}
    for name, (of, first, last, spread) in RATES.items():
        drawn = rng(name)
        way = 1 + _side(name) * np.linspace(0, 1, len(YEARS)) * regions.parent.map(STRENGTH).to_numpy()[:, None]
        rate = np.linspace(first, last, len(YEARS)) * way * np.exp(drawn.normal(0, spread, (n, 1)))
        made[name] = np.round(made[of] * rate * np.exp(drawn.normal(0, 0.01, (n, len(YEARS)))))
    made["kindergarten_children"] = np.minimum(made["kindergarten_children"], made["pop_aged_3_5"])
    return made


def _side(name: str) -> int:
    return (name in SERVED) - (name in BURDENS)


def figures(regions: pd.DataFrame) -> pd.DataFrame:
    """Give the figures of counties and of the cities that they add up to, one a row."""
    below, cities = regions[regions.level == "county"], regions[regions.level == "city"]
    made, tables = counties(below), []
    for name, values in made.items():
        wide = pd.DataFrame(values, below.index, YEARS)
        tables.append(_long(name, pd.concat([wide.groupby(below.parent).sum(), wide])))
    for name, (first, last) in OF_CITIES.items():
        values = np.linspace(first, last, len(YEARS)) + rng(name).normal(0, 2, (len(cities), 1))
        tables.append(_long(name, pd.DataFrame(np.round(values, 1), cities.index, YEARS)))
    return pd.concat(tables, ignore_index=True)


def stations(regions: pd.DataFrame) -> pd.DataFrame:
    """Give the floor area of every cultural station: those that are too small are rebuilt in some year, or never."""
    below, drawn = regions[regions.level == "county"], rng("station_area")
    rows = []
    for code, county in below.iterrows():
        for number in range(1, drawn.integers(4, 8)):
            area, rebuilt = drawn.integers(200, 460), drawn.integers(YEARS[0] + 1, YEARS[-1] + 3)
            at = [int(area if year < rebuilt else max(area, THRESHOLD + 20)) for year in YEARS]
            unit = f"{county.name_zh}第{number}文化站"
            rows += [("station_area", unit, code, year, value) for year, value in zip(YEARS, at, strict=True)]
    table = pd.DataFrame(rows, columns=["variable", "unit", "region", "year", "value"])
    return table.assign(state="value", publication="forms")


def _long(name: str, wide: pd.DataFrame) -> pd.DataFrame:
    long = wide.rename_axis(index="region", columns="year").stack().rename("value").reset_index()
    states = [GAPS.get((name, region, year), "value") for region, year in zip(long.region, long.year, strict=True)]
    source = "statistics" if name in PUBLISHED else "survey" if name == "satisfaction" else "forms"
    return long.assign(variable=name, state=states, publication=source)[COLUMNS]


def tables() -> dict[str, pd.DataFrame]:
    """Give the tables by the name of their file; a figure that is missing is blank."""
    regions = Regions.load(FOLDER / "params" / "regions" / "province.yaml").table
    made = figures(regions)
    made["value"] = made.value.where(made.state != "missing")
    files = {"statistics": "yearbook", "forms": "forms", "survey": "survey"}
    parts = {files[source]: rows for source, rows in made.groupby("publication", sort=False)}
    return parts | {"stations": stations(regions)}


def write(folder: Path) -> None:
    """Write each table as CSV."""
    for file, table in tables().items():
        printed = table.value.map(lambda value: "" if np.isnan(value) else f"{value:.12g}")
        table.assign(value=printed).to_csv(folder / f"{file}.csv", index=False, lineterminator="\n")


if __name__ == "__main__":
    write(FOLDER / "data" / "statistics")
