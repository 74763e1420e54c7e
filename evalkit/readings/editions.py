"""What changed since the edition before: figures on record, scores, ranks and grades."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from evalkit.base.once import once
from evalkit.loading import load_study
from evalkit.register.as_of import joined
from evalkit.study import Study

SCORED = ["score_before", "score", "rank_before", "rank", "grade_before", "grade"]


@dataclass(frozen=True)
class Editions:
    """A study beside itself as it stood on the day of the edition before, in one year."""

    before: Study
    now: Study
    year: int

    @property
    def day(self) -> date:
        """The day of the edition before."""
        return self.before.day

    @cached_property
    def figures(self) -> pd.DataFrame:
        """The figures up to the year that count differently, as `changed_figures` gives them, in order of the regions.

        Those of regions or variables that the study does not declare are left out.
        """
        from evalkit.register.changes import changed_figures

        design, dataset = self.now.round.register, self.now.dataset
        years = sorted({year for each in dataset.metadata.variables.values() for year in each.calendar})
        register = design.open(self.now.root)
        upto = [year for year in years if year <= self.year]
        found = changed_figures(register, upto, self.day, self.now.day, accepted=design.accepted)
        places = {code: place for place, code in enumerate(self.now.all_regions.table.index)}
        known = found[found.region.isin(places) & found.variable.isin(dataset.metadata.variables)]
        order = known.assign(place=known.region.map(places)).sort_values(["place", "variable", "unit", "year"])
        return order.drop(columns="place").reset_index(drop=True)

    @cached_property
    def cities(self) -> pd.DataFrame:
        """Every city that has another score, rank or grade: index city, columns `SCORED`.

        Where the round is assessed these are of the assessment; else of the index, and grades are blank.
        """
        both = self._results(self.before).add_suffix("_before").join(self._results(self.now))
        return both[_differs(both, "score") | _differs(both, "rank") | _differs(both, "grade")][SCORED]

    def nodes(self, city: str) -> pd.DataFrame:
        """Give every group of the index on which a city has another score or rank: index node, the same without grades.

        The index itself comes first.
        """
        both = self._scores(self.before, city).add_suffix("_before").join(self._scores(self.now, city))
        return both[_differs(both, "score") | _differs(both, "rank")][SCORED[:4]]

    def _results(self, study: Study) -> pd.DataFrame:
        if study.assessed:
            found = study.assessed.assessment.results.xs(self.year, level="year")
            return found[["score", "rank", "grade"]].reindex(study.regions.index)
        evaluation = study.evaluate()
        scores = evaluation.published[evaluation.root].xs(self.year, level="year")
        ranks = evaluation.ranks[evaluation.root].xs(self.year, level="year")
        return pd.DataFrame({"score": scores, "rank": ranks, "grade": None})

    def _scores(self, study: Study, city: str) -> pd.DataFrame:
        evaluation = study.evaluate()
        nodes = [node.code for node in study.system.scored_groups]
        key = (city, self.year)
        return pd.DataFrame({"score": evaluation.published.loc[key, nodes], "rank": evaluation.ranks.loc[key, nodes]})


def editions_of(study: Study, year: int) -> Editions | None:
    """Give a study beside the edition before; None where none is declared, or the study is meant as of before it.

    Raises DataError where nothing was on record on that day.
    """
    previous = study.round.sign_off.previous
    if previous is None or (study.day and study.day <= previous):
        return None
    return _beside(study, previous, year)


@once
def _beside(study: Study, previous: date, year: int) -> Editions:
    return Editions(load_study(joined(study.round.code, previous), root=study.root), study, year)


def _differs(both: pd.DataFrame, name: str) -> pd.Series:
    then, now = both[f"{name}_before"], both[name]
    return (then != now) & ~(then.isna() & now.isna())
