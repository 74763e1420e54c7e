"""Targets and panels as a round has them: the plan from 2007 to 2012, by hand."""

from dataclasses import replace

import pandas as pd

from evalkit import Panel
from evalkit.assessment.targets.achievement import achieve
from tests.index.test_target import aimed
from tests.scoring.small import leaf, system

YEARS = range(2008, 2013)
UNITS = ("unit", "region", "year", "indicator", "value", "state")


def declared(values, first=2007):
    """A panel of one indicator `a`: values by region, year after year from `first`; words are states."""
    cells = {(region, first + place): value for region, series in values.items() for place, value in enumerate(series)}
    found = pd.Series(cells, name="a").rename_axis(["region", "year"])
    states = found.map(lambda cell: cell if isinstance(cell, str) else "value")
    return Panel(pd.to_numeric(found, errors="coerce").to_frame(), states.to_frame())


def achieved(values, *, worst=0, best=100, years=YEARS, units=None, level="city", **target):
    """What was achieved by one indicator `a` with a target of 2012."""
    tree = system(leaf("a", worst=worst, best=best, target=aimed(**target)))
    panel = declared(values) if units is None else replace(declared(values), units=units)
    return achieve(panel, tree, years, level=level)


def row(frame, region="r1"):
    """One region's cells of the indicator, year after year."""
    return frame["a"].xs(region, level="region").tolist()


def facilities(*rows):
    return pd.DataFrame(rows, columns=list(UNITS))
