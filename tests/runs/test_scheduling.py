import multiprocessing
import os
import signal

import pytest

from evalkit.base.errors import DataError
from evalkit.runs import scheduling
from evalkit.runs.scheduling import ENVIRONMENT, Job, death, environment, error_of, schedule
from tests.runs import jobs

SPAWN = multiprocessing.get_context("spawn")


def test_a_process_that_stays_after_its_end_is_ended(monkeypatch):
    monkeypatch.setattr(scheduling, "LEAVE", 0.2)
    told = []
    schedule(
        multiprocessing.get_context("spawn"),
        [(0, Job("one"))],
        jobs.stay_after_the_end,
        workers=1,
        timeout=60,
        on_done=lambda place, outcome: told.append(outcome.error),
    )
    assert told == [None]
    assert multiprocessing.active_children() == []


def test_the_end_of_the_owner_ends_the_jobs(tmp_path):
    ours, theirs = SPAWN.Pipe()

    def leave(place, outcome):
        theirs.close()

    todo = [(0, Job("quick", (0,))), (1, Job("slow", (60,)))]
    with pytest.raises(SystemExit):
        schedule(SPAWN, todo, jobs.sleep, workers=2, timeout=60, on_done=leave, owner=ours)
    assert multiprocessing.active_children() == []


def test_the_owner_may_send_further_jobs_and_their_places_are_its_own():
    ours, theirs = SPAWN.Pipe()
    told = []

    def hear(place, outcome):
        told.append((place, outcome.name))
        if place == 7:
            theirs.close()

    theirs.send((7, Job("later", (0,))))
    with pytest.raises(SystemExit):
        schedule(SPAWN, [(3, Job("first", (0,)))], jobs.sleep, workers=1, timeout=60, on_done=hear, owner=ours)
    assert told == [(3, "first"), (7, "later")]


def test_what_a_call_raises_is_told_in_a_line():
    assert error_of(sorted, ([2, 1],)) is None
    assert error_of(jobs.fail_plainly, ()) == str(DataError("the table is wrong", ["甲", "乙"]))
    assert error_of(jobs.fail, ()).startswith("ValueError: 甲 (jobs.py, line ")


def test_a_death_is_told_by_its_signal():
    assert death(-signal.SIGKILL) == "the process was ended by signal 9 (Killed), as when memory runs out"
    for fault in (signal.SIGSEGV, signal.SIGABRT):
        assert death(-fault).endswith(f"({signal.strsignal(fault)}), as by a fault in a compiled library")
    assert death(-signal.SIGTERM) == "the process was ended by signal 15 (Terminated)"
    assert death(3) == "the process ended before the job was done (exit code 3)"


def test_the_environment_is_lent(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    monkeypatch.delenv("MKL_NUM_THREADS", raising=False)
    before = dict(os.environ)
    with environment():
        assert ENVIRONMENT.items() <= os.environ.items()
    assert dict(os.environ) == before
