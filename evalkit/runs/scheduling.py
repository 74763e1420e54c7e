"""Jobs in processes of their own, a few at a time, each within its time."""

from __future__ import annotations

import math
import os
import signal
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path

from evalkit.base.errors import EvalkitError
from evalkit.runs.limits import limit_memory, over_the_limit
from evalkit.runs.processes import end, set_apart

# only a process without threads can be forked from safely; a hash seed gives sets the same order in every run; and a
# numpy.py in the folder that one is in is no library
ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONSAFEPATH": "1",
}
LEAVE = 5.0  # seconds that a process may take to end once it has told its result
LIKELY = {"SIGKILL": ", as when memory runs out"} | dict.fromkeys(
    ("SIGSEGV", "SIGBUS", "SIGABRT", "SIGILL", "SIGFPE"), ", as by a fault in a compiled library"
)
PATIENCE = 60.0  # seconds of waiting at a stretch; select() takes no infinity


@dataclass(frozen=True)
class Job:
    """One call of the function, under a name to tell it by.

    Attributes
    ----------
    tell : what makes of the error of one that failed or died what is told of it, such as where it was.
    """

    name: str
    arguments: tuple = ()
    tell: Callable[[str], str] = str


@dataclass(frozen=True)
class Outcome:
    """How a job ended: after how many seconds, and with which error, if any; or that it did not have to be done."""

    name: str
    seconds: float
    error: str | None
    made: bool = True


@dataclass(frozen=True)
class _Running:
    place: int
    job: Job
    process: BaseProcess
    channel: Connection
    started: float


def schedule(
    context: BaseContext,
    jobs: Iterable[tuple[int, Job]],
    function: Callable,
    *,
    workers: int,
    timeout: float,
    memory: int | None = None,
    on_done: Callable[[int, Outcome], None],
    on_begin: Callable[[int], None] = lambda place: None,
    owner: Connection | None = None,
) -> None:
    """Call `function(*job.arguments)` for each job, at most `workers` at a time, and tell each outcome by its place.

    A job that raises, dies, takes longer than `timeout` seconds or more than `memory` bytes costs no other job
    anything. Whatever ends this call early ends the jobs that run; with a job ends what it has started (see
    `processes`). An `owner` on the other side of a channel may send further jobs, each with its place; when it goes,
    this call ends in SystemExit.
    """
    waiting, running = deque(jobs), []
    lifeline, held = context.Pipe(duplex=False)
    inherited = [held, *([owner] if owner else [])] if context.get_start_method() == "fork" else []
    work = partial(_work, function, lifeline, inherited, memory)
    try:
        while waiting or running or owner:
            while waiting and len(running) < workers:
                on_begin(waiting[0][0])
                with uninterrupted():  # between the two, nobody would know of the process to kill it
                    running.append(_start(context, work, *waiting.popleft()))
            for ended in _ended(running, timeout, owner, waiting):
                running.remove(ended)
                on_done(ended.place, _outcome(ended, timeout))
    finally:
        for left in running:
            end(left.process)
        held.close()
        lifeline.close()


@contextmanager
def environment(variables: Mapping[str, str] = ENVIRONMENT) -> Iterator[None]:
    """Have what runs meanwhile, and the processes that are started, find these in the environment."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Let an interrupt wait until the end, where there are such masks."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def error_of(function: Callable, arguments: tuple) -> str | None:
    """Call a function, and say what it raised, if it did."""
    try:
        function(*arguments)
    except EvalkitError as error:
        return str(error)
    except MemoryError as error:
        return f"{over_the_limit()}: {said(error)}"
    except BaseException as error:  # a SystemExit, too, ends a job before it is done
        return said(error)
    return None


def said(error: BaseException) -> str:
    """Say in a line what was raised, and of what nobody foresaw where."""
    if isinstance(error, EvalkitError):
        return error.brief
    frame = traceback.extract_tb(error.__traceback__)[-1]
    at = f"{Path(frame.filename).name}, line {frame.lineno}, in {frame.name}"
    return f"{type(error).__name__}: {error} ({at})".replace("\n", " ")


def death(code: int | None) -> str:
    """Say how a process ended that did not say so itself."""
    if code is None or code >= 0:
        return f"the process ended before the job was done (exit code {code})"
    names = {one.value: one.name for one in signal.Signals}
    return f"the process was ended by signal {-code} ({signal.strsignal(-code)}){LIKELY.get(names.get(-code), '')}"


def _start(context: BaseContext, work: Callable, place: int, job: Job) -> _Running:
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=work, args=(job.arguments, theirs), name=job.name)
    with environment():
        process.start()
    theirs.close()  # so that the death of the child reads as the end of the channel
    return _Running(place, job, process, ours, time.monotonic())


def _work(
    function: Callable,
    lifeline: Connection,
    inherited: list[Connection],
    memory: int | None,
    arguments: tuple,
    channel: Connection,
) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends this process
    for connection in inherited:
        connection.close()  # or this process would keep open what is to show the end of its parent
    set_apart(lifeline)
    if memory:
        limit_memory(memory)
    channel.send(error_of(function, arguments))


def _ended(
    running: list[_Running], timeout: float, owner: Connection | None, waiting: deque[tuple[int, Job]]
) -> list[_Running]:
    """Wait a while for one that ends or is late, and give all such; have what the owner sends wait."""
    patience = min((job.started for job in running), default=math.inf) + timeout - time.monotonic()
    channels = [job.channel for job in running] + ([owner] if owner else [])
    told = wait(channels, min(max(0, patience), PATIENCE))
    if owner in told:
        waiting.append(_from(owner))
    late = time.monotonic() - timeout
    return [job for job in running if job.channel in told or job.started <= late]


def _from(owner: Connection) -> tuple[int, Job]:
    try:
        return owner.recv()
    except (EOFError, OSError):
        raise SystemExit from None


def _outcome(ended: _Running, timeout: float) -> Outcome:
    seconds = time.monotonic() - ended.started
    if ended.channel.poll():
        error = _last_word(ended)
    else:
        end(ended.process)
        error = f"took longer than {timeout:g} s (--time-limit): stopped"
    ended.channel.close()
    return Outcome(ended.job.name, seconds, error and ended.job.tell(error))


def _last_word(ended: _Running) -> str | None:
    """Give the error that a job has told, or how it died without a word, and end what is left of it."""
    try:
        error, died = ended.channel.recv(), False
    except (EOFError, OSError):
        error, died = None, True
    wait([ended.process.sentinel], LEAVE)
    code = end(ended.process)
    return death(code) if died else error
