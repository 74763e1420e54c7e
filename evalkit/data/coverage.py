"""Coverage: the rows that are there against the figures that are declared."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import numpy as np
import pandas as pd

from evalkit.base.errors import Problem
from evalkit.data.metadata import Metadata
from evalkit.data.places import Places
from evalkit.data.regions import in_year


def coverage(
    table: pd.DataFrame, metadata: Metadata, regions: pd.DataFrame, places: Places
) -> tuple[list[Problem], list[Problem]]:
    """Find declared figures without a row; then rows that nobody declared, and facilities named where there are none.

    `table` has text but for its years.
    """
    known, declared = _known(table, metadata, regions), _declared(metadata, regions)
    years = pd.Index(declared.year.unique())
    wanted, present = (_keys(figures, years, len(regions)) for figures in (declared, known))
    undeclared = _undeclared(known[~present.isin(wanted)], table, metadata, places)
    absent = _absent(declared[~wanted.isin(present)], metadata, regions)
    return absent, [*undeclared, *_facilities(known.variable, table, metadata, places)]


def held_against(table: pd.DataFrame, metadata: Metadata, regions: pd.DataFrame) -> tuple[pd.Series, pd.DataFrame]:
    """Say which rows of a table are figures that are declared; and give the variable, region and year of those lacking.

    Of facilities nobody knows which are lacking. Years are numbers.
    """
    known, declared = _known(table, metadata, regions), _declared(metadata, regions)
    years = pd.Index(declared.year.unique())
    wanted, present = (_keys(figures, years, len(regions)) for figures in (declared, known))
    own = pd.Series(False, index=table.index)
    own.loc[known.index[present.isin(wanted)]] = True
    lacking = declared[~wanted.isin(present)]
    facility = np.array([variable.kind == "facility" for variable in metadata.variables.values()], dtype=bool)
    lacking = lacking[~facility[lacking.variable]]
    names = {"variable": np.array(list(metadata.variables)), "region": regions.index.to_numpy()}
    named = {name: codes[lacking[name]] for name, codes in names.items()}
    return own, pd.DataFrame(named | {"year": lacking.year.to_numpy()})


def places_among(names: pd.Series, known: Iterable[str]) -> np.ndarray:
    """Give the place of every name among those that are known; -1 where it is not."""
    codes, once = pd.factorize(names)
    return pd.Index(list(known)).get_indexer(once)[codes]


def _known(table: pd.DataFrame, metadata: Metadata, regions: pd.DataFrame) -> pd.DataFrame:
    """Give the places of variable and region and the year of every row that has all three."""
    places = {
        "variable": places_among(table.variable, metadata.variables),
        "region": places_among(table.region, regions.index),
    }
    rows = pd.DataFrame(places | {"year": table.year})
    return rows[(rows.variable >= 0) & (rows.region >= 0) & np.isfinite(rows.year)].astype(int)


def _declared(metadata: Metadata, regions: pd.DataFrame) -> pd.DataFrame:
    """Give the places of variable and region and the year of every figure, in the order of the metadata."""
    of_level = cache(lambda levels: regions.level.isin(levels).to_numpy())
    of_year = cache(lambda year: in_year(regions, year).to_numpy())
    there = cache(lambda levels, year: np.flatnonzero(of_level(levels) & of_year(year)))
    series = [
        (place, year, there(variable.levels, year))
        for place, variable in enumerate(metadata.variables.values())
        for year in variable.calendar
    ]
    heads = np.array([head for *head, _ in series], dtype=int).reshape(-1, 2)
    sizes = np.array([len(found) for *_, found in series], dtype=int)
    variable, year = heads.repeat(sizes, axis=0).T
    region = np.concatenate([np.array([], dtype=int), *(found for *_, found in series)])
    return pd.DataFrame({"variable": variable, "region": region, "year": year})


def _keys(figures: pd.DataFrame, years: pd.Index, regions: int) -> pd.Series:
    """Give one number for a variable, a region and one of the years; a row of another year has a number apart."""
    places = (figures.variable * regions + figures.region) * (len(years) + 1)
    return places + years.get_indexer(figures.year) + 1


def _absent(figures: pd.DataFrame, metadata: Metadata, regions: pd.DataFrame) -> list[Problem]:
    names, codes = list(metadata.variables), list(regions.index)
    return [
        Problem(
            f"{names[variable]} of {codes[region]} in {year}", "no row", "a row; a blank value with a state will do"
        )
        for variable, region, year in figures.itertuples(index=False)
        if metadata.variables[names[variable]].kind != "facility"
    ]


def _undeclared(figures: pd.DataFrame, table: pd.DataFrame, metadata: Metadata, places: Places) -> list[Problem]:
    """Tell each figure once, by the last of its rows."""
    rows = dict(zip(figures.itertuples(index=False, name=None), figures.index, strict=True))
    return [
        Problem(
            places.cell(row, "variable"),
            f"{table.variable[row]} of {table.region[row]} in {year}",
            _declares(metadata, table.variable[row], places),
        )
        for (*_, year), row in rows.items()
    ]


def _declares(metadata: Metadata, name: str, places: Places) -> str:
    variable = metadata.variables[name]
    step = f" every {variable.every} years" if variable.every > 1 else ""
    years = f"{variable.years[0]}–{variable.years[1]}{step}"
    return f"what {places.metadata} declares: levels [{', '.join(variable.levels)}], years {years}"


def _facilities(variables: pd.Series, table: pd.DataFrame, metadata: Metadata, places: Places) -> list[Problem]:
    """Hold the name of the facility against the kind of the variable, whose place is given for the rows to be held."""
    kinds = np.array([variable.kind == "facility" for variable in metadata.variables.values()], dtype=bool)
    of_facilities = kinds[variables]
    named = (table.unit.str.strip() != "")[variables.index]
    nameless = [
        Problem(places.cell(row, "unit"), "nothing", "a facility") for row in named.index[of_facilities & ~named]
    ]
    beside = [
        Problem(places.cell(row, "unit"), repr(table.unit[row]), f"nothing: {table.variable[row]} is not by facility")
        for row in named.index[~of_facilities & named]
    ]
    return nameless + beside
