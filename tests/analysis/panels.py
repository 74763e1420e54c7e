"""Small panels for regressions."""

import numpy as np
import pandas as pd


def panel(seed=0, *, regions=6, years=4):
    """An outcome with shocks common to a region, and the regressors `a` and `b`."""
    rng = np.random.default_rng(seed)
    index = pd.MultiIndex.from_product([[f"r{n}" for n in range(regions)], range(2008, 2008 + years)])
    x = pd.DataFrame(rng.normal(size=(len(index), 2)), index.set_names(["region", "year"]), ["a", "b"])
    noise = np.repeat(rng.normal(size=regions), years) + rng.normal(size=len(index))
    return 1 + 2 * x.a - x.b + noise, x


def investment():
    """Grunfeld's panel of ten firms over 20 years: the eleven of Kleiber & Zeileis (2010) but American Steel."""
    from statsmodels.datasets import grunfeld

    table = grunfeld.load_pandas().data.query("firm != 'American Steel'")
    table = table.rename(columns={"firm": "region"}).astype({"year": int}).set_index(["region", "year"])
    return table["invest"], table[["value", "capital"]]
