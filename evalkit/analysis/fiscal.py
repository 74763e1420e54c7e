"""Fiscal effort: which part of new money went to a purpose, and how spending grew beside revenue."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

import numpy as np
import pandas as pd

from evalkit.analysis.alignment import aligned, check_index, check_positive
from evalkit.base.errors import MethodError, Problem, one_of
from evalkit.base.exact import above, as_written, below

_MONEY = ("expenditure", "revenue")


class Verdict(NamedTuple):
    """An earmark held against one pair of increments; `met` is None unless `state` is "value"."""

    ratio: float
    met: bool | None
    state: str


def verdict(spent: float, base: float, share: Fraction) -> Verdict:
    """Say whether an increment of spending on a purpose is such a share, or more, of an increment of means.

    Exact: the decimals as they are printed, as fractions, with no rounding before the comparison. Not applicable
    where the means did not grow, whatever the other term; missing where a term is blank.

    >>> rule = Fraction(2, 3)
    >>> verdict(0.2, 0.3, rule).met, verdict(1_999_999, 3_000_000, rule).met, verdict(5, 0, rule).state
    (True, False, 'not applicable')
    """
    if pd.notna(base) and base <= 0:
        return Verdict(np.nan, None, "not applicable")
    if pd.isna(base) or pd.isna(spent):
        return Verdict(np.nan, None, "missing")
    ratio = _exact(spent) / _exact(base)
    return Verdict(float(ratio), ratio >= share, "value")


def verdicts(spent: pd.Series, base: pd.Series, *, share: Fraction) -> pd.DataFrame:
    """Hold published increments against an earmark, unit by unit.

    Both are increments in the same unit of money. Returns their index with the columns spent, base, ratio, met (True,
    False, None), state (value, missing, not applicable).
    """
    frame = aligned(spent=spent, base=base)
    rows = [verdict(*pair, share) for pair in zip(frame.spent, frame.base, strict=True)]
    found = pd.DataFrame(rows, columns=Verdict._fields, index=frame.index).astype({"met": object})
    return frame.join(found)


def guarantee(spent: pd.Series, base: pd.Series, *, share: Fraction, since: int | None = None) -> pd.DataFrame:
    """Hold the growth of spending on a purpose against an earmark of the growth of means, or of all spending.

    Both are yearly amounts, index (region, year), in the same unit of money; each year is held against the year
    before, or against the year `since`. Returns what `verdicts` does of the increments.
    """
    frame = aligned(spent=spent, base=base)
    return verdicts(increments(frame.spent, since=since), increments(frame.base, since=since), share=share)


def converted(amounts: pd.Series, factor: Fraction) -> pd.Series:
    """Give amounts in another unit, exactly: each printed decimal times the factor.

    >>> converted(pd.Series([0.07]), Fraction(100)).tolist()
    [7.0]
    """
    return amounts.map(lambda amount: float(_exact(amount) * factor))


def increments(amounts: pd.Series, *, since: int | None = None) -> pd.Series:
    """Give the change of each amount on the year before, or on the year `since`; index (region, year).

    The exact difference of the printed decimals, so that its own printed decimal is exact (to 15 digits). Blank where
    a term is blank. Raises MethodError where the years have a gap, or do not have `since`.
    """
    wide = _by_year(amounts).map(_exact)
    if since is None:
        return _long(wide.sub(wide.shift(axis=1)).iloc[:, 1:])
    _check_years(wide.columns, since)
    later = wide.loc[:, wide.columns > since]
    return _long(later.sub(wide[since], axis=0))


def known_share_of_growth(known: pd.DataFrame, spending: pd.Series, *, since: int | None = None) -> pd.DataFrame:
    """Give the share of the growth of spending that went to the functions that are known.

    No test of an earmark, and neither a lower nor an upper bound of the share of the purpose: functions that are
    not known may have grown or shrunk. `known` has one column a function; amounts in the same unit as
    `spending`, index (region, year). Returns, for each year on the year before (or on the year `since`): known,
    spending (increments), share, state (value, missing, or not applicable where spending did not grow), and falling:
    "known" where they shrank (a share below 0), "rest" where all else did (a share above 1).
    """
    if known.empty:
        raise MethodError("no function is known", [Problem("known", "no amounts", "one column a function")])
    frame = aligned(spending=spending, **{f"known {name}": column for name, column in known.items()})
    frame["known"] = _sum(frame.iloc[:, 1:], axis=1)
    table = pd.DataFrame({name: increments(frame[name], since=since) for name in ("known", "spending")})
    table["share"] = table.known / table.spending.where(table.spending > 0)
    absent = [table.spending <= 0, table.share.isna()]
    table["state"] = np.select(absent, ["not applicable", "missing"], "value")
    shrank = [below(table.share, 0), above(table.share, 1)]
    return table.assign(falling=np.select(shrank, ["known", "rest"], None))


def spending(expenditure: pd.Series, revenue: pd.Series, population: pd.Series) -> pd.DataFrame:
    """Give spending per head and its growth beside that of own revenue, by region and year.

    Amounts in base units (yuan, persons): printed figures times the variable's `scale`. Returns per_head,
    spending_growth and revenue_growth on the year before, difference (spending less revenue), elasticity (spending
    growth for 1 of revenue growth; blank where revenue did not grow). Growth is a share: 0.1 is 10 %.
    """
    frame = aligned(expenditure=expenditure, revenue=revenue, population=population)
    check_positive(frame, frame.columns)
    growth = {name: _long(_by_year(frame[name]).pct_change(axis=1, fill_method=None)) for name in _MONEY}
    per_head = frame.expenditure / frame.population
    return pd.concat([per_head.rename("per_head"), _beside(growth["expenditure"], growth["revenue"])], axis=1)


def mean_growth(expenditure: pd.Series, revenue: pd.Series, *, since: int, until: int) -> pd.DataFrame:
    """Give the mean annual growth of spending and of own revenue by compound rate: `(x_until / x_since)^(1/n) − 1`.

    Amounts by (region, year). Returns one row a region: spending_growth, revenue_growth, difference, elasticity.
    """
    frame = aligned(expenditure=expenditure, revenue=revenue)
    check_positive(frame, frame.columns)
    wide = [_by_year(frame[name]) for name in _MONEY]
    _check_years(wide[0].columns, since, until)
    if since >= until:
        raise MethodError("no growth can be measured", [Problem("years", f"{since} to {until}", "a later last year")])
    return _beside(*((amounts[until] / amounts[since]) ** (1 / (until - since)) - 1 for amounts in wide))


def with_total(amounts: pd.DataFrame, code: str) -> pd.DataFrame:
    """Add a region `code` that is the sum of all others in each year; blank where one of them is.

    For shares and rates of growth of all together: ratio of sums, never mean of ratios. Regions must not overlap.
    """
    if code in amounts.index.unique("region"):
        raise MethodError("the total has a region's name", [Problem("code", repr(code), "a name that no region has")])
    sums = pd.DataFrame({name: _sum(_by_year(amounts[name]), axis=0) for name in amounts})
    return pd.concat([amounts, pd.concat({code: sums}, names=["region", "year"])])


def _beside(expenditure: pd.Series, revenue: pd.Series) -> pd.DataFrame:
    table = pd.DataFrame({"spending_growth": expenditure, "revenue_growth": revenue})
    ratio = expenditure / revenue.where(revenue > 0)
    return table.assign(difference=expenditure - revenue, elasticity=ratio)


def _exact(amount: float) -> Fraction | float:
    if pd.isna(amount):
        return np.nan
    try:
        return as_written(amount)
    except ValueError:
        raise MethodError("an amount is no number", [Problem("amount", str(amount), "a finite number")]) from None


def _sum(amounts: pd.DataFrame, axis: int) -> pd.Series:
    """Add without rounding on the way, a blank making the sum blank."""
    return amounts.map(_exact).sum(axis=axis, skipna=False).astype(float)


def _by_year(amounts: pd.Series) -> pd.DataFrame:
    """One row a region, one column a year, in order and without a gap between them."""
    check_index(amounts.index)
    wide = aligned(amounts=amounts).amounts.unstack("year").reindex(amounts.index.unique("region")).sort_index(axis=1)
    years = list(wide.columns)
    absent = sorted({*range(years[0], years[-1] + 1)} - {*years}) if years else []
    if absent:
        raise MethodError("the years have a gap", [Problem("years", f"no {year}", "every year") for year in absent])
    return wide


def _long(wide: pd.DataFrame) -> pd.Series:
    return wide.stack().rename_axis(["region", "year"]).astype(float)


def _check_years(known: pd.Index, *years: int) -> None:
    wrong = [Problem("years", str(year), one_of(year, known)) for year in years if year not in known]
    if wrong:
        raise MethodError("the amounts do not have the year", wrong)
