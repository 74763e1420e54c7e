import multiprocessing
import os
import re
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import nbformat
import pytest

from evalkit.base.errors import ParamsError
from evalkit.runs.scheduling import Job
from evalkit.runs.traces import post_mortem
from evalkit.runs.workers import run_jobs
from tests.runs import jobs
from tests.runs.test_processes import end_daemons, lives, pids, wait_for

pytestmark = pytest.mark.slow

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
needs_lifelines = pytest.mark.skipif(sys.platform != "linux", reason="lifelines and limits as Linux has them")
needs_proc = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="threads are counted in /proc")


def run(function, *arguments, timeout=60, workers=1):
    (outcome,) = run_jobs([Job("one", arguments)], function, workers=workers, timeout=timeout)
    return outcome


def job(notebook, output):
    return Job(notebook.stem, (notebook, output), partial(post_mortem, output.with_suffix(".failed.ipynb")))


@pytest.fixture
def run_notebooks(notebook, tmp_path):
    """Runs notebooks of one cell each, one process after another, and gives the errors."""

    def errors(*sources, timeout=60, memory=None):
        paths = [notebook(source, name=f"n{place}.ipynb") for place, source in enumerate(sources)]
        todo = [job(path, tmp_path / f"{path.stem}.out.ipynb") for path in paths]
        outcomes = run_jobs(todo, jobs.run_notebook, workers=1, timeout=timeout, memory=memory)
        return [outcome.error for outcome in outcomes]

    return errors


def test_outcomes_come_in_the_order_of_the_jobs_and_are_told_as_they_come():
    told = []
    todo = [Job("slow", (0.6,)), Job("quick", (0.0,))]
    outcomes = run_jobs(todo, jobs.sleep, workers=2, timeout=60, on_done=lambda outcome: told.append(outcome.name))
    assert [(outcome.name, outcome.error) for outcome in outcomes] == [("slow", None), ("quick", None)]
    assert told == ["quick", "slow"]
    assert outcomes[0].seconds > outcomes[1].seconds


def test_no_jobs_have_no_outcomes():
    assert run_jobs([], jobs.sleep, workers=1, timeout=1) == []


@pytest.mark.parametrize("workers", [1, 2])
def test_no_more_than_the_given_number_run_at_once(tmp_path, workers):
    run_jobs([Job(str(place), (tmp_path,)) for place in range(4)], jobs.tell_span, workers=workers, timeout=60)
    spans = [tuple(map(float, path.read_text().split())) for path in tmp_path.iterdir()]
    assert max(sum(begun <= moment < ended for begun, ended in spans) for moment, _ in spans) == workers


def test_what_comes_before_is_called_once_and_every_job_has_what_it_left(tmp_path):
    todo = [Job(str(place)) for place in range(3)]
    outcomes = run_jobs(todo, jobs.tell_left, workers=2, timeout=60, before=(jobs.leave_behind, (tmp_path, "甲")))
    assert [outcome.error.partition(" (")[0] for outcome in outcomes] == ["ValueError: 甲"] * 3
    assert len(list(tmp_path.iterdir())) == 1


def test_without_a_fork_every_job_calls_what_comes_before(tmp_path, monkeypatch):
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    before = (jobs.leave_behind, (tmp_path, "甲"))
    outcomes = run_jobs([Job("a"), Job("b")], jobs.tell_left, workers=1, timeout=60, before=before)
    assert [outcome.error.partition(" (")[0] for outcome in outcomes] == ["ValueError: 甲"] * 2
    assert len(list(tmp_path.iterdir())) == 2


def test_where_what_comes_before_fails_so_does_every_job():
    outcomes = run_jobs([Job("a"), Job("b")], jobs.tell_left, workers=1, timeout=60, before=(jobs.fail_plainly, ()))
    assert [outcome.error for outcome in outcomes] == ["the table is wrong\n  - 甲\n  - 乙"] * 2


def test_where_the_process_that_forks_dies_what_is_left_is_told_so():
    outcomes = run_jobs([Job("a", (0,)), Job("b", (0,))], jobs.die, workers=1, timeout=60, before=(jobs.die, (9,)))
    assert all("ended by signal 9" in outcome.error for outcome in outcomes)
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize(
    ("function", "arguments", "error"),
    [
        (jobs.fail, (), r"ValueError: 甲 \(jobs\.py, line \d+, in fail\)"),
        (jobs.fail_plainly, (), "the table is wrong\n  - 甲\n  - 乙"),
        (jobs.leave, (0,), r"SystemExit: 0 \(jobs\.py"),
        (jobs.vanish, (0,), r"ended before the job was done \(exit code 0\)"),
        (jobs.die, (signal.SIGTERM,), "ended by signal 15"),
    ],
)
def test_errors_come_back_as_text(function, arguments, error):
    assert re.search(error, run(function, *arguments).error)


