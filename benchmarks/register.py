"""What a register of a country costs: 2,800 regions × 160 variables × 5 years, 2.24 million figures, in SQLite.

Prints each figure beside its limit, in seconds of the clock, with those of the processor in brackets: beside other work
only these say something. The figures are made up here, from a seed, in a folder that is gone afterwards.
"""

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd

from evalkit.register.entries import Entry, Submission
from evalkit.register.recorded import COLUMNS
from evalkit.register.register import Register

SEED, REGIONS, VARIABLES, YEARS, WORKBOOK, RUNS = 20081231, 2800, 160, range(2008, 2013), 400, 5
OPENED, SHOWN = date(2013, 4, 1), date(2013, 4, 20)
Seconds = tuple[float, float]  # of the clock, and of the processor


def main() -> None:
    with TemporaryDirectory() as folder:
        register = Register.make(f"sqlite:///{folder}/register.sqlite")
        show("opening with 2.24 million figures: s", timed(lambda: opening(register)), 120)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        print(f"memory at most, the figures themselves included: {peak:.2f} GB")
        print(f"the file: {Path(folder, 'register.sqlite').stat().st_size / 2**30:.2f} GB")
        show("one workbook of 400 figures appended: s", several(lambda run: workbook(register, run)), 0.2)
        whole = several(lambda _: register.figures([2012], day=SHOWN))
        show("one year as of a day, all that a figure says: s", whole, 2)
        few = several(lambda _: register.figures([2012], day=SHOWN, columns=COLUMNS))
        show("one year as of a day, as a study reads it: s", few, 2)
        show("every digest checked: s", timed(lambda: check(register)), 120)
        pandas = imported()
        ratios = f"{whole[1] / pandas:.1f}, as a study reads it {few[1] / pandas:.1f}"
        print(f"CPU, one year as of a day / import pandas: {ratios}")


def opening(register: Register) -> None:
    register.receive(
        Submission("opening", "bench", "country", 2012, "opening"),
        made_up(REGIONS, VARIABLES, YEARS),
        Entry("open", "bench", OPENED),
        status="submitted",
    )


def workbook(register: Register, run: int) -> None:
    figures = made_up(1, WORKBOOK // 2, range(2011, 2013), seed=SEED + run)
    submission = Submission(f"100000-{run}", "bench", "100000", 2012, "form")
    register.receive(submission, figures, Entry("intake", "bench", date(2013, 4, 2 + run)))


def check(register: Register) -> None:
    assert register.altered() == []


def made_up(regions: int, variables: int, years: range, seed: int = SEED) -> pd.DataFrame:
    """Give figures region by region, each with a source, a page and a compiler."""
    codes = [f"{100000 + number}" for number in range(regions)]
    names = [f"variable-{number:03}" for number in range(variables)]
    index = pd.MultiIndex.from_product([codes, names, years], names=["region", "variable", "year"])
    rng = np.random.default_rng(seed)
    said = {"unit": "", "state": "value", "publication": "reports", "standing": "own", "source": "ledger of the year"}
    pages = pd.Series(rng.integers(1, 400, len(index))).astype(str)
    values = rng.lognormal(10, 2, len(index))
    return index.to_frame(index=False).assign(value=values, **said, page=pages, compiler="Li", compiled="2013-03-20")


def timed(step: Callable[[], object]) -> Seconds:
    clock, processor = time.perf_counter(), time.process_time()
    step()
    return time.perf_counter() - clock, time.process_time() - processor


def several(step: Callable[[int], object]) -> Seconds:
    taken = [timed(lambda run=run: step(run)) for run in range(RUNS)]
    return median(clock for clock, _ in taken), median(processor for _, processor in taken)


def imported() -> float:
    """Give the seconds of the processor that a process needs to import pandas, above one that imports nothing."""

    def spent(code: str) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", code], check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    return median(spent("import pandas") - spent("pass") for _ in range(RUNS))


def show(what: str, taken: Seconds, limit: float) -> None:
    kept = "kept" if taken[0] <= limit else "MISSED"
    print(f"{what:52} {taken[0]:7.2f} ({taken[1]:.2f})  limit {limit:5.2f}  {kept}", flush=True)


if __name__ == "__main__":
    main()
