"""The regions that are assessed, and the ones inside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

import pandas as pd
from pydantic import Field, model_validator

from evalkit.base import params
from evalkit.base.errors import one_of
from evalkit.base.fields import Code, Named, TilePlace, Year
from evalkit.base.limits import FIRST_YEAR, LAST_YEAR
from evalkit.base.model import DeclaredModel
from evalkit.base.params import ContradictionError
from evalkit.base.text import Text

Faults = Iterator[tuple[tuple, str]]


class Region(DeclaredModel):
    """A city or a county: code, name, the region above it and its group.

    `since` and `until` bound the years for which tables carry its code; `succeeds` is the code that stood for the same
    area before; `redrawn` says which change of boundaries keeps its figures before and after from being compared.
    `tile` is its place (row, column) on a map of equal tiles.
    """

    code: Code
    name: Named
    level: Code
    parent: Code | None = None
    group: Code | None = None
    since: Year | None = None
    until: Year | None = None
    succeeds: Code | None = None
    redrawn: Text | None = None
    tile: TilePlace | None = None

    @model_validator(mode="after")
    def _in_order(self):
        if None not in (self.since, self.until) and self.since > self.until:
            raise ContradictionError([(("until",), f"a year that is not before since, {self.since}")])
        return self

    def is_there(self, year: int) -> bool:
        """Whether tables of a year carry its code."""
        return (self.since or FIRST_YEAR) <= year <= (self.until or LAST_YEAR)

    def beside(self, other: Region) -> bool:
        """Whether there is a year in which both are there."""
        starts, ends = (self.since, other.since), (self.until, other.until)
        return max(year or FIRST_YEAR for year in starts) <= min(year or LAST_YEAR for year in ends)


class Regions(DeclaredModel):
    """Every region of one province, by level.

    `groups_note` says what the grouping follows; `notes` what a reader must know who holds regions against each other.
    """

    code: Code
    name: Named
    groups: dict[Code, Named] = {}
    groups_note: Text | None = None
    source: Text
    notes: tuple[Text, ...] = ()
    regions: tuple[Region, ...] = Field(min_length=1)

    @classmethod
    def load(cls, path: Path) -> Regions:
        """Read regions from YAML. Raises ParamsError with every offender."""
        return params.read(cls, path)

    @model_validator(mode="after")
    def _coherent(self):
        wrong = [*_declared_twice(self.regions), *self._unknown()]
        wrong = wrong or [*_circles(self.regions, "parent"), *_circles(self.regions, "succeeds")]
        if wrong:
            raise ContradictionError((("regions", *at), expected) for at, expected in wrong)
        return self

    def _unknown(self) -> Faults:
        codes = {region.code: None for region in self.regions}
        named = {
            "parent": ("parent of", codes),
            "succeeds": ("region before", codes),
            "group": ("group of", self.groups),
        }
        for place, region in enumerate(self.regions):
            for key, (what, known) in named.items():
                code = getattr(region, key)
                if code is not None and code not in known:
                    near = one_of(code, known)
                    yield (place, key), f"a known {what} {region.code!r} instead of {code!r} ({near})"

    def at_level(self, level: str) -> tuple[str, ...]:
        """Give the codes of one level, in the order of the file."""
        return tuple(region.code for region in self.regions if region.level == level)

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row a region: code (the index), name_zh, name_en, level, parent, group, since, until, succeeds."""
        rows = [
            {"code": r.code, "name_zh": r.name.zh, "name_en": r.name.en}
            | r.model_dump(include={"level", "parent", "group", "since", "until", "succeeds"})
            for r in self.regions
        ]
        return pd.DataFrame(rows).set_index("code").astype({"since": float, "until": float})

    @cached_property
    def by_code(self) -> dict[str, Region]:
        """Every region by its code."""
        return {region.code: region for region in self.regions}


def in_year(regions: pd.DataFrame, year: int) -> pd.Series:
    """Say which regions of a table are there in a year."""
    return ~(regions.since > year) & ~(regions.until < year)


def _declared_twice(regions: Sequence[Region]) -> Faults:
    """Find codes that stand twice, and names and tiles that two regions have in one year."""
    first: dict[str, int] = {}
    for place, region in enumerate(regions):
        if first.setdefault(region.code, place) != place:
            yield (place, "code"), f"the code {region.code!r} once"
    for key in ("name.zh", "name.en", "tile"):
        before = defaultdict(list)
        for place, region in enumerate(regions):
            found = region.tile if key == "tile" else (region.name[key[-2:]], region.parent)
            same = before[region.level, found]
            other = next((each for each in same if found is not None and each.beside(region)), None)
            if other and other.code != region.code:
                yield (place, *key.split(".")), f"another {key.partition('.')[0]} than that of {other.code!r}"
            same.append(region)


def _circles(regions: Sequence[Region], key: str) -> Faults:
    """Find every region that a way of parents, or of successors, leads back to."""
    above = {region.code: getattr(region, key) for region in regions}
    done = set()
    for place, region in enumerate(regions):
        way, code = {}, region.code
        while code is not None and code not in way and code not in done:
            way[code] = None
            code = above[code]
        if code in way:
            circle = " → ".join([*list(way)[list(way).index(code) :], code])
            yield (place, key), f"no circle: {circle}"
        done |= set(way)
