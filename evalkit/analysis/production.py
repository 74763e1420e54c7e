"""What units put in and what comes out, checked and brought to one scale."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from evalkit.base.errors import MethodError, Problem, unit_name

TITLE = "the units cannot be compared by what they put in and what comes out"


@dataclass(frozen=True, eq=False)
class Production:
    """Inputs and outputs of units; both frames have one row a unit, in the same order.

    `netputs` has inputs with a minus sign and then outputs, each over its column's mean: more is better in every
    column, and nothing that is computed from them depends on units of measurement.
    """

    inputs: pd.DataFrame
    outputs: pd.DataFrame

    @classmethod
    def checked(cls, inputs: pd.DataFrame, outputs: pd.DataFrame, *, by: int | None = None) -> Production:
        """Check, and put the outputs in the inputs' order. `by` is a level of the index whose values are
        samples of their own.

        Raises MethodError where the indexes differ or repeat a unit, a value is blank or not finite, an input is not
        above 0, an output is below 0 or zero throughout a row or column, or there are fewer units than columns.
        """
        _refuse(list(_index(inputs, outputs)))
        outputs = outputs.loc[inputs.index]
        wrong = [*_values(inputs, least="above 0"), *_values(outputs, least="of 0 or more")]
        groups = inputs.groupby(level=by).groups if by is not None else {None: inputs.index}
        for name, rows in groups.items():
            wrong += _sample(inputs.loc[rows], outputs.loc[rows], "" if name is None else f" in {name}")
        _refuse([*wrong, *_empty_rows(outputs)])
        return cls(inputs.astype(float), outputs.astype(float))

    @cached_property
    def scale(self) -> np.ndarray:
        """Give what one unit of each netput stands for: a column's mean, below 0 for inputs."""
        return np.concatenate([-self.inputs.mean().to_numpy(), self.outputs.mean().to_numpy()])

    @cached_property
    def netputs(self) -> np.ndarray:
        """Give inputs (below 0) and outputs over their columns' means."""
        return np.hstack([self.inputs.to_numpy(), self.outputs.to_numpy()]) / self.scale

    def columns(self) -> pd.MultiIndex:
        """Name the netputs: ("input", name) and ("output", name)."""
        pairs = [("input", name) for name in self.inputs] + [("output", name) for name in self.outputs]
        return pd.MultiIndex.from_tuples(pairs, names=["side", "column"])

    def needed(self) -> int:
        """Give the number of units that the rule of thumb asks for: `max(m s, 3 (m + s))`.

        m inputs and s outputs: Cooper, Seiford & Tone (2007).
        """
        m, s = self.inputs.shape[1], self.outputs.shape[1]
        return max(m * s, 3 * (m + s))


def _refuse(wrong: list[Problem]) -> None:
    if wrong:
        raise MethodError(TITLE, wrong)


def _index(inputs: pd.DataFrame, outputs: pd.DataFrame) -> Iterator[Problem]:
    for side, frame in (("inputs", inputs), ("outputs", outputs)):
        for unit in frame.index[frame.index.duplicated()].unique():
            yield Problem(f"{unit_name(unit)} in the {side}", "several rows", "one row a unit")
        for column in frame.columns[frame.columns.duplicated()].unique():
            yield Problem(f"{column} in the {side}", "several columns", "one column a name")
        if not frame.shape[1]:
            yield Problem(f"the {side}", "no column", "one at least")
    for unit in inputs.index.symmetric_difference(outputs.index, sort=False):
        has, lacks = ("inputs", "outputs") if unit in inputs.index else ("outputs", "inputs")
        yield Problem(unit_name(unit), f"{has} but no {lacks}", "both")


def _values(frame: pd.DataFrame, *, least: str) -> Iterator[Problem]:
    numbers = frame.apply(pd.to_numeric, errors="coerce").to_numpy(dtype=float)
    good = np.isfinite(numbers) & ((numbers > 0) if least == "above 0" else (numbers >= 0))
    for row, column in np.argwhere(~good):
        value = frame.iloc[row, column]
        found = "a blank" if pd.isna(value) else str(value)
        yield Problem(f"{frame.columns[column]} of {unit_name(frame.index[row])}", found, f"a number {least}")


def _empty_rows(outputs: pd.DataFrame) -> Iterator[Problem]:
    for unit in outputs.index[(outputs == 0).all(axis=1)]:
        yield Problem(unit_name(unit), "no output above 0", "one at least")


def _sample(inputs: pd.DataFrame, outputs: pd.DataFrame, where: str) -> Iterator[Problem]:
    for column in outputs.columns[(outputs == 0).all()]:
        yield Problem(f"{column}{where}", "0 for every unit", "a unit above 0 at least")
    columns = inputs.shape[1] + outputs.shape[1]
    if len(inputs) < max(columns, 2):
        found = f"{len(inputs)} for {columns} inputs and outputs"
        yield Problem(f"the number of units{where}", found, f"{max(columns, 2)} at least")
