"""The panel: every indicator of an index system, for every region and year, with its state and its terms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
import pandas as pd

from evalkit.base.errors import DataError, ParamsError, Problem, one_of
from evalkit.base.exact import above, below
from evalkit.data.dataset import Dataset
from evalkit.data.metadata import Metadata
from evalkit.data.units import COLUMNS, judge_units
from evalkit.index import IndexSystem, Indicator

NO_SERIES = "no series"


@dataclass(frozen=True)
class Panel:
    """Indicator values and what they rest on.

    Attributes
    ----------
    values : DataFrame, index (region, year), one float column an indicator, in the indicator's unit.
    states : DataFrame shaped like `values`: value, missing, not applicable (also where the denominator is zero),
        not due, or "no series" outside the years that a series runs.
    variables : DataFrame, same index, one column a variable, in printed units.
    publications : DataFrame shaped like `variables`.
    regions : DataFrame, index code; name_zh, name_en, level, parent, group.
    units : the facilities behind the indicators that are the share of those that reach a threshold, as `judge_units`
        takes them: unit, region (of the panel), year, indicator, value, state.
    """

    values: pd.DataFrame
    states: pd.DataFrame
    variables: pd.DataFrame = field(default_factory=pd.DataFrame)
    publications: pd.DataFrame = field(default_factory=pd.DataFrame)
    regions: pd.DataFrame = field(default_factory=pd.DataFrame)
    units: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(COLUMNS)))

    @classmethod
    def from_values(cls, values: pd.DataFrame) -> Panel:
        """Take indicator values as they are (index region, year); a blank is missing."""
        states = pd.DataFrame("value", index=values.index, columns=values.columns).where(values.notna(), "missing")
        return cls(values.astype(float), states)

    @classmethod
    def from_dataset(cls, dataset: Dataset, system: IndexSystem, regions: pd.DataFrame, years: Iterable[int]) -> Panel:
        """Compute every indicator of a system from a dataset's variables.

        Raises
        ------
        ParamsError
            An indicator names a variable that the dataset does not have.
        DataError
            A value lies outside its indicator's valid range.
        """
        check_terms(system, dataset.metadata)
        index = pd.MultiIndex.from_product([regions.index, years], names=["region", "year"])
        variables = dataset.values.reindex(index)
        values = _values(system.indicators, variables, dataset)
        states = _states(system.indicators, dataset.states.reindex(index))
        units = _units(dataset, system, regions, years)
        for code, share in _shares(units, system).items():
            values[code] = share.reindex(index)
            states[code] = np.where(values[code].notna(), "value", "missing")
        _check_valid(values, system)
        blank = dict(zip(values, values.isna().to_numpy().T, strict=True))
        for code, state in states.items():
            states[code] = np.where(blank[code] & (state == "value"), "not applicable", state)
        return cls(
            values=values,
            states=pd.DataFrame(states, index=index),
            variables=variables,
            publications=dataset.publications.reindex(index),
            regions=regions,
            units=units,
        )

    def among(self, regions: Sequence[str]) -> Panel:
        """Give the panel of some of its regions."""
        frames = {name: getattr(self, name) for name in ("values", "states", "variables", "publications")}
        rows = {name: frame.loc[list(regions)] if len(frame) else frame for name, frame in frames.items()}
        units = self.units[self.units.region.isin(regions)]
        return replace(self, regions=self.regions.loc[regions], units=units, **rows)

    def until(self, year: int) -> Panel:
        """Give the panel of its years up to one of them."""
        frames = {name: getattr(self, name) for name in ("values", "states", "variables", "publications")}
        rows = {name: up_to(frame, year) for name, frame in frames.items() if len(frame)}
        return replace(self, units=self.units[self.units.year <= year], **rows)

    def total(self, dataset: Dataset, system: IndexSystem, code: str) -> Panel:
        """Put the regions together as one: counts, amounts and facilities added up, indicators as ratio of sums.

        A rate or an average is the mean by its declared weight, and stays missing without one. What a region lacks the
        whole lacks, too.
        """
        known = _together(self.variables, dataset.metadata, len(self.regions))
        variables = pd.concat({code: known}, names=["region", "year"]).reindex(columns=self.variables.columns)
        values = _values([i for i in system.indicators if addable(i, dataset.metadata)], variables, dataset)
        units = self.units.assign(region=code)
        shares = {share: found.reindex(values.index) for share, found in _shares(units, system).items()}
        whole = Panel.from_values(values.assign(**shares).reindex(columns=self.values.columns))
        return replace(whole, variables=variables, units=units)

    def rated(self, system: IndexSystem, metadata: Metadata) -> Panel:
        """Leave out what only counts: of several regions together there is more than the scale of one is for."""
        counted = [indicator.code for indicator in system.indicators if is_count_or_amount(indicator, metadata)]
        return replace(self, values=self.values.assign(**dict.fromkeys(counted, np.nan)))


def up_to(table: pd.DataFrame | pd.Series, year: int) -> pd.DataFrame | pd.Series:
    """Give the rows of a table, by region and year or by year, up to a year."""
    return table[table.index.get_level_values("year") <= year]


def _together(figures: pd.DataFrame, metadata: Metadata, regions: int) -> pd.DataFrame:
    """Put the figures of that many regions together, year by year: sums, and means by what each is weighed by.

    `figures` has the index (region, year) and one column a variable; a year that lacks one figure has none of it.
    """
    declared = {code: metadata.variables[code] for code in figures}
    sums = figures[[code for code, variable in declared.items() if variable.is_sum]]
    means = {code: variable.weight for code, variable in declared.items() if variable.weight}
    held = pd.DataFrame({code: figures[code] * figures[weight] for code, weight in means.items()}, index=figures.index)
    sums, held = (frame.groupby("year").sum(min_count=regions) for frame in (sums, held))
    weights = {code: sums[weight].where(sums[weight] != 0) for code, weight in means.items()}
    return sums.assign(**{code: held[code] / weights[code] for code in means})


def is_count_or_amount(indicator: Indicator, metadata: Metadata) -> bool:
    """Whether the indicator is a count or an amount by itself, and no ratio, rate or average."""
    return indicator.variable is not None and metadata.variables[indicator.variable].is_sum


def addable(indicator: Indicator, metadata: Metadata) -> bool:
    """Whether the indicator of several regions together follows from their figures."""
    return not_addable(indicator, metadata) is None


def not_addable(indicator: Indicator, metadata: Metadata) -> Literal["unweighed", "unlike"] | None:
    """Say why several regions together have no figure; None where they have: of sums, means by weight, facilities.

    "unweighed" is a rate or an average whose weight is not declared, "unlike" a ratio of a mean to a sum.
    """
    terms = [metadata.variables[term] for term in indicator.terms]
    if any(variable.is_mean and variable.weight is None for variable in terms):
        return "unweighed"
    alike = all(variable.is_sum for variable in terms) or all(variable.is_mean for variable in terms)
    return None if alike or indicator.variable is not None else "unlike"


def thresholds(system: IndexSystem) -> dict[str, float]:
    """Give the threshold of every indicator that is the share of the facilities that reach one."""
    return {i.code: i.target.threshold for i in system.indicators if i.target and i.target.by_unit}


def check_terms(system: IndexSystem, metadata: Metadata) -> None:
    """Raise ParamsError with every variable that a system names and a dataset does not have."""
    wrong = [
        Problem(f"{i.code} of {system.code}", f"the variable {term!r}", one_of(term, metadata.variables))
        for i in system.indicators
        for term in i.terms
        if term not in metadata.variables
    ]
    if wrong:
        raise ParamsError("the index system names variables that the dataset does not have", wrong)


def cube(table: pd.DataFrame, columns: Sequence[str], regions: Sequence[str], years: Iterable[int]) -> np.ndarray:
    """Give a table with index (region, year) as an array of column × region × year; blank where it lacks one."""
    years = list(years)
    index = pd.MultiIndex.from_product([regions, years], names=["region", "year"])
    cells = table.reindex(index=index, columns=columns).to_numpy()
    return cells.T.reshape(len(columns), len(regions), len(years))


def _units(dataset: Dataset, system: IndexSystem, regions: pd.DataFrame, years: Iterable[int]) -> pd.DataFrame:
    """Give the facilities of the regions, or of the regions below them."""
    shares = {system.node(code).variable: code for code in thresholds(system)}
    table = dataset.units[dataset.units.variable.isin(list(shares)) & dataset.units.year.isin(list(years))]
    region = table.region.where(table.region.isin(regions.index), table.parent)
    table = table.assign(region=region, indicator=table.variable.map(shares))
    return table.loc[region.isin(regions.index), list(COLUMNS)].reset_index(drop=True)


def _shares(units: pd.DataFrame, system: IndexSystem) -> dict[str, pd.Series]:
    limits = thresholds(system)
    if not limits or units.empty:
        return {}
    share = judge_units(units, limits).share
    return {code: share.xs(code, level="indicator") for code in share.index.unique("indicator")}


def _values(indicators: Iterable[Indicator], variables: pd.DataFrame, dataset: Dataset) -> pd.DataFrame:
    scales = {name: variable.scale for name, variable in dataset.metadata.variables.items()}
    base = {name: variables[name].to_numpy() * scales[name] for name in variables}
    return pd.DataFrame({i.code: _value(i, base) for i in indicators}, index=variables.index)


def _value(indicator: Indicator, base: dict[str, np.ndarray]) -> np.ndarray:
    """Compute one indicator from its terms in base units; blank where it would be divided by nothing, or by less."""
    if indicator.variable:
        return base[indicator.variable]
    numerator, denominator = (base[term] for term in indicator.terms)
    return numerator / np.where(denominator > 0, denominator, np.nan) * indicator.per


def _states(indicators: Iterable[Indicator], states: pd.DataFrame) -> dict[str, np.ndarray]:
    """Give of every indicator the first state among its terms that is not "value"."""
    terms = {name: states[name].to_numpy(dtype=object, na_value=NO_SERIES) for i in indicators for name in i.terms}
    both = {i.code: (terms[i.terms[0]], terms[i.terms[-1]]) for i in indicators}
    return {code: np.where(first != "value", first, last) for code, (first, last) in both.items()}


def _check_valid(values: pd.DataFrame, system: IndexSystem) -> None:
    bounded = [indicator for indicator in system.indicators if indicator.valid]
    cells = values[[indicator.code for indicator in bounded]].to_numpy().T
    bounds = np.array([indicator.valid for indicator in bounded], dtype=float).reshape(-1, 2)
    wrong = [
        Problem(
            f"{bounded[i].code} ({bounded[i].name.zh}) of {values.index[row][0]} in {values.index[row][1]}",
            f"{cells[i, row]:g}",
            "{:g} to {:g}".format(*bounded[i].valid),
        )
        for i, row in np.argwhere(below(cells, bounds[:, :1]) | above(cells, bounds[:, 1:]))
    ]
    if wrong:
        raise DataError("indicators lie outside their valid range", wrong)
