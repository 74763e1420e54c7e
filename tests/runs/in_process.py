"""Runs of a request without processes and without drawing: what is said and tabled is as in any other."""

from contextlib import contextmanager

import pytest

from evalkit import loading
from evalkit.runs import runner, shell
from evalkit.runs.scheduling import Outcome

UNSAID = {"nan", "None", "NaN", "<NA>"}  # what no cell of a report may say


@contextmanager
def here(root, *, draw=lambda figure: b"a picture"):
    """Have a run make one report after another in this process, of the project in `root`; figures as `draw` does."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVALKIT_ROOT", str(root))
        patch.setattr(loading, "_held", {})  # a process of its own would end with what it holds
        patch.setattr(shell, "png", draw)
        patch.setattr(runner, "warm_up", lambda: None)
        patch.setattr(runner, "run_jobs", _one_after_another)
        yield


def _one_after_another(jobs, function, *, on_done=lambda outcome: None, before=None, **_):
    if before:
        before[0](*before[1])
    outcomes = []
    for job in jobs:
        function(*job.arguments)
        outcomes.append(Outcome(job.name, 0.0, None))
        on_done(outcomes[-1])
    return outcomes
