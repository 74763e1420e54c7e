"""How often intervals of efficiency hold the truth, by simulation. Prints shares; nothing here is timed.

One input and one output, inefficiency half-normal (σ 0.3 of the logarithm). Under constant returns a score is a ratio
over the largest, and under variable returns the frontier is the hull of the units: neither needs a linear programme, so
that the bootstrap under test is the library's (`smoothed`, `bandwidth`) and the frontier the benchmark's own.
"""

import numpy as np

from evalkit.analysis.efficiency_intervals import bandwidth, smoothed

SEED, SAMPLES, DRAWS, LEVEL = 20081231, 1000, 400, 0.9
UNITS = (11, 25, 100, 400)
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
