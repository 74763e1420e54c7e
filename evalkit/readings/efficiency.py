"""What the cities of a round yield for what they spend in one year, and how that changed up to it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from evalkit.analysis.dea import Efficiency, dea, scale_efficiency, super_efficiency
from evalkit.analysis.malmquist import malmquist
from evalkit.analysis.readings_design import EfficiencyDesign, Total
from evalkit.base.once import once
from evalkit.data.panel import up_to
from evalkit.readings.equality import none_where_refused
from evalkit.study import Study


@dataclass(frozen=True)
class EfficiencyReading:
    """A year's frontier of the cities of a study whose round declares an efficiency design; it enters no score.

    Each year has a frontier of its own: amounts in current prices do not bear one over several years, for the early
    years' prices would make every later year look wasteful.
    """

    study: Study
    year: int

    @staticmethod
    @once
    def of(study: Study, year: int) -> EfficiencyReading:
        """Give the one that all reports of a study share."""
        return EfficiencyReading(study, year)

    @property
    def design(self) -> EfficiencyDesign:
        """The amounts, and what is assumed of the frontier."""
        return self.study.round.readings.efficiency

    @cached_property
    def inputs(self) -> pd.DataFrame:
        """What the cities put in, in printed units: one row a city."""
        return self._totals(self.design.inputs).xs(self.year, level="year")

    @cached_property
    def outputs(self) -> pd.DataFrame:
        """What comes out, in printed units: one row a city."""
        return self._totals(self.design.outputs).xs(self.year, level="year")

    @cached_property
    @none_where_refused
    def frontier(self) -> Efficiency | None:
        """The score of every city, its peers and what they show to be within reach; None where none can be compared."""
        return dea(self.inputs, self.outputs, returns=self.design.returns, orientation=self.design.orientation)

    @cached_property
    def scale(self) -> pd.DataFrame:
        """The score under constant returns, and what of it is size."""
        return scale_efficiency(self.inputs, self.outputs, orientation=self.design.orientation)

    @cached_property
    def alone(self) -> pd.DataFrame:
        """The score of each city against the others alone; infeasible where none of them compares."""
        design = self.design
        return super_efficiency(self.inputs, self.outputs, returns=design.returns, orientation=design.orientation)

    @cached_property
    @none_where_refused
    def productivity(self) -> pd.DataFrame | None:
        """The change of every city's productivity from year to year up to this one, in its parts; None as above."""
        totals = [self._totals(part) for part in (self.design.inputs, self.design.outputs)]
        return malmquist(*(up_to(table, self.year) for table in totals), orientation=self.design.orientation)

    def _totals(self, declared: tuple[Total, ...]) -> pd.DataFrame:
        return pd.DataFrame({total.code: self._total(list(total.variables)) for total in declared})

    def _total(self, names: list[str]) -> pd.Series:
        """Add figures up in the printed unit of the first."""
        declared = self.study.dataset.metadata.variables
        units = pd.Series({name: declared[name].scale / declared[names[0]].scale for name in names})
        return (self.study.panel().variables[names] * units).sum(axis=1, skipna=False)
