"""What data envelopment costs, on one core, beside a loop of scipy's `linprog`, Pyfrontier and dealib.

Prints each figure beside its limit; the data are made up here, from a seed. The loop over 2,800 units is timed on a
random sample of them and extrapolated, and on that sample the scores are held against its own. Pyfrontier and dealib
serve this benchmark only, and one that is not installed is left out. dealib 1.0 declares numpy below 2: it has to be
installed with `--no-deps`, and runs with numpy 2 all the same.
"""

# ruff: noqa: E402 (one core has to be asked for before numpy is loaded)
import os

for library in ("OMP", "OPENBLAS", "MKL"):
    os.environ[f"{library}_NUM_THREADS"] = "1"

import time
from collections.abc import Callable
from importlib.util import find_spec
from statistics import median

import numpy as np
import pandas as pd
from scipy.optimize import linprog

from evalkit.analysis.dea import dea
from evalkit.analysis.dea_bootstrap import efficiency_intervals

SEED, UNITS, SAMPLE, DRAWS = 20081231, 2800, 60, 1000


def main() -> None:
    large()
    peers()
    bootstrap()


def large() -> None:
    """Score 2,800 units of 3 inputs and 6 outputs, output-oriented under variable returns."""
    inputs, outputs = made_up(UNITS, 3, 6)
    rows = np.sort(np.random.default_rng(SEED).choice(UNITS, SAMPLE, replace=False))
    own = seconds(lambda: dea(inputs, outputs), 3)
    expected, loop = timed(lambda: by_scipy(inputs, outputs, rows))
    found = dea(inputs, outputs)
    assert np.abs(found.scores.to_numpy()[rows] - expected).max() <= 1e-9
    assert found.gap.max() <= 1e-9
    loop *= UNITS / SAMPLE
    detail = f"{own:.1f} s / {loop:.1f} s, the loop extrapolated from {SAMPLE} units; scores equal to 1e-9 there"
    show("2,800 × 3 × 6: evalkit / loop of linprog", own / loop, 1 / 8, detail)
    whole = seconds(lambda: dea(inputs, outputs).slacks, 1)
    print(f"{'':48} with slacks, peers and targets {whole:.1f} s; {found.scores.eq(1).mean():.0%} on the frontier")


def peers() -> None:
    """Score 100 units with ours and theirs in turn."""
    from Pyfrontier.frontier_model import EnvelopDEA

    inputs, outputs = made_up(100, 3, 6)
    x, y = inputs.to_numpy(), outputs.to_numpy()

    def pyfrontier() -> np.ndarray:
        model = EnvelopDEA("VRS", "out")
        model.fit(x, y)
        return np.array([result.score for result in model.result])

    def dealib() -> np.ndarray:
        from dealib.dea import dea as dealib_dea

        return np.asarray(dealib_dea(x, y, rts="vrs", orientation="output").eff)

    for name, theirs in {"Pyfrontier": pyfrontier, "dealib": dealib}.items():
        if not find_spec(name):
            print(f"{name} is not installed, and left out")
            continue
        found, expected = dea(inputs, outputs).scores.to_numpy(), theirs()
        apart = np.abs(found - 1 / expected).max()
        times = [(seconds(lambda: dea(inputs, outputs), 1), seconds(theirs, 1)) for _ in range(3)]
        own, other = map(median, zip(*times, strict=True))
        detail = f"{1000 * own:.0f} ms / {1000 * other:.0f} ms; scores apart by {apart:.0e}"
        show(f"100 × 3 × 6: evalkit / {name}", own / other, 1, detail)


def bootstrap() -> None:
    """Give intervals for 11 cities of one year against five pooled years."""
    inputs, outputs = made_up(55, 2, 2)
    cities = list(inputs.index[-11:])
    taken = seconds(lambda: efficiency_intervals(inputs, outputs, draws=DRAWS, seed=SEED, units=cities), 3)
    detail = f"{1e6 * taken / DRAWS / len(cities):.0f} µs a programme"
    show("55 × 2 × 2: s for 11 units, 1,000 draws", taken, 3, detail)


def by_scipy(inputs: pd.DataFrame, outputs: pd.DataFrame, rows: np.ndarray) -> np.ndarray:
    """Solve the textbook's programme for each row anew."""
    x, y = (frame.to_numpy() / frame.mean().to_numpy() for frame in (inputs, outputs))
    total, cost = np.append(np.ones(len(x)), 0)[None], np.append(np.zeros(len(x)), -1)
    scores = []
    for row in rows:
        above = np.column_stack([x.T, np.zeros(x.shape[1])])
        below = np.column_stack([-y.T, y[row]])
        limits = np.concatenate([x[row], np.zeros(y.shape[1])])
        found = linprog(cost, np.vstack([above, below]), limits, total, [1], method="highs")
        scores.append(-1 / found.fun)
    return np.array(scores)


def made_up(units: int, m: int, s: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give units whose outputs follow the geometric mean of their inputs, with noise and a loss."""
    random = np.random.default_rng(SEED)
    x = random.uniform(1, 10, (units, m))
    loss = np.exp(-np.abs(random.normal(0, 0.3, (units, 1))))
    y = np.exp(np.log(x).mean(axis=1, keepdims=True)) * random.uniform(0.5, 1.5, (units, s)) * loss
    return pd.DataFrame(x).add_prefix("x"), pd.DataFrame(y).add_prefix("y")


def timed(work: Callable) -> tuple[object, float]:
    start = time.perf_counter()
    found = work()
    return found, time.perf_counter() - start


def seconds(work: Callable, runs: int) -> float:
    """Give the median time of several runs."""
    return median(timed(work)[1] for _ in range(runs))


def show(what: str, value: float, limit: float, detail: str) -> None:
    kept = "kept" if value <= limit else "MISSED"
    print(f"{what:48} {value:7.3f}  limit {limit:5.3f}  {kept}  ({detail})")


if __name__ == "__main__":
    main()
