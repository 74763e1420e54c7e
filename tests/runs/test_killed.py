"""Runs of which something is killed at a random moment: what stands is true at once, and whole after the next run."""

import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter

import psutil
import pytest

from evalkit.runs import manifest
from evalkit.runs.verification import altered
from tests.conftest import ROOT
from tests.runs.studies import Drawn

TIMES = int(os.environ.get("EVALKIT_TIMES", "1"))
KILLS = 3 if TIMES == 1 else 5 * TIMES  # `make torture` kills fifty times
KINDS = ("index_system", "city_report")  # whose notebooks the project has: three reports
TARGETS = ("the run", "the host", "a notebook")  # by how many processes there are between: the server, and the host
SEED = 27

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="sessions and lifelines as Linux has them"),
]


class Killed:
    """A project of which one run after another is made, and what a run leaves that nobody stops."""

    def __init__(self, root):
        self.root, self.folder = root, root / "outputs" / "drawn" / "2012"
        self.draw = random.Random()
        Drawn(root, random.Random(SEED)).write()
        for path in (root / "notebooks").glob("*.ipynb"):
            if path.stem not in KINDS:
                path.unlink()
        whole = self.start("--jobs", "1")
        begun = self.begun(whole)
        assert whole.wait(300) == 0
        self.span, self.whole = time.monotonic() - begun, self.left()

    def start(self, *options):
        command = [sys.executable, "-m", "evalkit", "run", "drawn", *options]
        environment = os.environ | {"EVALKIT_ROOT": str(self.root), "PYTHONPATH": str(ROOT)}
        return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def begun(self, run):
        """Wait until a run has a folder to write in."""
        while run.poll() is None and not [*self.folder.parent.glob(".2012.*/")]:
            time.sleep(0.01)
        return time.monotonic()

    def left(self):
        """Every file that a run has left, but for what says how long it took."""
        paths = (path for path in self.folder.rglob("*") if path.is_file() and path.name != manifest.NAME)
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in paths}

    def standing(self):
        """Count the reports that stand, once what is said of every file has been found to be true."""
        if not (self.folder / manifest.NAME).is_file():
            return 0
        assert [problem.where for problem in altered(self.folder)] in ([], [manifest.NAME])
        reports = manifest.read(self.folder)["reports"]
        return sum(report["status"] == "completed" for report in reports.values())

    def strike(self, run, target):
        """Kill something of a run at a random moment, or at the next at which it is there; say if it was in time."""
        self.begun(run)
        time.sleep(self.draw.uniform(0, self.span))
        while run.poll() is None:
            there = psutil.Process(run.pid).children(recursive=True)
            if victims := below(run.pid, TARGETS.index(target)):
                self.draw.choice(victims).kill()
                run.wait(300)
                assert psutil.wait_procs(there, timeout=30)[1] == []
                return True
            time.sleep(0.01)
        return False


def below(pid, depth):
    """Give the processes that run a number of reports each: the run; what forks for it; what is forked."""
    found = [psutil.Process(pid)]
    try:
        for _ in range(depth and depth + 1):
            found = [child for process in found for child in process.children()]
    except psutil.NoSuchProcess:
        return []
    return found


@pytest.fixture(scope="module")
def killed(tmp_path_factory):
    return Killed(tmp_path_factory.mktemp("killed"))


def test_whatever_is_killed_the_next_run_leaves_what_a_run_leaves_that_nobody_stops(killed, capsys):
    ends = Counter()
    while ends.total() < KILLS:
        target = TARGETS[ends.total() % len(TARGETS)]
        if killed.draw.random() < 0.5:
            shutil.rmtree(killed.folder)
        run = killed.start("--jobs", "2", "--force")
        struck = killed.strike(run, target)
        stand = killed.standing()
        assert killed.start("--jobs", "2").wait(300) == 0
        assert killed.left() == killed.whole
        assert altered(killed.folder) == []
        assert os.listdir(killed.folder.parent) == ["2012"]
        if struck:
            ends[target, f"exit code {run.returncode}", f"{stand} of 3 reports stood"] += 1
    told = [f"{number} × {', '.join(end)}" for end, number in sorted(ends.items())]
    with capsys.disabled():
        print(f"\n{KILLS} kills:", *told, sep="\n  ")
