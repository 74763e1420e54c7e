"""Slips as cities make them in forms: each kind finds the rows that it can be in, and leaves its trace there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from zlib import crc32

import pandas as pd
from filling import Slip, Workbook

from evalkit.data.metadata import Metadata

TEN_THOUSAND = 10_000
CLOSED = "已撤并"
STATION, SUM, PARTS = "township_station_area", "communities_and_villages", ("urban_communities", "villages")


class Maker:
    """Makes slips in the form of one reporter, each in rows that no other is in yet."""

    def __init__(self, form: Workbook, reporter: str, truth: pd.DataFrame, metadata: Metadata):
        self.form, self.reporter, self.metadata = form, reporter, metadata
        own = truth.loc[list(form.places)]
        self.valued = own[own.state == "value"]
        self.taken: set[str] = set()

    def make(self, kind: str) -> Slip | None:
        """Make a slip of a kind; None where the form has no row that it can be in."""
        keys = next(iter(SLIPS[kind](self)), None)
        if keys is None:
            return None
        self.taken |= {*keys}
        return Slip(kind, self.reporter, keys)

    def counts(self, least: float) -> list[str]:
        """Give the rows of counts of some size that no slip is in, from another one on for each reporter."""
        kinds = self.valued.variable.map(lambda name: self.metadata.variables[name].kind)
        rows = self.valued[(kinds == "count") & (self.valued.value >= least) & ~self.valued.index.isin(self.taken)]
        first = crc32(self.reporter.encode()) % max(len(rows), 1)
        return [*rows.index[first:], *rows.index[:first]]

    def stations(self) -> list[str]:
        """Give the rows of stations that no slip is in."""
        return [key for key in self.valued.index[self.valued.variable == STATION] if key not in self.taken]


def in_ten_thousands(maker: Maker) -> Iterator[tuple[str, ...]]:
    """A number in 万, where the form asks for units."""
    for key in maker.counts(TEN_THOUSAND):
        maker.form.write(key, value=maker.valued.value[key] / TEN_THOUSAND)
        yield (key,)


def stale(maker: Maker) -> Iterator[tuple[str, ...]]:
    """Last year's number once more."""
    for key in maker.counts(1000):
        last = maker.form.cell(key, "last").value
        if isinstance(last, int | float) and last != maker.valued.value[key]:
            maker.form.write(key, value=last)
            yield (key,)


def with_its_unit(maker: Maker) -> Iterator[tuple[str, ...]]:
    """A text: the number with its unit."""
    for key in maker.counts(100):
        unit = maker.metadata.variables[maker.valued.variable[key]].unit.zh
        maker.form.write(key, value=f"{maker.valued.value[key]:.0f}{unit}")
        yield (key,)


def wide_digits(maker: Maker) -> Iterator[tuple[str, ...]]:
    """A text that is a number all the same: wide digits with separators, which are taken as they are meant."""
    for key in maker.counts(1000):
        wide = f"{maker.valued.value[key]:,.0f}".translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
        maker.form.write(key, value=wide)
        yield (key,)


def word_for_nothing(maker: Maker) -> Iterator[tuple[str, ...]]:
    """A word where a number should be."""
    for key in maker.counts(10):
        maker.form.write(key, value="无")
        yield (key,)


def without_reason(maker: Maker) -> Iterator[tuple[str, ...]]:
    """A figure that is said to be missing, and nobody says why."""
    for key in maker.counts(10):
        maker.form.write(key, value=None, state="缺失", reason=None)
        yield (key,)


def swapped(maker: Maker) -> Iterator[tuple[str, ...]]:
    """Two rows that stand one below the other, each with the other's number."""
    there = maker.counts(1)
    order = [key for key in maker.form.places if key in there]
    for key, below in pairwise(order):
        values = maker.valued.value[[key, below]]
        if values.max() > 30 * values.min() and key.split("/")[1] == below.split("/")[1]:
            maker.form.write(key, value=values[below])
            maker.form.write(below, value=values[key])
            yield key, below


def broken_sum(maker: Maker) -> Iterator[tuple[str, ...]]:
    """A total that is not the sum of its parts."""
    key = f"{SUM}/{maker.reporter}"
    parts = [f"{part}/{maker.reporter}" for part in PARTS]
    if {key, *parts} <= {*maker.valued.index} - maker.taken:
        maker.form.write(key, value=maker.valued.value[key] + 7)
        yield (key,)


def unit_left_out(maker: Maker) -> Iterator[tuple[str, ...]]:
    """A station that is said to be closed, while the townships are as many as before."""
    for key in maker.stations():
        maker.form.write(key, value=None, state="不适用", reason=CLOSED)
        yield key, f"townships/{maker.reporter}"  # where the answer says so


def last_year_changed(maker: Maker) -> Iterator[tuple[str, ...]]:
    """The accepted figure of last year written over, after the sheet was unlocked."""
    for key in maker.counts(100):
        cell = maker.form.cell(key, "last")
        if isinstance(cell.value, int | float):
            cell.value = round(cell.value * 0.9)
            yield (key,)


def digits_turned(maker: Maker) -> Iterator[tuple[str, ...]]:
    """A floor area with two digits in the wrong order, which no rule can see."""
    for key in maker.stations():
        written = f"{maker.valued.value[key]:.0f}"
        turned = float(written[:-2] + written[:-3:-1])
        if turned != maker.valued.value[key]:
            maker.form.write(key, value=turned)
            yield (key,)


SLIPS: Mapping[str, Callable[[Maker], Iterator[tuple[str, ...]]]] = {
    "in_ten_thousands": in_ten_thousands,
    "stale": stale,
    "with_its_unit": with_its_unit,
    "wide_digits": wide_digits,
    "word_for_nothing": word_for_nothing,
    "without_reason": without_reason,
    "swapped": swapped,
    "broken_sum": broken_sum,
    "unit_left_out": unit_left_out,
    "last_year_changed": last_year_changed,
    "digits_turned": digits_turned,
}
DEALT = tuple(kind for kind in SLIPS if kind != "digits_turned")  # to reporters in turn
