"""A cluster: the jobs of a run are spread over the workers of a Dask scheduler, which may be on other machines.

What jobs rest on is pickled once, as for the process that runs them on one machine, and each worker fetches it once.
"""

from __future__ import annotations

import asyncio
import io
import logging
import pickle
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING
from uuid import uuid4
from zipfile import ZipFile

from evalkit.base.errors import EvalkitError, ParamsError, Problem
from evalkit.runs import remote
from evalkit.runs.limits import Limits
from evalkit.runs.remote import Ground, Host, made_with, others
from evalkit.runs.scheduling import Job, Outcome, said
from evalkit.runs.workers import PRELOAD, Work

if TYPE_CHECKING:
    from distributed import Client, Future

RETRIES = 2  # of a job whose process died with all others of its worker
WAIT = 15.0  # seconds for the scheduler to answer, and again for its first worker
SILENCE = 60.0  # seconds without an outcome, after which it is asked whether there are still workers
# what is sent with the jobs is sent once, and is no mistake
CONFIGURED = {"distributed.admin.large-graph-warning-threshold": "1TiB"}
GONE = "the scheduler of the cluster is gone"
FAILED = "the reports cannot be spread over a cluster"


@dataclass(frozen=True)
class Cluster:
    """A scheduler whose workers are made with what this process is made with."""

    client: Client

    @property
    def threads(self) -> int:
        """How many jobs its workers take at a time."""
        return sum(self.client.nthreads().values())

    def warm_up(self) -> None:
        """Have the workers import what reports need, without waiting for it."""
        with suppress(Exception):  # what needs it will say so
            self.client.run(remote.warm_up, PRELOAD, on_error="return")

    def spread_jobs(
        self,
        jobs: Mapping[str, Job],
        function: Callable,
        *,
        stage: Path,
        limits: Limits,
        on_done: Callable[[Outcome], None] = lambda outcome: None,
        before: tuple[Callable, tuple] | None = None,
        preload: tuple[str, ...] = PRELOAD,
    ) -> list[Outcome]:
        """Call `function(*job.arguments)` for each job, as many at a time as the workers have threads.

        As `workers.run_jobs`, but that no job sees this machine: paths among the arguments are relative to a folder in
        which stands what stands in `stage`, and what a job leaves in the folder of its key there, it leaves in `stage`.
        A worker that dies costs no job anything, unless it is the job that kills one worker after another.

        Raises EvalkitError where the scheduler has gone since it was connected to.
        """
        if self.client.status == "closed":
            raise EvalkitError(FAILED, [GONE])
        work = Work(function, sys.maxsize, limits.seconds, limits.memory, before)
        left = self._submitted(jobs, _ground(work, preload, stage))
        done: SimpleQueue[Future] = SimpleQueue()
        outcomes = {}

        def settle(folder: str, outcome: Outcome) -> None:
            outcomes[folder] = outcome
            on_done(outcome)

        for future in left.values():
            future.add_done_callback(done.put)
        folders = {future.key: folder for folder, future in left.items()}
        try:
            while left and (future := self._next(done)):
                folder = folders[future.key]
                settle(folder, _outcome(future, jobs[folder].name, stage / folder))
                left.pop(folder).release()
            for folder in left:
                settle(folder, Outcome(jobs[folder].name, 0.0, "no worker of the cluster is left"))
        finally:
            if self.client.status == "running":
                self.client.cancel(list(left.values()))
        return [outcomes[folder] for folder in jobs]

    def _submitted(self, jobs: Mapping[str, Job], ground: Ground) -> dict[str, Future]:
        """Hand in the jobs, under names by which people know them."""
        host = self.client.submit(Host, ground, key=f"round-{ground.token}")

        def submitted(place: int, folder: str) -> Future:
            options = {"key": f"{folder.replace('/', '-')}-{ground.token}", "priority": -place, "retries": RETRIES}
            return self.client.submit(Host.make, host, folder, jobs[folder], **options)

        return {folder: submitted(place, folder) for place, folder in enumerate(jobs)}

    def _next(self, done: SimpleQueue[Future]) -> Future | None:
        """Wait for a job that has ended; None where none will."""
        while True:
            with suppress(Empty):
                return done.get(timeout=SILENCE)
            if not self.client.scheduler_info()["workers"]:
                return None


