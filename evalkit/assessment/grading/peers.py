"""Peers: which regions are like each other, so that one may be held against the others of its group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
from pydantic import Field, field_validator

from evalkit.base import params
from evalkit.base.errors import Problem, one_of
from evalkit.base.fields import Code
from evalkit.base.model import DeclaredModel
from evalkit.base.params import ContradictionError
from evalkit.base.text import Text


class ComparisonGroup(DeclaredModel):
    """One group: its name, and the codes of its regions."""

    name: Text
    members: tuple[Code, ...] = Field(min_length=1)


class Peers(DeclaredModel):
    """What `params/peers/<code>.yaml` declares: groups of regions, each region in one, and where they are from."""

    code: Code
    source: Text
    groups: dict[Code, ComparisonGroup] = Field(min_length=1)

    @classmethod
    def load(cls, path: Path) -> Peers:
        """Read groups from YAML. Raises ParamsError with every offender."""
        return params.read(cls, path)

    @field_validator("groups")
    @classmethod
    def _each_region_once(cls, groups):
        told = Counter(member for group in groups.values() for member in group.members)
        wrong = [((), f"{member} once") for member, times in told.items() if times > 1]
        if wrong:
            raise ContradictionError(wrong)
        return groups

    @property
    def by_region(self) -> pd.Series:
        """The group of every region."""
        return pd.Series({one: code for code, group in self.groups.items() for one in group.members}, dtype=object)

    def problems(self, regions: Iterable[str]) -> list[Problem]:
        """Give every member that is no region of those that are compared."""
        known = list(regions)
        return [
            Problem(f"groups.{code} of the peers {self.code}", repr(one), one_of(one, known))
            for code, group in self.groups.items()
            for one in group.members
            if one not in known
        ]
