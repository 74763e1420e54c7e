"""The regions that are assessed, and the ones inside them."""

from functools import cached_property
from pathlib import Path

import pandas as pd
from pydantic import model_validator

from evalkit import params
from evalkit.errors import one_of
from evalkit.fields import Code, Named, Tile, Year
from evalkit.text import Declared, Text


class Region(Declared):
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
    tile: tuple[Tile, Tile] | None = None


class Regions(Declared):
    """Every region of one province, by level."""

    code: Code
    name: Named
    groups: dict[Code, Named] = {}
    source: Text
    regions: tuple[Region, ...]

    @classmethod
    def load(cls, path: Path) -> "Regions":
        """Read regions from YAML. Raises ParamsError with every offender."""
        return params.read(cls, path)

    @model_validator(mode="after")
    def _coherent(self):
        codes = [region.code for region in self.regions]
        wrong = [f"the code {code!r} once" for code in sorted({c for c in codes if codes.count(c) > 1})]
        wrong += [
            f"a known parent of {r.code!r} instead of {r.parent!r}"
            for r in self.regions
            if r.parent not in {None, *codes}
        ]
        wrong += [
            f"a known region before {r.code!r} instead of {r.succeeds!r}"
            for r in self.regions
            if r.succeeds not in {None, *codes}
        ]
        wrong += [
            f"a known group of {r.code!r} instead of {r.group!r} ({one_of(r.group, self.groups)})"
            for r in self.regions
            if r.group not in {None, *self.groups}
        ]
        if wrong:
            raise ValueError("; ".join(wrong))
        return self

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
