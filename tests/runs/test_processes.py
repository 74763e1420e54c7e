import multiprocessing
import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from evalkit.runs.processes import end, set_apart
from tests.runs import jobs

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="lifelines as Linux has them")
FORK = multiprocessing.get_context("fork") if hasattr(os, "fork") else None


@pytest.fixture
def lifeline():
    ours, held = FORK.Pipe(duplex=False)
    yield ours, held
    ours.close()
    held.close()


def apart(lifeline, held, function, *arguments):
    held.close()
    set_apart(lifeline)
    function(*arguments)


def begin(lifeline, function, *arguments):
    process = FORK.Process(target=apart, args=(*lifeline, function, *arguments))
    process.start()
    return process


def pids(folder, number):
    """Give the processes that have left their numbers in a folder, once there are as many."""
    wait_for(lambda: len(list(folder.iterdir())) == number)
    return [int(path.name) for path in folder.iterdir()]


def wait_for(condition, seconds=10):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def lives(pid):
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def end_daemons(pids):
    """End those that lead a session of their own, and have been left to themselves."""
    for daemon in filter(lives, pids):
        assert os.getpgid(daemon) == daemon
        os.kill(daemon, signal.SIGKILL)


def test_with_a_process_ends_what_it_has_started(lifeline, tmp_path):
    process = begin(lifeline, jobs.start_others_and_stay, tmp_path)
    started = pids(tmp_path, 3)
    assert all(map(lives, started))
    assert end(process) == -signal.SIGKILL
    wait_for(lambda: not any(map(lives, started)))


def test_what_is_left_in_the_group_of_a_process_that_has_ended_is_ended(lifeline, tmp_path):
    process = begin(lifeline, jobs.start_others, tmp_path)
    started = pids(tmp_path, 3)
    process.join(10)
    assert end(process) == 0
    wait_for(lambda: sum(map(lives, started)) == 1)
    end_daemons(started)


def test_a_process_that_leads_no_group_is_ended_alone():
    process = FORK.Process(target=jobs.sleep, args=(60,))
    process.start()
    assert end(process) == -signal.SIGKILL


def test_every_group_ends_with_the_owner_that_is_killed(tmp_path):
    script = (
        "import sys; from multiprocessing import Pipe; from tests.runs import jobs, test_processes\n"
        "lifeline = Pipe(duplex=False)\n"
        "both = [test_processes.begin(lifeline, jobs.start_others_and_stay, sys.argv[1]) for _ in range(2)]\n"
        "both[0].join()"
    )
    owner = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)])
    started = pids(tmp_path, 6)
    owner.kill()
    owner.wait()
    wait_for(lambda: sum(map(lives, started)) == 2)
    end_daemons(started)


def test_a_process_whose_owner_has_gone_before_it_came_to_itself_ends(lifeline):
    ours, held = lifeline
    held.close()
    process = FORK.Process(target=set_apart, args=(ours,))
    process.start()
    process.join(10)
    assert process.exitcode == -signal.SIGKILL
