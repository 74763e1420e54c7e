"""What scoring and its uncertainty cost, on one core, and how they stand beside pymcdm and scikit-criteria.

Prints each figure beside its limit. The data of 2,800 regions are made up here, from a seed; those of ASEM are the 51
countries and 49 indicators in `tests/published`, under the hierarchy and directions of the ASEM portal.
"""

# ruff: noqa: E402 (one core has to be asked for before numpy is loaded)
import os

for library in ("OMP", "OPENBLAS", "MKL"):
    os.environ[f"{library}_NUM_THREADS"] = "1"

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median

import numpy as np
import pandas as pd

from evalkit import IndexSystem, Indicator, Method, Panel, evaluate
from evalkit.base.text import Text
from evalkit.data.imputation import PeerGroup
from evalkit.index import Goalposts, Group
from evalkit.scoring.data_weights import critic_weights, entropy_weights
from evalkit.scoring.relative import MinMax
from evalkit.scoring.topsis import topsis
from evalkit.scoring.uncertainty import uncertainty
from evalkit.scoring.uncertainty_sources import Choice, Uncertainty, WeightNoise

SEED, DRAWS, REGIONS, INDICATORS = 20081231, 1000, 2800, 60
ASEM = Path(__file__).resolve().parents[1] / "tests" / "published" / "asem_untreated.csv"
# sub-pillars, each with the number of its indicators in the order of the file
PILLARS = {
    "Conn": {"Physical": 8, "ConEcFin": 5, "Political": 3, "Instit": 6, "P2P": 8},
    "Sust": {"Environ": 5, "Social": 9, "SusEcFin": 5},
}
FALLING = {
    *("CostImpEx", "Tariff", "TBTs", "PrimEner", "CO2", "MatCon", "Forest", "Poverty", "Palma", "FreePress", "TolMin"),
    *("PubDebt", "PrivDebt", "NEET"),
}


def main() -> None:
    """Measure and print; the large case has a process of its own, for its memory."""
    if sys.argv[1:] == ["large"]:
        return large()
    show("ASEM, 51 × 49: ms a draw over four sources", 1000 * seconds(asem, 5) / DRAWS, 1)
    sys.stdout.flush()
    subprocess.run([sys.executable, __file__, "large"], check=True)
    for rows in (51, REGIONS):
        peers(rows)
    return None


def asem() -> None:
    """Read, impute, evaluate, and draw weights, normalisation, treatment and aggregation together."""
    table = pd.read_csv(ASEM, index_col="country")
    values = pd.concat({2018: table.drop(columns="group")}).swaplevel().rename_axis(["region", "year"])
    panel = replace(Panel.from_values(values), regions=table[["group"]].rename_axis("code"))
    method = Method(imputation=PeerGroup(), normalisation=MinMax())
    sources = {
        "weights": WeightNoise(),
        "normalisation": Choice(of="normalisation", options=({"kind": "z_score"}, {"kind": "percentile_rank"})),
        "treatment": Choice(of="treatment", options=({"kind": "winsorise"},)),
        "aggregation": Choice(of="aggregation", options=({"kind": "geometric", "floor": 1}, {"kind": "copeland"})),
    }
    draws = uncertainty(evaluate(panel, asem_system(values), method), design(**sources), seed=SEED)
    draws.rank_interval()


def large() -> None:
    tree, panel = made_up()
    show("2,800 × 60: ms an evaluation", 1000 * seconds(lambda: evaluate(panel, tree), 9), 60)
    result = evaluate(panel, tree)
    noise = design(weights=WeightNoise())
    show(
        "2,800 × 60: s for 1,000 draws of weights",
        seconds(lambda: uncertainty(result, noise, seed=SEED).rank_interval(), 3),
        10,
    )
    show("2,800 × 60: GB at most while drawing", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, 1.5)


