"""What a check tells of a study that is not wrong: how each indicator is read, and which cities will lack a result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from evalkit.base.exact import publish
from evalkit.index import Indicator
from evalkit.study import Study

MOST = 0.5
SHOWN = 6
BLANK = ("missing", "disputed")


def listed(study: Study, held: pd.DataFrame) -> Iterator[str]:
    """Give a line for each indicator of a composition: whether it is scored, its direction and its target."""
    for code, row in held.iterrows():
        indicator = study.system.node(code)
        state = "scored" if pd.isna(row.unscored) else row.unscored
        yield f"  {code:28} {state:14} {_read(indicator):35} {indicator.name.zh}"


def remarks(study: Study, year: int) -> Iterator[str]:
    """Say what of a year is not as full as it looks.

    Cities without score or grade, and why; figures that those with both lack; rates that have no total; points that
    nothing fills; targets that were met before they began.
    """
    yield from _unscored(study, year)
    if study.assessed:
        yield from _never_graded(study)
        yield from _ungraded(study, year)
    yield from _blank(study, year)
    yield from _unweighed(study)
    if study.assessed:
        yield from _unfilled(study, year)
        yield from _met_before(study)


def _read(indicator: Indicator) -> str:
    way = {True: "more is better", False: "less is better", None: ""}[indicator.higher_is_better]
    aim = f"{indicator.aim.kind} {indicator.aim.value:g}" if indicator.aim else ""
    return ", ".join(filter(None, (way, aim)))


def _unscored(study: Study, year: int) -> Iterator[str]:
    result = study.evaluate()
    short = result.unrated().query("year == @year").set_index("region")
    for city in short.index[short.node == result.root]:
        nodes = [f"{row.node} {_percent(row.coverage)}" for row in short.loc[[city]].itertuples()]
        of = {"node": "every node's weight", "index": "all weight"}[study.method.min_weight_of]
        needed = f"`min_weight` asks {_percent(study.method.min_weight)} of {of}, and there is {_some(nodes)}"
        blank = result.normalised.columns[result.normalised.loc[city, year].isna()]
        yield f"{_city(study, city)} has no score in {year}: {needed}; {_lacking(blank)}"


def _never_graded(study: Study) -> Iterator[str]:
    """Tell the years in which no city is rated: those, above all, from which the targets start."""
    rated = study.assessed.assessment.results.score.groupby(level="year").count()
    starts = {i.target.baseline.year for i in study.system.scored if i.target and i.target.baseline}
    for year in rated.index[rated == 0]:
        late = [start for start in starts if start >= year]
        why = f": targets start from {max(late)}, so that `years` would begin in {max(late) + 1}" if late else ""
        yield f"no city has a grade in {year}{why}"


def _ungraded(study: Study, year: int) -> Iterator[str]:
    results, least = study.assessed.assessment.results.xs(year, level="year"), study.rules.valid_share.least
    unrated = results[results.score.isna()]
    for city, row in unrated.iterrows() if len(unrated) < len(results) else ():
        states = study.assessed.cities.states.loc[city, year]
        needed = f"`valid_share` asks {_percent(least)} of all weight, and there is {_percent(row.valid_share)}"
        blank = states.index[states.isin(BLANK)]
        yield f"{_city(study, city)} has no grade in {year}: {needed}; {_lacking(blank)}"


def _blank(study: Study, year: int) -> Iterator[str]:
    """Tell the figures that cities lack of which nothing else is told, since they have a score and a grade."""
    result = study.evaluate()
    rated = result.published[result.root].xs(year, level="year").notna()
    if study.assessed:
        graded = study.assessed.assessment.results.score.xs(year, level="year").notna()
        rated &= graded | ~graded.any()
    states = study.panel().states.xs(year, level="year")[rated]
    for code in (indicator.code for indicator in study.system.scored):
        if cities := [_city(study, city) for city in states.index[states[code].isin(BLANK)]]:
            effect = "a score or a grade may be higher or lower for it"
            yield f"{code}: no usable figure in {year} of {_some(cities)}; {effect}"


def _unweighed(study: Study) -> Iterator[str]:
    declared = study.dataset.metadata.variables
    terms = dict.fromkeys(term for indicator in study.system.indicators for term in indicator.terms)
    lone = [term for term in terms if declared[term].is_mean and declared[term].weight is None]
    if lone:
        yield f"there is no total of all cities of {_some(lone)}: rates and averages without `weight` in the metadata"


def _unfilled(study: Study, year: int) -> Iterator[str]:
    """Tell the parts of the points that nothing fills, by which those of the others are multiplied."""
    results = study.assessed.assessment.results.xs(year, level="year").dropna(subset="score")
    for part, points in study.rules.points.items():
        lacking = results[[part in dropped for dropped in results.dropped]]
        if len(lacking):
            whose = "any city" if len(lacking) == len(results) else _some(_city(study, city) for city in lacking.index)
            times = " or ".join(f"×{factor:g}" for factor in sorted({publish(factor, 4) for factor in lacking.factor}))
            nothing = f"no indicator or figure fills its {points:g} points in {year} for {whose}"
            yield f"{part}: {nothing}; they are shared out among the other parts ({times})"


def _met_before(study: Study) -> Iterator[str]:
    """Tell the targets that most cities met at their baseline: goalposts or a number the wrong way round, or no aim."""
    achieved = study.assessed.cities
    for indicator in study.system.scored:
        if indicator.aim is None or indicator.higher_is_better is None:
            continue
        columns = {"base": achieved.baselines[indicator.code], "aim": achieved.targets[indicator.code]}
        ends = pd.DataFrame(columns).dropna()
        there = indicator.aim.reaches(ends.base, ends.aim).sum()
        if there > MOST * len(ends):
            met = f"{there} of {len(ends)} cities met the target ({_read(indicator)}) at its baseline"
            yield f"{indicator.code}: {met}; are `worst` and `best` the right way round?"


def _city(study: Study, code: str) -> str:
    return f"{study.regions.name_zh[code]} ({code})"


def _percent(share: float) -> str:
    return f"{publish(100 * share):g} %"


def _lacking(codes: Iterable[str]) -> str:
    return f"no usable figure of {_some(codes)}"


def _some(names: Iterable[str]) -> str:
    names = list(names)
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more
