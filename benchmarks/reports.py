"""What eleven reports cost beside a plain loop of papermill and nbconvert, and what the library costs to import.

Prints each ratio beside its limit. Both ways run on this machine, one after the other, from cold.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent


def main() -> None:
    """Measure and print."""
    from evalkit import load_study

    cities = list(load_study("zhejiang-public", root=ROOT).regions.index)
    loop = seconds(lambda folder: plain_loop("city", cities, folder))
    ours = seconds(lambda folder: run([BIN / "evalkit", "run", "--report", "cities"]))
    show("eleven reports, evalkit / plain loop", ours / loop, 0.1, f"{ours:.1f} s / {loop:.1f} s")
    largest = max((ROOT / "outputs" / "zhejiang-public" / "2012" / "cities").glob("*/report.html"), key=size)
    show("largest report.html in MB", size(largest) / 1e6, 1.5, largest.parent.name)
    pandas, evalkit = import_seconds("import pandas"), import_seconds("import pandas, evalkit")
    show("import evalkit above import pandas in s", evalkit - pandas, 0.2, f"{evalkit:.2f} s - {pandas:.2f} s")
    used = import_seconds("import pandas, evalkit; evalkit.load_study")
    print(f"  and what its first use imports on top: {used - evalkit:.2f} s (no limit is set for it)")


def plain_loop(subject: str, codes: list[str], folder: Path) -> None:
    """Make the reports of some cities or counties as one does without evalkit's runner."""
    template = ROOT / "notebooks" / f"{subject}_report.ipynb"
    for code in codes:
        notebook = folder / f"{code}.ipynb"
        run([BIN / "papermill", template, notebook, "-r", subject, code, "--cwd", ROOT])
        run([BIN / "jupyter", "nbconvert", "--to", "html", notebook])


def run(command: list) -> None:
    # the commands of this environment come first, whether or not it is activated
    path = os.pathsep.join([str(BIN), os.environ["PATH"]])
    environment = os.environ | {"PATH": path}
    subprocess.run(list(map(str, command)), check=True, capture_output=True, cwd=ROOT, env=environment)


def seconds(work) -> float:
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        work(Path(folder))
        return time.perf_counter() - start


def import_seconds(code: str, runs: int = 7) -> float:
    """Give the median time of a fresh interpreter that runs some imports."""
    return median(seconds(lambda folder: run([sys.executable, "-c", code])) for _ in range(runs))


def size(path: Path) -> int:
    return path.stat().st_size


def show(what: str, value: float, limit: float, detail: str) -> None:
    print(f"{what:45} {value:6.2f}  limit {limit:.2f}  {'kept' if value <= limit else 'MISSED'}  ({detail})")


if __name__ == "__main__":
    main()
