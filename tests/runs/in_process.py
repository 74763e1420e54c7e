"""Runs of a request without processes and without drawing: what is said and tabled is as in any other."""

import os
import pickle
from contextlib import contextmanager
from functools import partial
from importlib import import_module

import pytest

from evalkit import loading
from evalkit.runs import runner, shell
from evalkit.runs.scheduling import Outcome

UNSAID = {"nan", "None", "NaN", "<NA>"}  # what no cell of a report may say


def called(function, *arguments):
    """Call a function in this process."""
    function(*arguments)


def forked(function, *arguments):
    """Call a function in a fork of this process as of the server: it has what was there before, and leaves nothing."""
    import_module("evalkit.runs.warm")
    child = os.fork()
    if not child:
        try:
            function(*arguments)
            os._exit(0)
        finally:
            os._exit(1)
    assert os.waitpid(child, 0)[1] == 0


@contextmanager
def here(root, *, draw=lambda figure: b"a picture", call=called):
    """Have a run make one report after another of the project in `root`, as `call` does, and figures as `draw` does."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVALKIT_ROOT", str(root))
        patch.setattr(loading, "_held", {})  # a process of its own would end with what it holds
        patch.setattr(shell, "png", draw)
        patch.setattr(runner, "warm_up", lambda: None)
        patch.setattr(runner, "run_jobs", partial(_one_after_another, call))
        yield


def _one_after_another(call, jobs, function, *, on_done=lambda outcome: None, before=None, **_):
    if before:
        given = pickle.loads(pickle.dumps(before[1])) if call is forked else before[1]  # as from process to process
        before[0](*given)
    outcomes = []
    for job in jobs:
        call(function, *job.arguments)
        outcomes.append(Outcome(job.name, 0.0, None))
        on_done(outcomes[-1])
    return outcomes
