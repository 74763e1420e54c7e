"""The digits of the registers of a study: every variable of a level, with all of its figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from evalkit.analysis.quality_design import QualityDesign
from evalkit.base.exact import NOISE
from evalkit.data.digits import (
    BENFORD,
    COARSEST,
    ROUND_SHARE,
    UNIFORM,
    conformity,
    first_digits,
    fit_chance,
    heaping_chance,
    last_digits,
    mean_absolute_deviation,
    orders,
    step_of,
)
from evalkit.readings.quality_figures import Block, QualityFigures

# Units of the last digit that a figure has at least, so that its last digit is neither its first nor its second.
PLACES = 100
NEARLY_ALL = 0.9


@dataclass(frozen=True)
class Register:
    """The digits of n figures; a figure that stays the same as the year before counts once.

    `last` and `heaping` are p-values of last digits that are all as frequent, and of 0 and 5 being a fifth of them
    (`round_share`); `first` is that of Benford's law, `deviation` the mean absolute deviation and `conforms` its class.
    Blank is what the figures are too few, or too much of one size, to test.
    """

    level: str
    variable: str
    last_year: int
    n: int
    orders: float
    last: float = np.nan
    round_share: float = np.nan
    heaping: float = np.nan
    first: float = np.nan
    deviation: float = np.nan
    conforms: str = ""

    @property
    def tested(self) -> bool:
        """Whether last digits could be tested."""
        return not np.isnan(self.last)

    def suspicious(self, chance: float) -> bool:
        """Whether chance seldom gives such last digits. First ones raise no question by themselves."""
        heaped = self.heaping <= chance and self.round_share > ROUND_SHARE
        return bool(self.tested and (self.last <= chance or heaped))


def registers(figures: QualityFigures, design: QualityDesign) -> tuple[Register, ...]:
    """Give the digits of every variable by level, those of facilities last."""
    blocks = (*figures.blocks, *figures.registers)
    return tuple(register for block in blocks for register in _of_block(block, design))


def _of_block(block: Block, design: QualityDesign) -> Iterator[Register]:
    for code, values in zip(block.variables, block.values, strict=True):
        new = np.where(np.diff(values, axis=1, prepend=np.nan) == 0, np.nan, values)
        known = np.abs(new[np.isfinite(new) & (new != 0)])
        if len(known):
            tests = _tests(known, _usual_step(known), design)
            yield Register(block.level, code, block.years[-1], len(known), orders(known), **tests)


def _usual_step(known: np.ndarray) -> float:
    """The unit of the last digit of nearly all figures: a few with decimals do not make the others end in 0."""
    step = step_of(known)
    while step < 10.0**COARSEST and _multiples(known, 10 * step).mean() > NEARLY_ALL:
        step *= 10
    return step


def _multiples(known: np.ndarray, step: float) -> np.ndarray:
    units = known / step
    return np.abs(units - np.rint(units)) <= NOISE * np.maximum(1.0, units) * 100


def _tests(known: np.ndarray, step: float, design: QualityDesign) -> dict:
    found = {}
    long = known[(known >= PLACES * step) & _multiples(known, step)]
    if len(long) >= design.digits_least:
        last = last_digits(long, step)
        rounded = int(last[0] + last[5])
        shares = {"round_share": rounded / len(long), "heaping": heaping_chance(rounded, len(long))}
        found |= {"last": fit_chance(last, UNIFORM)} | shares
    if len(known) >= design.benford_least and orders(known) >= design.benford_orders:
        first = first_digits(known)
        deviation = mean_absolute_deviation(first)
        found |= {"first": fit_chance(first, BENFORD), "deviation": deviation, "conforms": conformity(deviation)}
    return found