def peers(rows: int) -> None:
    """Time ours and theirs in turn on the same values, all of them above 0 and better when higher."""
    import pymcdm
    import skcriteria
    from pymcdm.methods import TOPSIS
    from skcriteria.agg.topsis import TOPSIS as SkTopsis  # noqa: N811
    from skcriteria.preprocessing.weighters import CRITIC, EntropyWeighter

    x = np.random.default_rng(SEED).uniform(1, 100, (rows, INDICATORS))
    weights, types = np.full(INDICATORS, 1 / INDICATORS), np.ones(INDICATORS)
    frame, series, matrix = pd.DataFrame(x), pd.Series(weights), skcriteria.mkdm(x, [max] * INDICATORS)
    rivals = {
        ("entropy", "pymcdm"): (lambda: entropy_weights(x), lambda: pymcdm.weights.entropy_weights(x)),
        ("entropy", "scikit-criteria"): (lambda: entropy_weights(x), lambda: EntropyWeighter().transform(matrix)),
        ("CRITIC", "pymcdm"): (lambda: critic_weights(x), lambda: pymcdm.weights.critic_weights(x)),
        ("CRITIC", "scikit-criteria"): (lambda: critic_weights(x), lambda: CRITIC().transform(matrix)),
        ("TOPSIS", "pymcdm"): (lambda: topsis(frame, series), lambda: TOPSIS()(x, weights, types)),
        ("TOPSIS", "scikit-criteria"): (lambda: topsis(frame, series), lambda: SkTopsis().evaluate(matrix)),
    }
    for (what, peer), (ours, theirs) in rivals.items():
        own, other = alternately(ours, theirs)
        detail = f"{1000 * own:.2f} ms / {1000 * other:.2f} ms"
        show(f"{rows} × {INDICATORS}: {what}, evalkit / {peer}", own / other, 1, detail)


def design(**sources) -> Uncertainty:
    return Uncertainty(draws=DRAWS, sources=sources)


def asem_system(values: pd.DataFrame) -> IndexSystem:
    codes, tops = iter(values), []
    for pillar, parts in PILLARS.items():
        parts = [group(name, [leaf(next(codes), values) for _ in range(size)]) for name, size in parts.items()]
        tops.append(group(pillar, parts))
    return index_system(tops)


def made_up() -> tuple[IndexSystem, Panel]:
    """Give 60 indicators in 12 projects of 3 areas, and 2,800 regions of uniform values."""
    codes = [f"i{number}" for number in range(INDICATORS)]
    index = pd.MultiIndex.from_product([[f"r{number}" for number in range(REGIONS)], [2020]], names=["region", "year"])
    x = np.random.default_rng(SEED).uniform(0, 100, (REGIONS, INDICATORS))
    values = pd.DataFrame(x, index=index, columns=codes)
    projects = [group(f"p{n}", [leaf(code, values) for code in codes[5 * n : 5 * n + 5]]) for n in range(12)]
    return index_system([group(f"a{n}", projects[4 * n : 4 * n + 4]) for n in range(3)]), Panel.from_values(values)


def index_system(tops: list[Group]) -> IndexSystem:
    text = words("benchmark")
    return IndexSystem(code="benchmark", version="1", name=text, edition=text, tree=group("index", tops))


def group(code: str, children: list) -> Group:
    return Group(code=code, name=words(code), level="group", children=tuple(children))


def leaf(code: str, values: pd.DataFrame) -> Indicator:
    worst, best = sorted([float(values[code].min()), float(values[code].max())], reverse=code in FALLING)
    posts = Goalposts(
        worst=worst, best=best, basis=words("the data"), date="2020", worst_status="proposed", best_status="proposed"
    )
    return Indicator(code=code, name=words(code), unit=words("1"), layer="output", variable=code, goalposts=posts)


def words(text: str) -> Text:
    return Text(zh=text, en=text)


def seconds(work: Callable, runs: int) -> float:
    """Give the median time of several runs."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return median(times)


def alternately(ours: Callable, theirs: Callable, runs: int = 41) -> tuple[float, float]:
    """Give the median times of two ways, one after the other, so that both meet the same machine."""
    ours(), theirs()
    times = [(seconds(ours, 1), seconds(theirs, 1)) for _ in range(runs)]
    return tuple(map(median, zip(*times, strict=True)))


def show(what: str, value: float, limit: float, detail: str = "") -> None:
    kept = "kept" if value <= limit else "MISSED"
    print(f"{what:48} {value:7.2f}  limit {limit:5.2f}  {kept}" + (f"  ({detail})" if detail else ""))


if __name__ == "__main__":
    main()
