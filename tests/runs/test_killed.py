"""Runs of which something is killed at a random moment: what stands is true at once, and whole after the next run."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter

import psutil
import pytest

from evalkit import load_study
from evalkit.runs import manifest, runner
from evalkit.runs.request import prepare
from evalkit.runs.shell import png
from evalkit.runs.verification import altered
from tests.conftest import ROOT
from tests.runs.in_process import here
from tests.runs.studies import Drawn

TIMES = int(os.environ.get("EVALKIT_TIMES", "1"))
KILLS = 1 if TIMES == 1 else 5 * TIMES  # `make torture` kills fifty times
KINDS = ("index_system", "city_report")  # whose notebooks the project has: three reports
TARGETS = ("the run", "the host", "a notebook")  # by how many processes there are between: the server, and the host
SEED = 27
STEPS = {"os.mkdir", "os.remove", "os.rename", "os.rmdir"}  # beside files that are opened to be written

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="sessions and lifelines as Linux has them"),
]


def project(root):
    """Make a project of three reports."""
    Drawn(root, random.Random(SEED)).write()
    for path in (root / "notebooks").glob("*.ipynb"):
        if path.stem not in KINDS:
            path.unlink()


def left(folder):
    """Give every file that a run has left, but for what says how long it took."""
    paths = (path for path in folder.rglob("*") if path.is_file() and path.name != manifest.NAME)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def standing(folder):
    """Count the reports that stand, once what is said of every file has been found to be true."""
    if not (folder / manifest.NAME).is_file():
        return 0
    assert [problem.where for problem in altered(folder)] in ([], [manifest.NAME])
    return sum(report["status"] == "completed" for report in manifest.read(folder)["reports"].values())


def check_whole(folder, whole):
    """See that a run has left what one leaves that nobody stops, and nothing beside it."""
    assert left(folder) == whole
    assert altered(folder) == []
    assert os.listdir(folder.parent) == [folder.name]


class Killed:
    """A project of which one run after another is made, and what a run leaves that nobody stops."""

    def __init__(self, root):
        self.root, self.folder, self.draw = root, root / "outputs" / "drawn" / "2012", random.Random()
        project(root)
        begun = time.monotonic()
        self.finish()
        self.span, self.whole = time.monotonic() - begun, left(self.folder)

    def start(self, *options):
        command = [sys.executable, "-m", "evalkit", "run", "drawn", *options]
        environment = os.environ | {"EVALKIT_ROOT": str(self.root), "PYTHONPATH": str(ROOT)}
        options = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True}
        return subprocess.Popen(command, env=environment, **options)

    def finish(self):
        """Make what is left, in this process."""
        with here(self.root, draw=png):
            runner.run(prepare(load_study("drawn", root=self.root)))

    def begun(self, run):
        """Wait until a run has a folder to write in."""
        while run.poll() is None and not [*self.folder.parent.glob(".2012.*/")]:
            time.sleep(0.01)
        return time.monotonic()

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


def test_whatever_is_killed_the_next_run_leaves_what_a_run_leaves_that_nobody_stops(killed):
    ends = Counter()
    while ends.total() < KILLS:
        target = killed.draw.choice(TARGETS)
        if killed.draw.random() < 0.5:
            shutil.rmtree(killed.folder)
        run = killed.start("--jobs", "2", "--force")
        struck = killed.strike(run, target)
        stand = standing(killed.folder)
        killed.finish()
        check_whole(killed.folder, killed.whole)
        if struck:
            ends[target, f"exit code {run.returncode}", f"{stand} of 3 reports stood"] += 1
    tell("kills", ends)


def tell(what, ends):
    """Print how often what happened: `make torture` shows it."""
    print(f"\n{ends.total()} {what}:", *(f"{n} × {', '.join(end)}" for end, n in sorted(ends.items())), sep="\n  ")


def steps(asked, last):
    """Make all reports anew in a process that is killed at its last step on the disk, if it comes so far; say which."""
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:

        def step(event, arguments):
            if event in STEPS or (event == "open" and str(arguments[1])[:1] in "wa"):
                os.write(theirs, b".")
                counted.append(event)
                if len(counted) == last:
                    os.kill(os.getpid(), signal.SIGKILL)

        counted = []
        sys.addaudithook(step)
        with here(asked.study.root):
            runner.run(asked, force=True)
        os._exit(0)
    os.close(theirs)
    with open(ours, "rb") as told:
        number = len(told.read())
    os.waitpid(child, 0)
    return number


def test_at_whatever_step_a_run_is_killed_the_next_leaves_what_a_run_leaves_that_nobody_stops(tmp_path):
    project(tmp_path)
    asked, ends, draw = prepare(load_study("drawn", root=tmp_path)), Counter(), random.Random()
    number = steps(asked, None)
    whole = left(asked.folder)
    while ends.total() < max(KILLS, 2):
        if draw.random() < 0.5:
            shutil.rmtree(asked.folder)
        steps(asked, draw.randint(1, number))
        stand = standing(asked.folder)
        with here(tmp_path):
            runner.run(asked)
        check_whole(asked.folder, whole)
        ends[f"{stand} of 3 reports stood",] += 1
    tell(f"kills at one of {number} steps", ends)
