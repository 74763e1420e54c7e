"""How often intervals hold the truth, and how often chance alone looks like a finding. Nothing here is timed.

Efficiency: one input and one output, inefficiency half-normal (σ 0.3 of the logarithm). Under constant returns a score
is a ratio over the largest, and under variable returns the frontier is the hull of the units: neither needs a linear
programme; the bootstrap under test is the library's (`smoothed`, `bandwidth`), the frontier the benchmark's own.

Findings by chance: normal logarithms of regions that do not change in spread, correlated between the two years.
"""

import numpy as np
import pandas as pd

from evalkit.analysis.convergence import beta, sigma_change
from evalkit.analysis.dea_bootstrap import bandwidth, smoothed
from evalkit.analysis.inequality_bootstrap import Estimate, change_interval
from evalkit.assessment.supervision.signals import robust_z

SEED, SAMPLES, DRAWS, LEVEL = 20081231, 1000, 400, 0.9
UNITS = (11, 25, 100, 400)
REGIONS, YEARS, ROBUST = 11, (2008, 2012), 3.5
VARIABLE = {11: 1000, 25: 1000, 50: 500, 100: 300}  # samples by number of units


def main() -> None:
    random = np.random.default_rng(SEED)
    print(f"seed {SEED}, {DRAWS} draws, nominal {LEVEL:.0%}")
    for units in UNITS:
        share = np.mean([held_at_constant_returns(units, random) for _ in range(SAMPLES)])
        print(f"constant returns, {units:3} units, {SAMPLES} samples: {share:.3f}", flush=True)
    for units, samples in VARIABLE.items():
        share = np.mean([held_at_variable_returns(units, random) for _ in range(samples)])
        print(f"variable returns, {units:3} units, {samples} samples: {share:.3f}", flush=True)
    by_chance(np.random.default_rng(SEED))
    size_of_the_scale_test(np.random.default_rng(SEED))


def by_chance(random: np.random.Generator) -> None:
    """Print how often a change, a slope and an outlier are found where there is none; 11 regions, five years."""
    for correlation in (0.5, 0.8, 0.9, 0.95):
        pairs = [unchanged(correlation, random) for _ in range(SAMPLES)]
        people = np.exp(random.normal(0, 0.6, (SAMPLES, REGIONS)))
        alike, weighed = (
            np.mean([change_of_gini(*pair, w, random).excludes_zero for pair, w in zip(pairs, weights, strict=True)])
            for weights in (np.ones_like(people), people)
        )
        slope = np.mean([excludes(beta(pd.concat(pair)).interval, 0) for pair in pairs])
        spread = np.mean([excludes(sigma_change(pd.concat(pair)).interval, 1) for pair in pairs])
        gini = f"Gini {alike:.3f}, by people {weighed:.3f}"
        print(f"no change, correlation {correlation}: {gini}, beta {slope:.3f}, sigma {spread:.3f}", flush=True)
    for what, size in {"last of 5 changes": 5, "any of 11 regions": 11}.items():
        z = np.array([robust_z(x) for x in random.standard_normal((20 * SAMPLES, size))])
        far = np.abs(z) >= ROBUST
        print(f"robust z of {ROBUST} or more, {what}: {np.mean(far[:, -1] if size == 5 else far.any(axis=1)):.3f}")


def size_of_the_scale_test(random: np.random.Generator) -> None:
    """Print how often constant returns are refused at 10 %, where they hold and where output is the root of input."""
    for units in (11, 25, 100):
        for power in (1.0, 0.5):
            share = np.mean([refused(units, power, random) for _ in range(300)])
            print(f"test of constant returns, {units:3} units, x^{power}: refused {share:.3f}", flush=True)


def refused(units: int, power: float, random: np.random.Generator) -> bool:
    """Do as `returns_to_scale_test` does with 200 draws, without linear programmes."""
    x = random.uniform(1, 10, units)
    y = x**power * np.exp(-np.abs(random.normal(0, 0.3, units)))
    distances = (y / x).max() / (y / x)
    width, own = bandwidth(distances), mean_ratio(x, y)
    samples = (y * distances / smoothed(distances, width, random) for _ in range(200))
    return (1 + sum(mean_ratio(x, sample) <= own + 1e-9 for sample in samples)) / 201 <= 1 - LEVEL + 1e-9


def mean_ratio(x: np.ndarray, y: np.ndarray) -> float:
    """Give the mean constant-returns score over the mean variable-returns one."""
    return (y / x / (y / x).max()).mean() / np.minimum(y / hull(x, y), 1).mean()


def unchanged(correlation: float, random: np.random.Generator) -> list[pd.Series]:
    """Draw two years of regions with the same spread, 0.3 of the logarithm."""
    first, noise = random.normal(0, 0.3, (2, REGIONS))
    last = correlation * first + np.sqrt(1 - correlation**2) * noise
    index = [pd.MultiIndex.from_product([range(REGIONS), [year]], names=["region", "year"]) for year in YEARS]
    return [pd.Series(np.exp(logs), rows) for logs, rows in zip((first, last), index, strict=True)]


def change_of_gini(first: pd.Series, last: pd.Series, weights: np.ndarray, random: np.random.Generator) -> Estimate:
    frames = [pd.DataFrame({"values": x.droplevel("year"), "weights": weights}) for x in (first, last)]
    return change_interval(*frames, draws=DRAWS, level=LEVEL, seed=int(random.integers(2**32)))


def excludes(interval: tuple[float, float], neutral: float) -> bool:
    return not interval[0] <= neutral <= interval[1]


def held_at_constant_returns(units: int, random: np.random.Generator) -> bool:
    """Say whether the interval of any unit holds its true distance: it is the same for all, as all rest on one."""
    ratios = np.exp(-np.abs(random.normal(0, 0.3, units)))
    distances = ratios.max() / ratios
    width = bandwidth(distances)
    drawn = np.array([1 / smoothed(distances, width, random).min() for _ in range(DRAWS)])
    return holds(1, drawn, 1 / ratios.max())


def held_at_variable_returns(units: int, random: np.random.Generator) -> float:
    """Give the share of units whose intervals hold the true distance; the truth is `√x`, which bends as returns do."""
    x = random.uniform(1, 10, units)
    loss = np.exp(-np.abs(random.normal(0, 0.3, units)))
    y = np.sqrt(x) * loss
    distances = np.maximum(hull(x, y) / y, 1)
    width = bandwidth(distances)
    drawn = np.array([hull(x, y * distances / smoothed(distances, width, random)) / y for _ in range(DRAWS)])
    return np.mean([holds(*unit) for unit in zip(distances, drawn.T, 1 / loss, strict=True)])


def hull(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Give the output that mixes of units reach with no more than each input: the hull, level beyond its top."""
    order = np.lexsort((-y, x))
    kept: list[int] = []
    for place in order:
        if kept and y[place] <= y[kept[-1]]:
            continue
        while len(kept) > 1 and turns_up(x, y, kept[-2], kept[-1], place):
            kept.pop()
        kept.append(place)
    return np.interp(x, x[kept], y[kept])


def turns_up(x: np.ndarray, y: np.ndarray, a: int, b: int, c: int) -> bool:
    return (y[b] - y[a]) * (x[c] - x[a]) <= (y[c] - y[a]) * (x[b] - x[a])


def holds(own: float, drawn: np.ndarray, true: float) -> bool:
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return bool(2 * own - high <= true <= 2 * own - low)


if __name__ == "__main__":
    main()
