"""The draws of an uncertainty analysis, and what they say of ranks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import ceil

import numpy as np
import pandas as pd

from evalkit.base.exact import DECIMALS, as_written, at_least, publish
from evalkit.base.once import once


@dataclass(frozen=True)
class Draws:
    """Scores of every draw, with what each draw did.

    Attributes
    ----------
    scores : array (draws, regions) of the root's scores.
    regions : codes, in the order of the columns.
    year : the year that was drawn.
    base : array (regions,) of the scores under the choices in force.
    choices : what each draw picked of each source that picks: the number of an option (0 is the one in force), the
        name of an expert, the indicator left out (empty if none), the seed of measurement errors; one row a draw.
    weights : the weights of each draw within each parent: one row a draw, one column a node.
    decimals : array (draws,) of those with which each draw's scores are published, and `base_decimals` the base's.
    """

    scores: np.ndarray
    regions: tuple[str, ...]
    year: int
    base: np.ndarray
    choices: pd.DataFrame
    weights: pd.DataFrame
    decimals: np.ndarray
    base_decimals: int

    @cached_property
    def ranks(self) -> np.ndarray:
        """Competition ranks (draws, regions) on scores as they are published; ties share the better rank."""
        return competition(self.scores, self.decimals[:, None])

    @once
    def rank_interval(self, level: float = 0.9) -> pd.DataFrame:
        """Give rank in force, median rank, and the interval that holds `level` of the draws: low, high."""
        inside, half = as_written(level), Fraction(1, 2)
        places = [max(ceil(len(self.ranks) * share), 1) - 1 for share in (half - inside / 2, half, half + inside / 2)]
        low, median, high = np.sort(self.ranks, axis=0)[places]
        columns = {
            "rank": competition(self.base[None], self.base_decimals)[0],
            "median": median,
            "low": low,
            "high": high,
        }
        return pd.DataFrame(columns, index=self._index)

    def rank_probability(self) -> pd.DataFrame:
        """Give the share of draws in which each region (row) has each rank (column)."""
        size = len(self.regions)
        cells = np.arange(size) * size + self.ranks - 1
        counts = np.bincount(cells.ravel(), minlength=size * size).reshape(size, size)
        return pd.DataFrame(counts / len(self.ranks), index=self._index, columns=range(1, size + 1))

    def chances(self, region: str) -> pd.Series:
        """Give the share of draws in which one region has each rank: its row of `rank_probability`."""
        size = len(self.regions)
        counts = np.bincount(self.ranks[:, self.regions.index(region)] - 1, minlength=size)
        return pd.Series(counts / len(self.ranks), index=range(1, size + 1), name=region)

    def above(self) -> pd.DataFrame:
        """Give the share of draws in which the region of the row is above that of the column; ties count half."""
        every = range(len(self.regions))
        shares = np.stack([self._above(place, every) for place in every])
        return pd.DataFrame(shares, index=self._index, columns=list(self.regions))

    def tiers(self, level: float = 0.9) -> pd.Series:
        """Give the tier of each region: of no two in a tier is one above the other in `level` of the draws.

        In order of mean rank, the next tier starts at the first region that can be told from one of the current tier.
        Regions of two tiers need not be told apart: only one pair of them is.
        """
        tiers, tier, own = {}, 1, []
        for place in np.lexsort((-self.base, self.ranks.mean(axis=0))):
            if self._told_apart(place, own, level).any():
                tier, own = tier + 1, []
            own.append(place)
            tiers[self.regions[place]] = tier
        return pd.Series(tiers, name="tier").loc[list(self.regions)]

    def told_apart(self, first: Sequence[str], second: Sequence[str], level: float = 0.9) -> np.ndarray:
        """Tell of pairs of regions whether the same one is above the other in at least `level` of the draws."""
        places = (self._index.get_indexer(list(codes)) for codes in (first, second))
        return self._told_apart(*places, level)

    def band_stability(self, edges: Sequence[float]) -> pd.Series:
        """Give the share of draws in which a region's score stays in the band that it has, between the `edges`."""
        bands = np.searchsorted(edges, publish(self.scores, self.decimals[:, None]), side="right")
        own = np.searchsorted(edges, publish(self.base, self.base_decimals), side="right")
        return pd.Series((bands == own).mean(axis=0), index=self._index, name="stability")

    def _told_apart(self, first: int | Sequence[int], second: Sequence[int], level: float) -> np.ndarray:
        ways = self._above(first, second), self._above(second, first)
        return at_least(ways[0], level) | at_least(ways[1], level)

    def _above(self, first: int | Sequence[int], second: int | Sequence[int]) -> np.ndarray:
        """Give the share of draws in which the first are above the second, by their places; ties count half."""
        upper, lower = (self.ranks[:, np.atleast_1d(np.asarray(places, dtype=int))] for places in (first, second))
        return (lower > upper).mean(axis=0) + (lower == upper).mean(axis=0) / 2

    @property
    def _index(self) -> pd.Index:
        return pd.Index(self.regions, name="region")


def competition(scores: np.ndarray, decimals: int | np.ndarray = DECIMALS) -> np.ndarray:
    """Rank each row's scores, as published, the highest first: 1, 2, 2, 4."""
    published = publish(scores, decimals)
    ordered = np.sort(published, axis=1)
    width = published.shape[1]
    return np.stack([width - np.searchsorted(o, p, side="right") + 1 for o, p in zip(ordered, published, strict=True)])
