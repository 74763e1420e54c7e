"""What all rules have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

import numpy as np

from evalkit.base.fields import Code, Codes
from evalkit.base.model import DeclaredModel
from evalkit.base.text import Text
from evalkit.register.checks.figures import Figures
from evalkit.register.checks.saying import said
from evalkit.register.remarks import Level, Remark

SIGNS = ("%", "‰")


class Check(DeclaredModel):
    """One rule: under which code its remarks are, and whether they stop a submission or ask for an explanation.

    Confined to some `variables`, it leaves the others alone; of all, it leaves alone those that it is to `leave_out`.
    """

    code: Code
    level: Level = "warning"
    variables: Codes = ()
    leave_out: Codes = ()

    # Of a figure with a remark of one of these kinds, this one says no more.
    said_by: ClassVar[tuple[str, ...]] = ()

    def judge(self, figures: Figures) -> Iterator[Remark]:
        """Give the remarks on answers."""
        raise NotImplementedError

    @property
    def named(self) -> Iterator[tuple[tuple, Iterable[str]]]:
        """The variables that it names, with the way to where it names them."""
        yield ("variables",), self.variables
        yield ("leave_out",), self.leave_out

    def concerns(self, figures: Figures) -> np.ndarray:
        """Say which answers it is about: those of its variables."""
        chosen = figures.among(self.variables) if self.variables else figures.variable >= 0
        return chosen & ~figures.among(self.leave_out)

    def valued(self, figures: Figures) -> np.ndarray:
        """Say which answers it is about and have a value."""
        return self.concerns(figures) & ~np.isnan(figures.value)

    def remark(self, figures: Figures, row: int, *, column: str = "value", way: str = "", **values: object) -> Remark:
        """Say of an answer what the words of this kind say; `way` chooses among several that it has."""
        key = f"{self.kind}_{way}" if way else self.kind
        about = figures.about(row)
        filling = {"name": about.name, "unit": unit(about.unit), "asked": about.unit, **values}
        found, expected = (said(f"{key}_{part}", **filling) for part in ("found", "expected"))
        return Remark(self.level, self.code, figures.answers.index[row], column, found, expected)


def unit(text: Text) -> Text:
    """Give a unit as it follows a number: after a space, unless it is a sign; in brackets where it begins with one."""
    if text.en in SIGNS:
        return text
    return Text(zh=f" {text.zh}", en=f" ({text.en})" if text.en[:1].isdigit() else f" {text.en}")
