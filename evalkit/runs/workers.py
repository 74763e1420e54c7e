"""Many jobs, each in a fresh process of its own that is forked from a warm one, with all that this one has at hand.

Not Pebble's ProcessPool (5.2): that forks beside its own threads, and its workers outlive a runner that is killed.
"""

from __future__ import annotations

import gc
import multiprocessing
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext

from evalkit.base.errors import EvalkitError, ParamsError, Problem
from evalkit.runs.processes import end
from evalkit.runs.scheduling import LEAVE, Job, Outcome, death, environment, error_of, schedule, uninterrupted

PRELOAD = ("evalkit.runs.lean", "evalkit.runs.warm")


@dataclass(frozen=True)
class Work:
    """How jobs are to be run, and what is called before them: a function and its arguments."""

    function: Callable
    workers: int
    timeout: float
    memory: int | None
    before: tuple[Callable, tuple] | None


def warm_up(preload: Sequence[str] = PRELOAD) -> BaseContext:
    """Start the server that imports `preload` and from which processes are forked, without waiting for it.

    To be called early, so that the imports go on beside other work. The first call decides what is imported;
    where processes cannot be forked (Windows), each job imports what it needs.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    from multiprocessing import forkserver, resource_tracker

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(preload))
    resource_tracker.ensure_running()  # its start lets interrupts through
    with uninterrupted(), environment():  # they are for the caller alone, at whose end the server ends
        forkserver.ensure_running()
    return context


def run_jobs(
    jobs: Sequence[Job],
    function: Callable,
    *,
    workers: int,
    timeout: float,
    memory: int | None = None,
    on_done: Callable[[Outcome], None] = lambda outcome: None,
    before: tuple[Callable, tuple] | None = None,
) -> list[Outcome]:
    """Call `function(*job.arguments)` for each job, at most `workers` at a time; give the outcomes in order.

    `before` is a function with its arguments that is called once, in the process from which the jobs are forked: what
    it leaves there, every job has. Where processes cannot be forked, each job calls it by itself.
    A job that raises, dies, takes longer than `timeout` seconds or more than `memory` bytes costs no other job
    anything. The functions must be importable by name; `on_done` is called here, with each outcome as it comes.

    Raises
    ------
    ParamsError
        There is no worker, or no time.
    """
    _check(workers, timeout)
    context, outcomes = warm_up(), {}

    def settle(place: int, outcome: Outcome) -> None:
        outcomes[place] = outcome
        on_done(outcome)

    work = Work(function, workers, timeout, memory, before)
    if not jobs:
        return []
    if context.get_start_method() == "spawn":
        each = [replace(job, arguments=(_Imported(PRELOAD[0]), before, function, job.arguments)) for job in jobs]
        schedule(context, enumerate(each), _after, workers=workers, timeout=timeout, memory=memory, on_done=settle)
    else:
        _have_hosted(context, work, jobs, settle)
    return [outcomes[place] for place in range(len(jobs))]


def _check(workers: int, timeout: float) -> None:
    problems = []
    if workers < 1:
        problems.append(Problem("workers", str(workers), "at least 1"))
    if not timeout > 0:
        problems.append(Problem("timeout", str(timeout), "seconds above 0"))
    if problems:
        raise ParamsError("the jobs cannot be run", problems)


class _Imported:
    """What comes to another process as a module that is imported there, before all that follows it is."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __reduce__(self) -> tuple[Callable, tuple[str]]:
        return import_module, (self._name,)


def _after(_: object, before: tuple[Callable, tuple] | None, function: Callable, arguments: tuple) -> None:
    if before:
        before[0](*before[1])
    function(*arguments)


def _have_hosted(context: BaseContext, work: Work, jobs: Sequence[Job], settle: Callable[[int, Outcome], None]) -> None:
    """Have a process of the server's run the jobs, each as a fork of it; whatever ends this call ends all of them.

    Where that process dies, so have the jobs that it has begun: each of them is begun again by itself, for nobody knows
    which ended it, and another process runs the others.
    """
    left, begun = dict(enumerate(jobs)), set()

    def hear(place: int, outcome: Outcome | None) -> None:
        if outcome is None:
            begun.add(place)
            return
        begun.discard(place)
        del left[place]
        settle(place, outcome)

    while left:
        code = _hosted(context, work, left, hear)
        suspects = sorted(begun)
        for place in suspects or [*left]:
            if len(suspects) > 1:
                code = _hosted(context, work, {place: left[place]}, hear)
            if place in left:
                hear(place, Outcome(left[place].name, 0.0, left[place].tell(death(code))))


def _hosted(context: BaseContext, work: Work, jobs: dict[int, Job], hear: Callable) -> int | None:
    """Hear of jobs from one process that runs them, while it lives; give its exit code."""
    ours, theirs = context.Pipe()
    host = context.Process(target=host_jobs, args=(work, jobs, theirs), name="host")
    with uninterrupted(), environment():
        host.start()
    theirs.close()
    waited_for = {*jobs}
    try:
        with suppress(EOFError, ConnectionResetError):
            while waited_for:
                place, outcome = ours.recv()
                hear(place, outcome)
                waited_for -= {place} if outcome else set()
    finally:
        ours.close()  # at which the host ends what still runs
        host.join(LEAVE)
        code = end(host)
    return code


def host_jobs(work: Work, jobs: dict[int, Job], channel: Connection) -> None:
    """Call what comes before the jobs, then run each in a fork of this process, and those that come by the channel.

    Into the channel goes the place of each that begins, and its outcome; when its other side is closed, this ends.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    error = error_of(*work.before) if work.before else None
    function = partial(_refuse, error) if error else work.function
    gc.freeze()  # or each fork would copy what it only looks at

    def tell(place: int, outcome: Outcome | None = None) -> None:
        channel.send((place, outcome))

    fork, limits = multiprocessing.get_context("fork"), {"timeout": work.timeout, "memory": work.memory}
    options = {"workers": work.workers, **limits, "on_begin": tell, "on_done": tell, "owner": channel}
    schedule(fork, jobs.items(), function, **options)


def _refuse(error: str, *_) -> None:
    raise EvalkitError(error)