def test_a_long_error_does_not_block_the_process():
    assert len(run(jobs.fail_at_length, timeout=10).error) > 200_000


def test_a_job_that_dies_costs_no_other_job():
    todo = [Job("a", (0,)), Job("b", (signal.SIGKILL,)), Job("c", (0,))]
    outcomes = run_jobs(todo, jobs.die, workers=2, timeout=60)
    assert [outcome.error is None for outcome in outcomes] == [True, False, True]


def test_a_job_over_its_time_is_stopped_and_costs_no_other_job():
    todo = [Job("slow", (60,)), Job("quick", (0,))]
    slow, quick = run_jobs(todo, jobs.sleep, workers=2, timeout=0.8)
    assert slow.error == "took longer than 0.8 s (--time-limit): stopped"
    assert slow.seconds < 5
    assert quick.error is None


@needs_fork
def test_with_a_job_that_is_stopped_ends_what_it_has_started(tmp_path):
    assert "took longer" in run(jobs.start_others_and_stay, tmp_path, timeout=1).error
    started = pids(tmp_path, 3)
    wait_for(lambda: not any(map(lives, started)))


@needs_lifelines
def test_with_the_process_that_forks_end_the_jobs_that_it_has_begun_and_what_they_have_started(tmp_path):
    todo = [Job("a", (None,)), Job("b", (tmp_path,), "in a cell: {}".format), Job("c", (None,))]
    a, b, c = run_jobs(todo, jobs.start_others_and_kill_the_parent, workers=1, timeout=60)
    assert b.error.startswith("in a cell: the process was ended by signal 9")
    assert (a.error, c.error) == (None, None)
    started = pids(tmp_path, 3)
    wait_for(lambda: sum(map(lives, started)) == 1)
    end_daemons(started)


@needs_fork
def test_a_job_that_kills_the_process_that_forks_costs_no_other_job():
    todo = [Job("kills", (0.2, True)), Job("goes on", (0.8, False)), Job("comes after", (0, False))]
    errors = [outcome.error for outcome in run_jobs(todo, jobs.kill_parent_after, workers=2, timeout=60)]
    assert errors == ["the process was ended by signal 9 (Killed), as when memory runs out", None, None]


@needs_lifelines
def test_a_job_that_takes_too_much_memory_says_so_and_costs_no_other():
    todo = [Job("large", (2048,)), Job("small", (1,))]
    large, small = run_jobs(todo, jobs.take, workers=1, timeout=60, memory=2**30)
    assert large.error.startswith("more memory than the 1 GB that a report may take (--memory): MemoryError")
    assert small.error is None


def test_no_workers_and_no_time_are_refused_together():
    with pytest.raises(ParamsError, match=r"(?s)workers: found 0.*timeout: found 0"):
        run_jobs([], jobs.sleep, workers=0, timeout=0)


@needs_proc
def test_the_server_has_one_thread_only():
    assert "threads: 1 " in run(jobs.tell_threads_of_server).error


def test_children_have_one_thread_and_a_hash_seed_and_the_caller_keeps_its_environment(monkeypatch):
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    before = dict(os.environ)
    assert "ValueError: 1 0 " in run(jobs.tell_environment).error
    assert dict(os.environ) == before


def test_without_a_fork_server_processes_are_spawned_and_import_what_is_lean_first(monkeypatch):
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    assert "ValueError: lean first: True" in run(jobs.tell_lean).error


@needs_fork
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda end: end.name)
def test_whatever_ends_the_runner_ends_the_children(tmp_path, end):
    script = (  # a shell's background job ignores interrupts, and so would what it starts
        "import signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from evalkit.runs.scheduling import Job\nfrom evalkit.runs.workers import run_jobs, warm_up\n"
        "from tests.runs import jobs\nwarm_up(())\n"
        f"run_jobs([Job('a', ({str(tmp_path)!r},))] * 2, jobs.start_others_and_stay, workers=2, timeout=60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stderr=subprocess.DEVNULL)
    started = pids(tmp_path, 6)
    parent.send_signal(end)
    assert parent.wait(10) != 0
    wait_for(lambda: not any(map(lives, started)))


@needs_fork
def test_an_interrupt_is_for_the_runner_and_not_for_the_server_that_still_imports(tmp_path):
    slow = "import time\nfrom pathlib import Path\nplace = Path(__file__).parent\n(place / 'begun').touch()\n"
    (tmp_path / "slow.py").write_text(f"{slow}time.sleep(1)\n(place / 'done').touch()")
    script = (
        "import signal, time\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from evalkit.runs.workers import warm_up\nwarm_up(['slow'])\ntime.sleep(60)"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path), *filter(None, sys.path)])}
    options = {"stderr": subprocess.DEVNULL, "start_new_session": True, "env": environment}
    parent = subprocess.Popen([sys.executable, "-c", script], **options)
    wait_for((tmp_path / "begun").exists, 30)
    os.killpg(parent.pid, signal.SIGINT)
    assert parent.wait(10) != 0
    wait_for((tmp_path / "done").exists)


