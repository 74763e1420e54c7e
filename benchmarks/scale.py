"""What a nation costs: 2,800 made-up regions with 60 indicators and 5 years, in 31 provinces (tools/scale.py).

    python benchmarks/scale.py [--reports 100]

Prints each figure beside its limit. Loading, checking and evaluating have a process of their own, for their memory. So
many reports of regions are made, with those of the nation, and a tenth of them before: what one more costs, and whether
the memory is the same. What all 2,800 cost is calculated from these, on 2, 16 and 160 cores.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rounds import AS_USERS, ROOT, below, cpu, processor, share, show

REGIONS, STUDY = 2800, "scale-2800"
NATION = ("province", "robustness", "data_quality", "index_system")
EVALUATE = """
import resource, sys
from pathlib import Path
from evalkit import load_study
from evalkit.runs.request import check_study
study = load_study(sys.argv[1], root=Path(sys.argv[2]))
check_study(study)
study.evaluate()
used = resource.getrusage(resource.RUSAGE_SELF)
print(used.ru_utime + used.ru_stime, used.ru_maxrss / 2**20)
"""
RUN = """
import sys
from pathlib import Path
from evalkit import load_study
from evalkit.runs.request import prepare
from evalkit.runs.runner import run
root, reports, *nation = sys.argv[2:]
study = load_study(sys.argv[1], root=Path(root))
only = dict.fromkeys(nation, ()) | {"cities": list(study.regions.index[: int(reports)])}
failed = [outcome for outcome in run(prepare(study, only=only), jobs=2, force=True) if outcome.error]
assert not failed, failed
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--reports", type=int, default=100)
    reports = parser.parse_args().reports
    with tempfile.TemporaryDirectory() as place:
        root = Path(place, "nation")
        subprocess.run([sys.executable, ROOT / "tools" / "scale.py", root], check=True, env=AS_USERS)
        evaluated(root)
        few, many = max(reports // 10, 1), reports
        first, then = made(root, few), made(root, many)
    what = f"largest process, PSS: {many} reports of regions / {few}"
    show(what, then[1] / first[1], most=1.1, detail=f"{then[1]:.0f} MB")
    each = (then[0] - first[0]) / (many - few)
    around = first[0] - few * each
    print(f"one report of a region more: {each:.2f} s of the processor")
    print(f"all else, the reports of the nation included: {around:.0f} s of the processor")
    for cores in (2, 16, 160):
        print(f"all {REGIONS} on {cores:3} cores, calculated: {(around + REGIONS * each / cores) / 60:6.1f} minutes")


def evaluated(root: Path) -> None:
    """Load, check and evaluate, beside `import pandas` on the same machine."""
    pandas = min(cpu([sys.executable, "-c", "import pandas"], ROOT) for _ in range(5))
    command = [sys.executable, "-c", EVALUATE, STUDY, root]
    printed = subprocess.run(command, check=True, capture_output=True, text=True, env=AS_USERS, cwd=ROOT).stdout
    seconds, memory = map(float, printed.split())
    detail = f"{seconds:.1f} s / {pandas:.2f} s of the processor"
    show("loading, checking, evaluating / import pandas", seconds / pandas, most=40, detail=detail)
    show("the same: memory at most, GB", memory, most=2)


def made(root: Path, reports: int) -> tuple[float, float]:
    """Make the reports of the nation and so many of regions; give CPU seconds, and MB of the largest process."""
    most = 0
    with processor() as took:
        command = [sys.executable, "-c", RUN, STUDY, root, str(reports), *NATION]
        run = subprocess.Popen(command, cwd=ROOT, env=AS_USERS)
        while run.poll() is None:
            most = max([most, *map(share, [run.pid, *below(run.pid)])])
            time.sleep(0.2)
    if run.returncode:
        raise SystemExit(run.returncode)
    return took[0], most / 1024


if __name__ == "__main__":
    main()
