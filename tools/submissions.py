"""The figures of the demonstration submissions, made up county by county from what demonstration.yaml declares."""

from zlib import crc32

import numpy as np
import pandas as pd

from evalkit.data.metadata import Metadata
from evalkit.data.regions import in_year
from evalkit.index import IndexSystem, Indicator
from evalkit.index.target import AnnualQuota, Quota, Range

YEARS = np.arange(2007, 2013)
CENSUS = 2010
SUMMED = ("count", "amount")


class Submissions:
    """The figures of every county (down) and year (across), and those of the cities, which follow from them."""

    def __init__(
        self, profile: dict, system: IndexSystem, metadata: Metadata, regions: pd.DataFrame, people: pd.Series
    ):
        there = regions[in_year(regions, YEARS[0]) & in_year(regions, YEARS[-1])]
        self.profile, self.system, self.variables = profile, system, metadata.variables
        self.cities, self.counties = there[there.level == "city"], there[there.level == "county"]
        self.of_city = self.cities.index.get_indexer(self.counties.parent)
        self.people = people[self.counties.index].to_numpy()
        self.hands = [profile["hands"][place] for place in self.rng("hands").permutation(len(self.cities))]
        self.uses = {name: [i for i in system.indicators if name in i.terms] for name in self.variables}
        self._made: dict[str, np.ndarray] = {}

    def rng(self, *key: str) -> np.random.Generator:
        """Give the generator of one thing: what else is drawn does not move it."""
        return np.random.default_rng([self.profile["seed"], crc32(" ".join(key).encode())])

    def dealt(self, name: str, default: float = 0) -> np.ndarray:
        """Give what the cities' hands say of one thing."""
        return np.array([hand.get(name, default) for hand in self.hands])

    def of(self, name: str) -> np.ndarray:
        """Give the counties' figures as printed."""
        if name not in self._made:
            self._made[name] = self._figures(name)
        return self._made[name]

    def of_cities(self, name: str) -> np.ndarray:
        """Give the cities' figures: the sum of their counties', or the mean by population."""
        if name in self.profile["between"]:
            return self._between(**self.profile["between"][name])
        if name in self.profile["ratios"]:
            return _printed(np.divide(*(self._rate(code, of=self.of_cities) for code in self.profile["ratios"][name])))
        if self.variables[name].kind in SUMMED:
            return self.summed(self.of(name))
        return _printed(self.mean(self.of(name)))

    def summed(self, figures: np.ndarray) -> np.ndarray:
        """Add counties up into their cities."""
        return np.array([figures[self.of_city == city].sum(axis=0) for city in range(len(self.cities))])

    def mean(self, figures: np.ndarray) -> np.ndarray:
        """Give the cities' means, by population."""
        return self.summed(figures * self.people[:, None]) / self.summed(self.people)[:, None]

    def _figures(self, name: str) -> np.ndarray:
        profile, made_for = self.profile, [i for i in self.uses[name] if i.terms[0] == name]
        if name in profile["increments"]:
            return np.diff(self._sizes(profile["increments"][name]))
        if name in profile["sums"]:
            return sum(self.of(part) for part in profile["sums"][name])
        if name in profile["ratios"]:
            return _printed(np.divide(*(self._rate(code) for code in profile["ratios"][name])))
        if name == (resources := self.system.node(profile["resources"]["indicator"])).denominator:
            return self._resources(resources)
        for indicator in made_for:
            if isinstance(indicator.target, Quota | Range):
                return self._places(indicator) if isinstance(indicator.target, Range) else self._quota(indicator)
            if indicator.goalposts:
                return self._towards(indicator, name)
        return self._sizes(name)[:, 1:]

    def _sizes(self, name: str) -> np.ndarray:
        """Give figures that follow the size of a county and grow, from the year before the first on."""
        variable, drawn, n = self.variables[name], self.rng("size", name), len(self.counties)
        rule = self.profile["kinds"][variable.kind] | self.profile["sizes"].get(name, {})
        if name == self.profile["townships"]["variable"]:
            townships = np.round(drawn.triangular(*self.profile["townships"]["between"], n))
            return np.repeat(townships[:, None], len(YEARS) + 1, axis=1)
        of = self.people[:, None] if "of" not in rule else self._sizes(rule["of"]) * self.variables[rule["of"]].scale
        size = rule["each"] * (of if "of" in rule or rule["per_head"] else 1)
        size = size * np.where(self.counties.name_zh.str.endswith("区"), rule["in_districts"], 1)[:, None]
        spread = drawn.normal(0, rule["spread"], n) + drawn.normal(0, rule["spread"], len(self.cities))[self.of_city]
        size = size * (np.exp(spread) * self.dealt("strength")[self.of_city] ** rule["strength"])[:, None]
        grown = size * (1 + rule["growth"]) ** (np.arange(YEARS[0] - 1, YEARS[-1] + 1) - float(CENSUS))
        if rule["cases"]:
            return drawn.poisson(grown)
        grown = np.clip(grown * np.exp(drawn.normal(0, rule["noise"], grown.shape)) / variable.scale, *variable.valid)
        return np.maximum(np.round(grown), 1) if variable.kind in SUMMED else _printed(grown)

    def _towards(self, indicator: Indicator, name: str) -> np.ndarray:
        """Give a variable whose indicator goes from the worst towards the best value."""
        variable, values = self.variables[name], self._way(indicator)
        if indicator.code in self.profile["apart"]:
            values = self._apart(values, self.system.node(self.profile["apart"][indicator.code]))
        values = np.clip(values, *(indicator.valid or (None, None)))
        if indicator.denominator:
            values = values / indicator.per * self.of(indicator.denominator)
            values = values * self.variables[indicator.denominator].scale / variable.scale
        values = np.clip(values, *variable.valid)
        return self._whole(values, name) if variable.kind in SUMMED else _printed(values)

    def _way(self, indicator: Indicator) -> np.ndarray:
        """Give the indicator's values on the way to its target, or to the best value where it has none."""
        posts, target, rule = indicator.goalposts, indicator.aim, self.profile["way"]
        drawn, uneven = self.rng("way", indicator.code), rule["uneven"].get(indicator.code, (1, 1))
        goal = target.value if target and target.kind in ("floor", "ceiling", "parity") else posts.best
        since = ((target and target.valid_from) or YEARS[1]) - 1
        full = [year for year, level in (target.milestones if target else {}).items() if level == goal]
        due = min(full, default=YEARS[-1])
        start = drawn.uniform(*rule["start"]) + self._spread(drawn, rule["city"], rule["county"] * uneven[0])
        start = posts.worst + np.clip(start, *rule["within"])[:, None] * (goal - posts.worst)
        if since > YEARS[0] and target.baseline and target.baseline.value is not None:
            start = np.full_like(start, target.baseline.value)
        reach = self._strength(indicator, uneven[1])[:, None]
        if target and target.kind in ("parity", "interval"):
            reach = np.minimum(reach, 1)
        gone = np.clip((YEARS - since) / (due - since), 0, 1) ** drawn.uniform(*rule["curve"])
        noise = drawn.normal(0, rule["noise"], (len(self.counties), len(YEARS)))
        return start + (goal - start) * reach * gone + (goal - posts.worst) * noise

    def _strength(self, indicator: Indicator, uneven: float = 1) -> np.ndarray:
        """Give how much of the way to the target each county goes by its year."""
        project, rule = self.system.project_of(indicator.code).code, self.profile["strength"]
        weak = self.dealt("weak", "") == project
        found = np.where(weak, rule["weak"], self.dealt("strength"))[self.of_city]
        return found + self._spread(self.rng("strength", indicator.code), rule["city"], rule["county"] * uneven)

    def _spread(self, drawn: np.random.Generator, city: float, county: float) -> np.ndarray:
        return drawn.normal(0, city, len(self.cities))[self.of_city] + drawn.normal(0, county, len(self.counties))

    def _apart(self, values: np.ndarray, measure: Indicator) -> np.ndarray:
        """Set counties apart about their city's mean, as far as the variation that goes its own way would have it."""
        variation = self.mean(self._way(measure))[self.of_city].clip(0.01)
        drawn = self.rng("apart", measure.code).normal(0, 1, (len(self.counties), 1))
        drawn = drawn - self.mean(drawn)[self.of_city]
        factor = np.exp(drawn / np.sqrt(self.mean(drawn**2))[self.of_city] * np.sqrt(np.log1p(variation**2)))
        return values * factor / self.mean(factor)[self.of_city]

    def _quota(self, indicator: Indicator) -> np.ndarray:
        """Give what a county does of its part of the province's total: in the year, or so far."""
        target, drawn = indicator.target, self.rng("quota", indicator.code)
        base = self.of(target.apportionment.base)[:, target.apportionment.year == YEARS]
        noise = np.exp(drawn.normal(0, self.profile["strength"]["quota"], (len(base), len(YEARS) - 1)))
        done = target.value * base / base.sum() * self._strength(indicator)[:, None] * noise
        if not isinstance(target, AnnualQuota):
            done = np.cumsum(done, axis=1) / (len(YEARS) - 1)
        return self._whole(np.insert(done, 0, 0, axis=1), indicator.variable)

    def _places(self, indicator: Indicator) -> np.ndarray:
        """Give the few places of a provincial programme, each in another county, as they open."""
        drawn, n = self.rng("places", indicator.code), int(indicator.target.value) + self.profile["places_beyond"]
        chosen = drawn.choice(len(self.counties), n, replace=False, p=self.people / self.people.sum())
        opened = np.full(len(self.counties), YEARS[-1] + 1)
        opened[chosen] = drawn.integers(YEARS[1], YEARS[-1], n, endpoint=True)
        return (opened[:, None] <= YEARS).astype(float)

    def _resources(self, indicator: Indicator) -> np.ndarray:
        """Give new resources of which new spending takes its share; in a bad year there are fewer than before."""
        rule, drawn = self.profile["resources"], self.rng("resources")
        share = drawn.uniform(*rule["share"], (len(self.cities), len(YEARS)))
        share[:, -1] = np.where(self.dealt("last_share"), self.dealt("last_share"), share[:, -1])
        share = share[self.of_city] * np.exp(drawn.normal(0, rule["noise"], (len(self.counties), len(YEARS))))
        found = np.round(self.of(indicator.numerator) / share)
        return np.where(self.dealt("no_resources")[self.of_city][:, None] == YEARS, -np.abs(found) // 4, found)

    def _between(self, measure: str, of: list[str]) -> np.ndarray:
        """Give how far a city's counties lie apart: `variation` (by population) or `range`."""
        rates = [self._rate(code) for code in of]
        if measure == "range":
            members = [self.of_city == city for city in range(len(self.cities))]
            return _printed(np.mean([[np.ptp(rate[rows], axis=0) for rows in members] for rate in rates], axis=0))
        mean = self.mean(rates[0])
        variation = np.sqrt(self.mean((rates[0] - mean[self.of_city]) ** 2)) / mean
        return _printed(variation * (100 if measure == "variation in %" else 1))

    def _rate(self, code: str, *, of=None) -> np.ndarray:
        """Give an indicator from its terms as printed."""
        indicator, of = self.system.node(code), of or self.of
        above, below = (of(name) * self.variables[name].scale for name in indicator.terms)
        return indicator.per * above / below

    def _whole(self, figures: np.ndarray, name: str) -> np.ndarray:
        """Round a county up always or down always, evenly within a city: sums hold, and what grows does not fall."""
        return np.floor(figures + evenly(self.rng("whole", name), self.of_city)[:, None] + 1e-9)


def evenly(drawn: np.random.Generator, groups: np.ndarray) -> np.ndarray:
    """Draw numbers between 0 and 1 that lie evenly within each group."""
    luck = pd.Series(drawn.random(len(groups))).groupby(groups)
    return ((luck.rank() - 0.5) / luck.transform("size")).to_numpy()


def _printed(figures: np.ndarray) -> np.ndarray:
    """Round to about three figures, the same decimals for all."""
    return np.round(figures, int(np.clip(2 - np.floor(np.log10(np.median(figures))), 0, 3)))