IMPORTS = "import builtins, os, sys, warnings, matplotlib as mpl, numpy as np, pandas as pd\n"
CHANGE = (
    "os.environ['X'] = '1'; builtins.x = 1; sys.path.append('x'); os.chdir('/'); np.seterr(divide='raise')\n"
    "pd.set_option('display.precision', 1); mpl.rcParams['font.size'] = 33; warnings.filterwarnings('error', 'x')\n"
)
LOOK = (
    "seen = ['X' in os.environ, hasattr(builtins, 'x'), 'x' in sys.path, os.getcwd() == '/',\n"
    "        np.geterr()['divide'] == 'raise', pd.get_option('display.precision') == 1,\n"
    "        mpl.rcParams['font.size'] == 33, any(kind[1] and kind[1].match('x') for kind in warnings.filters)]\n"
    "print(sum(seen))"
)


def test_a_notebook_sees_nothing_of_the_one_before(run_notebooks, tmp_path):
    assert run_notebooks(IMPORTS + CHANGE + LOOK, IMPORTS + LOOK) == [None, None]
    cells = [nbformat.read(tmp_path / f"n{place}.out.ipynb", 4).cells[1] for place in range(2)]
    assert [cell.outputs[0].text for cell in cells] == ["8\n", "0\n"]


def test_a_notebook_s_failure_is_told_by_its_message_only(run_notebooks):
    (error,) = run_notebooks("# divide\n1 / 0")
    assert error == "n0.ipynb failed\n  - cell [2] '# divide': ZeroDivisionError: division by zero"


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("# dies\nimport os\nos.kill(os.getpid(), 9)", "the process was ended by signal 9"),
        ("# dies\nimport ctypes\nctypes.string_at(0)", "the process was ended by signal 11"),
        ("# dies\nimport os\nos._exit(0)", "the process ended before the job was done (exit code 0)"),
        ("# dies\nimport time\ntime.sleep(60)", "took longer than 5 s (--time-limit): stopped"),
    ],
)
def test_a_notebook_whose_process_dies_says_in_which_cell_and_costs_no_other(run_notebooks, tmp_path, source, error):
    errors = run_notebooks(source, "1", timeout=5)
    assert errors[0].startswith(f"cell [2] '# dies': {error}")
    assert errors[1] is None
    assert sorted(path.name for path in tmp_path.glob("*out*")) == ["n0.out.failed.ipynb", "n1.out.ipynb"]
    left = nbformat.read(tmp_path / "n0.out.failed.ipynb", 4).cells
    assert [output.evalue for cell in left for output in cell.outputs] == [errors[0].partition(": ")[2]]


@needs_lifelines
def test_a_notebook_that_takes_too_much_memory_says_in_which_cell(run_notebooks, tmp_path):
    limit = "MemoryError: more memory than the 0.5 GB that a report may take (--memory)"
    at_once, little_by_little = "import numpy\nnumpy.zeros(10**9)", "kept = []\nwhile True: kept.append(b'1' * 10**5)"
    errors = run_notebooks(at_once, little_by_little, "1", memory=2**29)
    assert errors[0].startswith(f"n0.ipynb failed\n  - cell [2] 'import numpy': {limit}: Unable to allocate 7.45 GiB")
    assert errors[1:] == [f"n1.ipynb failed\n  - cell [2] 'kept = []': {limit}", None]
    assert nbformat.read(tmp_path / "n1.out.failed.ipynb", 4).cells[1].outputs[0].traceback


def test_missing_glyphs_are_a_failure(run_notebooks):
    source = (
        "import matplotlib.pyplot as plt\nplt.rcParams['font.family'] = 'DejaVu Sans'\n"
        "figure, axes = plt.subplots()\naxes.set_title('湖州市 A')\nfigure"
    )
    (error,) = run_notebooks(source)
    assert error == "n0.ipynb failed\n  - cell [2] 'import matplotlib.pyplot as plt': no font has 湖州市"


def test_warnings_go_to_the_notebook_s_stderr(run_notebooks, tmp_path):
    assert run_notebooks("import warnings\nwarnings.warn('mind')") == [None]
    (output,) = nbformat.read(tmp_path / "n0.out.ipynb", 4).cells[1].outputs
    assert output.name == "stderr"
    assert "UserWarning: mind" in output.text