@contextmanager
def connected(address: str) -> Iterator[Cluster]:
    """Give the cluster of a scheduler at an address such as tcp://host:8786, or tls://host:8786.

    What TLS needs is Dask's configuration.

    Raises
    ------
    ParamsError
        There is no scheduler, or it has no worker; or every machine on which something is other than here.
    """
    if not find_spec("distributed"):
        raise _refused("--scheduler", "no package distributed", "pip install 'evalkit[cluster]' first")
    import dask
    from distributed import Client
    from distributed.utils import silence_logging_cmgr

    _expect_scheduler(address)
    quiet = silence_logging_cmgr(logging.CRITICAL)  # what goes wrong is told by the outcomes
    with quiet, dask.config.set(CONFIGURED), Client(address, timeout=WAIT, set_as_default=False) as client:
        _expect_workers(client, address)
        _expect_the_same(client)
        yield Cluster(client)


def _expect_scheduler(address: str) -> None:
    """Ask who answers, before a client is made of it, which does not end well where it is none."""
    from distributed import Security, rpc

    async def kind() -> str:
        async with rpc(address, connection_args=Security().get_connection_args("client")) as there:
            return (await there.identity())["type"]

    async def in_time() -> str:
        return await asyncio.wait_for(kind(), WAIT)

    expected = "the address of a Dask scheduler, such as tcp://host:8786"
    try:
        found = asyncio.run(in_time())
    except Exception as error:  # whatever it is that answers there
        raise _refused("--scheduler", f"{address} ({_why(error)})", expected) from None
    if found != "Scheduler":
        raise _refused("--scheduler", f"{address}, which is a {found.lower()}", expected)


def _why(error: Exception) -> str:
    """Say what keeps one from connecting: the address, TLS, or what answers there, which may be anything."""
    return str(error) if isinstance(error, ValueError | TypeError) else "no answer of a scheduler"


def _expect_workers(client: Client, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=WAIT)
    except TimeoutError:
        raise _refused(address, "no worker", f"one, begun by: dask worker {address}") from None


def _expect_the_same(client: Client) -> None:
    """Hold what the scheduler and its workers are made with against what this process is."""
    try:
        found = {"the scheduler": client.run_on_scheduler(made_with)}
    except Exception as error:
        found = {"the scheduler": error}
    found |= {f"the worker {name}": each for name, each in client.run(made_with, on_error="return").items()}
    ours = made_with() | {"fork": "there"}
    wrong = [problem for where, theirs in found.items() for problem in _differing(theirs, ours, where)]
    if wrong:
        raise ParamsError(f"{FAILED} that is not as this machine is", wrong)


def _differing(theirs: Mapping[str, str] | Exception, ours: Mapping[str, str], where: str) -> list[Problem]:
    if isinstance(theirs, Exception):
        return [Problem(where, f"{type(theirs).__name__}: {theirs}", f"evalkit {ours['evalkit']}")]
    return others(theirs, ours, where)


def _ground(work: Work, preload: tuple[str, ...], stage: Path) -> Ground:
    files = {path.relative_to(stage).as_posix(): path.read_bytes() for path in stage.rglob("*") if path.is_file()}
    token = uuid4().hex[:8]
    (stage / token).touch()
    return Ground(pickle.dumps(work, pickle.HIGHEST_PROTOCOL), preload, files, stage.resolve(), token, made_with())


def _outcome(future: Future, name: str, folder: Path) -> Outcome:
    """Give the outcome of a job that has ended, with what it has left in its place."""
    from distributed import CancelledError, KilledWorker

    try:
        outcome, made = future.result()
        folder.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(made, Path):
            made.replace(folder)
        else:
            ZipFile(io.BytesIO(made)).extractall(folder)
        return outcome
    except KilledWorker as error:
        return Outcome(name, 0.0, f"{error.allowed_failures + 1} workers died that were at it")
    except CancelledError:
        return Outcome(name, 0.0, GONE)
    except EvalkitError as error:
        return Outcome(name, 0.0, str(error))
    except Exception as error:
        return Outcome(name, 0.0, said(error))


def _refused(where: str, found: str, expected: str) -> ParamsError:
    return ParamsError(FAILED, [Problem(where, found, expected)])
