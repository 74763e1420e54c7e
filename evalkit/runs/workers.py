"""Many jobs, each in a fresh process of its own that is forked from a warm one."""

import multiprocessing
import os
import signal
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path

from evalkit.errors import EvalkitError, Offence, ParamsError

PRELOAD = ("evalkit.runs.warm",)
# only a server without threads can be forked from safely; a hash seed gives sets the same order in every run
ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    "PYTHONHASHSEED": "0",
}
LEAVE = 5.0  # seconds that a process may take to end once it has told its result
PATIENCE = 60.0  # seconds of waiting at a stretch; select() takes no infinity


@dataclass(frozen=True)
class Job:
    """One call of the function, under a name to tell it by."""

    name: str
    arguments: tuple = ()


@dataclass(frozen=True)
class Outcome:
    """How a job ended: after how many seconds, and with which error, if any."""

    name: str
    seconds: float
    error: str | None


@dataclass(frozen=True)
class _Running:
    place: int
    name: str
    process: BaseProcess
    channel: Connection
    started: float


def warm_up(preload: Sequence[str] = PRELOAD) -> BaseContext:
    """Start the server that imports `preload` and from which jobs are forked, without waiting for it.

    To be called early, so that the imports go on beside other work. The first call decides what is imported;
    where processes cannot be forked (Windows), each job imports what it needs.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    from multiprocessing.forkserver import ensure_running

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(preload))
    with _environment():
        ensure_running()
    return context


def run_jobs(
    jobs: Sequence[Job],
    function: Callable,
    *,
    workers: int,
    timeout: float,
    on_done: Callable[[Outcome], None] | None = None,
) -> list[Outcome]:
    """Call `function(*job.arguments)` for each job, at most `workers` at a time; give the outcomes in order.

    A job that raises, dies or takes longer than `timeout` seconds costs no other job anything. `function`
    must be importable by name; `on_done` is called here, with each outcome as it comes.

    Raises
    ------
    ParamsError
        There is no worker, or no time.
    """
    _check(workers, timeout)
    context, waiting, running, outcomes = warm_up(), deque(enumerate(jobs)), [], {}
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                with _uninterrupted():  # between the two, nobody would know of the process to kill it
                    running.append(_start(context, function, *waiting.popleft()))
            for ended in _ended(running, timeout):
                outcomes[ended.place] = _outcome(ended, timeout)
                running.remove(ended)
                if on_done:
                    on_done(outcomes[ended.place])
    finally:
        for left in running:
            _kill(left.process)
    return [outcomes[place] for place in range(len(jobs))]


def _check(workers: int, timeout: float) -> None:
    offences = []
    if workers < 1:
        offences.append(Offence("workers", str(workers), "at least 1"))
    if not timeout > 0:
        offences.append(Offence("timeout", str(timeout), "seconds above 0"))
    if offences:
        raise ParamsError("the jobs cannot be run", offences)


@contextmanager
def _environment() -> Iterator[None]:
    before = {name: os.environ.get(name) for name in ENVIRONMENT}
    os.environ.update(ENVIRONMENT)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let an interrupt wait until the end, where there are such masks."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start(context: BaseContext, function: Callable, place: int, job: Job) -> _Running:
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(function, job.arguments, theirs), name=job.name)
    with _environment():
        process.start()
    theirs.close()  # so that the death of the child reads as the end of the channel
    return _Running(place, job.name, process, ours, time.monotonic())


def _work(function: Callable, arguments: tuple, channel: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which kills this process
    channel.send(_error_of(function, arguments))


def _error_of(function: Callable, arguments: tuple) -> str | None:
    try:
        function(*arguments)
    except EvalkitError as error:
        return str(error)
    except BaseException as error:  # a SystemExit, too, ends a job before it is done
        frame = traceback.extract_tb(error.__traceback__)[-1]
        at = f"{Path(frame.filename).name}, line {frame.lineno}, in {frame.name}"
        return f"{type(error).__name__}: {error} ({at})"
    return None


def _ended(running: list[_Running], timeout: float) -> list[_Running]:
    """Wait a while for one that ends or is late, and give all such."""
    patience = min(job.started for job in running) + timeout - time.monotonic()
    told = wait([job.channel for job in running], min(max(0, patience), PATIENCE))
    late = time.monotonic() - timeout
    return [job for job in running if job.channel in told or job.started <= late]


def _outcome(ended: _Running, timeout: float) -> Outcome:
    seconds = time.monotonic() - ended.started
    try:
        error = ended.channel.recv() if ended.channel.poll() else f"took longer than {timeout:g} s: stopped"
        ended.process.join(0 if seconds >= timeout else LEAVE)
    except (EOFError, OSError):
        ended.process.join(LEAVE)
        error = _death(ended.process.exitcode)
    _kill(ended.process)
    ended.channel.close()
    return Outcome(ended.name, seconds, error)


def _death(code: int | None) -> str:
    if code is None or code >= 0:
        return f"the process ended before the job was done (exit code {code})"
    return f"the process was ended by signal {-code} ({signal.strsignal(-code)}), as when memory runs out"


def _kill(process: BaseProcess) -> None:
    process.kill()
    process.join()
    process.close()
