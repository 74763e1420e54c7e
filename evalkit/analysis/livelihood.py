"""Which functions of the budget count as livelihood: a list with its version."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

import pandas as pd
from pydantic import model_validator

from evalkit.base import params
from evalkit.base.errors import ParamsError, Problem, one_of
from evalkit.base.fields import Code, Named, Year
from evalkit.base.model import DeclaredModel
from evalkit.base.text import Text
from evalkit.index.plain_target import TargetStatus


class Function(DeclaredModel):
    """A class of the budget by function; `variable` is the dataset's series of it, where the public has one.

    `since` is the year from which the class stands alone; before it, the money is part of other classes.
    """

    code: Code
    name: Named
    counted: bool
    variable: Code | None = None
    since: Year | None = None
    note: Text


class Livelihood(DeclaredModel):
    """The functions of the budget, and which of them count as livelihood.

    `rule` names the rule on livelihood spending that the public data cannot test, where there is one.
    """

    code: Code
    version: str
    name: Named
    status: TargetStatus
    source: Text
    rule: Named | None = None
    notes: tuple[Text, ...] = ()
    functions: tuple[Function, ...]

    @classmethod
    def load(cls, path: Path) -> Livelihood:
        """Read a list from YAML. Raises ParamsError with every offender."""
        return params.read(cls, path)

    @model_validator(mode="after")
    def _coherent(self):
        codes = [function.code for function in self.functions]
        named = [function.variable for function in self.functions if function.variable]
        twice = sorted({name for names in (codes, named) for name in names if names.count(name) > 1})
        wrong = [f"{name!r} once" for name in twice]
        if not self.counted:
            wrong.append("a function that is counted")
        if wrong:
            raise ValueError("; ".join(wrong))
        return self

    @property
    def counted(self) -> tuple[Function, ...]:
        """The functions that count as livelihood."""
        return tuple(function for function in self.functions if function.counted)

    @property
    def known(self) -> tuple[str, ...]:
        """The variables of the counted functions that have one."""
        return tuple(function.variable for function in self.counted if function.variable)

    @property
    def unknown(self) -> tuple[Function, ...]:
        """The counted functions without public data: while there is one, no rule on their sum can be tested."""
        return tuple(function for function in self.counted if not function.variable)

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row a function: code (the index), name_zh, name_en, counted, variable, since, note_zh, note_en."""
        rows = [
            {"code": f.code, "name_zh": f.name.zh, "name_en": f.name.en}
            | {"counted": f.counted, "variable": f.variable, "since": f.since}
            | {"note_zh": f.note.zh, "note_en": f.note.en}
            for f in self.functions
        ]
        return pd.DataFrame(rows).set_index("code")

    def check(self, variables: Iterable[str]) -> None:
        """Raise ParamsError with every function whose variable the dataset does not have."""
        known = list(variables)
        wrong = [
            Problem(f"variable of {f.code} ({f.name.zh})", repr(f.variable), one_of(f.variable, known))
            for f in self.functions
            if f.variable and f.variable not in known
        ]
        if wrong:
            raise ParamsError(f"the list {self.code} names variables that the dataset does not have", wrong)
